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
//! **State.** `x`, `y`, and whether an output has fired at this moment already (offset).
//!
//! **Source.** The study's program ("STDP-research", 2024), which averages the changes of a batch of images;
//! here the batch is one.
//!
//! **Method.** [`Published::step`] takes whole steps, as its matrices do. As a [`super::Rule`] spikes come one by
//! one, at any time, the outputs' first: the same, but that of a coincidence's two changes the second starts
//! from what the first left. A weight that runs away stops at ±10⁶.

use get_size2::GetSize;

use super::traces::Traces;
use crate::{TimeGrid, math};

/// How far the asymptotic rule's upper end is ahead of the largest weight.
const LEAD: f32 = 0.1;
/// Where a weight that runs away stops, so that it stays a number.
const FARTHEST: f32 = 1e6;

/// Which of the three.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
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
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Published {
    variant: PublishedVariant,
    num_post: u32,
    x: Traces,
    y: Traces,
    has_pushed: bool,
}

/// Which sides of a synapse fire, and whether any output does.
#[derive(Clone, Copy)]
struct Spikes {
    pre: bool,
    post: bool,
    any_post: bool,
}

impl Published {
    /// A rule without any spike behind it. `keep` is the share of each trace (x, y) that is left after
    /// one step, between 0 and 1; 0.9 in the source, which gives no times.
    pub fn new(num_pre: usize, num_post: usize, variant: PublishedVariant, keep: [f64; 2]) -> Self {
        let steps = keep.map(|keep| -1.0 / math::ln_f64(keep));
        Self::with_windows(num_pre, num_post, variant, steps, TimeGrid::new(1.0))
    }

    /// The same with time constants of x and y, for spikes that come one by one.
    pub fn with_windows(
        num_pre: usize,
        num_post: usize,
        variant: PublishedVariant,
        taus_ms: [f64; 2],
        grid: TimeGrid,
    ) -> Self {
        Self {
            variant,
            num_post: num_post as u32,
            x: Traces::new(num_pre, taus_ms[0], grid),
            y: Traces::new(num_post, taus_ms[1], grid),
            has_pushed: false,
        }
    }

    /// One step in which these inputs and outputs fired; changes `weights[pre × num_post + post]`.
    pub fn step(&mut self, pre_fired: &[u32], post_fired: &[u32], weights: &mut [f32]) {
        self.y.tick();
        for &post in post_fired {
            self.y.add(post as usize, 1.0);
        }
        if !pre_fired.is_empty() || !post_fired.is_empty() {
            let end = upper_end(weights);
            for (pre, row) in weights.chunks_exact_mut(self.num_post as usize).enumerate() {
                for (post, w) in row.iter_mut().enumerate() {
                    let spikes = Spikes {
                        pre: pre_fired.contains(&(pre as u32)),
                        post: post_fired.contains(&(post as u32)),
                        any_post: !post_fired.is_empty(),
                    };
                    // x as the step before left it; it decays at the end of each step.
                    *w = self.moved(*w, self.traces(pre, post), spikes, end);
                }
            }
        }
        for &pre in pre_fired {
            self.x.add(pre as usize, 1.0);
        }
        self.x.tick();
    }

    /// Where these spikes bring a weight that has these traces (x, y).
    fn moved(&self, w: f32, [x, y]: [f32; 2], spikes: Spikes, end: f32) -> f32 {
        let ltp = if spikes.post { x } else { 0.0 };
        let ltd = if spikes.pre { y } else { 0.0 };
        let w = match self.variant {
            PublishedVariant::Classic { a_plus, a_minus } => {
                return (w + a_plus as f32 * ltp - a_minus as f32 * ltd).clamp(0.0, 1.0);
            }
            PublishedVariant::Offset { .. } if !spikes.any_post => w,
            PublishedVariant::Offset { learning_rate, offset, w_max } => {
                let room = w_max as f32 - w;
                w + learning_rate as f32 * (x - offset as f32) * room * room
            }
            PublishedVariant::Asymptotic { a_plus, a_minus, w_min } => {
                let (up, down) = (end - w, w - w_min as f32);
                w + a_plus as f32 * ltp * up * up - a_minus as f32 * ltd * down * down
            }
        };
        w.clamp(-FARTHEST, FARTHEST)
    }

    /// Output spikes of a moment are to be handed over before its input spikes.
    pub fn is_post_first(&self) -> bool {
        true
    }

