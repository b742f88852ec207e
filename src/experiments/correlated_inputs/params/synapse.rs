//! Parameters of the virtual synapse.

use get_size2::GetSize;

use super::ranges::CORRELATION;
use crate::kit::params::RATE;
use crate::lab::param::{FloatRange, Params};

/// Parameters of the virtual synapse. The correlation is that of the middle group; the others have 0 and 1.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct SynapseParams {
    /// Pairwise correlation of spike counts within the correlated group.
    #[param("Correlation", symbol = "c", range = CORRELATION, main, default = 0.5)]
    pub correlation: f64,
    /// As published, two spikes in the same step of 0.1 ms add the full amplitude. Switch it off, and the correlation
    /// has no effect.
    #[param("Count pairs without a lag", main, default = true)]
    pub zero_lag: bool,
    /// As published, only spikes that follow one another in the merged list of all ten inputs are paired, which misses
    /// most.
    #[param("Count all pairs", main, default = false)]
    pub all_pairs: bool,
    /// Every spike comes late by a random time up to this, so that shared spikes have lags of their own.
    #[param("Jitter", unit = Ms, range = linear(0.0, 50.0, 0.5), main, default = 0.0)]
    pub jitter_ms: f64,

    /// Its amplitude; that of potentiation is 1.
    #[group("rule", "Window")]
    #[param("Depression", symbol = "A₋", range = linear(0.0, 3.0, 0.05), default = 1.0)]
    pub a_minus: f64,
    /// 10 ms as published.
    #[param("Window of potentiation", symbol = "τ₊", unit = Ms, range = WINDOW, default = 10.0)]
    pub tau_plus_ms: f64,
    /// 10 ms as published.
    #[param("Window of depression", symbol = "τ₋", unit = Ms, range = WINDOW, default = 10.0)]
    pub tau_minus_ms: f64,

    /// Of every input, whatever the correlation.
    #[group("inputs", "Inputs")]
    #[param("Input rate", symbol = "r", unit = Hz, range = RATE, default = 10.0)]
    pub rate_hz: f64,
    /// Simulated time of the whole run.
    #[param("Duration", unit = S, range = log(1.0, 1_000.0, 1.0), default = 4.0)]
    pub duration_s: f64,
}

const WINDOW: FloatRange = FloatRange::log(1.0, 100.0, 0.5);
