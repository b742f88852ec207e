//! How alike two outputs' weights are, in three ways.
//!
//! **Equations.** Cosine: Σ a b / (‖a‖ ‖b‖). Positive weights give a high one whatever they are: (E w)²/E w² for
//! independent ones, 0.99 for N(50, 5). Centred (Pearson's): the same of what each is above its mean; 0 for
//! independent weights. Selectivity: with m_A and m_B an output's mean weights from inputs that belong to one
//! pattern only, s = (m_▲ − m_■)/(|m_▲| + |m_■|) is 1 for a specialist of ▲ and −1 for one of ■; selectivity is
//! |s₁ − s₂|/2, from 0 for outputs with the same preference to 1 for a specialist of each.

/// Weights from the inputs of both patterns onto outputs. A silent input, which is the last, is not among them.
#[derive(Clone, Copy, Debug)]
pub struct Onto<'w> {
    /// `weights[input × num_out + output]`, also of a silent input.
    pub weights: &'w [f32],
    /// Inputs of both patterns.
    pub num_in: usize,
    /// Outputs, with a silent one.
    pub num_out: usize,
}

impl<'w> Onto<'w> {
    /// Those onto one output.
    pub fn output(self, output: usize) -> impl Iterator<Item = f64> + Clone + use<'w> {
        let own = self.weights[output..].iter().step_by(self.num_out);
        own.take(self.num_in).map(|&w| f64::from(w))
    }

    /// Cosine of the weights of the first two.
    pub fn cosine(self) -> f64 {
        cosine(self.output(0), self.output(1))
    }

    /// The same of what they are above their means.
    pub fn centred(self) -> f64 {
        centred(self.output(0), self.output(1))
    }
}

/// Cosine of two vectors; 0 where one of them has no length.
fn cosine(a: impl Iterator<Item = f64>, b: impl Iterator<Item = f64>) -> f64 {
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.zip(b) {
        ab += a * b;
        aa += a * a;
        bb += b * b;
    }
    let length = (aa * bb).sqrt();
    if length > 0.0 { ab / length } else { 0.0 }
}

/// Cosine of what two vectors are above their means.
fn centred(a: impl Iterator<Item = f64> + Clone, b: impl Iterator<Item = f64> + Clone) -> f64 {
    let (mean_a, mean_b) = (mean(a.clone()), mean(b.clone()));
    cosine(a.map(|x| x - mean_a), b.map(|x| x - mean_b))
}

/// The mean; 0 of nothing.
pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut num) = (0.0, 0_u32);
    for value in values {
        sum += value;
        num += 1;
    }
    sum / f64::from(num.max(1))
}

/// (a − b)/(|a| + |b|), 0 if both are 0.
pub fn preference(a: f64, b: f64) -> f64 {
    let all = a.abs() + b.abs();
    if all > 0.0 { (a - b) / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn baselines_are_those_of_the_closed_forms() {
        // Odd and even parts of 1 … 8 with the same mean: a·b from the sums of squares.
        let (a, b) = ([1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0]);
        assert!((cosine(a.into_iter(), b.into_iter()) - 20.0 / 30.0).abs() < 1e-12);
        assert!((centred(a.into_iter(), b.into_iter()) + 1.0).abs() < 1e-12);
        assert_eq!(cosine([0.0].into_iter(), [1.0].into_iter()), 0.0);
        // Independent weights N(50, 5): (E w)²/E w² = 2500/2525.
        let mut stream = crate::sim::Stream::new(1, "w");
        let mut draw = || -> Vec<f64> {
            (0..100_000).map(|_| 50.0 + 5.0 * f64::from(stream.normal())).collect()
        };
        let (a, b) = (draw(), draw());
        let cos = cosine(a.iter().copied(), b.iter().copied());
        assert!((cos - 2_500.0 / 2_525.0).abs() < 2e-4, "{cos}");
        assert!(centred(a.into_iter(), b.into_iter()).abs() < 0.015);
    }

    #[test]
    fn preferences_have_signs_and_negative_weights_no_surprise() {
        assert_eq!(preference(1.0, 0.0), 1.0);
        assert_eq!(preference(-10.0, 10.0), -1.0);
        assert_eq!(preference(0.0, 0.0), 0.0);
        let onto = Onto { weights: &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], num_in: 2, num_out: 2 };
        assert_eq!(onto.output(1).collect::<Vec<_>>(), [2.0, 4.0]);
    }
}
