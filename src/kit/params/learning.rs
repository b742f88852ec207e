//! Which learning rule, and its constants. Weights lie in [0, 1], unless the rule knows no ends.

use get_size2::GetSize;

use super::own_rules::{VoltageParams, formula_rule, window_rule};
use crate::lab::param::{Choice, FloatRange, Params, Problem};

/// A learning rule with its constants.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::rules)]
pub struct LearningParams {
    /// Which learning rule changes the weights.
    #[param("Rule", split)]
    pub rule: RuleKind,
    /// Above 1, pairs of spikes that meet by chance depress more than they potentiate (at equal windows).
    #[param("Depression over potentiation", symbol = "A₋/A₊", range = linear(0.8, 1.5, 0.005), live, main,
            default = 1.1, when = self.rule.has_ratio())]
    pub ratio: f64,
    /// 0: additive, every change has full size. 1: multiplicative, in proportion to the room that is left.
    #[param("Weight dependence", symbol = "μ", range = linear(0.0, 1.0, 0.01), main, default = 0.0,
            when = matches!(self.rule, RuleKind::Pair))]
    pub mu: f64,
    /// Amplitude of potentiation (LTP), as a share of the maximum weight.
    #[group("learning", "Learning")]
    #[variant_of(rule)]
    #[param("Potentiation", symbol = "A₊", range = AMPLITUDE, live, default = 0.005,
            when = self.rule.has_ratio())]
    pub a_plus: f64,
    /// Time constant of potentiation (LTP).
    #[param("Window of potentiation", symbol = "τ₊", unit = Ms, range = WINDOW, default = 20.0,
            when = self.rule.has_pairs())]
    pub tau_plus_ms: f64,
    /// Time constant of depression (LTD).
    #[param("Window of depression", symbol = "τ₋", unit = Ms, range = WINDOW, default = 20.0,
            when = self.rule.has_pairs())]
    pub tau_minus_ms: f64,
    /// Which spikes are paired.
    #[param("Pairing", when = self.rule.has_pairing())]
    pub pairing: PairingKind,
    /// What an input spike and an output spike of the same step do.
    #[param("Same step", when = self.rule.has_pairing())]
    pub coincidence: CoincidenceKind,
}

