//! Which way a rule moves the weights from inputs to outputs, counted: how many grow, how many shrink, and whether those of
//! silent inputs change at all.
//!
//! **What counts.** A weight from an input to an output that is another after a step than before, once for that step. What is
//! too small to move a weight in single precision is no change. An input is silent if nothing drives it in
//! the presentation that goes on. Pair rules move only the weights of inputs whose spikes arrive and those onto outputs
//! that fire, so that only these are looked at.

use get_size2::GetSize;

/// Changes of weights since training began.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Changes {
    /// The weights when they were last looked at.
    before: Vec<f32>,
    /// Inputs whose spikes arrive in this step, and outputs that fire in it, each in their order.
    arrived: Vec<u32>,
    fired: Vec<u32>,
    presentations: u32,
    raised: u64,
    lowered: u64,
    of_silent: u64,
    /// Sums of what they rose and sank by.
    rise: f64,
    fall: f64,
}

impl Changes {
    /// None yet of `weights[input × num_outputs + output]`.
    pub fn new(weights: &[f32]) -> Self {
        Self {
            before: weights.to_vec(),
            arrived: Vec::new(),
            fired: Vec::new(),
            presentations: 0,
            raised: 0,
            lowered: 0,
            of_silent: 0,
            rise: 0.0,
            fall: 0.0,
        }
    }

    /// A training presentation begins.
    pub fn begin_presentation(&mut self) {
        self.presentations += 1;
    }

    /// Counts anew from weights that were not learned here.
    pub fn set(&mut self, weights: &[f32]) {
        *self = Self::new(weights);
    }

    /// Ahead of a step: these inputs' spikes arrive in it.
    pub fn expect(&mut self, arriving: impl Iterator<Item = u32>) {
        copy_sorted(arriving, &mut self.arrived);
    }

    /// Looks at the weights after a step of learning in which these outputs fired.
    pub fn count(&mut self, weights: &[f32], fired: &[u32], active: &[bool]) {
        copy_sorted(fired.iter().copied(), &mut self.fired);
        if self.arrived.is_empty() && self.fired.is_empty() {
            return;
        }
        let num_outputs = weights.len() / active.len();
        // Input by input, so that sums are taken in the same order as over all weights.
        for (input, is_active) in (0..).zip(active) {
            let (first, before) = (input as usize * num_outputs, self.raised + self.lowered);
            if self.arrived.binary_search(&input).is_ok() {
                (first..first + num_outputs).for_each(|idx| self.see(idx, weights[idx]));
            } else {
                for place in 0..self.fired.len() {
                    let idx = first + self.fired[place] as usize;
                    self.see(idx, weights[idx]);
                }
            }
            let changed = self.raised + self.lowered - before;
            self.of_silent += if *is_active { 0 } else { changed };
        }
    }

    fn see(&mut self, idx: usize, w: f32) {
        let before = std::mem::replace(&mut self.before[idx], w);
        let change = f64::from(w) - f64::from(before);
        if change > 0.0 {
            self.raised += 1;
            self.rise += change;
        } else if change < 0.0 {
            self.lowered += 1;
            self.fall -= change;
        }
    }

    /// Weights that grew and that shrank, per presentation of training; the share that sinking has in all change;
    /// weights that changed though their input was silent, per presentation. None if there was no training.
    pub fn results(&self) -> Option<[f64; 4]> {
        let mean = |num: u64| num as f64 / f64::from(self.presentations);
        let all = self.rise + self.fall;
        let share = if all > 0.0 { self.fall / all } else { 0.0 };
        let [raised, lowered, of_silent] = [self.raised, self.lowered, self.of_silent].map(mean);
        (self.presentations > 0).then_some([raised, lowered, share, of_silent])
    }
}

fn copy_sorted(neurons: impl Iterator<Item = u32>, into: &mut Vec<u32>) {
    into.clear();
    into.extend(neurons);
    into.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_grew_what_shrank_and_what_was_silent() {
        let mut weights = [0.5; 30];
        let mut changes = Changes::new(&weights);
        assert_eq!(changes.results(), None);
        let active: [bool; 15] = std::array::from_fn(|input| input < 3);
        changes.begin_presentation();
        // Both weights of input 1, and one of the silent input 3.
        (weights[2], weights[3], weights[7]) = (0.6, 0.4, 0.7);
        changes.expect([1].into_iter());
        changes.count(&weights, &[1], &active);
        changes.expect([1, 0].into_iter());
        changes.count(&weights, &[1, 0], &active);
        changes.begin_presentation();
        let values = changes.results().expect("training");
        for (value, expected) in values.into_iter().zip([1.0, 0.5, 0.1 / 0.4, 0.5]) {
            assert!((value - expected).abs() < 1e-6, "{value}, not {expected}");
        }
        // Other weights, without training.
        changes.set(&[0.9; 30]);
        assert_eq!(changes.results(), None);
    }
}
