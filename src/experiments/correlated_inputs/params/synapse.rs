//! Parameters of the virtual synapse.

use get_size2::GetSize;

use super::ranges::CORRELATION;
use crate::kit::params::RATE;
use crate::lab::param::{FloatRange, Params};

/// Parameters of the virtual synapse. The correlation is that of the middle group; the others have 0 and 1.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct SynapseParams {
    /// Correlation of the spike counts of two trains in the chosen group.
    #[param("Correlation", symbol = "c", range = CORRELATION, main, default = 0.5)]
    pub correlation: f64,
    /// As published, two spikes in the same step of 0.1 ms add 1. Switch it off to see what is left of the effect of the
    /// correlation.
    #[param("Count pairs without a lag", main, default = true)]
    pub zero_lag: bool,
    /// As published, only spikes that follow one another in the merged list of all ten inputs are paired. That leaves
    /// most pairs out.
    #[param("Count all pairs", main, default = false)]
    pub all_pairs: bool,
    /// Each spike is delayed by a random time up to this, so that shared spikes are no longer in the same step.
    #[param("Jitter", unit = Ms, range = linear(0.0, 50.0, 0.5), main, default = 0.0)]
    pub jitter_ms: f64,

    /// Amplitude of depression. That of potentiation is 1.
    #[group("rule", "Window")]
    #[param("Depression", symbol = "A₋", range = linear(0.0, 3.0, 0.05), default = 1.0)]
    pub a_minus: f64,
    /// Time constant of potentiation, 10 ms as published.
    #[param("Window of potentiation", symbol = "τ₊", unit = Ms, range = WINDOW, default = 10.0)]
    pub tau_plus_ms: f64,
    /// Time constant of depression, 10 ms as published.
    #[param("Window of depression", symbol = "τ₋", unit = Ms, range = WINDOW, default = 10.0)]
    pub tau_minus_ms: f64,

    /// Mean rate of each input. The correlation does not change it.
    #[group("inputs", "Inputs")]
    #[param("Input rate", symbol = "r", unit = Hz, range = RATE, default = 10.0)]
    pub rate_hz: f64,
    /// Simulated time of the whole run.
    #[param("Duration", unit = S, range = log(1.0, 1_000.0, 1.0), default = 4.0)]
    pub duration_s: f64,
}

const WINDOW: FloatRange = FloatRange::log(1.0, 100.0, 0.5);
