//! What can be changed in the two parts. Keys and defaults are part of the link contract.

mod network;
mod pairing;

use get_size2::GetSize;

pub use network::{NetworkParams, Reward};
pub use pairing::PairingParams;

use crate::lab::param::{Alternative, Field, FloatRange, Group, ParamVisitor, Problem, Unit};

/// All parameters.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DistalReward {
    /// Which of the two, with its own parameters.
    pub part: Part,
}

/// A network, or one synapse.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Part {
    /// 1,000 neurons, one synapse of which is rewarded.
    Network(NetworkParams),
    /// Pairs of spikes at one synapse.
    Pairing(PairingParams),
}

impl Default for DistalReward {
    fn default() -> Self {
        Self { part: Part::Network(NetworkParams::default()) }
    }
}

const PARTS: &[Alternative] = &[
    Alternative {
        key: "network",
        label: "A network",
        help: "1,000 neurons and 80,000 plastic synapses, one of which earns the reward.",
    },
    Alternative {
        key: "pairing",
        label: "Single pairings",
        help: "One synapse in slow motion: what spike timing proposes and what dopamine makes of it.",
    },
];

impl DistalReward {
    /// The parameters in the order of the page.
    pub fn visit_all(&mut self, v: &mut dyn ParamVisitor) {
        let Self { part } = self;
        v.group(Group { key: "part", label: "Experiment" });
        let mut chosen = part.index();
        let field = Field::new(
            "part",
            "Part",
            "A network in which one synapse earns the reward, or one synapse alone.",
        );
        v.choice(field.main(), PARTS, &mut chosen);
        if chosen != part.index() {
            *part = match chosen {
                0 => Part::Network(NetworkParams::default()),
                _ => Part::Pairing(PairingParams::default()),
            };
        }
        match part {
            Part::Network(params) => params.visit(v),
            Part::Pairing(params) => params.visit(v),
        }
    }

    /// Rules between parameters.
    pub fn check_all(&self) -> Vec<Problem> {
        match &self.part {
            Part::Network(params) => params.check(),
            Part::Pairing(_) => Vec::new(),
        }
    }
}

impl Part {
    fn index(&self) -> usize {
        match self {
            Self::Network(_) => 0,
            Self::Pairing(_) => 1,
        }
    }
}

fn tau_c_field() -> Field {
    let help = "How long a synapse remembers what spike timing proposed. Much shorter than the delay of reward, and \
                there is nothing left to be rewarded.";
    Field::new("tau_c_ms", "Memory of the synapse", help).with("τ_c", Unit::Ms)
}

const TAU_C: FloatRange = FloatRange::log(50.0, 10_000.0, 10.0);

fn tau_n_field() -> Field {
    let help = "How long a pulse of dopamine lasts.";
    Field::new("tau_n_ms", "Duration of dopamine", help).with("τ_d", Unit::Ms)
}

const TAU_N: FloatRange = FloatRange::log(20.0, 2_000.0, 10.0);

fn ratio_field() -> Field {
    let help = "1.5 as published: then spikes at random times weaken a synapse.";
    Field::new("ratio", "Depression over potentiation", help).with("A₋/A₊", Unit::None)
}

const RATIO: FloatRange = FloatRange::linear(0.0, 3.0, 0.05);
