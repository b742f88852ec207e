//! The network and the single synapse as plain data.

use super::DT_MS;
use super::network::{NUM_EXC, NUM_INH, NUM_TARGETS, S_MAX, WEIGHTS, YOKE_MS};
use super::pairing::{A_PLUS, CLASSICAL_MS, S_INIT, TRIAL_TICKS, TRIALS};
use super::params::{DistalReward, NetworkParams, PairingParams, Part, Reward};
use crate::lab::described::izhikevich;
use crate::net::{
    self, Coincidence, Delay, Dependence, Draw, Drive, Eligibility, Method, Model, Modulator,
    Network, Pairing, Payout, Phase, Population, Projection, Receptor, Release, Role, Rule,
    Schedule, Signal, Source, Synapse, Unit, Update, Weights, Window, Wiring,
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
    let mut net = Network::new(DT_MS, Schedule::continuous(p.duration_s * 1_000.0));
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
    let is_yoked = p.reward == Reward::Yoked;
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
    add_network(&mut net, "neuron", p, release);
    if is_yoked {
        add_network(&mut net, "twin", p, contingent("twin", p));
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
fn add_network(net: &mut Network, name: &str, p: &NetworkParams, release: Release) {
    let is_twin = name == "twin";
    let role = |role| if is_twin { Role::Control } else { role };
    let own = |what: &str| if is_twin { format!("twin {what}") } else { what.to_string() };
    let part = |name, size, role, params| net::Part::new(name, size, role, izhikevich(params));
    let parts = vec![
        part("excitatory", NUM_EXC, role(Role::Hidden), &IzhikevichParams::REGULAR_SPIKING),
        part("inhibitory", NUM_INH, role(Role::Inhibitory), &IzhikevichParams::FAST_SPIKING),
    ];
    let population = Population::of_parts(name, u32::from(is_twin), parts);
    let noise = Drive::UniformNoise { width: p.noise };
    net.sources.push(Source::new(&own("noise"), population.all(), noise));
    let (all, exc) = (population.all(), population.some(0, NUM_EXC));
    let inh = population.some(NUM_EXC, NUM_INH);
    let wiring = Wiring::OutDegree { num: NUM_TARGETS };
    let at_once = || Synapse::OneStep { per_weight: 1.0 };
    let start = Draw::FixedButOne {
        value: p.s_init,
        other: p.s_chosen,
        which: "the first synapse of neuron 0 that leads to another neuron".into(),
    };
    let weights = Weights::new(start, Unit::MvPerMs).within(0.0, f64::from(S_MAX));
    let excitation =
        Projection::new(&own("excitation"), [exc.clone(), all], wiring.clone(), weights, at_once());
    let inhibition = Weights::fixed(S_INH, Unit::MvPerMs);
    let inhibition = Projection::new(&own("inhibition"), [inh, exc], wiring, inhibition, at_once());
    let delay = || Delay::Fixed { delay_ms: DT_MS };
    net.projections.push(Projection {
        delay: delay(),
        rule: Some(rule(p, &own("dopamine"))),
        array: (!is_twin).then(|| WEIGHTS.into()),
        ..excitation
    });
    net.projections.push(Projection {
        delay: delay(),
        receptor: Receptor::Inhibitory,
        ..inhibition
    });
    net.populations.push(population);
    net.modulators.push(Modulator {
        name: own("dopamine"),
        signal: dopamine(p.tonic, p.pulse, p.tau_n_ms, Method::Euler),
        release,
    });
}

fn dopamine(tonic: f64, pulse: f64, tau_ms: f64, method: Method) -> Signal {
    Signal::Dopamine { tonic, pulse, tau_ms, tau_mean_ms: None, method }
}

fn rule(p: &NetworkParams, modulator: &str) -> Rule {
    let window = Window::Pair {
        a_plus: A_PLUS_NETWORK,
        a_minus: A_PLUS_NETWORK * p.ratio,
        tau_plus_ms: TAU_MS,
        tau_minus_ms: TAU_MS,
    };
    let payout = Payout::Every { every_ms: UPDATE_TICKS as f64 * DT_MS };
    let rule = Rule {
        pairing: Pairing::Nearest,
        coincidence: Coincidence::Neither,
        method: Method::Euler,
        ..Rule::new(window, Dependence::Hard)
    };
    rule.waiting(eligibility(modulator, p.tau_c_ms, payout))
}

fn eligibility(modulator: &str, tau_c_ms: f64, payout: Payout) -> Eligibility {
    let (modulator, tau_e_ms) = (modulator.into(), Some(tau_c_ms));
    Eligibility { modulator, tau_e_ms, payout, scale: 1.0, eta: 1.0, start: 0.0 }
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
        Population::new("pre", 1, 0, Role::Input, Model::SpikeSource),
        Population::new("post", 1, 1, Role::Output, Model::SpikeSource),
        Population::new("reward", 1, 1, Role::Input, Model::SpikeSource),
    ];
    let [pre, post, reward] = [0, 1, 2].map(|place: usize| net.populations[place].all());
    let lag_ms = p.lag_ms.floor();
    // Both count from one random time of their own trial.
    let once = |lags_ms| Drive::OncePerTrial { low_ms: 300.0, high_ms: 699.0, lags_ms };
    let lags = |is_pre: bool| -> Vec<f64> {
        let is_second = |trial: &super::pairing::Trial| trial.pre_first != is_pre;
        TRIALS.iter().map(|trial| if is_second(trial) { lag_ms } else { 0.0 }).collect()
    };
    net.sources = vec![
        Source::new("pre spikes", pre.clone(), once(lags(true))),
        Source::new("post spikes", post.clone(), once(lags(false))),
        Source::new("rewards", reward, Drive::Signal { modulator: "dopamine".into() }),
    ];
    let weights = Weights::fixed(S_INIT, Unit::Mv).within(0.0, f64::from(S_MAX));
    let synapse =
        Projection::new("synapse", [pre, post], Wiring::OneToOne, weights, Synapse::Nothing);
    net.projections.push(Projection {
        rule: Some(pairing_rule(p)),
        array: Some("synapse".into()),
        ..synapse
    });
    net.modulators.push(Modulator {
        name: "dopamine".into(),
        signal: dopamine(0.0, p.pulse, p.tau_n_ms, Method::Exact),
        release: Release::Trials {
            delay_ms: (1_000.0 * p.delay_s).floor(),
            follows: TRIALS.iter().map(|trial| trial.is_rewarded).collect(),
        },
    });
    net
}

/// Without dopamine a pair changes the weight by so many ms of what it would note down.
fn pairing_rule(p: &PairingParams) -> Rule {
    let scale = if p.gated { 1.0 } else { f64::from(CLASSICAL_MS) };
    let window = Window::Pair {
        a_plus: scale * A_PLUS,
        a_minus: scale * A_PLUS * p.ratio,
        tau_plus_ms: TAU_MS,
        tau_minus_ms: TAU_MS,
    };
    let rule = Rule { coincidence: Coincidence::Neither, ..Rule::new(window, Dependence::Hard) };
    match p.gated {
        true => rule.waiting(eligibility("dopamine", p.tau_c_ms, Payout::Continuous)),
        false => rule,
    }
}
