//! Ranges of quantities that stand in more than one group of parameters.

use crate::lab::param::FloatRange;

/// Rates of inputs, in Hz.
pub const RATE: FloatRange = FloatRange::log(0.5, 1_000.0, 0.5);
