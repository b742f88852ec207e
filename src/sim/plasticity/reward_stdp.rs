//! Reward-modulated spike-timing-dependent plasticity: MSTDP and MSTDPET.
//!
//! **Equations**, once per step δt, with f = 1 in a step with a spike:
//! P⁺ ← P⁺ e^(−δt/τ₊) + A₊ f_pre, P⁻ ← P⁻ e^(−δt/τ₋) + A₋ f_post, ζ = P⁺ f_post + P⁻ f_pre.
//! MSTDP (no trace): w ← w + γ r ζ. MSTDPET: z ← z e^(−δt/τ_z) + ζ/τ_z, w ← w + γ r z. Weights are cut off at their
//! bounds. A₋ is negative where output before input weakens. Both spikes of a step are in P⁺ and P⁻ before ζ is
//! taken, so that with A₊ = −A₋ a coincidence is worth nothing by itself.
//!
//! The reward r that answers the spikes of one step meets the ζ (or z) of that step: the paper writes
//! w(t + δt) = w(t) + γ r(t + δt) ζ(t). A reward that met the ζ of its own step would not see the output
//! spike that earned it.
//!
//! **State.** `p_plus` per input, `p_minus` per output, `z` per synapse; for MSTDP the spikes of the last step
//! instead of `z`. The weights belong to the projection, input by input.
//!
//! **Source.** Florian (2007, doi:10.1162/neco.2007.19.6.1468).
//!
//! **Method.** Exact on the grid. Traces decay by a common factor, so a step costs what its spikes cost, and a
//! pass over all synapses is made only when there is a reward.

use get_size2::GetSize;

use super::traces::Traces;
use crate::{TimeGrid, math};

/// What of the past a reward can still reach.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub enum Eligibility {
    /// The spikes of the step that is rewarded (MSTDP).
    Instant,
    /// Pairs of the last `tau_z_ms` or so (MSTDPET).
    Trace {
        /// Time constant of z.
        tau_z_ms: f64,
    },
}

/// The rule's constants.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct RewardStdpParams {
    /// Change by input before output; with reward 1 and γ = 1.
    pub a_plus: f64,
    /// Change by output before input, usually negative.
    pub a_minus: f64,
    /// Window of input before output.
    pub tau_plus_ms: f64,
    /// Window of output before input.
    pub tau_minus_ms: f64,
    /// MSTDP or MSTDPET.
    pub eligibility: Eligibility,
}

/// The traces of one projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct RewardStdp {
    params: RewardStdpParams,
    num_post: u32,
    /// Least and greatest weight of each input.
    bounds: Vec<[f32; 2]>,
    p_plus: Traces,
    p_minus: Traces,
    z: Traces,
    /// Spikes of the latest step, for MSTDP.
    pre_fired: Vec<u32>,
    post_fired: Vec<u32>,
}

impl RewardStdp {
    /// A rule without any spike behind it, with one pair of bounds for each input.
    pub fn new(
        bounds: Vec<[f32; 2]>,
        num_post: usize,
        params: RewardStdpParams,
        grid: TimeGrid,
    ) -> Self {
        let tau_z_ms = match params.eligibility {
            Eligibility::Instant => 1.0,
            Eligibility::Trace { tau_z_ms } => tau_z_ms,
        };
        Self {
            num_post: num_post as u32,
            p_plus: Traces::new(bounds.len(), params.tau_plus_ms, grid),
            p_minus: Traces::new(num_post, params.tau_minus_ms, grid),
            z: Traces::new(bounds.len() * num_post, tau_z_ms, grid),
            pre_fired: Vec::new(),
            post_fired: Vec::new(),
            bounds,
            params,
        }
    }

    /// One step in which these inputs and outputs fired.
    #[inline]
    pub fn step(&mut self, pre: &[u32], post: &[u32]) {
        self.p_plus.tick();
        self.p_minus.tick();
        pre.iter().for_each(|&pre| self.p_plus.add(pre as usize, self.params.a_plus as f32));
        post.iter().for_each(|&post| self.p_minus.add(post as usize, self.params.a_minus as f32));
        match self.params.eligibility {
            Eligibility::Instant => {
                self.pre_fired.clear();
                self.pre_fired.extend_from_slice(pre);
                self.post_fired.clear();
                self.post_fired.extend_from_slice(post);
            }
            Eligibility::Trace { tau_z_ms } => {
                self.z.tick();
                self.add_zeta(pre, post, (1.0 / tau_z_ms) as f32);
            }
        }
    }

    /// Adds `gain` · ζ to z.
    #[inline]
    fn add_zeta(&mut self, pre: &[u32], post: &[u32], gain: f32) {
        let num_post = self.num_post as usize;
        let (z, scale) = self.z.scaled_mut();
        let (p_minus, factor) = self.p_minus.scaled();
        let factor = gain * scale * factor;
        for &pre in pre {
            let row = &mut z[pre as usize * num_post..][..num_post];
            row.iter_mut().zip(p_minus).for_each(|(z, p)| *z += factor * p);
        }
        let (p_plus, factor) = self.p_plus.scaled();
        let factor = gain * scale * factor;
        for &post in post {
            let column = z[post as usize..].iter_mut().step_by(num_post);
            column.zip(p_plus).for_each(|(z, p)| *z += factor * p);
        }
    }

