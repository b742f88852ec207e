//! Parameters of the neuron with many inputs.

use get_size2::GetSize;

use super::super::inputs::Generator;
use super::rule::{AMPLITUDE, WINDOW};
use super::{
    CORRELATION, CellKind, ConductanceParams, DURATION, HomeostasisKind, RATE, RuleKind,
    correlation_field, duration_field, num_inputs_field, rate_field,
};
use crate::lab::param::{
    Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Problem, Unit, choose,
};

/// Parameters of the neuron with many inputs.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct NeuronParams {
    /// Correlation of the group.
    pub correlation: f64,
    /// Share of the inputs that are correlated.
    pub correlated_share: f64,
    /// Correlation of the second group.
    pub correlation_2: f64,
    /// Share of the inputs in the second group.
    pub correlated_share_2: f64,
    /// Generator.
    pub generator: Generator,
    /// Inputs are independent; the output rate is that of a copy with correlated ones.
    pub is_yoked: bool,
    /// Inputs.
    pub num_inputs: u32,
    /// Rate of every input, or of the slowest.
    pub rate_hz: f64,
    /// What the fastest input has more than the slowest.
    pub rate_span_hz: f64,
    /// Learning rule.
    pub rule: RuleKind,
    /// Amplitude of potentiation, in units of the greatest weight.
    pub a_plus: f64,
    /// A₋/A₊.
    pub ratio: f64,
    /// Exponent of the weight dependence; 0 is additive, 1 multiplicative.
    pub mu: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Index into [`PAIRINGS`].
    pub pairing: u32,
    /// Index into [`COINCIDENCES`].
    pub coincidence: u32,
    /// Initial weights from.
    pub w_init_min: f64,
    /// Initial weights to.
    pub w_init_max: f64,
    /// What acts on all weights besides learning.
    pub homeostasis: HomeostasisKind,
    /// The neuron.
    pub cell: CellKind,
    /// Length of the run.
    pub duration_s: f64,
}

impl Default for NeuronParams {
    fn default() -> Self {
        Self {
            correlation: 0.2,
            correlated_share: 0.5,
            correlation_2: 0.0,
            correlated_share_2: 0.0,
            generator: Generator::default(),
            is_yoked: false,
            num_inputs: 100,
            rate_hz: 10.0,
            rate_span_hz: 0.0,
            rule: RuleKind::Pair,
            a_plus: 0.005,
            ratio: 1.1,
            mu: 0.0,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            pairing: 0,
            coincidence: 0,
            w_init_min: 0.2,
            w_init_max: 0.8,
            homeostasis: HomeostasisKind::None,
            cell: CellKind::Conductance(ConductanceParams::default()),
            duration_s: 400.0,
        }
    }
}

const PAIRINGS: &[Alternative] = &[
    Alternative {
        key: "all",
        label: "all to all",
        help: "Every input spike with every output spike.",
    },
    Alternative {
        key: "nearest",
        label: "nearest",
        help: "Every spike with the latest of the other side.",
    },
    Alternative {
        key: "pre_centred",
        label: "presynaptic centred",
        help: "Every input spike with its nearest output spikes, before and after.",
    },
    Alternative {
        key: "reduced",
        label: "reduced",
        help: "As nearest, and a spike that was used is used up.",
    },
];

const COINCIDENCES: &[Alternative] = &[
    Alternative {
        key: "plus",
        label: "potentiates",
        help: "The input may have caused the output spike.",
    },
    Alternative { key: "minus", label: "depresses", help: "As in Song, Miller and Abbott 2000." },
    Alternative { key: "both", label: "does both", help: "Both changes, each in full." },
    Alternative { key: "none", label: "does nothing", help: "As in NEST." },
];

const SHARE: FloatRange = FloatRange::linear(0.0, 1.0, 0.05);
const WEIGHT: FloatRange = FloatRange::linear(0.0, 1.0, 0.01);

