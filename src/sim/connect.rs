//! Wiring: who is connected to whom, and with what weight to begin with.
//!
//! Weights of a projection are a dense table, `weights[pre × num_post + post]`, so that a spike of
//! `pre` reads one row.

use super::Stream;

/// Every input to every output, with weights drawn uniformly from [`low`, `high`).
pub fn all_to_all(
    num_pre: usize,
    num_post: usize,
    low: f32,
    high: f32,
    s: &mut Stream,
) -> Vec<f32> {
    (0..num_pre * num_post).map(|_| s.between(low, high)).collect()
}

/// Every neuron to every other but not to itself, with weights drawn uniformly from [`low`, `high`).
pub fn all_to_others(num: usize, low: f32, high: f32, s: &mut Stream) -> Vec<f32> {
    let mut weights = all_to_all(num, num, low, high, s);
    for itself in weights.iter_mut().step_by(num + 1) {
        *itself = 0.0;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_connected_to_itself() {
        let weights = all_to_others(5, -0.75, -0.25, &mut Stream::new(1, "wiring"));
        for (idx, w) in weights.iter().enumerate() {
            assert_eq!(idx % 6 == 0, *w == 0.0);
            assert!(*w == 0.0 || (-0.75..-0.25).contains(w));
        }
    }
}
