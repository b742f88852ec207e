//! Which learning rule, and the constants that only this rule has.

use get_size2::GetSize;

use crate::lab::param::{Alternative, Field, FloatRange, ParamVisitor, Unit, choose};

/// Which rule changes the weights.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum RuleKind {
    /// Pairs of spikes; its constants are those of the neuron.
    Pair,
    /// Pairs of spikes, potentiation growing with a power of the weight (Morrison).
    PowerLaw {
        /// The power.
        mu: f64,
        /// Weight at which potentiation is A₊ w₀.
        w_0: f64,
    },
    /// Pairs of spikes, potentiation of one size, depression in proportion to the weight, and noise (van Rossum).
    VanRossum {
        /// Amplitude of potentiation: c_p in units of the greatest weight.
        a_plus: f64,
        /// Amplitude of depression: c_d, which is a share of the weight and has no unit.
        a_minus: f64,
        /// Standard deviation ν of the noise of every change, as a share of the weight.
        noise: f64,
    },
    /// Triplets of spikes.
    Triplet {
        /// Index into the rule's rows.
        row: u32,
        /// Factor of all amplitudes.
        scale: f64,
    },
    /// Pushes by the trace's distance from an offset, as published.
    Offset {
        /// Learning rate.
        learning_rate: f64,
        /// The trace at which nothing changes.
        offset: f64,
        /// Memory of input spikes.
        tau_plus_ms: f64,
    },
    /// Meant to approach an upper end, as published.
    Asymptotic {
        /// Amplitude of potentiation.
        a_plus: f64,
        /// Amplitude of depression.
        a_minus: f64,
        /// Memory of both traces.
        tau_plus_ms: f64,
    },
    /// None.
    Fixed,
}

const KINDS: &[Alternative] = &[
    Alternative {
        key: "pair",
        label: "pairs",
        help: "Every pair of an input and an output spike counts by itself.",
    },
    Alternative {
        key: "power_law",
        label: "pairs, power law",
        help: "Potentiation grows with a power of the weight, depression in proportion to it (Morrison).",
    },
    Alternative {
        key: "van_rossum",
        label: "pairs, with noise (van Rossum)",
        help: "Potentiation of one size, depression in proportion to the weight, and every change is noisy.",
    },
    Alternative {
        key: "triplet",
        label: "triplets",
        help: "An output spike counts the more the sooner it follows another one (Pfister and Gerstner).",
    },
    Alternative {
        key: "offset",
        label: "offset, as published",
        help: "An output spike pushes every synapse by its trace minus an offset; no lower end (STDP-research).",
    },
    Alternative {
        key: "asymptotic",
        label: "asymptotic, as published",
        help: "Its upper end is always 0.1 above the largest weight, so there is none (STDP-research).",
    },
    Alternative { key: "none", label: "none", help: "Weights stay as they are." },
];

/// In the order of the rule's rows.
const ROWS: &[Alternative] = &[
    Alternative { key: "visual", label: "visual cortex", help: "All-to-all, full." },
    Alternative { key: "visual_minimal", label: "visual cortex, minimal", help: "All-to-all." },
    Alternative { key: "visual_nearest", label: "visual cortex, nearest", help: "Full." },
    Alternative {
        key: "visual_nearest_minimal",
        label: "visual, nearest, minimal",
        help: "Nearest.",
    },
    Alternative { key: "hippocampus", label: "hippocampus", help: "All-to-all, full." },
    Alternative { key: "hippocampus_minimal", label: "hippocampus, minimal", help: "All-to-all." },
    Alternative { key: "hippocampus_nearest", label: "hippocampus, nearest", help: "Full." },
    Alternative {
        key: "hippocampus_nearest_minimal",
        label: "hippocampus, nearest, minimal",
        help: "Nearest.",
    },
];

pub(super) const WINDOW: FloatRange = FloatRange::log(1.0, 200.0, 0.5);
pub(super) const AMPLITUDE: FloatRange = FloatRange::log(1e-5, 0.1, 1e-5);
const RATE: FloatRange = FloatRange::log(1e-6, 1.0, 1e-6);

impl RuleKind {
    /// The choice itself, which other parameters depend on.
    pub(super) fn visit_choice(&mut self, v: &mut dyn ParamVisitor) {
        let mut chosen = self.index();
        v.choice(
            Field::new("rule", "Rule", "Which learning rule changes the weights."),
            KINDS,
            &mut chosen,
        );
        if chosen != self.index() {
            *self = Self::of_index(chosen);
        }
    }

