//! The rules on offer, made from their parameters, and their closed forms.

use get_size2::GetSize;

use super::more_rules::{AsymptoticRule, Expected, InhibitoryRule, OffsetRule};
use crate::sim::plasticity::triplet::{ROWS, Triplet, WINDOWS_MS};
use crate::sim::plasticity::{
    Bound, Coincidence, InhibitoryStdp, PairStdp, PairStdpParams, Pairing, Published, Rule,
};
use crate::sim::{TimeGrid, math};

/// Step of the run.
pub const DT_MS: f64 = 0.1;

/// A rule with its parameters.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum RuleParams {
    /// Pairs.
    Pair(PairRule),
    /// Triplets, with the constants of one row of the published table.
    Triplet {
        /// Its place in [`ROWS`].
        row: u32,
    },
    /// Inhibition that finds a target rate.
    Inhibitory(InhibitoryRule),
    /// Every output spike pushes the weights of all neurons.
    Offset(OffsetRule),
    /// An upper end that moves ahead.
    Asymptotic(AsymptoticRule),
}

/// How changes depend on the weight, in the order of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Dependence {
    /// Not at all, cut off at the ends.
    Additive,
    /// Not at all, no ends.
    Unbounded,
    /// In proportion to the room that is left.
    Multiplicative,
    /// With its power.
    Gutig,
    /// Only depression.
    VanRossum,
    /// Not at all inside the range, and outside there are no changes.
    Gate,
    /// Morrison's.
    PowerLaw,
}

impl Dependence {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Additive,
        Self::Unbounded,
        Self::Multiplicative,
        Self::Gutig,
        Self::VanRossum,
        Self::Gate,
        Self::PowerLaw,
    ];
}

/// Parameters of pair STDP. Weights are in units of the greatest one.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PairRule {
    /// On the weight.
    pub dependence: Dependence,
    /// Its exponent, where it has one.
    pub mu: f64,
    /// The weight before.
    pub w_init: f64,
    /// Amplitude of potentiation.
    pub a_plus: f64,
    /// Amplitude of depression.
    pub a_minus: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// All to all, nearest, centred, reduced.
    pub pairing: u32,
    /// Potentiates, depresses, both, neither.
    pub coincidence: u32,
}

impl Default for PairRule {
    /// Song, Miller and Abbott (2000).
    fn default() -> Self {
        Self {
            dependence: Dependence::Additive,
            mu: 0.2,
            w_init: 0.5,
            a_plus: 0.005,
            a_minus: 0.00525,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            pairing: 0,
            coincidence: 1,
        }
    }
}

impl PairRule {
    fn bound(&self) -> Bound {
        let power = |mu_plus, mu_minus| Bound::Power { mu_plus, mu_minus };
        match self.dependence {
            Dependence::Additive => Bound::Hard,
            Dependence::Unbounded => Bound::Unbounded,
            Dependence::Multiplicative => power(1.0, 1.0),
            Dependence::Gutig => power(self.mu, self.mu),
            Dependence::VanRossum => power(0.0, 1.0),
            Dependence::Gate => Bound::Gate,
            Dependence::PowerLaw => Bound::PowerLaw { mu: self.mu, w_0: 1.0 },
        }
    }

    pub(super) fn stdp(&self, origin: f64) -> PairStdpParams {
        let is_open = self.dependence == Dependence::PowerLaw;
        PairStdpParams {
            a_plus: self.a_plus,
            a_minus: self.a_minus,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min: -origin,
            w_max: if is_open { 1e6 } else { 1.0 } - origin,
            bound: self.bound(),
            pairing: match self.pairing {
                0 => Pairing::AllToAll,
                1 => Pairing::Nearest,
                2 => Pairing::PresynapticCentred,
                _ => Pairing::Reduced,
            },
            coincidence: match self.coincidence {
                0 => Coincidence::PreFirst,
                1 => Coincidence::PostFirst,
                2 => Coincidence::Both,
                _ => Coincidence::Neither,
            },
        }
    }

    /// Factors of potentiation and of depression at weight `w`.
    fn factors(&self, w: f64) -> (f64, f64) {
        let room = 1.0 - w;
        match self.dependence {
            Dependence::Additive | Dependence::Unbounded | Dependence::Gate => (1.0, 1.0),
            Dependence::Multiplicative => (room, w),
            Dependence::Gutig => (math::powf_f64(room, self.mu), math::powf_f64(w, self.mu)),
            Dependence::VanRossum => (1.0, w),
            Dependence::PowerLaw => (math::powf_f64(w, self.mu), w),
        }
    }
}

impl RuleParams {
    /// The weight before.
    pub fn w_init(&self) -> f64 {
        match self {
            Self::Pair(pair) => pair.w_init,
            // The fitted amplitudes are shares of it.
            Self::Triplet { .. } => 1.0,
            Self::Inhibitory(rule) => rule.w_init,
            Self::Offset(rule) => rule.w_init,
            Self::Asymptotic(rule) => rule.w_init,
        }
    }

