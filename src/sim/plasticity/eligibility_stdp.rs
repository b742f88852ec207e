//! STDP that waits for a verdict: what pair STDP would change is noted down, fades, and becomes a change of
//! the weight only when a success signal arrives.
//!
//! **Equations.** Each synapse has an eligibility c. A spike at which [`PairStdp`] would change w by Δw adds
//! Δw to c instead; between spikes τ_e dc/dt = −c. A success signal S changes w ← w + S c, within the range
//! of the rule. c is not used up. So S = 1 at the instant of each spike, with τ_e → 0, is pair STDP itself; with τ_e = 0 c
//! lasts for the step in which it arises, as in Florian's rule without a trace (MSTDP).
//!
//! **State.** `c[pre × num_post + post]` ([`Waiting`]), and the traces of the pair rule.
//!
//! **Source.** Eligibility as in Izhikevich (2007, doi:10.1093/cercor/bhl152), modulation by a signed signal
//! as in Florian (2007, doi:10.1162/neco.2007.19.6.1468). The changes are those of the pair rule, with its
//! dependence on the weight, which neither of them has.
//!
//! **Method and error.** Exact on the grid up to the rounding of single precision; c below 10⁻²⁰ is zero.

use get_size2::GetSize;

use super::waiting::Waiting;
use super::{PairStdp, PairStdpParams};
use crate::TimeGrid;

/// A pair rule and what it would have done.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct EligibilityStdp {
    pair: PairStdp,
    w_min: f32,
    w_max: f32,
    waiting: Waiting,
    /// The weights as they would be.
    proposal: Vec<f32>,
}

impl EligibilityStdp {
    /// A rule without any spike behind it; with `tau_e_ms` = 0 nothing waits longer than its own step.
    pub fn new(
        num_pre: usize,
        num_post: usize,
        params: PairStdpParams,
        tau_e_ms: f64,
        grid: TimeGrid,
    ) -> Self {
        Self {
            w_min: params.w_min as f32,
            w_max: params.w_max as f32,
            pair: PairStdp::new(num_pre, num_post, params, grid),
            waiting: Waiting::new(num_pre * num_post, tau_e_ms, grid),
            proposal: Vec::new(),
        }
    }

    /// The pair rule.
    pub fn pair(&self) -> &PairStdp {
        &self.pair
    }

    /// Takes over other amplitudes; the range and the windows stay.
    pub fn set_params(&mut self, params: PairStdpParams) {
        self.pair.set_params(params);
    }

