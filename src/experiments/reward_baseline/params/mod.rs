//! What can be changed in the two parts. Keys and defaults are part of the link contract.

mod bio;
mod cell;
mod task;

use get_size2::GetSize;

pub use bio::BioParams;
pub use cell::{CellParams, RuleParams};
pub use task::TaskParams;

use crate::lab::param::{Alternative, Field, Group, ParamVisitor};

/// All parameters.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct RewardBaseline {
    /// Which of the two experiments, with its own parameters.
    pub part: Part,
}

/// The two experiments.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Part {
    /// Two stimuli, each with its own wanted response.
    Task(TaskParams),
    /// One neuron whose spikes are rewarded.
    Biofeedback(BioParams),
}

impl Default for RewardBaseline {
    fn default() -> Self {
        Self { part: Part::Task(TaskParams::default()) }
    }
}

const PARTS: &[Alternative] = &[
    Alternative {
        key: "task",
        label: "Two stimuli",
        help: "One network, two stimuli, and a reward at the end of each trial.",
    },
    Alternative {
        key: "biofeedback",
        label: "Biofeedback",
        help: "Every spike of one neuron is rewarded a moment later.",
    },
];

impl RewardBaseline {
    /// Shows every parameter.
    pub fn visit_all(&mut self, v: &mut dyn ParamVisitor) {
        let Self { part } = self;
        v.group(Group { key: "part", label: "Experiment" });
        let index = usize::from(matches!(part, Part::Biofeedback(_)));
        let mut chosen = index;
        let field = Field::new("part", "Part", "Rewards for trials, or for single spikes.").main();
        v.choice(field, PARTS, &mut chosen);
        if chosen != index {
            *part = match chosen {
                0 => Part::Task(TaskParams::default()),
                _ => Part::Biofeedback(BioParams::default()),
            };
        }
        match part {
            Part::Task(params) => params.visit(v),
            Part::Biofeedback(params) => params.visit(v),
        }
    }
}
