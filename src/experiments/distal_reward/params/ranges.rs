//! Ranges of what both parts have.

use crate::lab::param::FloatRange;

/// Of a synapse's memory.
pub const TAU_C: FloatRange = FloatRange::log(50.0, 10_000.0, 10.0);
/// Of dopamine's duration.
pub const TAU_N: FloatRange = FloatRange::log(20.0, 2_000.0, 10.0);
/// Of A₋/A₊.
pub const RATIO: FloatRange = FloatRange::linear(0.0, 3.0, 0.05);
/// Of what a reward adds to dopamine.
pub const PULSE: FloatRange = FloatRange::linear(0.0, 2.0, 0.05);