    /// What only this rule has.
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        match self {
            Self::Pair | Self::Fixed => {}
            Self::PowerLaw { mu, w_0 } => {
                v.float(
                    Field::new("mu", "Power", "Of the weight, in potentiation.")
                        .with("μ", Unit::None),
                    FloatRange::linear(0.0, 1.0, 0.01),
                    mu,
                );
                let help = "At this weight potentiation is A₊ times it, as for μ = 1.";
                v.float(
                    Field::new("w_0", "Reference weight", help).with("w₀", Unit::None),
                    FloatRange::linear(0.01, 1.0, 0.01),
                    w_0,
                );
            }
            Self::VanRossum { a_plus, a_minus, noise } => {
                let help = "Amplitude, in units of the greatest weight: c_p. Alone with depression it balances at A₊/A₋.";
                v.float(
                    Field::new("a_plus", "Potentiation", help).with("A₊", Unit::None).live(),
                    AMPLITUDE,
                    a_plus,
                );
                let help = "Amplitude, as a share of the weight: c_d.";
                v.float(
                    Field::new("a_minus", "Depression", help).with("A₋", Unit::None).live().main(),
                    AMPLITUDE,
                    a_minus,
                );
                let help = "Standard deviation of what every change adds by chance, as a share of the weight.";
                v.float(
                    Field::new("noise", "Noise", help).with("ν", Unit::None).main(),
                    FloatRange::linear(0.0, 0.1, 0.001),
                    noise,
                );
            }
            Self::Triplet { row, scale } => {
                let help =
                    "Which fit to data. Amplitudes, time constants and pairing belong together.";
                choose(v, Field::new("triplet_row", "Fit", help), ROWS, row);
                let help = "Factor of all amplitudes. At 1, a change that the fit gives as a share of the initial \
                            weight is taken as a share of the greatest.";
                v.float(
                    Field::new("triplet_scale", "Amplitudes", help),
                    FloatRange::log(0.01, 10.0, 0.01),
                    scale,
                );
            }
            Self::Offset { learning_rate, offset, tau_plus_ms } => {
                v.float(
                    Field::new("learning_rate", "Learning rate", "Of every output spike."),
                    RATE,
                    learning_rate,
                );
                v.float(
                    Field::new(
                        "offset",
                        "Offset",
                        "The trace at which nothing changes. An input of rate r has the mean \
                                trace r τ₊.",
                    )
                    .main(),
                    FloatRange::linear(0.0, 1.0, 0.005),
                    offset,
                );
                v.float(trace_field(), WINDOW, tau_plus_ms);
            }
            Self::Asymptotic { a_plus, a_minus, tau_plus_ms } => {
                v.float(
                    Field::new(
                        "a_plus",
                        "Potentiation",
                        "Times the squared distance to the upper end.",
                    )
                    .with("A₊", Unit::None),
                    RATE,
                    a_plus,
                );
                v.float(
                    Field::new("a_minus", "Depression", "Times the squared weight.")
                        .with("A₋", Unit::None),
                    FloatRange::log(1e-6, 10.0, 1e-6),
                    a_minus,
                );
                v.float(trace_field(), WINDOW, tau_plus_ms);
            }
        }
    }

    /// Pairs of spikes, whose windows and pairing are among the constants of the neuron.
    pub fn has_pairs(&self) -> bool {
        self.has_ratio() || matches!(self, Self::VanRossum { .. })
    }

    /// Pairs of spikes, whose amplitudes are among the constants of the neuron as well.
    pub fn has_ratio(&self) -> bool {
        matches!(self, Self::Pair | Self::PowerLaw { .. })
    }

    /// Its weights have no ends.
    pub fn is_unbounded(&self) -> bool {
        matches!(self, Self::Offset { .. } | Self::Asymptotic { .. })
    }

    fn index(&self) -> usize {
        match self {
            Self::Pair => 0,
            Self::PowerLaw { .. } => 1,
            Self::VanRossum { .. } => 2,
            Self::Triplet { .. } => 3,
            Self::Offset { .. } => 4,
            Self::Asymptotic { .. } => 5,
            Self::Fixed => 6,
        }
    }

    /// With the defaults of its source: traces that keep 0.9 per step of 1 ms decay in 9.5 ms. Of van Rossum's
    /// c_p = 1 pS and c_d = 0.003 the second has no unit, and the first is taken for a greatest weight of 1,000 pS,
    /// three times the weight at which both balance. His ν is 0.015; here every change has it in full, however far apart
    /// its spikes are, and a third of it makes as broad a hump.
    fn of_index(index: usize) -> Self {
        let tau_plus_ms = 9.5;
        match index {
            0 => Self::Pair,
            1 => Self::PowerLaw { mu: 0.4, w_0: 0.5 },
            2 => Self::VanRossum { a_plus: 0.001, a_minus: 0.003, noise: 0.005 },
            3 => Self::Triplet { row: 1, scale: 1.0 },
            4 => Self::Offset { learning_rate: 1e-4, offset: 0.005, tau_plus_ms },
            5 => Self::Asymptotic { a_plus: 1e-4, a_minus: 2e-4, tau_plus_ms },
            _ => Self::Fixed,
        }
    }
}

fn trace_field() -> Field {
    Field::new("tau_plus_ms", "Trace", "Memory of spikes. The source keeps 0.9 per step of 1 ms.")
        .with("τ₊", Unit::Ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::plasticity::triplet;

    #[test]
    fn every_fit_has_its_name() {
        assert_eq!(ROWS.len(), triplet::ROWS.len());
        for (choice, row) in ROWS.iter().zip(triplet::ROWS) {
            assert_eq!(choice.key.starts_with("visual"), row.name.starts_with("visual"));
            assert_eq!(choice.key.contains("nearest"), row.is_nearest, "{}", row.name);
            assert_eq!(choice.key.ends_with("minimal"), row.name.ends_with("minimal"));
        }
    }
}
