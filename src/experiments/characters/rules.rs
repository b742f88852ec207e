//! Constants of the networks' rules, from their parameters.

use super::params::{
    Amplitudes, BrianParams, CodedParams, FixedParams, Mode, PaperParams, RewardParams,
};
use crate::sim::neuron::adds::AddsParams;
use crate::sim::plasticity::{
    AdaptiveThresholdParams, Bound, Coincidence, PairStdpParams, Pairing,
};
use crate::sim::published::race::{DENDRITES, RaceParams};

/// Presentations over which the baseline is a mean.
pub const BASELINE_PRESENTATIONS: f32 = 20.0;
/// Rise of the synaptic potential.
pub const TAU_S_MS: f64 = 5.0;
/// Potential that a volley through weights that sum to 1 gives an output.
pub const VOLLEY_MV: f64 = 20.0;

/// Time between two spikes of a driven input: 50 ms · ln(24 / (24 − 20)) on the grid.
const INPUT_PERIOD_MS: f64 = 90.0;

/// Resistance of the paper's somas, as of the program's.
pub const R_M: f64 = DENDRITES.r_m;

impl FixedParams {
    pub fn stdp(&self) -> PairStdpParams {
        PairStdpParams {
            a_plus: self.eta,
            a_minus: self.eta * self.depression,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min: 0.0,
            w_max: 1.0,
            bound: Bound::Soft,
            pairing: Pairing::Nearest,
            coincidence: Coincidence::PreFirst,
        }
    }

    pub fn threshold(&self, num_neurons: usize) -> AdaptiveThresholdParams {
        // All volleys, shared equally.
        let volleys = (self.presentation_ms / INPUT_PERIOD_MS).floor();
        AdaptiveThresholdParams {
            theta_plus_mv: self.theta_plus_mv,
            target_rate_hz: volleys / self.presentation_ms * 1_000.0 / num_neurons as f64,
            theta_min_mv: -0.85 * self.v_th_mv,
        }
    }
}

impl PaperParams {
    /// Of excitation and of inhibition.
    pub fn rules(&self) -> [PairStdpParams; 2] {
        let Amplitudes { eta, a_plus, a_minus } = self.amplitudes;
        [(0.0, 1.0), (-1.0, 0.0)].map(|(w_min, w_max)| PairStdpParams {
            a_plus: eta * a_plus,
            a_minus: eta * a_minus,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min,
            w_max,
            bound: Bound::Soft,
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
        })
    }

    /// Constants of the dendrites.
    pub fn dendrites(&self) -> AddsParams {
        AddsParams { tau_m_ms: self.tau_m_ms, impulse: self.input_gain, ..DENDRITES }
    }
}

/// Time between two of the early programs' volleys.
pub const VOLLEY_PERIOD_MS: f64 = 100.0;

impl CodedParams {
    /// Of the race.
    pub fn race(&self) -> RaceParams {
        let Amplitudes { eta, a_plus, a_minus } = self.amplitudes;
        RaceParams {
            a_plus: eta * a_plus * self.gain_plus,
            a_minus: eta * a_minus * self.gain_minus,
            // 1 s or 1 ms: the program divides seconds by them.
            tau_ms: if self.window_in_seconds { 1_000.0 } else { 1.0 },
            pairs_silent: self.pair_silent_pixels,
            has_slip: self.test_gain_slip,
        }
    }
}

impl BrianParams {
    /// Of excitation and of inhibition.
    pub fn rules(&self) -> [PairStdpParams; 2] {
        let sign = if self.depression_slip { -1.0 } else { 1.0 };
        [self.w_max_mv, self.inhibition_max_mv].map(|w_max| PairStdpParams {
            a_plus: self.a_plus * w_max,
            a_minus: sign * self.a_minus * w_max,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min: 0.0,
            w_max,
            bound: Bound::Hard,
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
        })
    }
}

/// Peak of the potential that a unit weight gives a soma of resistance 1.
pub fn unit_peak(tau_s_ms: f64, tau_m_ms: f64) -> f64 {
    use crate::sim::math::{exp_f64, ln_f64};
    let at_ms = ln_f64(tau_m_ms / tau_s_ms) / (1.0 / tau_s_ms - 1.0 / tau_m_ms);
    (exp_f64(-at_ms / tau_m_ms) - exp_f64(-at_ms / tau_s_ms)) / (tau_m_ms - tau_s_ms)
}

impl Mode {
    /// Of excitation and of inhibition; none of the published program, which has a rule of its own.
    pub fn rules(&self) -> Vec<PairStdpParams> {
        match self {
            Self::Fixed(p) | Self::Reward(RewardParams { net: p, .. }) => vec![p.stdp()],
            Self::Paper(p) => p.rules().into(),
            Self::Brian(p) => p.rules().into(),
            Self::Coded(_) => Vec::new(),
        }
    }

    /// What raises the outputs' thresholds, if anything does.
    pub fn threshold(&self, num_outputs: usize) -> Option<AdaptiveThresholdParams> {
        match self {
            Self::Fixed(p) | Self::Reward(RewardParams { net: p, .. }) => {
                Some(p.threshold(num_outputs))
            }
            _ => None,
        }
    }
}
