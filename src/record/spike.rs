//! A spike, as records name it.

use crate::sim::Tick;

/// A spike: its tick, the number of its population, and that of its neuron there.
pub type Spike = (Tick, u8, u32);

/// A multiplier whose bits are all over the place, to mix those of spikes: 2⁶⁴ over the golden ratio, made odd.
pub(super) const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
