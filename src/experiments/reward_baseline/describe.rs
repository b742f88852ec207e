//! The task's network and the neurons of the biofeedback as plain data.

use super::DT_MS;
use super::bio::{self, STRIDE};
use super::net::{self, TAU_S_MS, WEIGHTS, per_peak};
use super::params::{BioParams, CellParams, Part, RewardBaseline, RuleParams, TaskParams};
use super::task::{MARGIN, MISS, NUM_STIMULI, SURPLUS, schedule};
use crate::lab::described::{by_chance, lif};
use crate::net::{
    Baseline, Counting, Dependence, Drive, Eligibility, Members, Method, Model, Modulator, Network,
    Payout, Population, Projection, Release, Role, Rule, Signal, Synapse, Unit, Weights, Window,
    Wiring,
};
use crate::sim::fast::gated_net::GatedNetParams;
use crate::sim::plasticity::{Baseline as Taken, GatedStdpParams};

/// The network of a run.
pub fn describe(p: &RewardBaseline) -> Network {
    match &p.part {
        Part::Task(p) => task(p),
        Part::Biofeedback(p) => biofeedback(p),
    }
}

fn task(p: &TaskParams) -> Network {
    let mut net = Network::new(DT_MS, schedule(p));
    let input = Population::input("input", p.num_inputs);
    let output =
        Population::new("output", p.num_outputs, 1, Role::Output, neuron(&p.cell, &p.rule));
    let frozen = Drive::Frozen {
        rate_hz: p.rate_hz,
        length_ms: net.schedule.phases[0].shown_ms,
        patterns: NUM_STIMULI as u32,
        shared: (p.similarity * f64::from(p.num_inputs)).round() as u32,
        noise_hz: 0.0,
        pause_hz: 0.0,
    };
    net.drive("stimuli", input.all(), frozen);
    let synapses = projection("synapses", [input.all(), output.all()], &p.cell);
    let rule = rule(&p.rule, "success", Payout::AtSignal, p.rule.eta);
    net.projections.push(synapses.learning(rule));
    net.modulators.push(success(p));
    net.populations = vec![output, input];
    net
}

fn success(p: &TaskParams) -> Modulator {
    let params = p.success();
    let tau_trials = params.tau_trials;
    Modulator {
        name: "success".into(),
        signal: Signal::Success {
            baseline: match params.baseline {
                Taken::None => Baseline::None,
                Taken::RunningMean => Baseline::Mean { tau_trials },
                Taken::PerStimulus => Baseline::PerStimulus { tau_trials },
            },
            offset: params.offset,
        },
        release: Release::Score {
            miss: f64::from(MISS),
            precision_ms: p.precision_ms,
            // A constant of the run in single precision, written as it is meant.
            surplus: (f64::from(SURPLUS) * 1e6).round() / 1e6,
            luck: p.luck,
            bonus: vec![p.bonus, 0.0],
            margin: MARGIN,
        },
    }
}

fn neuron(p: &CellParams, rule: &RuleParams) -> Model {
    let GatedNetParams { membrane, escape, .. } = net::constants(p, rule);
    lif(&membrane).firing_by(by_chance(escape))
}

/// All to all; a weight is the height of a postsynaptic potential.
fn projection(name: &str, ends: [Members; 2], p: &CellParams) -> Projection {
    let (low, high) = (0.5 * p.w_init_mv, 1.5 * p.w_init_mv);
    let weights = Weights::uniform(low, high, Unit::Mv).within(0.0, p.w_max_mv);
    let synapse = Synapse::Current { tau_s_ms: TAU_S_MS, area_mv_ms: per_peak(p.tau_m_ms) };
    Projection::new(name, ends, Wiring::AllToAll, weights, synapse).kept_as(WEIGHTS)
}

fn rule(p: &RuleParams, modulator: &str, payout: Payout, eta: f64) -> Rule {
    let GatedStdpParams { a_plus, a_minus, tau_plus_ms, tau_minus_ms, tau_e_ms } = p.gated();
    let window = Window::Pair { a_plus, a_minus, tau_plus_ms, tau_minus_ms };
    let eligibility = Eligibility::new(modulator, tau_e_ms, payout);
    // What waits has no ends; weights are cut off when they change.
    Rule::new(window, Dependence::Unbounded).waiting(Eligibility { eta, ..eligibility })
}

fn biofeedback(p: &BioParams) -> Network {
    let mut net = Network::continuous(DT_MS, bio::num_ticks(p) as f64 * DT_MS);
    let input = Population::input("input", p.num_inputs * p.num_outputs);
    let output =
        Population::new("output", p.num_outputs, 1, Role::Output, neuron(&p.cell, &p.rule));
    let poisson = Drive::Poisson { rate_hz: p.rate_hz, counting: Counting::OncePerStep };
    net.drive("inputs", input.all(), poisson);
    // What a product of the rate per second brings in one payout.
    let every_ms = STRIDE as f64 * DT_MS;
    let eta = p.rule.eta * every_ms / 1_000.0;
    for neuron in 0..p.num_outputs {
        let own = input.some(neuron * p.num_inputs, p.num_inputs);
        let name = format!("synapses of neuron {}", neuron + 1);
        let synapses = projection(&name, [own, output.some(neuron, 1)], &p.cell);
        let rule = rule(&p.rule, "dopamine", Payout::Every { every_ms }, eta);
        net.projections.push(synapses.learning(rule));
    }
    let signal = Signal::Dopamine {
        tonic: 0.0,
        pulse: p.reward,
        tau_ms: p.tau_d_ms,
        tau_mean_ms: (p.tau_mean_s > 0.0).then_some(1_000.0 * p.tau_mean_s),
        method: Method::Exact,
    };
    let release = Release::Spikes {
        of: output.some(0, 1),
        delay_ms: (p.delay_ms / DT_MS).round() * DT_MS,
        earns: Vec::new(),
        is_shuffled: false,
    };
    net.modulators.push(Modulator::new("dopamine", signal, release));
    net.populations = vec![output, input];
    net
}
