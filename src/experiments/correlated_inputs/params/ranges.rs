//! Ranges of quantities that more than one part has.

use crate::lab::param::FloatRange;

pub const CORRELATION: FloatRange = FloatRange::linear(0.0, 1.0, 0.01);
pub const DURATION: FloatRange = FloatRange::log(1.0, 20_000.0, 1.0);
