//! What can be changed in the two models. Keys and defaults are part of the link contract.

mod ours;
mod published;

use get_size2::GetSize;

pub use ours::{OursParams, Reward};
pub use published::{PublishedParams, PublishedRule, Stimulus};

use crate::lab::param::{Choice, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct PatternClustering {
    /// Our network, which learns the patterns, or the published program.
    #[group("model", "Model")]
    #[param("Network", main)]
    pub mode: Mode,
}

/// The two networks.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Mode {
    /// What the authors wanted: two patterns, two outputs that compete, a time window of milliseconds.
    #[choice("Patterns that take turns")]
    Ours(OursParams),
    /// The authors' program, step by step: two groups of inputs at once, and a rule that counts spikes.
    #[choice("As published")]
    Published(PublishedParams),
}