    /// Lets the traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.x.tick();
        self.y.tick();
        self.has_pushed = false;
    }

    /// Lets the traces decay by any time. Spikes with no time between them coincide.
    pub fn jump_ms(&mut self, ms: f64) {
        if ms > 0.0 {
            self.x.jump_ms(ms);
            self.y.jump_ms(ms);
            self.has_pushed = false;
        }
    }

    /// x and y of this input and this output.
    pub fn traces(&self, pre: usize, post: usize) -> [f32; 2] {
        [self.x.value(pre), self.y.value(post)]
    }

    /// An input spike: changes `row`, its weights to every output.
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        let spikes = Spikes { pre: true, post: false, any_post: false };
        for (post, w) in row.iter_mut().enumerate() {
            // Nothing is potentiated, so the upper end does not matter.
            *w = self.moved(*w, self.traces(pre, post), spikes, 0.0);
        }
        self.x.add(pre, 1.0);
    }

    /// An output spike: changes its column of `weights[pre × num_post + post]`; by the offset rule all of
    /// them, once at a moment.
    pub fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        let is_asymptotic = matches!(self.variant, PublishedVariant::Asymptotic { .. });
        let end = if is_asymptotic { upper_end(weights) } else { 0.0 };
        let rows = weights.chunks_exact_mut(self.num_post as usize).enumerate();
        let spikes = |is_own| Spikes { pre: false, post: is_own, any_post: true };
        if !matches!(self.variant, PublishedVariant::Offset { .. }) {
            for (pre, row) in rows {
                row[post] = self.moved(row[post], self.traces(pre, post), spikes(true), end);
            }
        } else if !self.has_pushed {
            for (pre, row) in rows {
                for (other, w) in row.iter_mut().enumerate() {
                    *w = self.moved(*w, self.traces(pre, other), spikes(other == post), end);
                }
            }
        }
        self.has_pushed = true;
        self.y.add(post, 1.0);
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        self.x.clear_all();
        self.y.clear_all();
        self.has_pushed = false;
    }
}

/// The asymptotic rule's upper end.
fn upper_end(weights: &[f32]) -> f32 {
    weights.iter().fold(f32::MIN, |largest, &w| largest.max(w)) + LEAD
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

    #[test]
    fn one_by_one_spikes_do_what_whole_steps_do() {
        let variants = [
            PublishedVariant::Classic { a_plus: 0.03, a_minus: 0.02 },
            PublishedVariant::Offset { learning_rate: 0.02, offset: 0.3, w_max: 1.0 },
            PublishedVariant::Asymptotic { a_plus: 0.5, a_minus: 0.05, w_min: 0.0 },
        ];
        for variant in variants {
            let mut by_steps = Published::new(2, 2, variant, [0.9, 0.8]);
            let mut one_by_one = by_steps.clone();
            let (mut expected, mut w) = ([0.3, 0.4, 0.5, 0.6], [0.3, 0.4, 0.5, 0.6]);
            for step in 0..2_000_u32 {
                // Never an input and an output at once; both outputs only where one push counts.
                let pre: Vec<u32> = (0..2).filter(|i| step % (7 + 4 * i) == 3 * i).collect();
                let is_both = step % 10 == 1 && matches!(variant, PublishedVariant::Offset { .. });
                let fires = |j: &u32| pre.is_empty() && (step % 10 == 1 + 5 * j || is_both);
                let post: Vec<u32> = (0..2).filter(fires).collect();
                by_steps.step(&pre, &post, &mut expected);
                one_by_one.tick();
                post.iter().for_each(|&j| one_by_one.post_spike(j as usize, &mut w));
                for &i in &pre {
                    let row = i as usize * 2..i as usize * 2 + 2;
                    one_by_one.pre_spike(i as usize, &mut w[row]);
                }
            }
            for (ours, expected) in w.iter().zip(expected) {
                assert!((ours - expected).abs() < 2e-5, "{variant:?}: {w:?} {expected:?}");
            }
            assert!((w[0] - 0.3).abs() > 0.01, "{variant:?}");
        }
    }

    #[test]
    fn a_weight_that_runs_away_stays_a_number() {
        let variant = PublishedVariant::Asymptotic { a_plus: 7e-4, a_minus: 9.3, w_min: 0.0 };
        let mut rule = Published::new(1, 1, variant, [0.9, 0.9]);
        let mut w = [0.5];
        rule.step(&[], &[0], &mut w);
        rule.step(&[0], &[], &mut w);
        // One depression by 9.3 · 0.9 · 0.5² passes zero, and the next ones go on.
        assert!((w[0] - (0.5 - 9.3 * 0.9 * 0.25)).abs() < 1e-5, "{w:?}");
        for _ in 0..50 {
            rule.step(&[], &[0], &mut w);
            rule.step(&[0], &[], &mut w);
        }
        assert_eq!(w, [-1e6]);
    }
}
