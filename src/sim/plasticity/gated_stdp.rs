//! Spike-timing-dependent plasticity that waits for a verdict: pairs leave a trace at their synapse,
//! and a success signal turns the traces into weights.
//!
//! **Equations.** τ_e de/dt = −e, plus the pairs: an output spike adds A₊ x, an input spike takes A₋ y,
//! with x and y the traces of input and output spikes (τ₊, τ₋; every spike pairs with every other). At
//! the verdict Δw = η S e, and w stays within its bounds.
//!
//! **State.** `x` per input, `y` per output, `e` per synapse (`e[pre × num_post + post]`). An input and an
//! output spike of one tick potentiate: an input is delivered before the threshold is tested.
//!
//! **Source.** Frémaux, Sprekeler and Gerstner (2010, doi:10.1523/JNEUROSCI.6249-09.2010), R-STDP.
//!
//! **Method.** Exact on the grid.

use get_size2::GetSize;

use super::traces::Traces;
use crate::TimeGrid;

/// The constants of the pairs and of their trace.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct GatedStdpParams {
    /// Amplitude of pairs whose input spike comes first.
    pub a_plus: f64,
    /// Amplitude of pairs whose output spike comes first, positive.
    pub a_minus: f64,
    /// Window of the former.
    pub tau_plus_ms: f64,
    /// Window of the latter.
    pub tau_minus_ms: f64,
    /// How long a pair is remembered.
    pub tau_e_ms: f64,
}

/// The traces of one projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct GatedStdp {
    params: GatedStdpParams,
    num_post: u32,
    x: Traces,
    y: Traces,
    e: Traces,
}

impl GatedStdp {
    /// Traces without any spike behind them.
    pub fn new(num_pre: usize, num_post: usize, params: GatedStdpParams, grid: TimeGrid) -> Self {
        Self {
            num_post: num_post as u32,
            x: Traces::new(num_pre, params.tau_plus_ms, grid),
            y: Traces::new(num_post, params.tau_minus_ms, grid),
            e: Traces::new(num_pre * num_post, params.tau_e_ms, grid),
            params,
        }
    }

    /// Lets all traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.x.tick();
        self.y.tick();
        self.e.tick();
    }

    /// An input spike; those of a tick come before its output spikes.
    pub fn pre_spike(&mut self, pre: usize) {
        let num_post = self.num_post as usize;
        let (y, factor) = self.y.scaled();
        let gain = self.params.a_minus as f32 * factor;
        let (e, one) = self.e.scaled_mut();
        for (e, y) in e[pre * num_post..(pre + 1) * num_post].iter_mut().zip(y) {
            *e += -gain * y * one;
        }
        self.x.add(pre, 1.0);
    }

    /// An output spike.
    pub fn post_spike(&mut self, post: usize) {
        let num_post = self.num_post as usize;
        let (x, factor) = self.x.scaled();
        let gain = self.params.a_plus as f32 * factor;
        let (e, one) = self.e.scaled_mut();
        for (e, x) in e[post..].iter_mut().step_by(num_post).zip(x) {
            *e += gain * x * one;
        }
        self.y.add(post, 1.0);
    }

    /// The eligibility of a synapse.
    pub fn eligibility(&self, pre: usize, post: usize) -> f32 {
        self.e.value(pre * self.num_post as usize + post)
    }

    /// The verdict: every weight moves by `gain` = η S times its eligibility and stays in
    /// `w_min..=w_max`.
    pub fn gate(&self, gain: f32, (w_min, w_max): (f32, f32), weights: &mut [f32]) {
        let (e, factor) = self.e.scaled();
        for (w, e) in weights.iter_mut().zip(e) {
            *w = (*w + gain * factor * e).clamp(w_min, w_max);
        }
    }

    /// Forgets all spikes and pairs.
    pub fn clear(&mut self) {
        self.x.clear_all();
        self.y.clear_all();
        self.e.clear_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;

    const PARAMS: GatedStdpParams = GatedStdpParams {
        a_plus: 1.0,
        a_minus: 0.5,
        tau_plus_ms: 20.0,
        tau_minus_ms: 40.0,
        tau_e_ms: 500.0,
    };

    /// Eligibility of synapse (1, 0) of 2 × 3 after spikes at these ticks, seen `wait` ticks later.
    fn eligibility(pre: &[u32], post: &[u32], wait: u32) -> GatedStdp {
        let mut rule = GatedStdp::new(2, 3, PARAMS, TimeGrid::new(0.5));
        let end = pre.iter().chain(post).max().expect("a spike") + wait;
        for tick in 0..=end {
            rule.tick();
            if pre.contains(&tick) {
                rule.pre_spike(1);
            }
            if post.contains(&tick) {
                rule.post_spike(0);
            }
        }
        rule
    }

    #[test]
    fn one_pair_is_the_window_times_what_is_left_of_it() {
        for (pre, post, wait) in
            [(10, 30, 0), (30, 10, 0), (7, 7, 100), (10, 17, 1_000), (90, 10, 400)]
        {
            let rule = eligibility(&[pre], &[post], wait);
            let lag_ms = (f64::from(post) - f64::from(pre)) * 0.5;
            let pair = if lag_ms >= 0.0 {
                math::exp_f64(-lag_ms / 20.0)
            } else {
                -0.5 * math::exp_f64(lag_ms / 40.0)
            };
            let expected = pair * math::exp_f64(-f64::from(wait) * 0.5 / 500.0);
            let found = f64::from(rule.eligibility(1, 0));
            assert!((found - expected).abs() < 1e-6, "{pre} {post}: {found}, not {expected}");
            // No other synapse has seen a pair.
            assert_eq!(rule.e.scaled().0.iter().filter(|e| **e != 0.0).count(), 1);
        }
    }

    #[test]
    fn all_pairs_add_up() {
        let (pre, post) = ([3_u32, 40, 41, 200], [10_u32, 41, 150]);
        let rule = eligibility(&pre, &post, 50);
        let mut expected = 0.0;
        for (pre, post) in pre.iter().flat_map(|pre| post.iter().map(move |post| (*pre, *post))) {
            let lag_ms = (f64::from(post) - f64::from(pre)) * 0.5;
            let pair = if lag_ms >= 0.0 {
                math::exp_f64(-lag_ms / 20.0)
            } else {
                -0.5 * math::exp_f64(lag_ms / 40.0)
            };
            let age_ms = f64::from(250 - pre.max(post)) * 0.5;
            expected += pair * math::exp_f64(-age_ms / 500.0);
        }
        let found = f64::from(rule.eligibility(1, 0));
        assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
    }

    #[test]
    fn the_verdict_moves_weights_within_their_bounds() {
        let mut rule = eligibility(&[0], &[20], 0);
        let e = rule.eligibility(1, 0);
        let mut weights = vec![0.5; 6];
        rule.gate(0.1, (0.0, 1.0), &mut weights);
        assert_eq!(weights, [0.5, 0.5, 0.5, 0.5 + 0.1 * e, 0.5, 0.5]);
        rule.gate(-10.0, (0.0, 1.0), &mut weights);
        assert_eq!(weights[3], 0.0);
        rule.gate(10.0, (0.0, 1.0), &mut weights);
        assert_eq!(weights[3], 1.0);
        rule.clear();
        rule.gate(10.0, (0.0, 2.0), &mut weights);
        assert_eq!(weights[3], 1.0);
    }
}
