//! Parameters of the inputs alone.

use get_size2::GetSize;

use super::ranges::{CORRELATION, DURATION};
use crate::kit::params::{Generator, RATE};
use crate::lab::param::Params;

/// Parameters of the inputs alone. The correlation is that of the middle group; the others have 0 and 1.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct GroupsParams {
    /// Correlation of the spike counts of two trains in the chosen group.
    #[param("Correlation", symbol = "c", range = CORRELATION, main, default = 0.5)]
    pub correlation: f64,
    /// Generator.
    #[nest]
    pub generator: Generator,
    /// How many input spike trains.
    #[group("inputs", "Inputs")]
    #[param("Inputs", symbol = "N", range = 2..=1_000, default = 10)]
    pub num_inputs: u32,
    /// Mean rate of each input. The correlation does not change it.
    #[param("Input rate", symbol = "r", unit = Hz, range = RATE, default = 10.0)]
    pub rate_hz: f64,
    /// Spikes are counted in bins of this length.
    #[param("Counting bin", unit = Ms, range = log(0.1, 1_000.0, 0.1), default = 0.1)]
    pub bin_ms: f64,
    /// Simulated time of the whole run.
    #[param("Duration", unit = S, range = DURATION, default = 60.0)]
    pub duration_s: f64,
}
