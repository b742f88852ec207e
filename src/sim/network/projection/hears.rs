//! What the rule of a projection is told from outside, and what it tells.

use super::{Projection, Weights};
use crate::network::sparse_rule::{Learning, SparseRule};
use crate::plasticity::{InhibitoryStdpParams, PairStdpParams, Rule};

impl Projection {
    /// Takes over another learning rate, target and range of inhibition that learns; others do not hear of it.
    pub fn set_inhibition(&mut self, params: InhibitoryStdpParams) {
        if let Some(Learning { rule: SparseRule::Inhibitory(rule), .. }) = &mut self.learning {
            rule.set_params(params);
        }
    }

    /// Takes over other amplitudes and bounds, where pairs of spikes are learned from.
    pub fn set_pair_params(&mut self, params: PairStdpParams) {
        self.stdp.iter_mut().for_each(|rule| rule.set_pair_params(params));
        self.learning.iter_mut().for_each(|learning| learning.set_pair_params(params));
    }

    /// A success signal arrives, which only a rule that waits for one hears.
    pub fn succeed(&mut self, success: f32) {
        if let (Some(Rule::Eligibility(rule)), Weights::Each(weights)) =
            (&mut self.stdp, &mut self.weights)
        {
            rule.succeed(success, weights);
            self.clear_own();
            self.normalise_all();
        }
        if let (Some(Learning { rule: SparseRule::Waiting(rule), .. }), Weights::Each(weights)) =
            (&mut self.learning, &mut self.weights)
        {
            rule.succeed(success, weights);
        }
    }

    /// The strongest eligibility of each neuron's synapses; empty under rules that do not wait.
    pub fn eligibility(&self) -> Vec<f32> {
        match &self.stdp {
            Some(Rule::Eligibility(rule)) => rule.strongest(self.num_post()),
            _ => Vec::new(),
        }
    }

    /// The eligibility of each synapse, under a rule that waits.
    pub fn waiting(&self) -> Option<Box<dyn Fn(usize) -> f32 + '_>> {
        match (&self.stdp, &self.learning) {
            (Some(Rule::Eligibility(rule)), _) => Some(Box::new(rule.waiting())),
            (_, Some(Learning { rule: SparseRule::Waiting(rule), .. })) => {
                Some(Box::new(rule.waiting()))
            }
            _ => None,
        }
    }

    /// What its rule came to that is no number.
    pub(in super::super) fn undefined(&self) -> Option<String> {
        self.stdp.as_ref().and_then(Rule::undefined)
    }
}
