//! From the parameters of a learning rule to the rule, and to its description. Weights lie in [0, 1], unless the rule knows no ends.

use super::learning::{CoincidenceKind, LearningParams, PairingKind, RuleKind, TripletFit};
use super::own_rules::{self, VoltageParams};
use crate::lab::described::{FARTHEST, pair_rule, published_rule, triplet_rule};
use crate::net::{self, Dependence, Draw, Unit, Weights, Window};
use crate::sim::plasticity::formula::Variable;
use crate::sim::plasticity::triplet::ROWS;
use crate::sim::plasticity::{
    Bound, Coincidence, Drawn, DrawnParams, DrawnWindow, Formula, FormulaParams, FormulaRule,
    Noise, PairStdp, PairStdpParams, Pairing, Published, PublishedVariant, Rule, Triplet,
    TripletParams, VoltageStdpParams,
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
            RuleKind::Window { .. } => {
                Some(Rule::Drawn(Drawn::new(num, 1, self.drawn_params()?, grid)))
            }
            RuleKind::Formula { .. } => {
                Some(Rule::Formula(FormulaRule::new(num, 1, self.formula_params()?, grid)))
            }
            RuleKind::Offset { .. }
            | RuleKind::Asymptotic { .. }
            | RuleKind::Voltage(_)
            | RuleKind::Fixed => None,
        }
    }

    /// The window that was drawn, if the rule is one.
    pub fn drawn_window(&self) -> Option<Vec<(f64, f64)>> {
        let RuleKind::Window { points, is_mirrored } = &self.rule else { return None };
        // What the form has taken can be read.
        let points = own_rules::points(points).ok()?;
        Some(if *is_mirrored { own_rules::mirrored(&points) } else { points })
    }

    /// Whether a formula names the potential of the output.
    pub fn reads_potential(&self) -> bool {
        let params = self.formula_params();
        params.is_some_and(|of| [of.on_input, of.on_output].iter().any(|of| of.uses(Variable::V)))
    }

    fn drawn_params(&self) -> Option<DrawnParams> {
        Some(DrawnParams {
            window: DrawnWindow::new(&self.drawn_window()?),
            is_nearest: self.pairing == PairingKind::Nearest,
            coincidence: self.coincidence.of_rule(),
            w_min: 0.0,
            w_max: 1.0,
        })
    }

    fn formula_params(&self) -> Option<FormulaParams> {
        let RuleKind::Formula {
            on_input,
            on_output,
            tau_x_ms,
            tau_y_ms,
            tau_x_slow_ms,
            tau_y_slow_ms,
        } = &self.rule
        else {
            return None;
        };
        Some(FormulaParams {
            on_input: Formula::parse(on_input).ok()?,
            on_output: Formula::parse(on_output).ok()?,
            tau_x_ms: *tau_x_ms,
            tau_x_slow_ms: *tau_x_slow_ms,
            tau_y_ms: *tau_y_ms,
            tau_y_slow_ms: *tau_y_slow_ms,
            is_nearest: self.pairing == PairingKind::Nearest,
            is_post_first: self.coincidence == CoincidenceKind::PostFirst,
            w_min: 0.0,
            w_max: 1.0,
        })
    }

    /// A rule of one's own as plain data.
    fn describe_own(&self) -> Option<net::Rule> {
        let window = match &self.rule {
            RuleKind::Window { .. } => Window::Drawn { points: self.drawn_window()? },
            RuleKind::Formula {
                on_input,
                on_output,
                tau_x_ms,
                tau_y_ms,
                tau_x_slow_ms,
                tau_y_slow_ms,
            } => Window::Formula {
                on_input: on_input.clone(),
                on_output: on_output.clone(),
                tau_x_ms: *tau_x_ms,
                tau_x_slow_ms: *tau_x_slow_ms,
                tau_y_ms: *tau_y_ms,
                tau_y_slow_ms: *tau_y_slow_ms,
            },
            RuleKind::Voltage(p) => return Some(voltage_rule(p)),
            _ => return None,
        };
        // Of pairs, with the pairing and the order that are chosen.
        let like = pair_rule(&self.pair_params());
        Some(net::Rule {
            pairing: like.pairing,
            coincidence: like.coincidence,
            ..net::Rule::new(window, Dependence::Hard)
        })
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
            RuleKind::Window { .. } | RuleKind::Formula { .. } | RuleKind::Voltage(_) => {
                self.describe_own()
            }
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

/// The voltage-based rule, whatever neuron it is of.
fn voltage_rule(p: &VoltageParams) -> net::Rule {
    let window = Window::Voltage {
        a_ltd: p.a_ltd,
        a_ltp: p.a_ltp,
        theta_minus_mv: p.theta_minus_mv,
        theta_plus_mv: p.theta_plus_mv,
        tau_minus_ms: p.tau_u_minus_ms,
        tau_plus_ms: p.tau_u_plus_ms,
        tau_x_ms: p.tau_x_ms,
        lag_ms: p.lag_ms,
        u_ref_mv2: (p.u_ref_mv2 > 0.0).then_some(p.u_ref_mv2),
        tau_u_ms: VoltageStdpParams::VISUAL_CORTEX.tau_u_ms,
    };
    let rule = net::Rule::new(window, Dependence::Hard);
    net::Rule { reads: vec![net::Reads::PreSpikes, net::Reads::PostVoltage], ..rule }
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
