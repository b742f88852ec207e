//! What one looks at closely in a population: the current into each neuron, and where its potential would be without its
//! spikes.

use get_size2::GetSize;

use super::neurons::{AnyNeurons, Conductance};

/// What is seen of a population beside its neurons. It changes nothing that is simulated.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Beside {
    /// The same neurons under the same input, which never fire: nobody looks for their crossings. None where a model would
    /// not stay finite then.
    free: Option<AnyNeurons>,
    /// R I into each neuron in the last step, without what synapses bring straight to the potential.
    drive_mv: Vec<f32>,
}

impl Beside {
    /// Of these neurons, with their potential without spikes where it `has_free`.
    pub(super) fn new(neurons: &AnyNeurons, has_free: bool) -> Self {
        let drive_mv = vec![0.0; neurons.v_mv().len()];
        Self { free: has_free.then(|| neurons.clone()), drive_mv }
    }

    /// The same step as the neurons, before they take it.
    pub(super) fn step(&mut self, neurons: &mut AnyNeurons, drive_mv: &[f32], jump_mv: &[f32]) {
        self.drive_mv.copy_from_slice(drive_mv);
        let Some(free) = &mut self.free else { return };
        // Spikes that come in open the conductances of the neurons themselves.
        for kind in [Conductance::Excitatory, Conductance::Inhibitory] {
            if let (Some(own), Some(now)) =
                (free.conductance_mut(kind), neurons.conductance_mut(kind))
            {
                own.copy_from_slice(now);
            }
        }
        free.integrate(drive_mv, jump_mv);
    }

    pub(super) fn reset(&mut self) {
        self.free.iter_mut().for_each(|free| free.reset());
        self.drive_mv.fill(0.0);
    }

    /// Potentials of neurons that never fire.
    pub fn free_mv(&self) -> Option<&[f32]> {
        self.free.as_ref().map(|free| free.v_mv())
    }

    /// R I into each neuron in the last step.
    pub fn drive_mv(&self) -> &[f32] {
        &self.drive_mv
    }
}
