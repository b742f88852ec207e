//! The network and the single synapse as plain data.

use super::DT_MS;
use super::network::{NUM_EXC, NUM_INH, NUM_TARGETS, S_MAX, WEIGHTS, YOKE_MS};
use super::pairing::{A_PLUS, CLASSICAL_MS, S_INIT, TRIAL_TICKS, TRIALS, Trial};
use super::params::{DistalReward, NetworkParams, PairingParams, Part, Reward};
use crate::lab::described::izhikevich;
use crate::net::{
    self, Coincidence, Dependence, Draw, Drive, Eligibility, Method, Model, Modulator, Network,
    Owner, Pairing, Payout, Phase, Population, Projection, Release, Role, Rule, Schedule, Signal,
    Synapse, Unit, Update, Weights, Window, Wiring,
};
use crate::sim::neuron::IzhikevichParams;
use crate::sim::plasticity::eligibility::UPDATE_TICKS;

/// The window of both parts.
const TAU_MS: f64 = 20.0;
/// The network's amplitude of potentiation, and the weight of its inhibition.
const A_PLUS_NETWORK: f64 = 0.1;
const S_INH: f64 = 1.0;

/// The network of a run.
pub fn describe(p: &DistalReward) -> Network {
    match &p.part {
        Part::Network(p) => network(p),
        Part::Pairing(p) => pairing(p),
    }
}

fn network(p: &NetworkParams) -> Network {
    let mut net = Network::continuous(DT_MS, p.duration_s * 1_000.0);
    net.update = Update::as_source(
        "Izhikevich (2007), daspnet",
        &[
            "dopamine decays and is released",
            "membranes, with the current of the step before",
            "traces decay, and noise begins the next current",
            "spikes: transmission, depression, potentiation, neuron by neuron",
            "resets, and traces of those that fired",
            "every tenth step weights, and eligibilities decay",
        ],
    );
    let release = match p.reward {
        Reward::Contingent => contingent("neuron", p),
        Reward::Yoked => Release::Yoked {
            leader: "twin".into(),
            delay_min_ms: f64::from(YOKE_MS.0),
            delay_max_ms: f64::from(YOKE_MS.1),
        },
        Reward::Never => Release::Never,
        Reward::Regular { every_s } => Release::Every { every_ms: 1_000.0 * every_s },
    };
    add_network(&mut net, ("neuron", Owner::RUN), p, release);
    if p.reward == Reward::Yoked {
        add_network(&mut net, ("twin", Owner("twin ")), p, contingent("twin", p));
    }
    net
}

/// Pairings of the chosen synapse, whose sender is neuron 0.
fn contingent(population: &str, p: &NetworkParams) -> Release {
    Release::Pairing {
        pre: net::Members { population: population.into(), first: 0, size: 1 },
        post: None,
        within_ms: p.interval_ms.floor(),
        // In whole steps, the first of which is the one after the pairing.
        delay_min_ms: 1_000.0 * p.delay_min_s + DT_MS,
        delay_max_ms: 1_000.0 * p.delay_max_s + DT_MS,
    }
}

