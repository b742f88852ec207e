//! How far a weight moves depends on where it is: one formula for every published rule.
//!
//! **Equations.** With u = (w − w_min)/(w_max − w_min), potentiation adds A₊ (1 − u)^μ₊ x and depression
//! takes A₋ u^μ₋ y, where A₊ and A₋ have the unit of the weight.
//!
//! | rule | μ₊ | μ₋ | source |
//! |---|---|---|---|
//! | additive ([`Bound::Hard`]) | 0 | 0 | Song, Miller and Abbott (2000, doi:10.1038/78829) |
//! | multiplicative | 1 | 1 | Rubin, Lee and Sompolinsky (2001, doi:10.1103/PhysRevLett.86.364) |
//! | Gütig | μ | μ | Gütig et al. (2003, doi:10.1523/JNEUROSCI.23-09-03697.2003) |
//! | van Rossum, with noise | 0 | 1 | van Rossum, Bi and Turrigiano (2000, doi:10.1523/JNEUROSCI.20-23-08812.2000) |
//!
//! [`Bound::Soft`] is the multiplicative rule with amplitudes per unit of room: f₊ = w_max − w,
//! f₋ = w − w_min. [`Bound::PowerLaw`] is that of Morrison, Aertsen and Diesmann (2007,
//! doi:10.1162/neco.2007.19.6.1437): f₊ = w₀^(1−μ) w^μ, f₋ = w.
//!
//! **Method.** Exponents 0 and 1 are told apart once per spike, not per synapse; their loops vectorise.

use get_size2::GetSize;

use crate::{Stream, math};

/// How changes depend on the weight, and what happens at the ends of its range.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub enum Bound {
    /// Full changes, no ends.
    Unbounded,
    /// Full changes, cut off at the ends.
    Hard,
    /// Changes in proportion to the room that is left, in units of the weight.
    Soft,
    /// Full changes strictly inside the range and none at all outside: a weight may overshoot by one
    /// change, and then stays there for ever. So in the study "Neural-Learning-and-Coding", whose spikes of
    /// one tick count on [both sides](super::Coincidence::Both).
    Gate,
    /// The formula with its two exponents, cut off at the ends.
    Power {
        /// Exponent of potentiation.
        mu_plus: f64,
        /// Exponent of depression.
        mu_minus: f64,
    },
    /// Morrison's power law; `w_0` is the weight at which potentiation is A₊ w₀.
    PowerLaw {
        /// Exponent of potentiation.
        mu: f64,
        /// Reference weight.
        w_0: f64,
    },
}

/// A factor of the change, for one of its directions.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
enum Factor {
    One,
    Inside,
    /// slope · w + offset
    Linear(f32, f32),
    /// (slope · w + offset)^exponent
    Power(f32, f32, f32),
}

impl Factor {
    fn new(slope: f64, offset: f64, exponent: f64) -> Self {
        let (slope, offset) = (slope as f32, offset as f32);
        if exponent == 0.0 {
            Self::One
        } else if exponent == 1.0 {
            Self::Linear(slope, offset)
        } else {
            Self::Power(slope, offset, exponent as f32)
        }
    }
}

/// A [`Bound`] with its range, ready to change weights.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct WeightDependence {
    low: f32,
    high: f32,
    cut_low: f32,
    cut_high: f32,
    up: Factor,
    down: Factor,
}

impl WeightDependence {
    /// Derives the factors.
    pub fn new(bound: Bound, w_min: f64, w_max: f64) -> Self {
        let per_range = 1.0 / (w_max - w_min);
        let (up, down) = match bound {
            Bound::Unbounded | Bound::Hard => (Factor::One, Factor::One),
            Bound::Gate => (Factor::Inside, Factor::Inside),
            Bound::Soft => (Factor::new(-1.0, w_max, 1.0), Factor::new(1.0, -w_min, 1.0)),
            Bound::Power { mu_plus, mu_minus } => (
                Factor::new(-per_range, w_max * per_range, mu_plus),
                Factor::new(per_range, -w_min * per_range, mu_minus),
            ),
            Bound::PowerLaw { mu, w_0 } => {
                // w₀^(1−μ) w^μ = (w₀^(1/μ − 1) w)^μ
                let up = if mu == 0.0 {
                    Factor::Linear(0.0, w_0 as f32)
                } else {
                    Factor::new(math::powf_f64(w_0, 1.0 / mu - 1.0), 0.0, mu)
                };
                (up, Factor::Linear(1.0, 0.0))
            }
        };
        let (low, high) = (w_min as f32, w_max as f32);
        // The largest number, not infinity, which JSON cannot hold.
        let (cut_low, cut_high) = match bound {
            Bound::Unbounded | Bound::Gate => (f32::MIN, f32::MAX),
            _ => (low, high),
        };
        Self { low, high, cut_low, cut_high, up, down }
    }

