//! What can be changed in the two parts. Keys and defaults are part of the link contract.

mod bio;
mod cell;
mod task;

use get_size2::GetSize;

pub use bio::BioParams;
pub use cell::{CellParams, RuleParams};
pub use task::TaskParams;

use crate::lab::param::{Choice, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct RewardBaseline {
    /// A reward for each trial, or for single spikes.
    #[group("part", "Experiment")]
    #[param("Part", main)]
    pub part: Part,
}

/// The two experiments.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Part {
    /// One network, two stimuli, and a reward at the end of each trial.
    #[choice("Two stimuli")]
    Task(TaskParams),
    /// Each spike of one neuron is rewarded a moment later.
    #[choice("Biofeedback")]
    Biofeedback(BioParams),
}
