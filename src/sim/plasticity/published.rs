//! Three learning rules of a digit-recognition study, exactly as published: two of them cannot work.
//!
//! **Equations.** Every input has a trace x that a spike raises by 1 *after* it was used, every output a
//! trace y that a spike raises by 1 *before* it is used: spikes of one step depress. Both shrink by a
//! constant factor per step, x at its end: an input spike one step earlier counts that factor. (The
//! study does not say at which end; this is our reading.) With LTP = x_i S_j and LTD = y_j S_i, from the
//! weights before the step:
//!
//! - *classic*: w ← w + A₊ LTP − A₋ LTD, cut off to [0, 1]. This is additive pair STDP.
//! - *offset*: in a step in which **any** output fires, w_ij ← w_ij + r (x_i − o) (w_max − w_ij)² for **all**
//!   outputs j, with no bounds.
//! - *asymptotic*: w ← w + A₊ LTP (M − w)² − A₋ LTD (w − w_min)² with M = max(w) + 0.1, worked out anew
//!   each step, and no bounds.
//!
//! **What they do wrong.** The offset rule ignores which neuron fired: every neuron gets the same push,
//! so they cannot become specialists. It is meant as the rule of Diehl and Cook (2015,
//! doi:10.3389/fncom.2015.00099) in which only the neuron that fired learns. A weight above w_max is
//! pushed on in the same direction. The asymptotic rule has no asymptote: its upper end moves ahead of the
//! largest weight by 0.1 for ever. Its published A₋ of 9 makes a single depression overshoot. In the study
//! itself, the final comparison of the three ran with learning switched off by mistake.
//!
//! **State.** `x`, `y`.
//!
//! **Source.** The study's program ("STDP-research", 2024), which averages the changes of a batch of images;
//! here the batch is one.
//!
//! **Method.** Whole steps, as its matrices do it. Not a [`super::Rule`]: these rules need all weights.

use serde::{Deserialize, Serialize};

use super::traces::Traces;
use crate::sim::{TimeGrid, math};

/// How far the asymptotic rule's upper end is ahead of the largest weight.
const LEAD: f32 = 0.1;

/// Which of the three.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum PublishedVariant {
    /// Additive.
    Classic {
        /// Amplitude of potentiation.
        a_plus: f64,
        /// Amplitude of depression.
        a_minus: f64,
    },
    /// Pushes all neurons alike.
    Offset {
        /// r
        learning_rate: f64,
        /// o, the trace at which nothing changes.
        offset: f64,
        /// Where pushes vanish.
        w_max: f64,
    },
    /// With an upper end that moves.
    Asymptotic {
        /// Amplitude of potentiation.
        a_plus: f64,
        /// Amplitude of depression.
        a_minus: f64,
        /// Where depression vanishes.
        w_min: f64,
    },
}

/// One of the three rules with its traces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    variant: PublishedVariant,
    num_post: u32,
    x: Traces,
    y: Traces,
}

impl Published {
    /// A rule without any spike behind it. `keep` is the share of each trace (x, y) that is left after
    /// one step, between 0 and 1; 0.9 in the source, which gives no times.
    pub fn new(num_pre: usize, num_post: usize, variant: PublishedVariant, keep: [f64; 2]) -> Self {
        let traces = |num, keep| Traces::new(num, -1.0 / math::ln_f64(keep), TimeGrid::new(1.0));
        Self {
            variant,
            num_post: num_post as u32,
            x: traces(num_pre, keep[0]),
            y: traces(num_post, keep[1]),
        }
    }

    /// One step in which these inputs and outputs fired; changes `weights[pre × num_post + post]`.
    pub fn step(&mut self, pre_fired: &[u32], post_fired: &[u32], weights: &mut [f32]) {
        self.y.tick();
        for &post in post_fired {
            self.y.add(post as usize, 1.0);
        }
        if !pre_fired.is_empty() || !post_fired.is_empty() {
            self.learn(pre_fired, post_fired, weights);
        }
        for &pre in pre_fired {
            self.x.add(pre as usize, 1.0);
        }
        self.x.tick();
    }

    fn learn(&self, pre_fired: &[u32], post_fired: &[u32], weights: &mut [f32]) {
        let largest = weights.iter().fold(f32::MIN, |largest, &w| largest.max(w)) + LEAD;
        for (pre, row) in weights.chunks_exact_mut(self.num_post as usize).enumerate() {
            // The trace as the step before left it; it decays at the end of each step.
            let x = self.x.value(pre);
            let pre_spike = f32::from(u8::from(pre_fired.contains(&(pre as u32))));
            for (post, w) in row.iter_mut().enumerate() {
                let post_spike = f32::from(u8::from(post_fired.contains(&(post as u32))));
                let (ltp, ltd) = (x * post_spike, self.y.value(post) * pre_spike);
                match self.variant {
                    PublishedVariant::Classic { a_plus, a_minus } => {
                        *w = (*w + a_plus as f32 * ltp - a_minus as f32 * ltd).clamp(0.0, 1.0);
                    }
                    PublishedVariant::Offset { learning_rate, offset, w_max } => {
                        let room = w_max as f32 - *w;
                        if !post_fired.is_empty() {
                            *w += learning_rate as f32 * (x - offset as f32) * room * room;
                        }
                    }
                    PublishedVariant::Asymptotic { a_plus, a_minus, w_min } => {
                        let (up, down) = (largest - *w, *w - w_min as f32);
                        *w += a_plus as f32 * ltp * up * up - a_minus as f32 * ltd * down * down;
                    }
                }
            }
        }
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

    #[test]
    fn spikes_of_one_step_depress() {
        let variant = PublishedVariant::Classic { a_plus: 0.1, a_minus: 0.2 };
        let mut rule = Published::new(1, 1, variant, [0.9, 0.8]);
        let mut w = [0.5];
        rule.step(&[0], &[0], &mut w);
        assert!((w[0] - 0.3).abs() < 1e-6, "{w:?}");
        // A step later: the input's trace has decayed once.
        rule.step(&[], &[0], &mut w);
        assert!((w[0] - 0.39).abs() < 1e-6, "{w:?}");
    }

    #[test]
    fn the_offset_rule_pushes_neurons_that_did_not_fire() {
        let variant = PublishedVariant::Offset { learning_rate: 0.1, offset: 0.3, w_max: 1.0 };
        let mut rule = Published::new(2, 3, variant, [0.9, 0.9]);
        let mut w = [0.5; 6];
        rule.step(&[0], &[], &mut w);
        assert_eq!(w, [0.5; 6]);
        rule.step(&[], &[1], &mut w);
        assert!(w[..3].iter().all(|w| (w - 0.515).abs() < 1e-6), "{w:?}");
        assert!(w[3..].iter().all(|w| (w - 0.4925).abs() < 1e-6), "{w:?}");
    }

    #[test]
    fn the_asymptotic_rule_has_no_asymptote() {
        let variant = PublishedVariant::Asymptotic { a_plus: 1.0, a_minus: 0.1, w_min: 0.0 };
        let mut rule = Published::new(1, 1, variant, [0.9, 0.9]);
        let mut w = [0.5];
        for _ in 0..1_000 {
            rule.step(&[0], &[], &mut w);
            rule.step(&[], &[0], &mut w);
            rule.reset();
        }
        // Each pair adds 0.9 · 0.1², for ever.
        assert!((w[0] - 9.5).abs() < 0.01, "{w:?}");
    }
}