// Of van Rossum's c_p = 1 pS and c_d = 0.003 the second has no unit, and the first is taken for a greatest weight of
// 1,000 pS, three times the weight at which both balance. His ν is 0.015; here every change has it in full, however far
// apart its spikes are, and a third of it makes as broad a hump.
/// Which rule changes the weights, with what only this rule has, and the defaults of its source.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum RuleKind {
    /// Every pair of an input spike and an output spike counts by itself.
    #[choice("pairs")]
    Pair,
    /// Potentiation grows with a power of the weight, depression in proportion to the weight (Morrison).
    #[choice("pairs, power law")]
    PowerLaw {
        /// Exponent of the weight in potentiation.
        #[param("Power", symbol = "μ", range = linear(0.0, 1.0, 0.01), default = 0.4)]
        mu: f64,
        /// At this weight, potentiation is A₊ times the weight, whatever μ is.
        #[param("Reference weight", symbol = "w₀", range = linear(0.01, 1.0, 0.01), default = 0.5)]
        w_0: f64,
    },
    /// Potentiation of constant size, depression in proportion to the weight, and noise in every change.
    #[choice("pairs, with noise (van Rossum)")]
    VanRossum {
        /// Amplitude of LTP (c_p), as a share of the maximum weight. Chance pairs balance near the weight A₊/A₋.
        #[param("Potentiation", symbol = "A₊", range = AMPLITUDE, live, default = 0.001)]
        a_plus: f64,
        /// Amplitude of LTD (c_d), as a share of the weight.
        #[param("Depression", symbol = "A₋", range = AMPLITUDE, live, main, default = 0.003)]
        a_minus: f64,
        /// Standard deviation of the noise in every change, as a share of the weight.
        #[param("Noise", symbol = "ν", range = linear(0.0, 0.1, 0.001), main, default = 0.005)]
        noise: f64,
    },
    /// An output spike counts more, the sooner it follows another output spike (Pfister and Gerstner).
    #[choice("triplets")]
    Triplet {
        /// Which fit to data. Amplitudes, time constants and pairing belong together.
        #[param("Fit", key = "triplet_row")]
        fit: TripletFit,
        /// Factor of all amplitudes. The fit gives changes as shares of the initial weight; here they are shares of the
        /// maximum weight.
        #[param("Amplitudes", key = "triplet_scale", range = log(0.01, 10.0, 0.01), default = 1.0)]
        scale: f64,
    },
    /// An output spike changes every synapse by its trace minus an offset; there is no lower end (STDP-research).
    #[choice("offset, as published")]
    Offset {
        /// How much one output spike changes the weights.
        #[param("Learning rate", range = STEP_RATE, default = 1e-4)]
        learning_rate: f64,
        /// Trace at which nothing changes. An input of rate r has the mean trace r τ₊.
        #[param("Offset", range = linear(0.0, 1.0, 0.005), main, default = 0.005)]
        offset: f64,
        /// What it remembers.
        #[nest]
        trace: TraceParams,
    },
    /// Its upper end is always 0.1 above the largest weight, so weights have no end (STDP-research).
    #[choice("asymptotic, as published")]
    Asymptotic {
        /// Amplitude of potentiation; multiplied by the squared distance to the upper end.
        #[param("Potentiation", symbol = "A₊", range = STEP_RATE, default = 1e-4)]
        a_plus: f64,
        /// Amplitude of depression; multiplied by the squared weight.
        #[param("Depression", symbol = "A₋", range = log(1e-6, 10.0, 1e-6), default = 2e-4)]
        a_minus: f64,
        /// What it remembers.
        #[nest]
        trace: TraceParams,
    },
    /// What counts is the potential: its mean when an input fires, and itself while it is high (Clopath).
    #[choice("voltage-based (Clopath)", key = "voltage")]
    Voltage(VoltageParams),
    /// A learning window of your own, drawn through points.
    #[choice("own window", key = "window")]
    Window {
        /// Points lag:change, the lag in ms, output minus input. Between them the curve does not overshoot, outside it is
        /// 0. Two points at 0 make a step.
        #[param("Points of the window", key = "points", text = window_rule, main, default = OWN_WINDOW)]
        points: String,
        /// Lags change their sign: the same area, but what potentiated depresses.
        #[param("Mirrored", key = "mirrored", default = false)]
        is_mirrored: bool,
    },
    /// What an input spike and an output spike add to a weight, in formulas of your own.
    #[choice("own formula", key = "formula")]
    Formula {
        /// What an input spike adds to its weight. x, y: traces of earlier input and output spikes; x_slow, y_slow: slower
        /// ones; w: the weight, from 0 to w_max = 1; v: the potential in mV. With + − * / ^ and exp, log, sqrt, abs, min,
        /// max, step, pos.
        #[param("At an input spike", key = "on_input", text = formula_rule, main, default = "-0.0055*y")]
        on_input: String,
        /// What an output spike adds to each weight, in the same language.
        #[param("At an output spike", key = "on_output", text = formula_rule, main, default = "0.005*x")]
        on_output: String,
        /// How long x lasts.
        #[param("Trace x", symbol = "τ_x", unit = Ms, range = WINDOW, default = 20.0)]
        tau_x_ms: f64,
        /// How long y lasts.
        #[param("Trace y", symbol = "τ_y", unit = Ms, range = WINDOW, default = 20.0)]
        tau_y_ms: f64,
        /// How long x_slow lasts.
        #[param("Slow trace of the input", unit = Ms, range = SLOW, default = 100.0)]
        tau_x_slow_ms: f64,
        /// How long y_slow lasts.
        #[param("Slow trace of the output", unit = Ms, range = SLOW, default = 125.0)]
        tau_y_slow_ms: f64,
    },
    /// Weights stay as they are.
    #[choice("none", key = "none")]
    Fixed,
}

/// A window that is nobody's: like pair STDP's, with straight ends.
const OWN_WINDOW: &str = "-60:0,-30:-0.0012,-12:-0.003,0:-0.0055,0:0.005,10:0.003,25:0.0012,60:0";

/// The memory of a rule of whole steps.
#[derive(Clone, Copy, Debug, PartialEq, Params, GetSize)]
pub struct TraceParams {
    // 0.9 per step is 9.5 ms.
    /// Time constant of the trace. The source keeps 0.9 of it per step of 1 ms.
    #[param("Trace", symbol = "τ₊", unit = Ms, range = WINDOW, default = 9.5)]
    pub tau_plus_ms: f64,
}

