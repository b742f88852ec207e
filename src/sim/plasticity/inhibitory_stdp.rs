//! Inhibitory plasticity that keeps every neuron's rate at a target: homeostasis by inhibition.
//!
//! **Equations.** Inputs and outputs have traces x, y with one time constant τ. An input spike changes
//! w ← w + η (y − α), an output spike w ← w + η x, both cut off at the ends of the range. Spikes of one tick
//! are a pair like any other, which the output's spike counts. w is the strength of inhibition, ≥ 0.
//!
//! In balance the output fires at ρ₀ = α/(2τ). That holds for many weak synapses: with few strong ones a
//! single input spike moves the output too much.
//!
//! **State.** `x`, `y`.
//!
//! **Source.** Vogels, Sprekeler, Zenke, Clopath and Gerstner (2011, doi:10.1126/science.1211095).
//!
//! **Method.** Exact on the grid.

use get_size2::GetSize;

use super::pair_stdp::column;
use super::traces::Traces;
use super::weight_dependence::{Bound, WeightDependence};
use crate::TimeGrid;

/// The constants of the rule.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct InhibitoryStdpParams {
    /// Learning rate, in the unit of the weight.
    pub eta: f64,
    /// The output rate at which changes balance.
    pub target_rate_hz: f64,
    /// Time constant of both traces; 20 in the source.
    pub tau_ms: f64,
    /// Least weight.
    pub w_min: f64,
    /// Greatest weight.
    pub w_max: f64,
}

impl InhibitoryStdpParams {
    /// α = 2 ρ₀ τ, the trace that an input spike must find for no change.
    pub fn alpha(&self) -> f64 {
        2.0 * self.target_rate_hz / 1_000.0 * self.tau_ms
    }
}

/// The traces of one projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct InhibitoryStdp {
    params: InhibitoryStdpParams,
    hard: WeightDependence,
    num_post: u32,
    x: Traces,
    y: Traces,
}

impl InhibitoryStdp {
    /// A rule without any spike behind it.
    pub fn new(
        num_pre: usize,
        num_post: usize,
        params: InhibitoryStdpParams,
        grid: TimeGrid,
    ) -> Self {
        Self {
            hard: WeightDependence::new(Bound::Hard, params.w_min, params.w_max),
            num_post: num_post as u32,
            x: Traces::new(num_pre, params.tau_ms, grid),
            y: Traces::new(num_post, params.tau_ms, grid),
            params,
        }
    }

    /// Takes over another learning rate, target and range; the window stays.
    pub fn set_params(&mut self, params: InhibitoryStdpParams) {
        self.hard = WeightDependence::new(Bound::Hard, params.w_min, params.w_max);
        self.params = InhibitoryStdpParams { tau_ms: self.params.tau_ms, ..params };
    }

    /// x and y of this input and this output.
    pub fn traces(&self, pre: usize, post: usize) -> [f32; 2] {
        [self.x.value(pre), self.y.value(post)]
    }

