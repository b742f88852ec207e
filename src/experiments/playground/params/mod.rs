//! What can be changed. Keys and defaults are part of the link contract.

mod current;
mod drawn;
mod further;
mod neuron;
mod rules;
mod shape;
mod shaped;
mod spikes;
mod start;

use get_size2::GetSize;

pub use current::CurrentKind;
pub use further::FurtherKind;
pub use neuron::{
    AdExParams, CountedKind, ExponentialParams, IzhikevichForm, IzhikevichParams, LifParams,
    NeuronKind, StepResetKind,
};
pub use spikes::{ShortTermKind, SpikeParams, SynapseKind, WiringKind};

use crate::lab::param::{Choice, FloatRange, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::rules)]
pub struct Playground {
    /// Which model the neurons are of.
    #[group("cells", "Neurons")]
    #[param("Neuron", main)]
    pub neuron: NeuronKind,
    /// One neuron, or several that are alike.
    #[param("How many")]
    pub neurons: HowMany,

    /// A current into every neuron.
    #[group("currents", "Current")]
    #[param("Current", main)]
    pub current: CurrentKind,

    /// Spikes that come in, through synapses that may learn.
    #[group("trains", "Input spikes")]
    #[param("Input spikes", main)]
    pub inputs: InputKind,

    /// What an input spike does to a neuron. Linear Poisson, second-order and SRM₀ neurons have synapses of their own.
    #[group("synapses", "Synapses")]
    #[param("Synapses", when = self.spikes().is_some() && self.neuron.has_membrane())]
    pub synapse: SynapseKind,
    /// What all synapses together add to the potential at maximum weight; the threshold is 1. One adds the N-th part.
    #[param("Excitation", symbol = "N J", range = log(0.1, 2_000.0, 0.1), default = 8.0,
            when = self.spikes().is_some() && matches!(self.neuron, NeuronKind::FirstOrder(_)))]
    pub step_total: f64,

    /// Length of a step. Brian 2 and NEST take 0.1 ms unless told otherwise.
    #[group("time", "Time")]
    #[param("Step", symbol = "dt", unit = Ms, range = linear(0.01, 1.0, 0.01),
            by_choice(neuron) = self.neuron.usual_dt_ms())]
    pub dt_ms: f64,
    /// Simulated time of the whole run.
    #[param("Duration", unit = S, range = FloatRange::log(0.1, 1_000.0, 0.1),
            by_choice(inputs) = if self.spikes().is_some() { 60.0 } else { 1.0 })]
    pub duration_s: f64,
}

/// Whether spikes come in.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum InputKind {
    /// Trains of spikes.
    #[choice("trains of spikes", key = "spikes")]
    Spikes(SpikeParams),
    /// None: only the current acts.
    #[choice("none", key = "none")]
    None,
}

/// How many neurons.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum HowMany {
    /// One.
    #[choice("one")]
    One,
    /// Several with the same inputs.
    #[choice("several")]
    Several {
        /// How many neurons.
        #[param("Number of neurons", range = 2..=100, default = 10)]
        num_neurons: u32,
        /// What a spike of one neuron does to the others.
        #[param("Lateral inhibition")]
        lateral: LateralKind,
    },
}

/// How neurons inhibit each other.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum LateralKind {
    /// Not at all.
    #[choice("none", key = "none")]
    None,
    /// Of those that reach the threshold in one step only the first fires, and the others lose some potential.
    #[choice("winner-take-all")]
    WinnerTakeAll {
        /// What the others lose.
        #[param("Inhibition", unit = Mv, range = linear(0.0, 50.0, 0.5), default = 16.0)]
        inhibition_mv: f64,
    },
    /// A spike lowers the potentials of all others at once, one step later.
    #[choice("by synapses")]
    Synapses {
        /// By how much.
        #[param("Inhibition", unit = Mv, range = linear(0.0, 50.0, 0.5), default = 5.0)]
        inhibition_mv: f64,
    },
    /// Each neuron excites an inhibitory one of its own, which fires at once and lowers the potentials of all others: two
    /// steps later, and at most once in 2 ms.
    #[choice("by inhibitory neurons", key = "interneurons")]
    Interneurons {
        /// By how much.
        #[param("Inhibition", unit = Mv, range = linear(0.0, 50.0, 0.5), default = 5.0)]
        inhibition_mv: f64,
    },
    /// A spike takes current away from all but the neuron with the highest potential (STDP-research). For second-order neurons.
    #[choice("soft")]
    Soft {
        /// How much; no current sinks below 0. The threshold is 1.
        #[param("Current it takes", range = linear(0.0, 10.0, 0.01), default = 0.1)]
        soft_strength: f64,
    },
}

impl Playground {
    /// The parameters of spikes that come in, if any do.
    pub fn spikes(&self) -> Option<&SpikeParams> {
        match &self.inputs {
            InputKind::Spikes(spikes) => Some(spikes),
            InputKind::None => None,
        }
    }

    /// How many neurons.
    pub fn num_neurons(&self) -> u32 {
        match self.neurons {
            HowMany::One => 1,
            HowMany::Several { num_neurons, .. } => num_neurons,
        }
    }

    /// Lateral inhibition, where there is anybody to inhibit.
    pub fn lateral(&self) -> &LateralKind {
        match &self.neurons {
            HowMany::One => &LateralKind::None,
            HowMany::Several { lateral, .. } => lateral,
        }
    }
}
