//! The rules on offer, made from their parameters, and their closed forms.

use get_size2::GetSize;

use super::more_rules::{
    AMPLITUDE, AsymptoticRule, Expected, InhibitoryRule, OffsetRule, TAU, WEIGHT,
};
use crate::lab::param::{Choice, Params};
use crate::sim::plasticity::triplet::{ROWS, Triplet, TripletRow, WINDOWS_MS};
use crate::sim::plasticity::{
    self, Bound, InhibitoryStdp, PairStdp, PairStdpParams, Published, Rule,
};
use crate::sim::{TimeGrid, math};

/// Step of the run.
pub const DT_MS: f64 = 0.1;

/// A rule with its parameters.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum RuleParams {
    /// One trace per side: each pair of spikes changes the weight by itself.
    #[choice("Pairs")]
    Pair(PairRule),
    /// Two traces per side: a pair does more when another spike came shortly before.
    #[choice("Triplets")]
    Triplet {
        /// Amplitudes, slow time constants and pairing were fitted together and come together. The weight is 1 before.
        #[param("Fit", main)]
        row: Fit,
    },
    /// Both orders strengthen and each input spike weakens, so the output settles at a target rate.
    #[choice("Inhibitory (Vogels)")]
    Inhibitory(InhibitoryRule),
    /// A spike of any output moves the weights onto all outputs, so none learns anything of its own.
    #[choice("Offset, as published")]
    Offset(OffsetRule),
    /// Its upper end always stays ahead of the largest weight, so there is no maximum.
    #[choice("Asymptotic, as published")]
    Asymptotic(AsymptoticRule),
}

/// Parameters of pair STDP, as in Song, Miller and Abbott (2000). Weights are in units of the maximum.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct PairRule {
    /// How the change depends on the weight. Weights range from 0 to 1.
    #[param("Dependence on the weight", main)]
    pub dependence: Dependence,
    /// How strongly changes depend on the weight.
    #[param("Exponent", symbol = "μ", range = linear(0.0, 1.0, 0.01),
            by_choice(dependence) = if self.dependence == Dependence::PowerLaw { 0.4 } else { 0.2 },
            when = self.dependence.has_power())]
    pub mu: f64,
    /// The weight before the pair.
    #[param("Weight before", symbol = "w", range = WEIGHT, default = 0.5, main)]
    pub w_init: f64,
    /// Change by a pair just above Δt = 0, input first.
    #[param("Potentiation", symbol = "A₊", range = AMPLITUDE, default = 0.005)]
    pub a_plus: f64,
    /// Change by a pair just below Δt = 0, output first.
    #[param("Depression", symbol = "A₋", range = AMPLITUDE, default = 0.00525)]
    pub a_minus: f64,
    /// How long the trace of an input spike lasts.
    #[param("Window of potentiation", symbol = "τ₊", unit = Ms, range = TAU, default = 20.0)]
    pub tau_plus_ms: f64,
    /// How long the trace of an output spike lasts.
    #[param("Window of depression", symbol = "τ₋", unit = Ms, range = TAU, default = 20.0)]
    pub tau_minus_ms: f64,
    /// Which spikes form pairs. It matters if there are more than two.
    #[param("Pairing")]
    pub pairing: Pairing,
    /// What a pair of spikes at the same moment does.
    #[param("Δt = 0")]
    pub coincidence: Coincidence,
}

impl PairRule {
    /// Pairs alone, as the preset of that name has them: what triplets are compared with.
    pub fn alone() -> Self {
        Self {
            dependence: Dependence::Unbounded,
            w_init: 1.0,
            a_minus: 0.0071,
            tau_plus_ms: 16.8,
            tau_minus_ms: 33.7,
            ..Self::default()
        }
    }
}

