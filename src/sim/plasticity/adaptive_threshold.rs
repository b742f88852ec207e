//! A threshold that rises with every spike and sinks steadily: neurons that win more often than their
//! share become harder to excite, those that win less often easier.
//!
//! **Equations.** V_th = V_th0 + θ, with dθ/dt = θ₊ (S(t) − r₀) and θ ≥ θ_min: a spike adds θ₊, and time
//! takes away what r₀ spikes per second would add. In balance every neuron fires at r₀.
//!
//! **State.** `theta_mv`, one per neuron.
//!
//! **Source.** Homeostasis as in Querlioz et al. (2013, doi:10.1109/TNANO.2013.2250995), with every spike
//! counted at once instead of a mean over an epoch.
//!
//! **Method.** Exact on the grid.

use serde::{Deserialize, Serialize};

use crate::sim::{TimeGrid, math};

/// The constants of the rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdaptiveThresholdParams {
    /// What a spike adds.
    pub theta_plus_mv: f64,
    /// The rate at which it stays where it is.
    pub target_rate_hz: f64,
    /// The lowest it can sink.
    pub theta_min_mv: f64,
}

/// The raised part of every neuron's threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdaptiveThreshold {
    dt_s: f64,
    theta_plus_mv: f32,
    drop_mv: f32,
    theta_min_mv: f32,
    theta_mv: Vec<f32>,
}

impl AdaptiveThreshold {
    /// Thresholds that are not raised yet.
    pub fn new(num_neurons: usize, params: &AdaptiveThresholdParams, grid: TimeGrid) -> Self {
        let mut threshold = Self {
            dt_s: grid.dt_ms() / 1_000.0,
            theta_plus_mv: 0.0,
            drop_mv: 0.0,
            theta_min_mv: 0.0,
            theta_mv: vec![0.0; num_neurons],
        };
        threshold.set_params(params);
        threshold
    }

    /// Takes over other constants; what was learned stays.
    pub fn set_params(&mut self, params: &AdaptiveThresholdParams) {
        self.theta_plus_mv = params.theta_plus_mv as f32;
        self.drop_mv = (params.theta_plus_mv * params.target_rate_hz * self.dt_s) as f32;
        self.theta_min_mv = params.theta_min_mv as f32;
    }

    /// By how much each threshold is raised.
    pub fn theta_mv(&self) -> &[f32] {
        &self.theta_mv
    }

    /// The same, to load what was learned elsewhere.
    pub fn theta_mv_mut(&mut self) -> &mut [f32] {
        &mut self.theta_mv
    }

    /// One step: these neurons fired.
    pub fn step(&mut self, fired: &[u32]) {
        for &neuron in fired {
            self.theta_mv[neuron as usize] += self.theta_plus_mv;
        }
        for theta in &mut self.theta_mv {
            *theta = math::larger(*theta - self.drop_mv, self.theta_min_mv);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: AdaptiveThresholdParams =
        AdaptiveThresholdParams { theta_plus_mv: 0.2, target_rate_hz: 2.5, theta_min_mv: -8.0 };

    #[test]
    fn it_stays_at_the_target_rate_and_moves_away_from_it() {
        let mut threshold = AdaptiveThreshold::new(3, &PARAMS, TimeGrid::new(1.0));
        // 100 s: neuron 0 fires at the target rate, 1 at twice that, 2 never.
        for tick in 0..100_000_u64 {
            let mut fired = Vec::new();
            if tick % 400 == 0 {
                fired.push(0);
            }
            if tick % 200 == 0 {
                fired.push(1);
            }
            threshold.step(&fired);
        }
        let theta = threshold.theta_mv();
        assert!(theta[0].abs() < 0.3, "{theta:?}");
        // 0.2 mV · (5 − 2.5) Hz · 100 s
        assert!((theta[1] - 50.0).abs() < 0.5, "{theta:?}");
        assert_eq!(theta[2], -8.0);
    }
}
