//! What can be changed in the three parts. Keys and defaults are part of the link contract. What other experiments
//! could have too (the generator of the inputs, the rule, homeostasis, the neuron) is in `kit::params`.

mod groups;
mod neuron;
mod ranges;
mod synapse;

use get_size2::GetSize;

pub use groups::GroupsParams;
pub use neuron::NeuronParams;
pub use synapse::SynapseParams;

use crate::lab::param::{Choice, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct CorrelatedInputs {
    /// Input trains alone, one synapse without a neuron, or a neuron that learns.
    #[group("part", "Experiment")]
    #[param("Part", main)]
    pub part: Part,
}

// There is one at a time, so that its size does not matter.
/// The three experiments, from inputs alone to a neuron that learns.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Part {
    /// How correlated spike trains are made, and how correlated they turn out.
    #[choice("Input groups")]
    Groups(GroupsParams),
    /// A published demonstration: a weight between two inputs, without a neuron.
    #[choice("One virtual synapse")]
    Synapse(SynapseParams),
    /// A neuron with many plastic inputs, some of them correlated.
    #[choice("A real neuron")]
    #[default]
    Neuron(NeuronParams),
}
