//! What can be changed. Keys and defaults are part of the link contract.

use get_size2::GetSize;

use super::rules::RuleParams;
use crate::lab::param::{Choice, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct StdpWindow {
    /// Time of the output spike minus time of the input spike (t_post − t_pre): negative if the output fires first. You
    /// can also drag the spikes in the figure.
    #[group("one_pair", "One pair")]
    #[param("Output minus input", symbol = "Δt", unit = Ms, range = linear(-100.0, 100.0, 0.5),
            default = 10.0, main)]
    pub delta_t_ms: f64,
    /// The time halfway between both spikes. It moves the pair as a whole, which changes nothing about the weight.
    #[param("Middle of the pair", unit = Ms, range = linear(75.0, 175.0, 0.25), default = 125.0)]
    pub middle_ms: f64,
    /// Both are in use. They are mirror images: mix them up, and a rule is reversed.
    #[param("Axis of the window")]
    pub sign: Sign,
    /// Which spikes move the weight, and how.
    #[group("learning", "Rule")]
    #[param("Rule", main)]
    pub rule: RuleParams,
}

/// How the window's axis counts. The pair itself is given as t_post − t_pre, whatever is chosen here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Sign {
    /// The usual axis: input-first pairs on the right.
    #[choice("t_post − t_pre")]
    PostMinusPre,
    /// The mirror image, as on Ezra Tsur's course page: input-first pairs on the left.
    #[choice("t_pre − t_post")]
    PreMinusPost,
}
