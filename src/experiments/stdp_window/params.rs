//! What can be changed. Keys and defaults are part of the link contract.

use get_size2::GetSize;

use super::more_rules::{AsymptoticRule, InhibitoryRule, OffsetRule};
use super::rules::{Dependence, PairRule, RuleParams};
use crate::lab::param::{Alternative, Field, FloatRange, Group, ParamVisitor, Unit, choose};
use crate::sim::plasticity::triplet::ROWS;

/// All parameters.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct StdpWindow {
    /// t_post − t_pre of the pair that is shown, whatever the sign of the axis.
    pub delta_t_ms: f64,
    /// How the window's axis counts: t_post − t_pre (0) or t_pre − t_post (1).
    pub sign: u32,
    /// The rule.
    pub rule: RuleParams,
}

impl Default for StdpWindow {
    fn default() -> Self {
        Self { delta_t_ms: 10.0, sign: 0, rule: RuleParams::Pair(PairRule::default()) }
    }
}

const RULES: &[Alternative] = &[
    Alternative {
        key: "pair",
        label: "Pairs",
        help: "One trace per side; every pair of spikes changes the weight by itself.",
    },
    Alternative {
        key: "triplet",
        label: "Triplets",
        help: "Two traces per side: a pair does more when another spike came shortly before.",
    },
    Alternative {
        key: "inhibitory",
        label: "Inhibitory (Vogels)",
        help: "Either order strengthens, every input spike weakens: inhibition finds a target rate.",
    },
    Alternative {
        key: "offset",
        label: "Offset, as published",
        help: "An output spike moves the weights of all neurons, whoever fired. It cannot work.",
    },
    Alternative {
        key: "asymptotic",
        label: "Asymptotic, as published",
        help: "Its upper end moves ahead of the largest weight for ever. It cannot work.",
    },
];

const SIGNS: &[Alternative] = &[
    Alternative {
        key: "post_minus_pre",
        label: "t_post − t_pre",
        help: "The usual way: causal pairs on the right.",
    },
    Alternative {
        key: "pre_minus_post",
        label: "t_pre − t_post",
        help: "The mirror image, as in Ezra Tsur's course page: causal pairs on the left.",
    },
];

const fn dependence(key: &'static str, label: &'static str, help: &'static str) -> Alternative {
    Alternative { key, label, help }
}

const DEPENDENCES: &[Alternative] = &[
    dependence("additive", "additive", "Full changes, cut off at 0 and 1 (Song 2000)."),
    dependence("unbounded", "additive, no bounds", "Full changes, whatever the weight."),
    dependence("multiplicative", "multiplicative", "In proportion to the room left (Rubin 2001)."),
    dependence(
        "gutig",
        "power μ of the room (Gütig)",
        "From additive, μ = 0, to multiplicative, 1.",
    ),
    dependence(
        "van_rossum",
        "van Rossum, without noise",
        "Potentiation does not depend on the weight, depression is in proportion to it.",
    ),
    dependence("gate", "gate", "Full changes inside the bounds, none outside: it may overshoot."),
    dependence(
        "power_law",
        "power law (Morrison)",
        "Potentiation grows with the weight's power μ, depression in proportion to it; no upper end.",
    ),
];

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
        key: "centred",
        label: "presynaptic-centred",
        help: "Every input spike with the nearest output spike on either side.",
    },
    Alternative {
        key: "reduced",
        label: "reduced",
        help: "Nearest, and a spike that was paired is used up.",
    },
];

const COINCIDENCES: &[Alternative] = &[
    Alternative { key: "potentiates", label: "potentiates", help: "As if the input came first." },
    Alternative {
        key: "depresses",
        label: "depresses",
        help: "As if the output came first (Song 2000).",
    },
    Alternative { key: "both", label: "does both", help: "Both changes, each in full." },
    Alternative { key: "neither", label: "does nothing", help: "As in NEST." },
];

const fn row(key: &'static str, place: usize) -> Alternative {
    Alternative { key, label: ROWS[place].name, help: ROWS[place].origin }
}

const TRIPLET_ROWS: &[Alternative] = &[
    row("visual_full", 0),
    row("visual_min", 1),
    row("visual_nearest_full", 2),
    row("visual_nearest_min", 3),
    row("hippocampus_full", 4),
    row("hippocampus_min", 5),
    row("hippocampus_nearest_full", 6),
    row("hippocampus_nearest_min", 7),
];

/// Of amplitudes and learning rates.
pub(super) const AMPLITUDE: FloatRange = FloatRange::log(1e-4, 1.0, 1e-4);
const TAU: FloatRange = FloatRange::linear(1.0, 100.0, 0.1);

