//! Weight normalisation: the weights onto a neuron are scaled so that they sum to a fixed total.
//!
//! **Equation.** w_ij ← w_ij · S / Σ_i w_ij for each output j. A synapse can then only grow at the cost
//! of the others, and no neuron wins just because all its weights are large.
//!
//! **Source.** von der Malsburg (1973, doi:10.1007/BF00288907); synaptic scaling: Turrigiano et al. (1998,
//! doi:10.1038/36103).
//!
//! **Method.** At once, after the learning that made it necessary; biology takes hours. [`Normalisation`] does it
//! at regular intervals, and cuts weights off at their greatest value: then the sum falls short of S until
//! the others have grown.

use get_size2::GetSize;

use crate::TimeGrid;

/// Scales the weights onto each neuron at regular intervals.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Normalisation {
    num_post: u32,
    total: f32,
    w_max: f32,
    ticks_per_scaling: u32,
    ticks_left: u32,
}

impl Normalisation {
    /// Onto so many neurons: to the sum `total`, every `interval_ms`, no weight above `w_max`.
    pub fn new(num_post: usize, total: f64, w_max: f64, interval_ms: f64, grid: TimeGrid) -> Self {
        let ticks_per_scaling = grid.ticks_from_ms(interval_ms).max(1) as u32;
        let (total, w_max) = (total as f32, w_max as f32);
        let num_post = num_post as u32;
        Self { num_post, total, w_max, ticks_per_scaling, ticks_left: ticks_per_scaling }
    }

    /// One tick; scales `weights[pre × num_post + post]` when it is time, and says so.
    #[inline]
    pub fn step(&mut self, weights: &mut [f32]) -> bool {
        self.ticks_left -= 1;
        if self.ticks_left > 0 {
            return false;
        }
        self.ticks_left = self.ticks_per_scaling;
        let num_post = self.num_post as usize;
        (0..num_post).for_each(|post| normalise_onto(weights, num_post, post, self.total));
        for w in weights {
            // Not `min`, which would mend a weight that is not a number.
            *w = if *w > self.w_max { self.w_max } else { *w };
        }
        true
    }
}

/// Scales column `post` of `weights[pre × num_post + post]` to the sum `total`.
pub fn normalise_onto(weights: &mut [f32], num_post: usize, post: usize, total: f32) {
    let sum: f32 = weights[post..].iter().step_by(num_post).sum();
    if sum > 0.0 {
        let factor = total / sum;
        for w in weights[post..].iter_mut().step_by(num_post) {
            *w *= factor;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_one_column_and_keeps_its_shape() {
        let mut weights = [1.0, 9.0, 3.0, 9.0, 0.0, 9.0];
        normalise_onto(&mut weights, 2, 0, 2.0);
        assert_eq!(weights, [0.5, 9.0, 1.5, 9.0, 0.0, 9.0]);
    }

    #[test]
    fn at_its_intervals_the_sum_is_kept_and_no_weight_is_too_large() {
        let mut rule = Normalisation::new(1, 1.5, 1.0, 2.0, TimeGrid::new(1.0));
        let mut weights = [0.2, 0.1];
        rule.step(&mut weights);
        assert_eq!(weights, [0.2, 0.1]);
        rule.step(&mut weights);
        // A third of 1.5 and two thirds, the largest it may be.
        assert!((weights[0] - 1.0).abs() < 1e-6 && (weights[1] - 0.5).abs() < 1e-6, "{weights:?}");
        weights = [0.9, 0.1];
        (0..2).for_each(|_| _ = rule.step(&mut weights));
        assert!(weights[0] == 1.0 && (weights[1] - 0.15).abs() < 1e-6, "{weights:?}");
    }

    #[test]
    fn leaves_silence_alone() {
        let mut weights = [0.0, 0.0];
        normalise_onto(&mut weights, 1, 0, 2.0);
        assert_eq!(weights, [0.0, 0.0]);
    }
}
