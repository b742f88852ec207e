//! What a spike does to the neuron that it reaches.

use get_size2::GetSize;

use super::neurons::Conductance;
use crate::neuron::adds::Dendrites;
use crate::synapse::ExponentialCurrent;

/// One of the things that a spike does.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Effect {
    /// The potential jumps by so many mV per weight.
    Jump(f32),
    /// A conductance of the neuron itself jumps by so much per weight.
    Conductance(Conductance, f32),
    /// A current straight to the soma jumps.
    Current(ExponentialCurrent),
    /// The same for neurons that take it as their drive.
    Drive(ExponentialCurrent),
    /// A current flows for one step: so much is added to the drive per weight.
    Pulse(f32),
    /// The current of a dendrite jumps; only with dense wiring.
    Dendrites(Dendrites),
}

impl Effect {
    /// A column of its own that can blow up.
    pub(super) fn column(&self) -> Option<(&'static str, &[f32])> {
        match self {
            Self::Current(current) | Self::Drive(current) => {
                Some(("the synaptic current", current.current()))
            }
            Self::Dendrites(dendrites) => Some(("the current of a dendrite", dendrites.current())),
            Self::Jump(_) | Self::Pulse(_) | Self::Conductance(..) => None,
        }
    }
}