/// A number with its label, help and symbol.
pub(super) fn choose_float(
    v: &mut dyn ParamVisitor,
    key: &'static str,
    (label, help, symbol): (&'static str, &'static str, &'static str),
    unit: Unit,
    range: FloatRange,
    value: &mut f64,
) {
    let field = Field::new(key, label, help).with(symbol, unit);
    // Time constants stand behind "more": there is room for five numbers in front.
    v.float(if unit == Unit::Ms { field } else { field.main() }, range, value);
}

impl RuleParams {
    /// Its place in the menu.
    fn place(&self) -> u32 {
        match self {
            Self::Pair(_) => 0,
            Self::Triplet { .. } => 1,
            Self::Inhibitory(_) => 2,
            Self::Offset(_) => 3,
            Self::Asymptotic(_) => 4,
        }
    }

    fn at(place: u32) -> Self {
        match place {
            0 => Self::Pair(PairRule::default()),
            1 => Self::Triplet { row: 1 },
            2 => Self::Inhibitory(InhibitoryRule::default()),
            3 => Self::Offset(OffsetRule::default()),
            _ => Self::Asymptotic(AsymptoticRule::default()),
        }
    }
}

impl StdpWindow {
    /// The parameters in the order of the page.
    pub fn visit_all(&mut self, v: &mut dyn ParamVisitor) {
        let Self { delta_t_ms, sign, rule } = self;
        v.group(Group { key: "one_pair", label: "One pair" });
        v.float(
            Field::new(
                "delta_t_ms",
                "Output minus input",
                "When the output fires after the input (t_post − t_pre): negative if it fires first. \
                 The spikes in the figures can be dragged, too.",
            )
            .with("Δt", Unit::Ms)
            .main(),
            FloatRange::linear(-100.0, 100.0, 0.5),
            delta_t_ms,
        );
        choose(
            v,
            Field::new(
                "sign",
                "Axis of the window",
                "Both are in use; they are mirror images, and mixing them up turns a rule around.",
            ),
            SIGNS,
            sign,
        );
        v.group(Group { key: "learning", label: "Rule" });
        let mut chosen = rule.place();
        choose(
            v,
            Field::new("rule", "Rule", "What is remembered of spikes.").main(),
            RULES,
            &mut chosen,
        );
        if chosen != rule.place() {
            *rule = RuleParams::at(chosen);
        }
        match rule {
            RuleParams::Pair(pair) => pair.visit(v),
            RuleParams::Triplet { row } => choose(
                v,
                Field::new(
                    "row",
                    "Fit",
                    "Amplitudes, slow time constants and pairing were fitted together and come together. \
                     The weight is 1 before.",
                )
                .main(),
                TRIPLET_ROWS,
                row,
            ),
            RuleParams::Inhibitory(rule) => rule.visit(v),
            RuleParams::Offset(rule) => rule.visit(v),
            RuleParams::Asymptotic(rule) => rule.visit(v),
        }
    }
}

impl PairRule {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            dependence,
            mu,
            w_init,
            a_plus,
            a_minus,
            tau_plus_ms,
            tau_minus_ms,
            pairing,
            coincidence,
        } = self;
        let mut chosen = *dependence as u32;
        choose(
            v,
            Field::new(
                "dependence",
                "Dependence on the weight",
                "How far a weight moves depends on where it is. The range of weights is 0 to 1.",
            )
            .main(),
            DEPENDENCES,
            &mut chosen,
        );
        if chosen != *dependence as u32 {
            *dependence = Dependence::ALL[chosen as usize];
            *mu = if *dependence == Dependence::PowerLaw { 0.4 } else { 0.2 };
        }
        if matches!(dependence, Dependence::Gutig | Dependence::PowerLaw) {
            let field = Field::new("mu", "Exponent", "How strongly changes depend on the weight.");
            v.float(field.with("μ", Unit::None), FloatRange::linear(0.0, 1.0, 0.01), mu);
        }
        v.float(
            Field::new("w_init", "Weight before", "The weight that the pair finds.")
                .with("w", Unit::None)
                .main(),
            FloatRange::linear(0.01, 1.0, 0.01),
            w_init,
        );
        let float = |v: &mut dyn ParamVisitor, key, label, help, symbol, unit, value: &mut f64| {
            let range = if unit == Unit::Ms { TAU } else { AMPLITUDE };
            v.float(Field::new(key, label, help).with(symbol, unit), range, value);
        };
        float(v, "a_plus", "Potentiation", "Of a pair at Δt = +0.", "A₊", Unit::None, a_plus);
        float(v, "a_minus", "Depression", "Of a pair at Δt = −0.", "A₋", Unit::None, a_minus);
        let help = "How long an input spike is remembered.";
        float(v, "tau_plus_ms", "Window of potentiation", help, "τ₊", Unit::Ms, tau_plus_ms);
        let help = "How long an output spike is remembered.";
        float(v, "tau_minus_ms", "Window of depression", help, "τ₋", Unit::Ms, tau_minus_ms);
        let help = "Which spikes form pairs: it matters as soon as there are more than two.";
        choose(v, Field::new("pairing", "Pairing", help), PAIRINGS, pairing);
        let help = "What two spikes at the same moment do to each other.";
        choose(v, Field::new("coincidence", "Δt = 0", help), COINCIDENCES, coincidence);
    }
}