    /// Lets everything decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.pair.tick();
        self.waiting.tick();
    }

    /// Lets everything decay by any time.
    pub fn jump_ms(&mut self, ms: f64) {
        self.pair.jump_ms(ms);
        self.waiting.jump_ms(ms);
    }

    /// Output spikes of a tick come before its input spikes.
    pub fn is_post_first(&self) -> bool {
        self.pair.is_post_first()
    }

    /// An input spike; `row` are its weights to every output, which stay.
    pub fn pre_spike(&mut self, pre: usize, row: &[f32]) {
        self.propose(row);
        self.pair.pre_spike(pre, &mut self.proposal);
        self.note(pre * row.len(), row);
    }

    /// An output spike; `weights[pre × num_post + post]` stay.
    pub fn post_spike(&mut self, post: usize, weights: &[f32]) {
        self.propose(weights);
        self.pair.post_spike(post, &mut self.proposal);
        self.note(0, weights);
    }

    fn propose(&mut self, weights: &[f32]) {
        self.proposal.clear();
        self.proposal.extend_from_slice(weights);
    }

    fn note(&mut self, start: usize, weights: &[f32]) {
        let changes = self.proposal.iter().zip(weights).map(|(proposed, w)| proposed - w);
        self.waiting.now_mut()[start..]
            .iter_mut()
            .zip(changes)
            .for_each(|(c, change)| *c += change);
    }

    /// The success signal arrives: every eligible weight changes.
    pub fn succeed(&mut self, success: f32, weights: &mut [f32]) {
        self.waiting.pay(success, [self.w_min, self.w_max], weights);
    }

    /// The c of greatest magnitude among the synapses onto each of `num_post` outputs, now.
    pub fn strongest(&self, num_post: usize) -> Vec<f32> {
        let now = self.waiting();
        let mut strongest = vec![0.0_f32; num_post];
        for synapse in 0..self.waiting.len() {
            let (c, most) = (now(synapse), &mut strongest[synapse % num_post]);
            if c.abs() > most.abs() {
                *most = c;
            }
        }
        strongest
    }

    /// The c of each synapse, now.
    pub fn waiting(&self) -> impl Fn(usize) -> f32 + '_ {
        self.waiting.now()
    }

    /// Forgets all spikes, and what they made eligible.
    pub fn reset(&mut self) {
        self.pair.reset();
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Bound, Coincidence, Pairing};
    use super::*;

    fn params(bound: Bound) -> PairStdpParams {
        PairStdpParams {
            a_plus: 0.02,
            a_minus: 0.03,
            tau_plus_ms: 17.0,
            tau_minus_ms: 34.0,
            w_min: 0.0,
            w_max: 1.0,
            bound,
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
        }
    }

    /// Weights after an input spike at 0 ms, the output's at 10, the input's again at 40, S at 90 ms.
    fn after_reward(success: f32, bound: Bound) -> ([f32; 2], EligibilityStdp) {
        let grid = TimeGrid::new(0.5);
        let mut rule = EligibilityStdp::new(1, 2, params(bound), 100.0, grid);
        let mut w = [0.5_f32; 2];
        for tick in 0..=180 {
            rule.tick();
            if tick == 0 || tick == 80 {
                rule.pre_spike(0, &w);
            }
            if tick == 20 {
                rule.post_spike(1, &w);
            }
        }
        assert_eq!(w, [0.5; 2], "nothing changes before the signal");
        rule.succeed(success, &mut w);
        (w, rule)
    }

    #[test]
    fn a_success_signal_is_worth_what_is_left_of_the_pairs() {
        let e = crate::math::exp_f64;
        // Δt = 10 ms potentiates 80 ms before the signal, Δt = −30 ms depresses 50 ms before it.
        let plus = 0.02 * e(-10.0 / 17.0) * e(-80.0 / 100.0);
        let minus = 0.03 * e(-30.0 / 34.0) * e(-50.0 / 100.0);
        for (success, bound, factor) in
            [(1.0, Bound::Hard, 1.0), (-0.7, Bound::Hard, 1.0), (2.0, Bound::Soft, 0.5)]
        {
            let (w, rule) = after_reward(success, bound);
            let expected = f64::from(success) * factor * (plus - minus);
            assert!((f64::from(w[1]) - 0.5 - expected).abs() < 2e-7, "{bound:?} {w:?} {expected}");
            assert_eq!(w[0], 0.5, "the output that did not fire");
            assert!((f64::from(rule.strongest(2)[1]) - factor * (plus - minus)).abs() < 1e-7);
        }
    }

    #[test]
    fn weights_stay_in_range_and_a_reset_forgets() {
        let (mut w, mut rule) = after_reward(1e3, Bound::Hard);
        assert_eq!(w[1], 0.0);
        rule.succeed(-1e3, &mut w);
        assert_eq!(w[1], 1.0);
        rule.reset();
        rule.succeed(1e3, &mut w);
        assert_eq!(w[1], 1.0);
    }

    #[test]
    fn a_signal_at_once_is_the_pair_rule() {
        let grid = TimeGrid::new(1.0);
        let rule = params(Bound::Soft);
        let mut pair = PairStdp::new(2, 2, rule, grid);
        let mut gated = EligibilityStdp::new(2, 2, rule, 1e-3, grid);
        let (mut w, mut expected) = ([0.4_f32; 4], [0.4_f32; 4]);
        for tick in 0..2_000_u32 {
            pair.tick();
            gated.tick();
            if tick % 29 == 3 {
                pair.pre_spike(1, &mut expected[2..]);
                gated.pre_spike(1, &w[2..]);
                gated.succeed(1.0, &mut w);
            } else if tick % 23 == 5 {
                pair.post_spike(0, &mut expected);
                gated.post_spike(0, &w);
                gated.succeed(1.0, &mut w);
            }
        }
        assert!((expected[2] - 0.4).abs() > 0.01, "{expected:?}");
        assert!(w.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-5), "{w:?} {expected:?}");
    }

    #[test]
    fn eligibility_decays_to_nothing_without_turning_subnormal() {
        let (_, mut rule) = after_reward(1.0, Bound::Hard);
        for _ in 0..100 {
            rule.jump_ms(60.0);
            assert!(rule.waiting.now_mut().iter().all(|c| *c == 0.0 || c.is_normal()));
        }
        assert_eq!(rule.waiting.now_mut(), [0.0; 2]);
    }
}
