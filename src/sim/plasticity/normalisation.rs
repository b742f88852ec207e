//! Weight normalisation: the weights onto a neuron are scaled so that they sum to a fixed total.
//!
//! **Equation.** w_ij ← w_ij · S / Σ_i w_ij for each output j. A synapse can then only grow at the cost
//! of the others, and no neuron wins just because all its weights are large.
//!
//! **Source.** von der Malsburg (1973, doi:10.1007/BF00288907); synaptic scaling: Turrigiano et al. (1998,
//! doi:10.1038/36103).
//!
//! **Method.** At once, after the learning that made it necessary; biology takes hours.

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
    fn leaves_silence_alone() {
        let mut weights = [0.0, 0.0];
        normalise_onto(&mut weights, 1, 0, 2.0);
        assert_eq!(weights, [0.0, 0.0]);
    }
}
