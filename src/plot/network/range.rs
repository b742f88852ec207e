//! Weights, and what they are compared with.

use crate::lab::picture::Sample;
use crate::net::{Homeostasis, Projection, Receptor};

/// A weight, if it is there.
pub(super) fn weight_of(weights: &[Vec<f32>], projection: u16, synapse: u16) -> f64 {
    let of = weights.get(usize::from(projection));
    of.and_then(|of| of.get(usize::from(synapse))).copied().unwrap_or(f32::NAN).into()
}

/// What a weight is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    scale: Scale,
    /// Weights without a sign inhibit.
    inhibits: bool,
}

#[derive(Clone, Copy, Debug)]
enum Scale {
    /// The largest weight there can be.
    Bound(f64),
    /// A usual one, where there is no largest.
    Usual(f64),
}

impl Range {
    /// Of the weights of a projection.
    pub fn new(projection: &Projection, sample: &Sample) -> Self {
        let largest = sample.synapses.iter().map(|synapse| f64::from(synapse.weight).abs());
        let largest = largest.filter(|weight| weight.is_finite()).fold(0.0, f64::max);
        let weights = &projection.weights;
        let bound = weights.min.zip(weights.max).map(|(min, max)| min.abs().max(max.abs()));
        let fan_in = (sample.num_weights as f64 / f64::from(projection.to.size.max(1))).max(1.0);
        // Where weights onto a neuron share a sum, few can be near a bound of their own.
        let shared = projection.homeostasis.iter().find_map(|homeostasis| match homeostasis {
            Homeostasis::NormaliseAtSpikes { total, .. }
            | Homeostasis::NormaliseEvery { total, .. }
            | Homeostasis::NormalisePerTrial { total, .. } => Some(total.abs() / fan_in),
            Homeostasis::Scaling { .. } | Homeostasis::Yoke { .. } => None,
        });
        let is_far = |bound: f64| largest > 0.0 && bound > 100.0 * largest;
        let scale = match (bound, shared) {
            (bound, Some(mean)) if mean > 0.0 => {
                Scale::Bound(bound.unwrap_or(f64::INFINITY).min((2.5 * mean).max(largest)))
            }
            (Some(bound), _) if bound > 0.0 && !is_far(bound) => Scale::Bound(bound),
            _ => Scale::Usual(if largest > 0.0 { largest } else { 1.0 }),
        };
        Self { scale, inhibits: projection.receptor == Receptor::Inhibitory }
    }

    /// From −1 to 1, negative where it inhibits; 0 for what is no number.
    pub fn signed_share(self, weight: f64) -> f64 {
        let share = match self.scale {
            _ if !weight.is_finite() => 0.0,
            Scale::Bound(bound) => weight / bound,
            Scale::Usual(usual) => weight / (weight.abs() + usual),
        };
        let share = share.clamp(-1.0, 1.0);
        if self.inhibits { -share.abs() } else { share }
    }
}
