//! The synapse as plain data: an input and an output that fire when they are told to, and a weight that watches.

use super::params::StdpWindow;
use super::rules::{DT_MS, RuleParams};
use super::run::RUN_MS;
use crate::lab::described::{
    FARTHEST, inhibitory_rule, pair_rule, pair_weights, published_rule, triplet_rule,
};
use crate::net::{
    Dependence, Draw, Drive, Model, Network, Population, Projection, Role, Rule, Synapse, Unit,
    Weights, Wiring,
};

/// The network of a run.
pub fn describe(p: &StdpWindow) -> Network {
    let mut net = Network::continuous(DT_MS, RUN_MS);
    let input = Population::input("input", 1);
    let output = Population::new("output", 1, 1, Role::Output, Model::SpikeSource);
    // As the run has it: on the grid, and the odd tick belongs to the output.
    let ticks = (p.delta_t_ms / DT_MS).round() as i64;
    let pre_tick = (p.middle_ms / DT_MS).round() as i64 - ticks.div_euclid(2);
    for (population, tick) in [(&input, pre_tick), (&output, pre_tick + ticks)] {
        let drive = Drive::SpikeTimes { spikes: vec![(0, tick as f64 * DT_MS)] };
        net.drive(&format!("{} spike", population.name), population.all(), drive);
    }
    let (rule, weights) = learning(&p.rule);
    let ends = [input.all(), output.all()];
    let synapse = Projection::new("synapse", ends, Wiring::OneToOne, weights, Synapse::Nothing);
    net.projections.push(synapse.learning(rule).kept_as("weight"));
    net.populations = vec![input, output];
    net
}

/// The rule, and the weight that it finds.
fn learning(rule: &RuleParams) -> (Rule, Weights) {
    let start = Draw::Fixed { value: rule.w_init() };
    let within = |min, max| Weights::new(start.clone(), Unit::None).within(min, max);
    match rule {
        RuleParams::Pair(pair) => {
            let params = pair.stdp(0.0);
            (pair_rule(&params), pair_weights(&params, start, Unit::None))
        }
        RuleParams::Triplet { row } => {
            let rule = triplet_rule(&row.row().params());
            let is_open = rule.dependence == Dependence::Unbounded;
            let weights = Weights::new(start.clone(), Unit::None);
            (rule, if is_open { weights } else { within(0.0, 1.0) })
        }
        RuleParams::Inhibitory(rule) => {
            let params = rule.params(0.0);
            (inhibitory_rule(&params), within(params.w_min, params.w_max))
        }
        RuleParams::Offset(rule) => {
            let taus_ms = [rule.tau_plus_ms; 2];
            (published_rule(&rule.variant(0.0), taus_ms), within(-FARTHEST, FARTHEST))
        }
        RuleParams::Asymptotic(rule) => {
            let taus_ms = [rule.tau_plus_ms, rule.tau_minus_ms];
            (published_rule(&rule.variant(0.0), taus_ms), within(-FARTHEST, FARTHEST))
        }
    }
}