/// How changes depend on the weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Dependence {
    /// Full changes, cut off at 0 and 1 (Song et al. 2000).
    #[choice("additive")]
    Additive,
    /// Full changes, whatever the weight.
    #[choice("additive, no bounds")]
    Unbounded,
    /// In proportion to the room that is left (Rubin et al. 2001).
    #[choice("multiplicative")]
    Multiplicative,
    /// From additive (μ = 0) to multiplicative (μ = 1).
    #[choice("power μ of the room (Gütig)")]
    Gutig,
    /// Depression is in proportion to the weight; potentiation does not depend on it.
    #[choice("van Rossum, without noise")]
    VanRossum,
    /// Full changes inside the bounds, none outside: a weight may overshoot once.
    #[choice("gate")]
    Gate,
    /// Potentiation grows as the weight to the power μ, depression in proportion to it; no maximum.
    #[choice("power law (Morrison)")]
    PowerLaw,
}

impl Dependence {
    /// Whether there is an exponent.
    fn has_power(self) -> bool {
        matches!(self, Self::Gutig | Self::PowerLaw)
    }
}

/// Which spikes are paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Pairing {
    /// Every input spike with every output spike.
    #[choice("all to all")]
    All,
    /// Every spike with the latest of the other side.
    #[choice("nearest")]
    Nearest,
    /// Every input spike with the nearest output spike on either side.
    #[choice("presynaptic-centred")]
    Centred,
    /// Nearest, and each spike is used only once.
    #[choice("reduced")]
    Reduced,
}

/// What the two spikes of a pair at Δt = 0 do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Coincidence {
    /// As if the input came first.
    #[choice("potentiates")]
    Potentiates,
    /// As if the output came first (Song et al. 2000).
    #[choice("depresses")]
    #[default]
    Depresses,
    /// Both changes, each in full.
    #[choice("does both")]
    Both,
    /// As in NEST.
    #[choice("does nothing")]
    Neither,
}

/// A row of the published table of triplet fits. The variants stand in the order of [`ROWS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Fit {
    #[choice(label = ROWS[0].name, help = ROWS[0].origin)]
    VisualFull,
    #[choice(label = ROWS[1].name, help = ROWS[1].origin)]
    #[default]
    VisualMin,
    #[choice(label = ROWS[2].name, help = ROWS[2].origin)]
    VisualNearestFull,
    #[choice(label = ROWS[3].name, help = ROWS[3].origin)]
    VisualNearestMin,
    #[choice(label = ROWS[4].name, help = ROWS[4].origin)]
    HippocampusFull,
    #[choice(label = ROWS[5].name, help = ROWS[5].origin)]
    HippocampusMin,
    #[choice(label = ROWS[6].name, help = ROWS[6].origin)]
    HippocampusNearestFull,
    #[choice(label = ROWS[7].name, help = ROWS[7].origin)]
    HippocampusNearestMin,
}

impl Fit {
    /// Its constants.
    pub(super) fn row(self) -> &'static TripletRow {
        &ROWS[self as usize]
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
                Pairing::All => plasticity::Pairing::AllToAll,
                Pairing::Nearest => plasticity::Pairing::Nearest,
                Pairing::Centred => plasticity::Pairing::PresynapticCentred,
                Pairing::Reduced => plasticity::Pairing::Reduced,
            },
            coincidence: match self.coincidence {
                Coincidence::Potentiates => plasticity::Coincidence::PreFirst,
                Coincidence::Depresses => plasticity::Coincidence::PostFirst,
                Coincidence::Both => plasticity::Coincidence::Both,
                Coincidence::Neither => plasticity::Coincidence::Neither,
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
                Rule::Triplet(Triplet::new(1, num_post, row.row().params(), grid))
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
                let row = row.row();
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
        matches!(self, Self::Pair(pair) if matches!(pair.pairing, Pairing::Centred | Pairing::Reduced))
    }

    /// An input spike clears the output's trace.
    pub fn uses_up_post(&self) -> bool {
        matches!(self, Self::Pair(pair) if pair.pairing == Pairing::Reduced)
    }

    /// What one pair does to weight `w`, by the formula. Not for Δt = 0, which is a matter of convention.
    pub fn expected(&self, delta_ms: f64, w: f64) -> Expected {
        let change = match self {
            Self::Pair(pair) => self.cut(pair, delta_ms, w),
            // There is no spike before the pair, so the slow traces are empty.
            Self::Triplet { row } => {
                let [a2_plus, _, a2_minus, _] = row.row().amplitudes;
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
