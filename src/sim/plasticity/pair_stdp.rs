//! Pair-based spike-timing-dependent plasticity with two exponential traces.
//!
//! **Equations.** Each input has a trace x (τ₊), each output a trace y (τ₋); a spike adds 1 (all-to-all
//! pairing) or sets it to 1 (nearest spike only). An input spike depresses, w ← w − A₋ f₋(w) y; an output
//! spike potentiates, w ← w + A₊ f₊(w) x. Hard bounds: f = 1 and w is clipped. Soft bounds:
//! f₊ = w_max − w, f₋ = w − w_min.
//!
//! So one pair at Δt = t_post − t_pre > 0 changes w by A₊ e^(−Δt/τ₊), one at Δt < 0 by −A₋ e^(Δt/τ₋).
//!
//! **Δt = 0** counts as pre before post: an input is delivered before the threshold is tested, so it
//! can have caused the spike of its own step. It potentiates and does not depress.
//!
//! **State.** `x`, `y`; the weights belong to the projection.
//!
//! **Source.** Song, Miller and Abbott (2000, doi:10.1038/78829); soft bounds as in Gupta and Long (2007,
//! doi:10.1109/IJCNN.2007.4370930).
//!
//! **Method.** Exact on the grid.

use serde::{Deserialize, Serialize};

use crate::sim::{TimeGrid, math};

/// What happens near the ends of the allowed range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// Full changes, cut off at the ends.
    Hard,
    /// Changes shrink in proportion to the room that is left.
    Soft,
}

/// Which spikes are paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pairing {
    /// Every input spike with every output spike.
    AllToAll,
    /// Only the latest spike of the other side.
    Nearest,
}

/// The constants of the rule. Weights are pure numbers here.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairStdpParams {
    /// Amplitude of potentiation.
    pub a_plus: f64,
    /// Amplitude of depression, positive.
    pub a_minus: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Least weight.
    pub w_min: f64,
    /// Greatest weight.
    pub w_max: f64,
    /// Bounds.
    pub bound: Bound,
    /// Pairing.
    pub pairing: Pairing,
}

/// The traces of one projection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairStdp {
    params: PairStdpParams,
    decay_plus: f32,
    decay_minus: f32,
    x: Vec<f32>,
    y: Vec<f32>,
}

impl PairStdp {
    /// A rule without any spike behind it.
    pub fn new(num_pre: usize, num_post: usize, params: PairStdpParams, grid: TimeGrid) -> Self {
        Self {
            decay_plus: math::decay_per_step(grid.dt_ms(), params.tau_plus_ms),
            decay_minus: math::decay_per_step(grid.dt_ms(), params.tau_minus_ms),
            x: vec![0.0; num_pre],
            y: vec![0.0; num_post],
            params,
        }
    }

    /// Takes over other amplitudes and bounds; the windows stay.
    pub fn set_params(&mut self, params: PairStdpParams) {
        self.params = params;
    }

    /// Lets the traces decay by one step.
    pub fn decay(&mut self) {
        for x in &mut self.x {
            *x = math::flush(*x * self.decay_plus);
        }
        for y in &mut self.y {
            *y = math::flush(*y * self.decay_minus);
        }
    }

    /// An input spike: depresses `row`, its weights to every output.
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        let (w_min, a) = (self.params.w_min as f32, self.params.a_minus as f32);
        match self.params.bound {
            Bound::Hard => {
                for (w, y) in row.iter_mut().zip(&self.y) {
                    *w = (*w - a * y).max(w_min);
                }
            }
            Bound::Soft => {
                for (w, y) in row.iter_mut().zip(&self.y) {
                    *w = (*w - a * y * (*w - w_min)).max(w_min);
                }
            }
        }
        bump(&mut self.x[pre], self.params.pairing);
    }

    /// An output spike: potentiates every input's weight to it, which `weight` gives by input.
    pub fn post_spike<'w>(&mut self, post: usize, weights: impl Iterator<Item = &'w mut f32>) {
        let (w_max, a) = (self.params.w_max as f32, self.params.a_plus as f32);
        for (w, x) in weights.zip(&self.x) {
            let room = match self.params.bound {
                Bound::Hard => 1.0,
                Bound::Soft => w_max - *w,
            };
            *w = (*w + a * x * room).min(w_max);
        }
        bump(&mut self.y[post], self.params.pairing);
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        self.x.fill(0.0);
        self.y.fill(0.0);
    }
}

