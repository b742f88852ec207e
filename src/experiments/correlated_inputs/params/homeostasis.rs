//! What acts on all plastic weights besides learning.

use get_size2::GetSize;

use crate::lab::param::{Alternative, Field, FloatRange, ParamVisitor, Unit};

/// Which homeostasis, with its constants.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum HomeostasisKind {
    /// None.
    None,
    /// All weights are scaled until the output fires at a target rate.
    Scaling {
        /// The target.
        target_rate_hz: f64,
        /// Memory of the estimated rate.
        tau_rate_s: f64,
        /// How fast weights are scaled.
        tau_scaling_s: f64,
    },
    /// All weights are scaled to one sum.
    Normalisation {
        /// Their mean.
        mean_weight: f64,
    },
}

const KINDS: &[Alternative] = &[
    Alternative { key: "none", label: "none", help: "Only the learning rule changes weights." },
    Alternative {
        key: "scaling",
        label: "synaptic scaling",
        help: "A neuron that fires too much weakens all its synapses by one factor, one that fires too little \
               strengthens them.",
    },
    Alternative {
        key: "normalisation",
        label: "normalisation",
        help: "The sum of the weights stays: a synapse grows at the cost of the others.",
    },
];

const SECONDS: FloatRange = FloatRange::log(0.1, 1_000.0, 0.1);

impl HomeostasisKind {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let mut chosen = self.index();
        let help = "What keeps the weights in their range, besides the learning rule.";
        v.choice(Field::new("homeostasis", "Homeostasis", help), KINDS, &mut chosen);
        if chosen != self.index() {
            *self = Self::of_index(chosen);
        }
        match self {
            Self::None => {}
            Self::Scaling { target_rate_hz, tau_rate_s, tau_scaling_s } => {
                v.float(
                    Field::new("target_rate_hz", "Target rate", "Of the output.")
                        .with("ρ", Unit::Hz),
                    FloatRange::log(0.5, 100.0, 0.5),
                    target_rate_hz,
                );
                let help = "How long the neuron remembers its spikes when it estimates its rate.";
                v.float(
                    Field::new("tau_rate_s", "Memory of the rate", help).with("τ_a", Unit::S),
                    SECONDS,
                    tau_rate_s,
                );
                let help = "Time in which a silent neuron makes its weights e times as large.";
                v.float(
                    Field::new("tau_scaling_s", "Time of scaling", help).with("τ_w", Unit::S),
                    SECONDS,
                    tau_scaling_s,
                );
            }
            Self::Normalisation { mean_weight } => v.float(
                Field::new("mean_weight", "Mean weight", "To which the weights are scaled."),
                FloatRange::linear(0.01, 1.0, 0.01),
                mean_weight,
            ),
        }
    }

    fn index(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Scaling { .. } => 1,
            Self::Normalisation { .. } => 2,
        }
    }

    fn of_index(index: usize) -> Self {
        match index {
            0 => Self::None,
            1 => Self::Scaling { target_rate_hz: 10.0, tau_rate_s: 10.0, tau_scaling_s: 100.0 },
            _ => Self::Normalisation { mean_weight: 0.3 },
        }
    }
}
