//! Which way a rule moves the weights in training, counted: how many grow, how many shrink, and whether those of silent
//! pixels change at all.
//!
//! **What counts.** A weight from an input to an output that is another after a step than before, once for that step. What is
//! too small to move a weight in single precision is no change. A pixel is silent if its input is not driven in the
//! presentation that goes on.

use get_size2::GetSize;

use super::glyphs::NUM_PIXELS;

/// Changes of weights since training began.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Changes {
    /// The weights when they were last looked at.
    before: Vec<f32>,
    presentations: u32,
    raised: u64,
    lowered: u64,
    of_silent: u64,
    /// Sums of what they rose and sank by.
    rise: f64,
    fall: f64,
}

impl Changes {
    /// None yet of `weights[pixel × num_neurons + neuron]`.
    pub fn new(weights: &[f32]) -> Self {
        Self {
            before: weights.to_vec(),
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

    /// Looks at the weights after a step in which they may have changed.
    pub fn count(&mut self, weights: &[f32], active: &[bool; NUM_PIXELS]) {
        let num_neurons = weights.len() / NUM_PIXELS;
        let rows = weights.chunks(num_neurons).zip(self.before.chunks_mut(num_neurons));
        for ((row, before), is_active) in rows.zip(active) {
            let (mut raised, mut lowered) = (0, 0);
            for (w, before) in row.iter().zip(before) {
                if *w == *before {
                    continue;
                }
                let change = f64::from(*w) - f64::from(*before);
                if change > 0.0 {
                    raised += 1;
                    self.rise += change;
                } else if change < 0.0 {
                    lowered += 1;
                    self.fall -= change;
                }
                *before = *w;
            }
            self.raised += raised;
            self.lowered += lowered;
            self.of_silent += if *is_active { 0 } else { raised + lowered };
        }
    }

    /// The results: numbers per training presentation, and the share of depression. None if there was no training.
    pub fn results(&self) -> Vec<(&'static str, f64)> {
        if self.presentations == 0 {
            return Vec::new();
        }
        let mean = |num: u64| num as f64 / f64::from(self.presentations);
        let all = self.rise + self.fall;
        vec![
            ("raised_weights", mean(self.raised)),
            ("lowered_weights", mean(self.lowered)),
            ("depression_share", if all > 0.0 { self.fall / all } else { 0.0 }),
            ("changed_weights_silent", mean(self.of_silent)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_grew_what_shrank_and_what_was_silent() {
        let mut weights = [0.5; 2 * NUM_PIXELS];
        let mut changes = Changes::new(&weights);
        assert!(changes.results().is_empty());
        let active = std::array::from_fn(|pixel| pixel < 3);
        changes.begin_presentation();
        // Both weights of pixel 1, and one of the silent pixel 3.
        (weights[2], weights[3], weights[7]) = (0.6, 0.4, 0.7);
        changes.count(&weights, &active);
        changes.count(&weights, &active);
        changes.begin_presentation();
        let values: Vec<f64> = changes.results().iter().map(|(_, value)| *value).collect();
        for (value, expected) in values.into_iter().zip([1.0, 0.5, 0.1 / 0.4, 0.5]) {
            assert!((value - expected).abs() < 1e-6, "{value}, not {expected}");
        }
        // Other weights, without training.
        changes.set(&[0.9; 2 * NUM_PIXELS]);
        assert!(changes.results().is_empty());
    }
}