    /// Lets the traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.x.tick();
        self.y.tick();
    }

    /// Lets the traces decay by any time.
    pub fn jump_ms(&mut self, ms: f64) {
        self.x.jump_ms(ms);
        self.y.jump_ms(ms);
    }

    /// An input spike: strengthens `row` where the output fired lately, and weakens it elsewhere.
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        let (y, factor) = self.y.scaled();
        // y − α = factor · (values − α/factor)
        let (gain, alpha) = (self.params.eta as f32 * factor, self.params.alpha() as f32 / factor);
        for (w, y) in row.iter_mut().zip(y) {
            self.hard.potentiate([w].into_iter().zip(&[y - alpha]), gain);
        }
        self.x.add(pre, 1.0);
    }

    /// An output spike: strengthens its column of `weights[pre × num_post + post]`.
    pub fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        let (x, factor) = self.x.scaled();
        let gain = self.params.eta as f32 * factor;
        if self.num_post == 1 {
            // The same as below; contiguous loops vectorise.
            self.hard.potentiate(weights.iter_mut().zip(x), gain);
        } else {
            self.hard.potentiate(column(weights, post, self.num_post as usize).zip(x), gain);
        }
        self.y.add(post, 1.0);
    }

    /// An input spike where an input does not reach every output: `row` are its weights onto `posts`.
    pub fn pre_spike_at(&mut self, pre: usize, posts: &[u16], row: &mut [f32]) {
        let (y, factor) = self.y.scaled();
        let (eta, alpha) = (self.params.eta as f32, self.params.alpha() as f32);
        let (low, high) = (self.params.w_min as f32, self.params.w_max as f32);
        for (w, post) in row.iter_mut().zip(posts) {
            *w = (*w + eta * (y[usize::from(*post)] * factor - alpha)).clamp(low, high);
        }
        self.x.add(pre, 1.0);
    }

    /// An output spike where not every input reaches it: those that do, each with its synapse.
    pub fn post_spike_at(&mut self, post: usize, incoming: &[(u32, u32)], weights: &mut [f32]) {
        let (x, factor) = self.x.scaled();
        let gain = self.params.eta as f32 * factor;
        let high = self.params.w_max as f32;
        for (synapse, pre) in incoming {
            let w = &mut weights[*synapse as usize];
            *w = (*w + gain * x[*pre as usize]).min(high);
        }
        self.y.add(post, 1.0);
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        self.x.clear_all();
        self.y.clear_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Stream, math};

    const PARAMS: InhibitoryStdpParams = InhibitoryStdpParams {
        eta: 0.01,
        target_rate_hz: 6.25,
        tau_ms: 20.0,
        w_min: 0.0,
        w_max: 10.0,
    };

    #[test]
    fn both_orders_strengthen_and_a_lone_input_weakens() {
        assert!((PARAMS.alpha() - 0.25).abs() < 1e-12);
        let change = |order: &[bool]| {
            let mut rule = InhibitoryStdp::new(1, 1, PARAMS, TimeGrid::new(1.0));
            let mut w = [5.0_f32];
            for &is_pre in order {
                if is_pre {
                    rule.pre_spike(0, &mut w);
                } else {
                    rule.post_spike(0, &mut w);
                }
                rule.jump_ms(10.0);
            }
            f64::from(w[0]) - 5.0
        };
        let near = math::exp_f64(-0.5);
        for order in [[true, false], [false, true]] {
            assert!((change(&order) - 0.01 * (near - 0.25)).abs() < 1e-6);
        }
        assert!((change(&[true]) + 0.0025).abs() < 1e-6);
    }

    #[test]
    fn listed_synapses_learn_as_those_of_a_table() {
        let (num_pre, num_post) = (3, 2);
        let new = || InhibitoryStdp::new(num_pre, num_post, PARAMS, TimeGrid::new(1.0));
        let (mut dense, mut sparse) = (new(), new());
        let mut table = vec![0.02_f32; num_pre * num_post];
        let mut list = table.clone();
        let incoming = |post| [0, 1, 2].map(|pre| ((pre * 2 + post) as u32, pre as u32));
        let mut stream = Stream::new(5, "spikes");
        for _ in 0..2_000 {
            dense.tick();
            sparse.tick();
            for pre in (0..num_pre).filter(|_| stream.chance(0.05)).collect::<Vec<_>>() {
                let row = pre * num_post..(pre + 1) * num_post;
                dense.pre_spike(pre, &mut table[row.clone()]);
                sparse.pre_spike_at(pre, &[0, 1], &mut list[row]);
            }
            for post in (0..num_post).filter(|_| stream.chance(0.02)).collect::<Vec<_>>() {
                dense.post_spike(post, &mut table);
                sparse.post_spike_at(post, &incoming(post), &mut list);
            }
        }
        assert!(table.iter().any(|w| *w > 0.1), "{table:?}");
        let is_close = |(a, b): (&f32, &f32)| (a - b).abs() < 1e-5;
        assert!(table.iter().zip(&list).all(is_close), "{table:?} {list:?}");
    }

    #[test]
    fn the_output_settles_at_the_target_rate() {
        // A linear Poisson neuron, 40 Hz minus the inhibition of 200 inputs at 10 Hz.
        let (num, dt_s) = (200, 1e-3_f32);
        let params = InhibitoryStdpParams { eta: 0.03, ..PARAMS };
        let mut rule = InhibitoryStdp::new(num, 1, params, TimeGrid::new(1.0));
        let mut stream = Stream::new(3, "spikes");
        let (mut w, mut late) = (vec![0.0_f32; num], 0);
        for tick in 0..300_000 {
            rule.tick();
            for pre in 0..num {
                if stream.chance(10.0 * dt_s) {
                    rule.pre_spike(pre, &mut w[pre..=pre]);
                }
            }
            let inhibition = w.iter().sum::<f32>() / num as f32 * 10.0;
            if stream.chance((40.0 - inhibition).max(0.0) * dt_s) {
                rule.post_spike(0, &mut w);
                late += i32::from(tick >= 100_000);
            }
        }
        let rate_hz = f64::from(late) / 200.0;
        assert!((rate_hz - 6.25).abs() < 0.6, "{rate_hz}");
    }
}