impl NeuronParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            correlation,
            correlated_share,
            correlation_2,
            correlated_share_2,
            generator,
            is_yoked,
            num_inputs,
            rate_hz,
            rate_span_hz,
            rule,
            a_plus,
            ratio,
            mu,
            tau_plus_ms,
            tau_minus_ms,
            pairing,
            coincidence,
            w_init_min,
            w_init_max,
            homeostasis,
            cell,
            duration_s,
        } = self;
        v.float(correlation_field(), CORRELATION, correlation);
        rule.visit_choice(v);
        if rule.has_ratio() {
            v.float(
                Field::new(
                    "ratio",
                    "Depression over potentiation",
                    "A₋/A₊. Above 1, inputs that fire at random lose.",
                )
                .with("A₋/A₊", Unit::None)
                .live()
                .main(),
                FloatRange::linear(0.8, 1.5, 0.005),
                ratio,
            );
        }
        if matches!(rule, RuleKind::Pair) {
            v.float(
                Field::new("mu", "Weight dependence", "0: additive, every change in full. 1: multiplicative, in proportion to the room left.")
                    .with("μ", Unit::None)
                    .main(),
                WEIGHT,
                mu,
            );
        }
        v.group(Group { key: "learning", label: "Learning" });
        rule.visit(v);
        if rule.has_ratio() {
            v.float(
                Field::new("a_plus", "Potentiation", "Amplitude, in units of the greatest weight.")
                    .with("A₊", Unit::None)
                    .live(),
                AMPLITUDE,
                a_plus,
            );
        }
        if rule.has_pairs() {
            v.float(
                Field::new("tau_plus_ms", "Window of potentiation", "Its time constant.")
                    .with("τ₊", Unit::Ms),
                WINDOW,
                tau_plus_ms,
            );
            v.float(
                Field::new("tau_minus_ms", "Window of depression", "Its time constant.")
                    .with("τ₋", Unit::Ms),
                WINDOW,
                tau_minus_ms,
            );
            choose(
                v,
                Field::new("pairing", "Pairing", "Which spikes are paired."),
                PAIRINGS,
                pairing,
            );
            choose(
                v,
                Field::new(
                    "coincidence",
                    "Same step",
                    "What an input and an output spike of one step do.",
                ),
                COINCIDENCES,
                coincidence,
            );
        }
        v.float(
            Field::new(
                "w_init_min",
                "Initial weights from",
                "Initial weights are drawn uniformly from this value up.",
            ),
            WEIGHT,
            w_init_min,
        );
        v.float(
            Field::new(
                "w_init_max",
                "Initial weights to",
                "Initial weights are drawn uniformly up to this value.",
            ),
            WEIGHT,
            w_init_max,
        );
        homeostasis.visit(v);
        v.group(Group { key: "inputs", label: "Inputs" });
        v.float(
            Field::new(
                "correlated_share",
                "Correlated inputs",
                "Share of the inputs that are correlated, or take part in the pattern: the first ones.",
            ),
            SHARE,
            correlated_share,
        );
        v.float(
            Field::new(
                "correlated_share_2",
                "Second group",
                "Share of the inputs that form a second correlated group.",
            ),
            SHARE,
            correlated_share_2,
        );
        v.float(
            Field::new(
                "correlation_2",
                "Its correlation",
                "Pairwise correlation within the second group.",
            )
            .with("c₂", Unit::None),
            CORRELATION,
            correlation_2,
        );
        generator.visit(v);
        if generator.is_of_groups() {
            let help = "Inputs are independent. A copy of the neuron hears the correlated ones, and the gain of the synapses \
                        follows it, so that both fire equally often.";
            v.flag(Field::new("yoked", "Yoked control", help), is_yoked);
        }
        v.int(num_inputs_field(), IntRange { min: 2, max: 2_000 }, num_inputs);
        v.float(rate_field(), RATE, rate_hz);
        v.float(
            Field::new(
                "rate_span_hz",
                "Spread of rates",
                "What the fastest input has more than the slowest. Only without correlations.",
            )
            .with("", Unit::Hz),
            FloatRange::linear(0.0, 100.0, 1.0),
            rate_span_hz,
        );
        v.float(duration_field(), DURATION, duration_s);
        v.group(Group { key: "neuron", label: "Neuron" });
        cell.visit(v);
    }

    /// Its generator makes groups, and one of them is correlated.
    pub fn is_correlated(&self) -> bool {
        self.generator.is_of_groups()
            && (self.correlation * self.correlated_share > 0.0
                || self.correlation_2 * self.correlated_share_2 > 0.0)
    }

    /// What a yoked neuron follows: the same with correlated inputs. None for any other.
    pub fn leader(&self) -> Option<Self> {
        let is_follower = self.is_yoked && self.generator.is_of_groups();
        is_follower.then(|| Self { is_yoked: false, ..self.clone() })
    }

    /// Amplitudes of potentiation and of depression by pairs, in units of the greatest weight.
    pub fn amplitudes(&self) -> [f64; 2] {
        match self.rule {
            RuleKind::VanRossum { a_plus, a_minus, .. } => [a_plus, a_minus],
            _ => [self.a_plus, self.a_plus * self.ratio],
        }
    }

    pub(super) fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let shares = self.correlated_share + self.correlated_share_2;
        if shares > 1.0 + 1e-9 {
            problems.push(Problem {
                keys: vec!["correlated_share", "correlated_share_2"],
                message: format!("the two groups take {shares} of the inputs, more than there are. Make one smaller."),
            });
        }
        if self.w_init_min > self.w_init_max {
            problems.push(Problem {
                keys: vec!["w_init_min", "w_init_max"],
                message: format!(
                    "w_init_min ({}) must not be above w_init_max ({}).",
                    self.w_init_min, self.w_init_max
                ),
            });
        }
        if self.correlated_share_2 > 0.0 && !self.generator.is_of_groups() {
            problems.push(Problem {
                keys: vec!["correlated_share_2"],
                message: "this generator has no second group. Set correlated_share_2=0, or choose another recipe."
                    .into(),
            });
        }
        if let CellKind::Conductance(cell) = &self.cell
            && cell.is_vogels
            && cell.num_inhibitory == 0
        {
            problems.push(Problem {
                keys: vec!["vogels", "num_inhibitory"],
                message: "there is no inhibition that could learn. Set num_inhibitory to 1000, or vogels=0.".into(),
            });
        }
        if let CellKind::Response(cell) = &self.cell {
            problems.extend(cell.check());
        }
        let has_group = self.is_correlated() || !self.generator.is_of_groups();
        if self.rate_span_hz > 0.0 && has_group {
            problems.push(Problem {
                keys: vec!["rate_span_hz"],
                message: "inputs of different rates cannot be correlated here. Set correlation=0 for a spread of rates."
                    .into(),
            });
        }
        problems
    }
}
