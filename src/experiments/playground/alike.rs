//! How alike the weights of two neurons are.

use get_size2::GetSize;

/// Averages over all pairs of neurons.
#[derive(Clone, Copy, Debug, Default, PartialEq, GetSize)]
pub struct Likeness {
    /// Correlation: cosine similarity of weights less their means. 1 where all have learned the same, 0 by chance.
    pub correlation: f32,
    /// Cosine similarity of the weights themselves, and that of the same weights in random order.
    pub cosine: f32,
    pub cosine_by_chance: f32,
}

/// Of `num` neurons, whose weights stand row by row, a row for each input.
///
/// All neurons, and all pairs of them, are summed side by side, input after input: a sum for itself waits in every addition
/// for the one before.
pub fn likeness(weights: &[f32], num: usize) -> Likeness {
    let rows = || weights.chunks_exact(num);
    let num_inputs = rows().len() as f64;
    let (mut means, mut squares) = (vec![0.0; num], vec![0.0; num]);
    for row in rows() {
        for ((sum, square), w) in means.iter_mut().zip(&mut squares).zip(row) {
            *sum += f64::from(*w);
            *square += f64::from(*w) * f64::from(*w);
        }
    }
    means.iter_mut().for_each(|sum| *sum /= num_inputs);
    let mut lengths = vec![0.0; num];
    for row in rows() {
        for ((sum, mean), w) in lengths.iter_mut().zip(&means).zip(row) {
            let centred = f64::from(*w) - mean;
            *sum += centred * centred;
        }
    }
    lengths.iter_mut().for_each(|sum| *sum = sum.sqrt());
    let (mut centred, mut products) = (vec![0.0; num], vec![0.0; num * num]);
    for row in rows() {
        for (((centred, w), mean), length) in centred.iter_mut().zip(row).zip(&means).zip(&lengths)
        {
            *centred = (f64::from(*w) - mean) / length;
        }
        for (place, one) in centred.iter().enumerate() {
            let others = &centred[place + 1..];
            let sums = &mut products[place * num + place + 1..][..others.len()];
            sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += one * other);
        }
    }
    let (mut sums, mut pairs) = ([0.0; 3], 0_u32);
    for one in 0..num {
        for other in one + 1..num {
            let correlation = products[one * num + other];
            let whole = (squares[one] * squares[other]).sqrt();
            let by_chance = num_inputs * means[one] * means[other] / whole;
            // Weights that are all the same have no correlation.
            let own = if correlation.is_finite() { correlation } else { 0.0 };
            let cosine = by_chance + own * lengths[one] * lengths[other] / whole;
            for (sum, value) in sums.iter_mut().zip([correlation, cosine, by_chance]) {
                *sum += value;
            }
            pairs += 1;
        }
    }
    let [correlation, cosine, cosine_by_chance] = sums.map(|sum| (sum / f64::from(pairs)) as f32);
    Likeness { correlation, cosine, cosine_by_chance }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_are_alike_as_correlations_and_cosines_say() {
        let of = |weights: &[f32], num, expected: [f32; 3]| {
            let found = likeness(weights, num);
            let found = [found.correlation, found.cosine, found.cosine_by_chance];
            let near =
                found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-6);
            assert!(near, "{found:?} {expected:?}");
        };
        // Two neurons with the same, or the opposite, of three inputs: (0.1, 0.5, 0.9) · (0.9, 0.5, 0.1) = 0.43 of 1.07.
        let chance = 0.75 / 1.07;
        of(&[0.1, 0.1, 0.5, 0.5, 0.9, 0.9], 2, [1.0, 1.0, chance]);
        of(&[0.1, 0.9, 0.5, 0.5, 0.9, 0.1], 2, [-1.0, 0.43 / 1.07, chance]);
        // A vector twice as long points the same way.
        of(&[0.1, 0.2, 0.25, 0.5, 0.45, 0.9], 2, [1.0, 1.0, 3.0 * 0.8 / 3.0 * 1.6 / 3.0 / 0.55]);
        // Of three neurons, two pairs opposite and one alike.
        let weights = [0.1, 0.9, 0.1, 0.5, 0.5, 0.5, 0.9, 0.1, 0.9];
        of(&weights, 3, [-1.0 / 3.0, (1.0 + 2.0 * 0.43 / 1.07) / 3.0, chance]);
    }
}
