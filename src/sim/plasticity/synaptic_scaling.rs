//! Synaptic scaling: a neuron that fires too little strengthens all its synapses by one factor, one that
//! fires too much weakens them. What was learned, the ratios, stays.
//!
//! **Equations.** Each neuron estimates its rate, τ_a da/dt = −a + S(t), and
//! τ_w dw_ij/dt = w_ij (1 − a_j/ρ) for all inputs i, with target rate ρ.
//!
//! **State.** The estimates `rate`.
//!
//! **Source.** The finding: Turrigiano et al. (1998, doi:10.1038/36103). The idea of a controller with a slow
//! activity sensor: van Rossum, Bi and Turrigiano (2000, doi:10.1523/JNEUROSCI.20-23-08812.2000). This form,
//! proportional control of the relative rate in discrete steps, is ours.
//!
//! **Method.** Every `interval_ms` the weights are multiplied by exp((1 − a/ρ) · interval/τ_w), which is exact
//! for an estimate that is constant within the interval and never makes a weight change sign.

use get_size2::GetSize;

use super::pair_stdp::column;
use super::traces::Traces;
use crate::{TimeGrid, math};

/// The constants of the rule.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct SynapticScalingParams {
    /// ρ
    pub target_rate_hz: f64,
    /// τ_a, much longer than an interspike interval.
    pub tau_rate_ms: f64,
    /// τ_w, longer still, or the rate oscillates.
    pub tau_scaling_ms: f64,
    /// Time between two scalings.
    pub interval_ms: f64,
    /// Greatest weight.
    pub w_max: f64,
}

/// The rate estimates of a population.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct SynapticScaling {
    strength: f32,
    per_target: f32,
    w_max: f32,
    ticks_per_scaling: u32,
    ticks_left: u32,
    rate: Traces,
    per_spike_hz: f32,
}

impl SynapticScaling {
    /// Neurons that are thought to fire at the target rate.
    pub fn new(num_post: usize, params: &SynapticScalingParams, grid: TimeGrid) -> Self {
        let ticks_per_scaling = grid.ticks_from_ms(params.interval_ms).max(1) as u32;
        let mut rate = Traces::new(num_post, params.tau_rate_ms, grid);
        rate.set_every(0, 1, params.target_rate_hz as f32);
        Self {
            strength: (params.interval_ms / params.tau_scaling_ms) as f32,
            per_target: (1.0 / params.target_rate_hz) as f32,
            w_max: params.w_max as f32,
            ticks_per_scaling,
            ticks_left: ticks_per_scaling,
            rate,
            per_spike_hz: (1_000.0 / params.tau_rate_ms) as f32,
        }
    }

    /// The estimated rate of a neuron.
    pub fn rate_hz(&self, post: usize) -> f32 {
        self.rate.value(post)
    }

    /// One tick in which these neurons fired. Scales `weights[pre × num_post + post]` when it is time, and
    /// says so.
    pub fn step(&mut self, fired: impl Iterator<Item = u32>, weights: &mut [f32]) -> bool {
        self.rate.tick();
        for post in fired {
            self.rate.add(post as usize, self.per_spike_hz);
        }
        self.ticks_left -= 1;
        if self.ticks_left > 0 {
            return false;
        }
        self.ticks_left = self.ticks_per_scaling;
        let num_post = self.rate.scaled().0.len();
        for post in 0..num_post {
            let excess = self.rate.value(post) * self.per_target - 1.0;
            let factor = math::exp(-excess * self.strength);
            for w in column(weights, post, num_post) {
                *w = (*w * factor).min(self.w_max);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: SynapticScalingParams = SynapticScalingParams {
        target_rate_hz: 10.0,
        tau_rate_ms: 1_000.0,
        tau_scaling_ms: 5_000.0,
        interval_ms: 100.0,
        w_max: 100.0,
    };

    #[test]
    fn a_steady_rate_scales_exponentially_and_keeps_ratios() {
        // Neuron 0 fires at the target, 1 at twice that, 2 never.
        let mut scaling = SynapticScaling::new(3, &PARAMS, TimeGrid::new(1.0));
        let mut w = [1.0, 1.0, 1.0, 2.0, 2.0, 2.0];
        let mut at_10_s = w;
        for tick in 0..20_000_u32 {
            let mut fired = Vec::new();
            if tick % 100 == 0 {
                fired.push(0);
            }
            if tick % 50 == 0 {
                fired.push(1);
            }
            scaling.step(fired.iter().copied(), &mut w);
            if tick == 9_999 {
                at_10_s = w;
            }
        }
        assert!((scaling.rate_hz(1) - 20.0).abs() < 1.0, "{}", scaling.rate_hz(1));
        for post in 0..3 {
            assert!((w[3 + post] / w[post] - 2.0).abs() < 1e-5);
        }
        // 10 s at (1 − a/ρ)/τ_w = 0, −0.2 and 0.2 per second. The estimate is read just before the next
        // spike, when it is lowest: 5 % and 2.5 % below its mean.
        for (post, log) in [(0, 0.1), (1, -1.9), (2, 2.0)] {
            let got = math::ln(w[post] / at_10_s[post]);
            assert!((got - log).abs() < 0.02, "{post}: {got}");
        }
    }

    #[test]
    fn it_finds_the_target_rate() {
        // A neuron whose rate is 40 Hz per unit of weight, firing regularly.
        let mut scaling = SynapticScaling::new(1, &PARAMS, TimeGrid::new(1.0));
        let (mut w, mut phase, mut late) = ([1.0_f32], 0.0_f32, 0);
        for tick in 0..200_000 {
            phase += 40.0 * w[0] / 1_000.0;
            let fired: &[u32] = if phase >= 1.0 { &[0] } else { &[] };
            phase -= fired.len() as f32;
            late +=
                i32::from(tick >= 100_000 && phase < 40.0 * w[0] / 1_000.0 && !fired.is_empty());
            scaling.step(fired.iter().copied(), &mut w);
        }
        assert!((f64::from(late) / 100.0 - 10.0).abs() < 0.5, "{late}");
    }
}
