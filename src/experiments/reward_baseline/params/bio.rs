//! Parameters of the biofeedback.

use get_size2::GetSize;

use super::cell::{CellParams, RuleParams};
use crate::lab::param::Params;

/// Parameters of the biofeedback.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct BioParams {
    /// How much dopamine a spike of neuron 1 adds.
    #[param("Reward", range = linear(-2.0, 2.0, 0.1), default = 1.0, live, main)]
    pub reward: f64,
    /// How long after the spike the dopamine comes.
    #[param("Delay of the reward", symbol = "d", unit = Ms, range = linear(0.0, 2_000.0, 10.0),
            default = 100.0, main)]
    pub delay_ms: f64,
    /// How far back the running mean goes that is subtracted from the dopamine. At 0 nothing is subtracted.
    #[param("Memory of the baseline", symbol = "τ_b", unit = S, range = linear(0.0, 100.0, 1.0),
            default = 10.0, main)]
    pub tau_mean_s: f64,

    #[group("learning", "Learning")]
    #[nest(default = RuleParams::slow())]
    pub rule: RuleParams,
    /// How long dopamine stays.
    #[param("Dopamine", symbol = "τ_d", unit = Ms, range = log(10.0, 2_000.0, 10.0), default = 200.0)]
    pub tau_d_ms: f64,
    /// Simulated time of the whole run.
    #[param("Duration", unit = S, range = log(10.0, 10_000.0, 10.0), default = 1_200.0)]
    pub duration_s: f64,

    /// Inputs of each neuron. No two neurons share one.
    #[group("inputs", "Inputs")]
    #[param("Inputs", range = 10..=200, default = 100)]
    pub num_inputs: u32,
    /// How many neurons get the same dopamine.
    #[param("Neurons", range = 2..=20, default = 6)]
    pub num_outputs: u32,
    /// Rate of each input.
    #[param("Input rate", symbol = "r", unit = Hz, range = log(0.5, 50.0, 0.5), default = 5.5)]
    pub rate_hz: f64,
    #[nest]
    pub cell: CellParams,
}
