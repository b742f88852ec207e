//! What a spike does to the neuron that it reaches.

use std::ops::Range;

use get_size2::GetSize;

use super::neurons::Conductance;
use super::population::Population;
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
    /// What a spike adds to, of each of the receivers, and how much per weight. None for dendrites, which keep their own,
    /// and where the neurons have no such conductance.
    #[inline]
    pub(super) fn column_mut<'a>(
        &'a mut self,
        to: &'a mut Population,
        span: Range<usize>,
    ) -> Option<(&'a mut [f32], f32)> {
        let (column, per_weight) = match self {
            Self::Dendrites(_) => return None,
            Self::Current(current) | Self::Drive(current) => return Some(current.column_mut()),
            Self::Pulse(per_weight) => (to.current_mut(), *per_weight),
            Self::Jump(per_weight) => (to.jump_mut(), *per_weight),
            Self::Conductance(kind, per_weight) => {
                (to.neurons.conductance_mut(*kind)?, *per_weight)
            }
        };
        Some((&mut column[span], per_weight))
    }

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