/// Which spikes are paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum PairingKind {
    /// Every input spike with every output spike.
    #[choice("all to all", key = "all")]
    AllToAll,
    /// Every spike with the latest spike of the other side.
    #[choice("nearest")]
    Nearest,
    /// Every input spike with its nearest output spikes, before and after.
    #[choice("presynaptic centred", key = "pre_centred")]
    PresynapticCentred,
    /// As nearest, but each spike is used only once.
    #[choice("reduced")]
    Reduced,
}

/// What an input and an output spike of one step do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum CoincidenceKind {
    /// As if the input spike came first and caused the output spike.
    #[choice("potentiates", key = "plus")]
    PreFirst,
    /// As if the output spike came first, as in Song, Miller and Abbott (2000).
    #[choice("depresses", key = "minus")]
    PostFirst,
    /// Both changes, each of full size.
    #[choice("does both")]
    Both,
    /// The pair is left out, as in NEST.
    #[choice("does nothing", key = "none")]
    Neither,
}

/// A fit of the triplet rule to data, in the order of `sim`'s rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum TripletFit {
    /// All-to-all, full.
    #[choice("visual cortex")]
    Visual,
    /// All-to-all.
    #[choice("visual cortex, minimal")]
    #[default]
    VisualMinimal,
    /// Full.
    #[choice("visual cortex, nearest")]
    VisualNearest,
    /// Nearest.
    #[choice("visual, nearest, minimal")]
    VisualNearestMinimal,
    /// All-to-all, full.
    #[choice("hippocampus")]
    Hippocampus,
    /// All-to-all.
    #[choice("hippocampus, minimal")]
    HippocampusMinimal,
    /// Full.
    #[choice("hippocampus, nearest")]
    HippocampusNearest,
    /// Nearest.
    #[choice("hippocampus, nearest, minimal")]
    HippocampusNearestMinimal,
}

const WINDOW: FloatRange = FloatRange::log(1.0, 1_000.0, 0.5);
const SLOW: FloatRange = FloatRange::log(1.0, 10_000.0, 0.5);
const AMPLITUDE: FloatRange = FloatRange::log(1e-5, 1.0, 1e-5);
/// Learning rates of rules of whole steps.
const STEP_RATE: FloatRange = FloatRange::log(1e-6, 1.0, 1e-6);

impl LearningParams {
    fn rules(&self) -> Vec<Problem> {
        let is_own = matches!(self.rule, RuleKind::Window { .. } | RuleKind::Formula { .. });
        let is_odd = !matches!(self.pairing, PairingKind::AllToAll | PairingKind::Nearest);
        let sees_step =
            matches!(self.coincidence, CoincidenceKind::Both | CoincidenceKind::Neither);
        let is_formula = matches!(self.rule, RuleKind::Formula { .. });
        let problems = [
            Problem::when(is_own && is_odd, &["pairing"], || {
                "a rule of your own pairs all spikes or the nearest ones. Set \"Pairing\" to one of these.".into()
            }),
            Problem::when(is_formula && sees_step, &["coincidence"], || {
                "with formulas either the input or the output comes first. Set \"Same step\" to potentiates or depresses.".into()
            }),
        ];
        problems.into_iter().flatten().collect()
    }

    /// Amplitudes of potentiation and of depression by pairs, in units of the greatest weight.
    pub fn amplitudes(&self) -> [f64; 2] {
        match self.rule {
            RuleKind::VanRossum { a_plus, a_minus, .. } => [a_plus, a_minus],
            _ => [self.a_plus, self.a_plus * self.ratio],
        }
    }
}

impl RuleKind {
    /// Pairs of spikes, with windows and a pairing.
    pub fn has_pairs(&self) -> bool {
        self.has_ratio() || matches!(self, Self::VanRossum { .. })
    }

    /// It says which spikes are paired, and what spikes of one step do.
    fn has_pairing(&self) -> bool {
        self.has_pairs() || matches!(self, Self::Window { .. } | Self::Formula { .. })
    }

    /// Pairs of spikes whose amplitudes are given by a ratio.
    fn has_ratio(&self) -> bool {
        matches!(self, Self::Pair | Self::PowerLaw { .. })
    }

    /// Its weights have no ends.
    pub fn is_unbounded(&self) -> bool {
        matches!(self, Self::Offset { .. } | Self::Asymptotic { .. })
    }
}
