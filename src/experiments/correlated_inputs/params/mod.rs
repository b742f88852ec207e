//! What can be changed in the three parts. Keys and defaults are part of the link contract.

mod cell;
mod groups;
mod homeostasis;
mod neuron;
mod rule;
mod synapse;

use get_size2::GetSize;

pub use cell::{
    AdaptiveParams, AfterSpike, CellKind, ConductanceParams, EscapeParams, PulseParams,
};
pub use groups::GroupsParams;
pub use homeostasis::HomeostasisKind;
pub use neuron::NeuronParams;
pub use rule::RuleKind;
pub use synapse::SynapseParams;

use crate::lab::param::{
    Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Problem, Unit,
};

/// All parameters.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct CorrelatedInputs {
    /// Which of the three experiments, with its own parameters.
    pub part: Part,
}

// There is one at a time, so that its size does not matter.
/// The three experiments, from inputs alone to a neuron that learns.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Part {
    /// Input groups and their correlations.
    Groups(GroupsParams),
    /// The published synapse without a neuron.
    Synapse(SynapseParams),
    /// A neuron with many inputs.
    Neuron(NeuronParams),
}

impl Default for CorrelatedInputs {
    fn default() -> Self {
        Self { part: Part::Neuron(NeuronParams::default()) }
    }
}

const PARTS: &[Alternative] = &[
    Alternative {
        key: "groups",
        label: "Input groups",
        help: "How correlated spike trains are made, and how correlated they turn out.",
    },
    Alternative {
        key: "synapse",
        label: "One virtual synapse",
        help: "The published demonstration: a weight between two inputs, without a neuron.",
    },
    Alternative {
        key: "neuron",
        label: "A real neuron",
        help: "Many inputs, some of them correlated, and the spikes that they cause.",
    },
];

const RATE: FloatRange = FloatRange::log(0.5, 1_000.0, 0.5);
const CORRELATION: FloatRange = FloatRange::linear(0.0, 1.0, 0.01);
const DURATION: FloatRange = FloatRange::log(1.0, 20_000.0, 1.0);

impl CorrelatedInputs {
    /// The parameters in the order of the page.
    pub fn visit_all(&mut self, v: &mut dyn ParamVisitor) {
        let Self { part } = self;
        v.group(Group { key: "part", label: "Experiment" });
        let mut chosen = part.index();
        v.choice(
            Field::new("part", "Part", "Inputs alone, one synapse, or a neuron that learns.")
                .main(),
            PARTS,
            &mut chosen,
        );
        if chosen != part.index() {
            *part = Part::of_index(chosen);
        }
        match part {
            Part::Groups(params) => params.visit(v),
            Part::Synapse(params) => params.visit(v),
            Part::Neuron(params) => params.visit(v),
        }
    }

    /// Rules between parameters.
    pub fn check_all(&self) -> Vec<Problem> {
        match &self.part {
            Part::Neuron(params) => params.check(),
            _ => Vec::new(),
        }
    }
}

impl Part {
    fn index(&self) -> usize {
        match self {
            Self::Groups(_) => 0,
            Self::Synapse(_) => 1,
            Self::Neuron(_) => 2,
        }
    }

    fn of_index(index: usize) -> Self {
        match index {
            0 => Self::Groups(GroupsParams::default()),
            1 => Self::Synapse(SynapseParams::default()),
            _ => Self::Neuron(NeuronParams::default()),
        }
    }
}

fn num_inputs_field() -> Field {
    Field::new("num_inputs", "Inputs", "How many input spike trains.").with("N", Unit::None)
}

fn rate_field() -> Field {
    Field::new("rate_hz", "Input rate", "Of every input, whatever the correlation.")
        .with("r", Unit::Hz)
}

fn correlation_field() -> Field {
    let help = "Pairwise correlation of spike counts within the correlated group.";
    Field::new("correlation", "Correlation", help).with("c", Unit::None).main()
}

fn duration_field() -> Field {
    Field::new("duration_s", "Duration", "Simulated time of the whole run.").with("", Unit::S)
}

const INPUTS: IntRange = IntRange { min: 2, max: 1_000 };