    /// The weight that counts as 0 when the change of weight `w` is measured: next to 0 single precision
    /// resolves the smallest change. Every rule but the power law only knows distances between weights.
    pub fn origin(&self, w: f64) -> f64 {
        match self {
            Self::Pair(pair) if pair.dependence == Dependence::PowerLaw => 0.0,
            _ => w,
        }
    }

    /// The rule of one input onto `num_post` outputs, whose weights are counted from `origin`.
    pub fn rule(&self, origin: f64, num_post: usize) -> Rule {
        let grid = TimeGrid::new(DT_MS);
        let published = |variant, taus_ms| {
            Rule::Published(Published::with_windows(1, num_post, variant, taus_ms, grid))
        };
        match self {
            Self::Pair(pair) => Rule::Pair(PairStdp::new(1, num_post, pair.stdp(origin), grid)),
            Self::Triplet { row } => {
                Rule::Triplet(Triplet::new(1, num_post, ROWS[*row as usize].params(), grid))
            }
            Self::Inhibitory(rule) => {
                Rule::Inhibitory(InhibitoryStdp::new(1, num_post, rule.params(origin), grid))
            }
            Self::Offset(rule) => published(rule.variant(origin), [rule.tau_plus_ms; 2]),
            Self::Asymptotic(rule) => {
                published(rule.variant(origin), [rule.tau_plus_ms, rule.tau_minus_ms])
            }
        }
    }

    /// Time constants of all traces: those of the input, then as many of the output.
    pub fn taus_ms(&self) -> Vec<f64> {
        match self {
            Self::Pair(pair) => vec![pair.tau_plus_ms, pair.tau_minus_ms],
            Self::Triplet { row } => {
                let row = &ROWS[*row as usize];
                vec![WINDOWS_MS[0], row.tau_x_ms, WINDOWS_MS[1], row.tau_y_ms]
            }
            Self::Inhibitory(rule) => vec![rule.tau_ms; 2],
            Self::Offset(rule) => vec![rule.tau_plus_ms; 2],
            Self::Asymptotic(rule) => vec![rule.tau_plus_ms, rule.tau_minus_ms],
        }
    }

    /// The greatest weight, if there is one.
    pub fn w_max(&self) -> Option<f64> {
        let Self::Pair(pair) = self else { return None };
        let is_open = matches!(pair.dependence, Dependence::Unbounded | Dependence::PowerLaw);
        (!is_open).then_some(1.0)
    }

    /// An output spike clears the input's trace.
    pub fn uses_up_pre(&self) -> bool {
        matches!(self, Self::Pair(pair) if pair.pairing >= 2)
    }

    /// An input spike clears the output's trace.
    pub fn uses_up_post(&self) -> bool {
        matches!(self, Self::Pair(pair) if pair.pairing == 3)
    }

    /// What one pair does to weight `w`, by the formula. Not for Δt = 0, which is a matter of convention.
    pub fn expected(&self, delta_ms: f64, w: f64) -> Expected {
        let change = match self {
            Self::Pair(pair) => self.cut(pair, delta_ms, w),
            // There is no spike before the pair, so the slow traces are empty.
            Self::Triplet { row } => {
                let [a2_plus, _, a2_minus, _] = ROWS[*row as usize].amplitudes;
                two_sided([a2_plus, a2_minus], WINDOWS_MS, delta_ms)
            }
            Self::Inhibitory(rule) => return rule.expected(delta_ms, w),
            Self::Offset(rule) => return rule.expected(delta_ms, w),
            Self::Asymptotic(rule) => return rule.expected(delta_ms, w),
        };
        Expected { change, size: change.abs() }
    }

    fn cut(&self, pair: &PairRule, delta_ms: f64, w: f64) -> f64 {
        let (up, down) = pair.factors(w);
        let amplitudes = [pair.a_plus * up, pair.a_minus * down];
        let change = two_sided(amplitudes, [pair.tau_plus_ms, pair.tau_minus_ms], delta_ms);
        match pair.dependence {
            Dependence::Gate if w <= 0.0 || w >= 1.0 => 0.0,
            Dependence::Gate => change,
            // The power law has no upper end, and none of its changes reaches the lower one.
            _ => self.w_max().map_or(change, |w_max| change.clamp(-w, w_max - w)),
        }
    }
}

/// The window of two exponentials.
fn two_sided(amplitudes: [f64; 2], taus_ms: [f64; 2], delta_ms: f64) -> f64 {
    if delta_ms > 0.0 {
        amplitudes[0] * math::exp_f64(-delta_ms / taus_ms[0])
    } else {
        -amplitudes[1] * math::exp_f64(delta_ms / taus_ms[1])
    }
}
