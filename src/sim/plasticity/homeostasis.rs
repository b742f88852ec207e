//! What keeps the weights onto neurons in their range, whichever it is.

use get_size2::GetSize;

use super::{Normalisation, SynapticScaling};

/// A slow rule beside the one that learns.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Homeostasis {
    /// Nothing.
    None,
    /// All weights onto a neuron are scaled until it fires at its target rate.
    Scaling(SynapticScaling),
    /// They are scaled to a fixed sum.
    Normalisation(Normalisation),
}

impl Homeostasis {
    /// One tick in which these neurons fired. Says whether it scaled `weights[pre × num_post + post]`.
    #[inline]
    pub fn step(&mut self, fired: impl Iterator<Item = u32>, weights: &mut [f32]) -> bool {
        match self {
            Self::None => false,
            Self::Scaling(rule) => rule.step(fired, weights),
            Self::Normalisation(rule) => rule.step(weights),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TimeGrid;
    use crate::plasticity::SynapticScalingParams;

    #[test]
    fn each_does_its_own() {
        let grid = TimeGrid::new(1.0);
        let params = SynapticScalingParams {
            target_rate_hz: 10.0,
            tau_rate_ms: 100.0,
            tau_scaling_ms: 2_000.0,
            interval_ms: 100.0,
            w_max: 1.0,
        };
        let run = |mut rule: Homeostasis| {
            let mut w = [0.2, 0.4];
            (0..1_000).for_each(|_| _ = rule.step([].into_iter(), &mut w));
            w
        };
        assert_eq!(run(Homeostasis::None), [0.2, 0.4]);
        // A silent neuron strengthens all its synapses by one factor.
        let scaled = run(Homeostasis::Scaling(SynapticScaling::new(1, &params, grid)));
        assert!(scaled[0] > 0.3 && (scaled[1] / scaled[0] - 2.0).abs() < 1e-4, "{scaled:?}");
        let whole = run(Homeostasis::Normalisation(Normalisation::new(1, 0.3, 1.0, 10.0, grid)));
        assert!((whole[0] - 0.1).abs() < 1e-6 && (whole[1] - 0.2).abs() < 1e-6, "{whole:?}");
    }
}
