//! Learning of synapses that are listed one by one: which rule, and who is connected to each receiver.

use std::ops::Range;

use get_size2::GetSize;

use super::wiring::Sparse;
use crate::plasticity::{InhibitoryStdp, PairStdp, PairStdpParams, WaitingPairs};

/// A rule that can learn without a place for every pair.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum SparseRule {
    /// Inhibition that finds a target rate.
    Inhibitory(InhibitoryStdp),
    /// Pairs of spikes, with a trace for each neuron.
    Pair(PairStdp),
    /// Pairs of spikes that wait for a signal; spikes alone change nothing.
    Waiting(WaitingPairs),
}

impl SparseRule {
    /// Output spikes of a tick are to be handed over before its input spikes, not after them.
    pub fn is_post_first(&self) -> bool {
        match self {
            Self::Inhibitory(_) => false,
            Self::Pair(rule) => rule.is_post_first(),
            Self::Waiting(rule) => rule.pair.is_post_first(),
        }
    }
}

/// How the synapses of a projection learn.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub(super) struct Learning {
    pub(super) rule: SparseRule,
    /// Where the synapses onto each receiver begin in what follows, and after the last one where they end.
    starts: Vec<u32>,
    /// Synapse and sender, receiver by receiver.
    incoming: Vec<(u32, u32)>,
}

impl Learning {
    pub(super) fn new(rule: SparseRule, sparse: &Sparse, num_post: usize) -> Self {
        let (starts, incoming) = sparse.by_receiver(num_post);
        Self { rule, starts, incoming }
    }

    pub(super) fn set_pair_params(&mut self, params: PairStdpParams) {
        if let SparseRule::Pair(rule) = &mut self.rule {
            rule.set_params(params);
        }
    }

    pub(super) fn tick(&mut self) {
        match &mut self.rule {
            SparseRule::Inhibitory(rule) => rule.tick(),
            SparseRule::Pair(rule) => rule.tick(),
            SparseRule::Waiting(rule) => rule.tick(),
        }
    }

    /// A spike of a sender arrives: `row` are the numbers of its synapses onto `posts`.
    pub(super) fn pre_spike(
        &mut self,
        pre: usize,
        posts: &[u16],
        (row, weights): (Range<usize>, &mut [f32]),
    ) {
        match &mut self.rule {
            SparseRule::Inhibitory(rule) => rule.pre_spike_at(pre, posts, &mut weights[row]),
            SparseRule::Pair(rule) => rule.pre_spike_at(pre, posts, &mut weights[row]),
            SparseRule::Waiting(rule) => rule.pre_spike_at(pre, posts, row.start),
        }
    }

    /// A receiver fires.
    pub(super) fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        let [from, to] = [0, 1].map(|next| self.starts[post + next] as usize);
        let incoming = &self.incoming[from..to];
        match &mut self.rule {
            SparseRule::Inhibitory(rule) => rule.post_spike_at(post, incoming, weights),
            SparseRule::Pair(rule) => rule.post_spike_at(post, incoming, weights),
            SparseRule::Waiting(rule) => rule.post_spike_at(post, incoming),
        }
    }

    pub(super) fn reset(&mut self) {
        match &mut self.rule {
            SparseRule::Inhibitory(rule) => rule.reset(),
            SparseRule::Pair(rule) => rule.reset(),
            SparseRule::Waiting(rule) => rule.reset(),
        }
    }
}
