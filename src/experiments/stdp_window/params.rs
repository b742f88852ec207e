//! What can be changed. Keys and defaults are part of the link contract.

use get_size2::GetSize;

use super::rules::RuleParams;
use crate::lab::param::{Choice, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct StdpWindow {
    /// When the output fires after the input (t_post − t_pre): negative if it fires first. The spikes in the figures
    /// can be dragged, too.
    #[group("one_pair", "One pair")]
    #[param("Output minus input", symbol = "Δt", unit = Ms, range = linear(-100.0, 100.0, 0.5),
            default = 10.0, main)]
    pub delta_t_ms: f64,
    /// Both are in use; they are mirror images, and mixing them up turns a rule around.
    #[param("Axis of the window")]
    pub sign: Sign,
    /// What is remembered of spikes.
    #[group("learning", "Rule")]
    #[param("Rule", main)]
    pub rule: RuleParams,
}

/// How the window's axis counts. The pair itself is given as t_post − t_pre, whatever is chosen here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Sign {
    /// The usual way: causal pairs on the right.
    #[choice("t_post − t_pre")]
    PostMinusPre,
    /// The mirror image, as in Ezra Tsur's course page: causal pairs on the left.
    #[choice("t_pre − t_post")]
    PreMinusPost,
}