fn bump(trace: &mut f32, pairing: Pairing) {
    *trace = match pairing {
        Pairing::AllToAll => *trace + 1.0,
        Pairing::Nearest => 1.0,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(bound: Bound, pairing: Pairing) -> PairStdpParams {
        let (w_min, w_max) = (0.0, 1.0);
        let (tau_plus_ms, tau_minus_ms) = (17.0, 34.0);
        PairStdpParams {
            a_plus: 0.01,
            a_minus: 0.012,
            tau_plus_ms,
            tau_minus_ms,
            w_min,
            w_max,
            bound,
            pairing,
        }
    }

    /// Change of a weight of 0.5 after spikes at these ticks of 0.5 ms.
    fn change(rule: PairStdpParams, pre: &[u64], post: &[u64]) -> f64 {
        let mut stdp = PairStdp::new(1, 1, rule, TimeGrid::new(0.5));
        let mut w = [0.5_f32];
        for tick in 0..1_000 {
            stdp.decay();
            if pre.contains(&tick) {
                stdp.pre_spike(0, &mut w);
            }
            if post.contains(&tick) {
                stdp.post_spike(0, w.iter_mut());
            }
        }
        f64::from(w[0]) - 0.5
    }

    #[test]
    fn the_window_is_the_closed_form() {
        let rule = params(Bound::Hard, Pairing::AllToAll);
        for delta in [1_u64, 10, 40, 100] {
            let ms = delta as f64 * 0.5;
            let plus = change(rule, &[200], &[200 + delta]);
            let minus = change(rule, &[200 + delta], &[200]);
            assert!((plus - 0.01 * math::exp_f64(-ms / 17.0)).abs() < 2e-7, "{plus}");
            assert!((minus + 0.012 * math::exp_f64(-ms / 34.0)).abs() < 2e-7, "{minus}");
        }
        // Δt = 0 potentiates with the full amplitude and does not depress.
        assert!((change(rule, &[200], &[200]) - 0.01).abs() < 2e-7);
    }

    #[test]
    fn soft_bounds_scale_with_the_room_left() {
        let rule = params(Bound::Soft, Pairing::AllToAll);
        let hard = params(Bound::Hard, Pairing::AllToAll);
        let ratio = change(rule, &[200], &[210]) / change(hard, &[200], &[210]);
        assert!((ratio - 0.5).abs() < 1e-5, "{ratio}");
        // However often it is potentiated, the weight stays below its bound.
        let all: Vec<u64> = (0..1_000).collect();
        assert!(change(rule, &all, &all) <= 0.5);
    }

    #[test]
    fn nearest_pairing_counts_one_input_spike() {
        let nearest = params(Bound::Hard, Pairing::Nearest);
        let all = params(Bound::Hard, Pairing::AllToAll);
        let one = change(all, &[200], &[210]);
        assert!((change(nearest, &[190, 200], &[210]) - one).abs() < 1e-9);
        assert!(change(all, &[190, 200], &[210]) > 1.5 * one);
    }

    #[test]
    fn hard_bounds_clip() {
        let rule = PairStdpParams { a_plus: 10.0, ..params(Bound::Hard, Pairing::AllToAll) };
        assert_eq!(change(rule, &[1], &[2]), 0.5);
        let rule = PairStdpParams { a_minus: 10.0, ..rule };
        assert_eq!(change(rule, &[2], &[1]), -0.5);
    }
}