    /// The reward that answers the latest step: all weights move by `gain` = γ r times ζ or z.
    pub fn reward(&mut self, gain: f32, weights: &mut [f32]) {
        if self.params.eligibility == Eligibility::Instant {
            self.z.clear_all();
            let (pre, post) =
                (std::mem::take(&mut self.pre_fired), std::mem::take(&mut self.post_fired));
            self.add_zeta(&pre, &post, 1.0);
            (self.pre_fired, self.post_fired) = (pre, post);
        }
        let num_post = self.num_post as usize;
        let (z, factor) = self.z.scaled();
        let gain = gain * factor;
        let rows = weights.chunks_exact_mut(num_post).zip(z.chunks_exact(num_post));
        for ((row, z), &[low, high]) in rows.zip(&self.bounds) {
            for (w, z) in row.iter_mut().zip(z) {
                let moved = math::larger(*w + gain * z, low);
                *w = if moved < high { moved } else { high };
            }
        }
    }

    /// What a reward of 1 would now change for γ = 1: ζ or z of one synapse.
    pub fn eligibility(&self, pre: usize, post: usize) -> f32 {
        match self.params.eligibility {
            Eligibility::Trace { .. } => self.z.value(pre * self.num_post as usize + post),
            Eligibility::Instant => {
                let has = |list: &[u32], idx: usize| list.contains(&(idx as u32));
                let plus = if has(&self.post_fired, post) { self.p_plus.value(pre) } else { 0.0 };
                let minus = if has(&self.pre_fired, pre) { self.p_minus.value(post) } else { 0.0 };
                plus + minus
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: [f32; 2] = [-10.0, 10.0];

    fn params(eligibility: Eligibility) -> RewardStdpParams {
        RewardStdpParams {
            a_plus: 1.0,
            a_minus: -1.0,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            eligibility,
        }
    }

    /// The change of a weight of 0 when an input fires at step `pre`, the output at `post`, and a reward of 1
    /// answers step `rewarded`.
    fn change(params: RewardStdpParams, pre: u32, post: u32, rewarded: u32) -> f64 {
        let mut rule = RewardStdp::new(vec![WIDE], 1, params, TimeGrid::new(1.0));
        let mut w = [0.0];
        for step in 0..=rewarded {
            let fired = |at| if step == at { &[0_u32][..] } else { &[] };
            rule.step(fired(pre), fired(post));
        }
        rule.reward(1.0, &mut w);
        f64::from(w[0])
    }

    #[test]
    fn without_a_trace_only_a_pair_that_ends_now_is_rewarded() {
        let rule = params(Eligibility::Instant);
        for lag in [1, 5, 30] {
            let expected = math::exp_f64(-f64::from(lag) / 20.0);
            assert!((change(rule, 10, 10 + lag, 10 + lag) - expected).abs() < 1e-6);
            assert!((change(rule, 10 + lag, 10, 10 + lag) + expected).abs() < 1e-6);
            assert_eq!(change(rule, 10, 10 + lag, 11 + lag), 0.0);
        }
    }

    #[test]
    fn the_trace_keeps_a_pair_for_later() {
        let rule = RewardStdpParams {
            tau_plus_ms: 15.0,
            a_minus: -0.7,
            ..params(Eligibility::Trace { tau_z_ms: 25.0 })
        };
        for wait in [0, 1, 40, 400] {
            let kept = math::exp_f64(-f64::from(wait) / 25.0) / 25.0;
            let up = math::exp_f64(-5.0 / 15.0) * kept;
            assert!((change(rule, 10, 15, 15 + wait) - up).abs() < 1e-7, "{wait}");
            let down = -0.7 * math::exp_f64(-5.0 / 20.0) * kept;
            assert!((change(rule, 15, 10, 15 + wait) - down).abs() < 1e-7, "{wait}");
        }
    }

    #[test]
    fn a_coincidence_is_worth_both_amplitudes_together() {
        for eligibility in [Eligibility::Instant, Eligibility::Trace { tau_z_ms: 1.0 }] {
            assert_eq!(change(params(eligibility), 7, 7, 7), 0.0);
            let lopsided = RewardStdpParams { a_minus: -0.25, ..params(eligibility) };
            assert!((change(lopsided, 7, 7, 7) - 0.75).abs() < 1e-6);
        }
    }

    #[test]
    fn every_synapse_has_its_own_pairs_and_its_inputs_bounds() {
        let eligibility = Eligibility::Trace { tau_z_ms: 10.0 };
        let bounds = vec![[-0.01, 0.0], [0.0, 0.05]];
        let mut rule = RewardStdp::new(bounds, 3, params(eligibility), TimeGrid::new(1.0));
        rule.step(&[1], &[]);
        rule.step(&[], &[0, 2]);
        rule.step(&[0], &[]);
        let (near, far) = (math::exp_f64(-1.0 / 20.0), math::exp_f64(-1.0 / 10.0));
        let up = near * far / 10.0;
        for (pre, post, expected) in
            [(1, 0, up), (1, 1, 0.0), (1, 2, up), (0, 0, -near / 10.0), (0, 1, 0.0)]
        {
            let z = f64::from(rule.eligibility(pre, post));
            assert!((z - expected).abs() < 1e-7, "{pre} to {post}: {z}");
        }
        let mut weights = [-0.005, -0.005, -0.005, 0.01, 0.01, 0.01];
        rule.reward(-0.1, &mut weights);
        let moved = 0.01 - 0.1 * up as f32;
        assert!((weights[3] - moved).abs() < 1e-7 && weights[1] == -0.005, "{weights:?}");
        rule.reward(-10.0, &mut weights);
        assert_eq!([weights[0], weights[3], weights[4]], [0.0, 0.0, 0.01]);
        rule.reward(100.0, &mut weights);
        assert_eq!([weights[0], weights[3], weights[5]], [-0.01, 0.05, 0.05]);
    }
}
