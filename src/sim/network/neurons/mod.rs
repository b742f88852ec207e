//! What a population's neurons can do, whatever their model: one trait, and dispatch once per population and step.

use std::any::Any;
use std::fmt::Debug;

use get_size2::{GetSize, GetSizeTracker};

/// What is the same for every model.
macro_rules! copied {
    () => {
        fn boxed_clone(&self) -> Box<dyn Neurons> {
            Box::new(self.clone())
        }
        fn is_equal(&self, other: &dyn Neurons) -> bool {
            other.as_any().downcast_ref::<Self>() == Some(self)
        }
        fn num_bytes(&self) -> usize {
            self.get_size()
        }
        fn as_any(&self) -> &dyn Any {
            self
        }
    };
}

/// What every model with a membrane has by the same name.
macro_rules! itself {
    () => {
        copied!();
        fn v_mv(&self) -> &[f32] {
            self.v_mv()
        }
        fn v_mv_mut(&mut self) -> &mut [f32] {
            self.v_mv_mut()
        }
        fn v_th_mv(&self) -> f32 {
            self.v_th_mv()
        }
        fn integrate(&mut self, drive_mv: &[f32], jump_mv: &[f32]) -> bool {
            self.integrate(drive_mv, jump_mv)
        }
        fn find_crossings(&mut self, theta_mv: Option<&[f32]>, crossed: &mut Vec<u32>) {
            Self::find_crossings(self, theta_mv, crossed);
        }
        fn reset_fired(&mut self, fired: &[u32]) {
            self.reset_fired(fired);
        }
        fn reset(&mut self) {
            self.reset();
        }
    };
}

mod membranes;
mod others;
mod spike_source;

pub use others::{Escaping, Responses};
pub use spike_source::SpikeSource;

/// A synapse's effect on a conductance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Conductance {
    /// It excites.
    Excitatory,
    /// It inhibits.
    Inhibitory,
}

/// Neurons of one model, a column for each state variable.
pub trait Neurons: Debug + Send + Sync {
    /// Membrane potentials.
    fn v_mv(&self) -> &[f32];

    /// Membrane potentials, for a start that is not at rest.
    fn v_mv_mut(&mut self) -> &mut [f32];

    /// A state variable by the name that descriptions give it, for a start that is not at rest. None where the model has
    /// none of this name.
    fn variable_mut(&mut self, name: &str) -> Option<&mut [f32]> {
        (name == "v_mv").then(|| self.v_mv_mut())
    }

    /// The threshold without adaptation.
    fn v_th_mv(&self) -> f32;

    /// Conductances of a kind: a spike adds its weight. None where the model has none.
    fn conductance_mut(&mut self, _: Conductance) -> Option<&mut [f32]> {
        None
    }

    /// Who is to fire in this step, of neurons that fire as they are told.
    fn told_mut(&mut self) -> Option<&mut Vec<u32>> {
        None
    }

    /// Moves all neurons on by one step under `drive_mv` = R I and, at once, `jump_mv`. Says whether any of them may then
    /// fire, its threshold not being raised. Models that are not written with a resistance take their own current instead,
    /// as their file says.
    fn integrate(&mut self, drive_mv: &[f32], jump_mv: &[f32]) -> bool;

    /// Gathers in `crossed` who is at or above threshold, which `theta_mv` raises (none: not at all), or who fires by chance.
    fn find_crossings(&mut self, theta_mv: Option<&[f32]>, crossed: &mut Vec<u32>);

    /// Resets those that fired, and begins their refractory time.
    fn reset_fired(&mut self, fired: &[u32]);

    /// Puts every neuron back to rest.
    fn reset(&mut self);

    /// Every column of numbers that can blow up, with its name.
    fn columns(&self) -> Vec<(&'static str, &[f32])> {
        vec![("membrane potential", self.v_mv())]
    }

    /// The same neurons once more.
    fn boxed_clone(&self) -> Box<dyn Neurons>;

    /// Whether others are of the same model and in the same state.
    fn is_equal(&self, other: &dyn Neurons) -> bool;

    /// Bytes that a clone takes.
    fn num_bytes(&self) -> usize;

    /// For [`Neurons::is_equal`].
    fn as_any(&self) -> &dyn Any;
}

/// Neurons of any model.
#[derive(Debug)]
pub struct AnyNeurons(Box<dyn Neurons>);

impl AnyNeurons {
    /// These.
    pub fn new(neurons: impl Neurons + 'static) -> Self {
        Self(Box::new(neurons))
    }
}

impl std::ops::Deref for AnyNeurons {
    type Target = dyn Neurons;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl std::ops::DerefMut for AnyNeurons {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut *self.0
    }
}

impl Clone for AnyNeurons {
    fn clone(&self) -> Self {
        Self(self.0.boxed_clone())
    }
}

impl PartialEq for AnyNeurons {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_equal(&*other.0)
    }
}

impl GetSize for AnyNeurons {
    fn get_heap_size_with_tracker<T: GetSizeTracker>(&self, tracker: T) -> (usize, T) {
        (self.0.num_bytes(), tracker)
    }
}
