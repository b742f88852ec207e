//! The learning rule of a projection, whichever it is.
//!
//! A tick is: [`Rule::tick`], then the tick's input spikes, then its output spikes; the other way round
//! where [`Rule::is_post_first`] says so. Every rule declares by that what Δt = 0 means to it.

use serde::{Deserialize, Serialize};

use super::{InhibitoryStdp, PairStdp, PairStdpParams, Triplet};

/// A rule with its traces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// Pairs of spikes.
    Pair(PairStdp),
    /// Triplets of spikes.
    Triplet(Triplet),
    /// Inhibition that finds a target rate.
    Inhibitory(InhibitoryStdp),
}

/// Hands the call to whichever rule it is.
macro_rules! each {
    ($rule:expr, $inner:ident => $call:expr) => {
        match $rule {
            Rule::Pair($inner) => $call,
            Rule::Triplet($inner) => $call,
            Rule::Inhibitory($inner) => $call,
        }
    };
}

impl Rule {
    /// Lets the traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        each!(self, rule => rule.tick());
    }

    /// Lets the traces decay by any time, for spikes that are not on the grid.
    pub fn jump_ms(&mut self, ms: f64) {
        each!(self, rule => rule.jump_ms(ms));
    }

    /// Output spikes of a tick are to be handed over before its input spikes, not after them.
    pub fn is_post_first(&self) -> bool {
        match self {
            Self::Pair(rule) => rule.is_post_first(),
            Self::Triplet(rule) => rule.is_post_first(),
            // Its window is symmetric: either order counts a coincidence once.
            Self::Inhibitory(_) => false,
        }
    }

    /// An input spike changes `row`, the input's weights to every output.
    #[inline]
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        each!(self, rule => rule.pre_spike(pre, row));
    }

    /// An output spike changes its column of `weights[pre × num_post + post]`.
    #[inline]
    pub fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        each!(self, rule => rule.post_spike(post, weights));
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        each!(self, rule => rule.reset());
    }

    /// Takes over other amplitudes and bounds, if this is pair STDP.
    pub fn set_pair_params(&mut self, params: PairStdpParams) {
        if let Self::Pair(rule) = self {
            rule.set_params(params);
        }
    }
}