/// The network, or its twin, which is the same and hears other dopamine.
fn add_network(
    net: &mut Network,
    (name, owner): (&str, Owner<'_>),
    p: &NetworkParams,
    release: Release,
) {
    let part =
        |name, size, role, params| net::Part::new(name, size, owner.role(role), izhikevich(params));
    let parts = vec![
        part("excitatory", NUM_EXC, Role::Excitatory, &IzhikevichParams::REGULAR_SPIKING),
        part("inhibitory", NUM_INH, Role::Inhibitory, &IzhikevichParams::FAST_SPIKING),
    ];
    let population = Population::of_parts(name, u32::from(owner.is_beside()), parts);
    net.drive(&owner.name("noise"), population.all(), Drive::UniformNoise { width: p.noise });
    let (all, exc) = (population.all(), population.some(0, NUM_EXC));
    let inh = population.some(NUM_EXC, NUM_INH);
    let start = Draw::FixedButOne {
        value: p.s_init,
        other: p.s_chosen,
        which: "the first synapse of neuron 0 that leads to another neuron".into(),
    };
    let synapses = |name, ends, weights| {
        let (wiring, at_once) =
            (Wiring::OutDegree { num: NUM_TARGETS }, Synapse::OneStep { per_weight: 1.0 });
        Projection::new(&owner.name(name), ends, wiring, weights, at_once).delayed(DT_MS)
    };
    let weights = Weights::new(start, Unit::Mv).within(0.0, f64::from(S_MAX));
    let mut excitation = synapses("excitation", [exc.clone(), all], weights);
    let dopamine_name = owner.name("dopamine");
    excitation.rule = Some(rule(p, &dopamine_name));
    excitation.array = owner.array(WEIGHTS);
    let weights = Weights::fixed(S_INH, Unit::Mv);
    let inhibition = synapses("inhibition", [inh, exc], weights).inhibitory();
    net.projections.extend([excitation, inhibition]);
    net.populations.push(population);
    let signal = dopamine(p.tonic, p.pulse, p.tau_n_ms, Method::Euler);
    net.modulators.push(Modulator::new(&dopamine_name, signal, release));
}

fn dopamine(tonic: f64, pulse: f64, tau_ms: f64, method: Method) -> Signal {
    Signal::Dopamine { tonic, pulse, tau_ms, tau_mean_ms: None, method }
}

fn rule(p: &NetworkParams, modulator: &str) -> Rule {
    let window = Window::pair([A_PLUS_NETWORK, A_PLUS_NETWORK * p.ratio], [TAU_MS; 2]);
    let payout = Payout::Every { every_ms: UPDATE_TICKS as f64 * DT_MS };
    let rule = Rule {
        pairing: Pairing::Nearest,
        coincidence: Coincidence::Neither,
        method: Method::Euler,
        ..Rule::new(window, Dependence::Hard)
    };
    rule.waiting(Eligibility::new(modulator, p.tau_c_ms, payout))
}

/// One synapse, in slow motion.
fn pairing(p: &PairingParams) -> Network {
    let trial_ms = TRIAL_TICKS as f64 * DT_MS;
    let phase = Phase {
        stimuli: TRIALS.iter().map(|trial| trial.label.to_string()).collect(),
        ..Phase::new("pairs", TRIALS.len() as u32, trial_ms)
    };
    let mut net = Network::new(DT_MS, Schedule { phases: vec![phase] });
    net.populations = vec![
        Population::input("pre", 1),
        Population::new("post", 1, 1, Role::Output, Model::SpikeSource),
        Population::new("reward", 1, 1, Role::Input, Model::SpikeSource),
    ];
    let [pre, post, reward] = [0, 1, 2].map(|place: usize| net.populations[place].all());
    let lag_ms = p.lag_ms.floor();
    // Both count from one random time of their own trial.
    let once = |is_pre: bool| {
        let is_second = |trial: &Trial| trial.pre_first != is_pre;
        let lag = |trial| if is_second(trial) { lag_ms } else { 0.0 };
        let lags_ms = TRIALS.iter().map(lag).collect();
        Drive::OncePerTrial { low_ms: 300.0, high_ms: 699.0, lags_ms }
    };
    net.drive("pre spikes", pre.clone(), once(true));
    net.drive("post spikes", post.clone(), once(false));
    net.drive("rewards", reward, Drive::Signal { modulator: "dopamine".into() });
    let weights = Weights::fixed(S_INIT, Unit::Mv).within(0.0, f64::from(S_MAX));
    let synapse =
        Projection::new("synapse", [pre, post], Wiring::OneToOne, weights, Synapse::Nothing);
    net.projections.push(synapse.learning(pairing_rule(p)).kept_as("synapse"));
    let signal = dopamine(0.0, p.pulse, p.tau_n_ms, Method::Exact);
    let release = Release::Trials {
        delay_ms: (1_000.0 * p.delay_s).floor(),
        follows: TRIALS.iter().map(|trial| trial.is_rewarded).collect(),
    };
    net.modulators.push(Modulator::new("dopamine", signal, release));
    net
}

/// Without dopamine a pair changes the weight by so many ms of what it would note down.
fn pairing_rule(p: &PairingParams) -> Rule {
    let scale = if p.gated { 1.0 } else { f64::from(CLASSICAL_MS) };
    let window = Window::pair([scale * A_PLUS, scale * A_PLUS * p.ratio], [TAU_MS; 2]);
    let rule = Rule { coincidence: Coincidence::Neither, ..Rule::new(window, Dependence::Hard) };
    match p.gated {
        true => rule.waiting(Eligibility::new("dopamine", p.tau_c_ms, Payout::Continuous)),
        false => rule,
    }
}
