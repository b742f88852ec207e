//! From the parameters of a learning rule to the rule, and to its description. Weights lie in [0, 1], unless the rule knows no ends.

use crate::lab::described::{FARTHEST, pair_rule, published_rule, triplet_rule};
use crate::net::{self, Dependence, Draw, Unit, Weights};
use super::learning::{CoincidenceKind, LearningParams, PairingKind, RuleKind, TripletFit};
use crate::sim::plasticity::triplet::ROWS;
use crate::sim::plasticity::{
    Bound, Coincidence, Noise, PairStdp, PairStdpParams, Pairing, Published, PublishedVariant,
    Rule, Triplet, TripletParams,
};
use crate::sim::{Stream, TimeGrid, math};

impl LearningParams {
    /// The constants of a rule of pairs.
    pub fn pair_params(&self) -> PairStdpParams {
        let [a_plus, a_minus] = self.amplitudes();
        PairStdpParams {
            a_plus,
            a_minus,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min: 0.0,
            w_max: 1.0,
            bound: self.bound(),
            pairing: self.pairing.of_rule(),
            coincidence: self.coincidence.of_rule(),
        }
    }

    fn bound(&self) -> Bound {
        match self.rule {
            RuleKind::PowerLaw { mu, w_0 } => Bound::PowerLaw { mu, w_0 },
            RuleKind::VanRossum { .. } => Bound::Power { mu_plus: 0.0, mu_minus: 1.0 },
            _ if self.mu == 0.0 => Bound::Hard,
            _ => Bound::Power { mu_plus: self.mu, mu_minus: self.mu },
        }
    }

    /// The rule of one neuron with `num` inputs, if it is one of spikes.
    pub fn build_rule(&self, num: usize, grid: TimeGrid, seed: u32) -> Option<Rule> {
        match self.rule {
            RuleKind::VanRossum { noise, .. } => {
                let pairs = PairStdp::new(num, 1, self.pair_params(), grid);
                let noise = Noise::new(noise, Stream::new(seed, "noise"));
                Some(Rule::Pair(pairs.with_noise(noise)))
            }
            RuleKind::Pair | RuleKind::PowerLaw { .. } => {
                Some(Rule::Pair(PairStdp::new(num, 1, self.pair_params(), grid)))
            }
            RuleKind::Triplet { fit, scale } => {
                Some(Rule::Triplet(Triplet::new(num, 1, fit.params(scale), grid)))
            }
            RuleKind::Offset { .. } | RuleKind::Asymptotic { .. } | RuleKind::Fixed => None,
        }
    }

    /// The constants of a rule of whole steps and the memory of its traces in ms, if it is one.
    fn published_params(&self) -> Option<(PublishedVariant, f64)> {
        match self.rule {
            RuleKind::Offset { learning_rate, offset, trace } => Some((
                PublishedVariant::Offset { learning_rate, offset, w_max: 1.0 },
                trace.tau_plus_ms,
            )),
            RuleKind::Asymptotic { a_plus, a_minus, trace } => Some((
                PublishedVariant::Asymptotic { a_plus, a_minus, w_min: 0.0 },
                trace.tau_plus_ms,
            )),
            _ => None,
        }
    }

    /// The rule as plain data; none where weights stay as they are.
    pub fn describe_rule(&self) -> Option<net::Rule> {
        match self.rule {
            RuleKind::Pair | RuleKind::PowerLaw { .. } => Some(pair_rule(&self.pair_params())),
            RuleKind::VanRossum { noise, .. } => {
                let mut rule = pair_rule(&self.pair_params());
                if let Dependence::Power { noise: own, .. } = &mut rule.dependence {
                    *own = noise;
                }
                Some(rule)
            }
            RuleKind::Triplet { fit, scale } => Some(triplet_rule(&fit.params(scale))),
            RuleKind::Offset { .. } | RuleKind::Asymptotic { .. } | RuleKind::Fixed => self
                .published_params()
                .map(|(variant, tau_ms)| published_rule(&variant, [tau_ms; 2])),
        }
    }

    /// Weights under the rule that begin like this.
    pub fn describe_weights(&self, start: Draw) -> Weights {
        let is_open = self.rule.is_unbounded();
        let (least, greatest) = if is_open { (-FARTHEST, FARTHEST) } else { (0.0, 1.0) };
        Weights::new(start, Unit::None).within(least, greatest)
    }

    /// The rule, if it is one of whole steps.
    pub fn build_published(&self, num: usize, grid: TimeGrid) -> Option<Published> {
        let (variant, tau_ms) = self.published_params()?;
        let keep = math::exp_f64(-grid.dt_ms() / tau_ms);
        Some(Published::new(num, 1, variant, [keep, keep]))
    }
}

impl PairingKind {
    fn of_rule(self) -> Pairing {
        match self {
            Self::AllToAll => Pairing::AllToAll,
            Self::Nearest => Pairing::Nearest,
            Self::PresynapticCentred => Pairing::PresynapticCentred,
            Self::Reduced => Pairing::Reduced,
        }
    }
}

impl CoincidenceKind {
    fn of_rule(self) -> Coincidence {
        match self {
            Self::PreFirst => Coincidence::PreFirst,
            Self::PostFirst => Coincidence::PostFirst,
            Self::Both => Coincidence::Both,
            Self::Neither => Coincidence::Neither,
        }
    }
}

impl TripletFit {
    /// The fit with all its amplitudes scaled; weights lie in [0, 1].
    pub fn params(self, scale: f64) -> TripletParams {
        let fit = ROWS[self as usize].params();
        TripletParams {
            a2_plus: scale * fit.a2_plus,
            a3_plus: scale * fit.a3_plus,
            a2_minus: scale * fit.a2_minus,
            a3_minus: scale * fit.a3_minus,
            bound: Bound::Hard,
            ..fit
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fit_has_its_name() {
        assert_eq!(TripletFit::ALTERNATIVES.len(), ROWS.len());
        for (choice, row) in TripletFit::ALTERNATIVES.iter().zip(ROWS) {
            assert_eq!(choice.key.starts_with("visual"), row.name.starts_with("visual"));
            assert_eq!(choice.key.contains("nearest"), row.is_nearest, "{}", row.name);
            assert_eq!(choice.key.ends_with("minimal"), row.name.ends_with("minimal"));
        }
    }
}
