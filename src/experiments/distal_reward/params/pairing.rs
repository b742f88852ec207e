//! Parameters of the single pairings.

use get_size2::GetSize;

use super::ranges::{PULSE, RATIO, TAU_C, TAU_N};
use crate::lab::param::Params;

/// Parameters of the single pairings.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct PairingParams {
    /// On: a spike pair only leaves a mark, and dopamine decides what becomes of it. Off: classical STDP, in which a
    /// pair changes the weight at once, rewarded or not.
    #[param("Dopamine decides", default = true, main)]
    pub gated: bool,
    /// Time between the two spikes of a pair.
    #[param("Lag", symbol = "Δt", unit = Ms, range = linear(1.0, 80.0, 1.0), default = 10.0, main)]
    pub lag_ms: f64,
    /// Time from a pair to its reward.
    #[param("Delay of reward", unit = S, range = linear(0.0, 3.5, 0.1), default = 1.0, main)]
    pub delay_s: f64,
    /// How long the synapse remembers its spike pairs (time constant of its eligibility trace). If it is much shorter
    /// than the delay of reward, nothing is left to reward.
    #[group("rule", "Rule")]
    #[param("Memory of the synapse", symbol = "τ_c", unit = Ms, range = TAU_C, default = 1_000.0)]
    pub tau_c_ms: f64,
    /// Time constant with which a pulse of dopamine fades.
    #[param("Duration of dopamine", symbol = "τ_d", unit = Ms, range = TAU_N, default = 200.0)]
    pub tau_n_ms: f64,
    /// 1.5 as published: spikes at random times then weaken a synapse.
    #[param("Depression over potentiation", symbol = "A₋/A₊", range = RATIO, default = 1.5)]
    pub ratio: f64,
    /// How much dopamine one reward adds.
    #[param("Dopamine per reward", symbol = "h", range = PULSE, default = 0.5)]
    pub pulse: f64,
}
