//! A threshold that rises with every spike and sinks by itself: neurons that fire often become harder to
//! excite.
//!
//! **Equations.** V_th = V_th0 + θ. There are two ways to sink:
//!
//! - *steadily* ([`AdaptiveThreshold::new`]): dθ/dt = θ₊ (S(t) − r₀) and θ ≥ θ_min: a spike adds θ₊, and time
//!   takes away what r₀ spikes per second would add. In balance every neuron fires at r₀.
//! - *by relaxing* ([`AdaptiveThreshold::relaxing`]): τ_θ dθ/dt = −θ; a spike adds θ₊, or multiplies the
//!   threshold's distance from rest, (V_th0 + θ − E_L) ← k (V_th0 + θ − E_L), or both.
//!
//! **State.** `theta_mv`, one per neuron.
//!
//! **Source.** Steadily: homeostasis as in Querlioz et al. (2013, doi:10.1109/TNANO.2013.2250995), with every
//! spike counted at once instead of a mean over an epoch. Relaxing, added: Diehl and Cook (2015,
//! doi:10.3389/fncom.2015.00099). The product is that of the study "STDP-research" (2024), which adds its
//! ratio in one kind of neuron and multiplies by it in others.
//!
//! **Method.** Exact on the grid. A relaxing threshold decays first; a spike then counts in full.

use get_size2::GetSize;

use crate::{TimeGrid, math};

/// The constants of a threshold that sinks steadily.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct AdaptiveThresholdParams {
    /// What a spike adds.
    pub theta_plus_mv: f64,
    /// The rate at which it stays where it is.
    pub target_rate_hz: f64,
    /// The lowest it can sink.
    pub theta_min_mv: f64,
}

/// The constants of a threshold that relaxes.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct RelaxingThresholdParams {
    /// What a spike adds.
    pub theta_plus_mv: f64,
    /// By what a spike multiplies the distance of the threshold from rest; 1 for not at all.
    pub ratio: f64,
    /// That distance without adaptation, V_th0 − E_L.
    pub distance_mv: f64,
    /// Time constant of its way back.
    pub tau_ms: f64,
}

/// The raised part of every neuron's threshold.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct AdaptiveThreshold {
    dt_s: f64,
    theta_plus_mv: f32,
    drop_mv: f32,
    theta_min_mv: f32,
    /// Share that is left after a tick, and what a spike multiplies θ by, if it relaxes.
    relaxing: Option<(f32, f32)>,
    theta_mv: Vec<f32>,
}

impl AdaptiveThreshold {
    /// Thresholds that sink steadily and are not raised yet.
    pub fn new(num_neurons: usize, params: &AdaptiveThresholdParams, grid: TimeGrid) -> Self {
        let mut threshold = Self {
            dt_s: grid.dt_ms() / 1_000.0,
            theta_plus_mv: 0.0,
            drop_mv: 0.0,
            theta_min_mv: 0.0,
            relaxing: None,
            theta_mv: vec![0.0; num_neurons],
        };
        threshold.set_params(params);
        threshold
    }

    /// Thresholds that relax and are not raised yet.
    pub fn relaxing(num_neurons: usize, params: &RelaxingThresholdParams, grid: TimeGrid) -> Self {
        let RelaxingThresholdParams { theta_plus_mv, ratio, distance_mv, tau_ms } = *params;
        Self {
            dt_s: grid.dt_ms() / 1_000.0,
            // k (d + θ) = d + k θ + (k − 1) d
            theta_plus_mv: (theta_plus_mv + (ratio - 1.0) * distance_mv) as f32,
            drop_mv: 0.0,
            theta_min_mv: 0.0,
            relaxing: Some((math::decay_per_step(grid.dt_ms(), tau_ms), ratio as f32)),
            theta_mv: vec![0.0; num_neurons],
        }
    }

    /// Takes over other constants for sinking steadily; what was learned stays.
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
        if let Some((decay, ratio)) = self.relaxing {
            for theta in &mut self.theta_mv {
                *theta = math::flush(*theta * decay);
            }
            for &neuron in fired {
                let theta = &mut self.theta_mv[neuron as usize];
                *theta = *theta * ratio + self.theta_plus_mv;
            }
            return;
        }
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

    #[test]
    fn a_relaxing_threshold_multiplies_its_distance_from_rest() {
        let params = RelaxingThresholdParams {
            theta_plus_mv: 0.0,
            ratio: 1.5,
            distance_mv: 10.0,
            tau_ms: 40.0,
        };
        let mut threshold = AdaptiveThreshold::relaxing(1, &params, TimeGrid::new(1.0));
        threshold.step(&[0]);
        assert!((threshold.theta_mv()[0] - 5.0).abs() < 1e-6);
        for _ in 0..20 {
            threshold.step(&[]);
        }
        let relaxed = 5.0 * math::exp_f64(-0.5);
        assert!((f64::from(threshold.theta_mv()[0]) - relaxed).abs() < 1e-5);
        threshold.step(&[0]);
        let expected = 1.5 * (10.0 + relaxed * math::exp_f64(-1.0 / 40.0)) - 10.0;
        assert!((f64::from(threshold.theta_mv()[0]) - expected).abs() < 1e-5);
    }
}