    /// Adds `gain · trace · f₊(w)` to every weight of `pairs`.
    #[inline]
    pub fn potentiate<'a>(&self, pairs: impl Iterator<Item = (&'a mut f32, &'a f32)>, gain: f32) {
        self.apply(self.up, pairs, gain);
    }

    /// Takes `gain · trace · f₋(w)` from every weight of `pairs`.
    #[inline]
    pub fn depress<'a>(&self, pairs: impl Iterator<Item = (&'a mut f32, &'a f32)>, gain: f32) {
        self.apply(self.down, pairs, -gain);
    }

    /// The same for those of `weights` whose places are in `which`, all of which see one trace.
    #[inline]
    pub fn depress_at(&self, weights: &mut [f32], which: &[u32], trace: f32, gain: f32) {
        if self.down == Factor::One {
            let (change, low, high) = (-gain * trace, self.cut_low, self.cut_high);
            for &place in which {
                let w = &mut weights[place as usize];
                *w = cut(*w + change, low, high);
            }
        } else {
            for &place in which {
                let w = &mut weights[place as usize];
                self.depress([w].into_iter().zip(&[trace]), gain);
            }
        }
    }

    #[inline]
    fn apply<'a>(
        &self,
        factor: Factor,
        pairs: impl Iterator<Item = (&'a mut f32, &'a f32)>,
        gain: f32,
    ) {
        let (low, high) = (self.cut_low, self.cut_high);
        match factor {
            Factor::One => {
                for (w, trace) in pairs {
                    *w = cut(*w + gain * trace, low, high);
                }
            }
            Factor::Inside => {
                for (w, trace) in pairs {
                    let is_inside = *w > self.low && *w < self.high;
                    *w = if is_inside { *w + gain * trace } else { *w };
                }
            }
            Factor::Linear(slope, offset) => {
                for (w, trace) in pairs {
                    *w = cut(*w + gain * trace * (slope * *w + offset), low, high);
                }
            }
            Factor::Power(slope, offset, exponent) => {
                for (w, trace) in pairs {
                    // Nothing to work out where nothing happens: powers are slow.
                    if *trace > 0.0 {
                        let base = cut(slope * *w + offset, 0.0, f32::MAX);
                        *w = cut(*w + gain * trace * math::powf(base, exponent), low, high);
                    }
                }
            }
        }
    }
}

/// `w` within its bounds. A weight that is not a number stays so, to be found as a fault.
#[inline(always)]
fn cut(w: f32, low: f32, high: f32) -> f32 {
    let w = if w < low { low } else { w };
    if w > high { high } else { w }
}

/// Gaussian noise in proportion to the weight, drawn anew for every change (van Rossum et al. 2000).
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Noise {
    sd: f32,
    stream: Stream,
}

impl Noise {
    /// Noise of relative strength `sd` from its own stream.
    pub fn new(sd: f64, stream: Stream) -> Self {
        Self { sd: sd as f32, stream }
    }

    /// Adds ν w to every weight whose partner has a trace.
    pub fn shake<'a>(
        &mut self,
        bounds: &WeightDependence,
        pairs: impl Iterator<Item = (&'a mut f32, &'a f32)>,
    ) {
        for (w, trace) in pairs {
            if *trace > 0.0 {
                *w = cut(
                    *w * (1.0 + self.sd * self.stream.normal()),
                    bounds.cut_low,
                    bounds.cut_high,
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(bound: Bound, range: (f64, f64), w: f32) -> (f64, f64) {
        let dependence = WeightDependence::new(bound, range.0, range.1);
        let (mut up, mut down) = ([w], [w]);
        dependence.potentiate(up.iter_mut().zip(&[0.5]), 0.01);
        dependence.depress(down.iter_mut().zip(&[0.5]), 0.01);
        (f64::from(up[0] - w), f64::from(w - down[0]))
    }

    #[test]
    fn one_formula_gives_every_rule() {
        let u = 0.3; // w = 0.7 in [0.1, 2.1]
        for (mu_plus, mu_minus) in [(0.0, 0.0), (1.0, 1.0), (0.2, 0.2), (0.0, 1.0), (0.5, 2.0)] {
            let bound = Bound::Power { mu_plus, mu_minus };
            let (up, down) = change(bound, (0.1, 2.1), 0.7);
            let (f_up, f_down) = (math::powf_f64(1.0 - u, mu_plus), math::powf_f64(u, mu_minus));
            assert!((up - 0.005 * f_up).abs() < 1e-7, "{bound:?}: {up}");
            assert!((down - 0.005 * f_down).abs() < 1e-7, "{bound:?}: {down}");
        }
        let (up, down) = change(Bound::Soft, (0.1, 2.1), 0.7);
        assert!((up - 0.005 * 1.4).abs() < 1e-7 && (down - 0.005 * 0.6).abs() < 1e-7);
        assert_eq!(change(Bound::Hard, (0.0, 1.0), 0.999).0 as f32, 1.0 - 0.999);
    }

    #[test]
    fn the_power_law_is_morrisons() {
        for mu in [0.0, 0.4, 1.0] {
            let (up, down) = change(Bound::PowerLaw { mu, w_0: 2.0 }, (0.0, 100.0), 3.0);
            let expected = 0.005 * math::powf_f64(2.0, 1.0 - mu) * math::powf_f64(3.0, mu);
            assert!((up - expected).abs() < 4e-7, "{mu}: {up} {expected}");
            assert!((down - 0.015).abs() < 4e-7, "{down}");
        }
    }

    #[test]
    fn a_gate_lets_a_weight_overshoot_once_and_then_holds_it() {
        let gate = WeightDependence::new(Bound::Gate, 0.0, 1.0);
        let mut w = [0.95_f32];
        gate.potentiate(w.iter_mut().zip(&[1.0]), 0.2);
        assert_eq!(w, [0.95 + 0.2]);
        gate.potentiate(w.iter_mut().zip(&[1.0]), 0.2);
        gate.depress(w.iter_mut().zip(&[1.0]), 0.2);
        assert_eq!(w, [0.95 + 0.2]);
    }

    #[test]
    fn a_broken_weight_is_not_mended() {
        let mut w = [f32::NAN];
        let hard = WeightDependence::new(Bound::Hard, 0.0, 1.0);
        hard.potentiate(w.iter_mut().zip(&[1.0]), 0.2);
        assert!(w[0].is_nan());
    }
}
