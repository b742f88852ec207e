//! The learning network and its frozen twin as plain data.

use super::net::{self, GROUP};
use super::params::{Coding, Reward, XorReward};
use super::run::{DT_MS, PATTERNS, schedule};
use crate::lab::described::lif;
use crate::net::{
    Baseline, Coincidence, Dependence, Draw, Drive, Eligibility, Members, Modulator, Network,
    Owner, Payout, Population, Projection, Receptor, Release, Role, Rule, Signal, Synapse, Unit,
    Update, Weights, Window, Wiring,
};
use crate::sim::neuron::{DeltaLifParams, LifParams};

const SYNAPSE: Synapse = Synapse::Delta { per_weight: 1.0 };

/// The network of a run.
pub fn describe(p: &XorReward) -> Network {
    let mut net = Network::new(DT_MS, schedule(p));
    net.update = Update::as_source(
        "Florian (2007)",
        &[
            "neurons take the input of the step before, fire and are reset",
            "spikes are sent with the weights of now",
            "traces take this step's spikes, inputs' before they arrive",
            "the reward of this step's output spike moves the weights",
        ],
    );
    let DeltaLifParams { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv } = net::neuron(p);
    let neuron = lif(&LifParams { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms: 0.0 });
    let layers = |owner: Owner| {
        let hidden = owner.population("hidden", p.num_hidden, 1, Role::Hidden, neuron.clone());
        [hidden, owner.population("output", 1, 2, Role::Output, neuron.clone())]
    };
    let input = Population::input("input", net::num_inputs(p));
    let (own, frozen) = (layers(Owner::RUN), layers(Owner("frozen_")));
    net.drive("bits", input.all(), bits(p));
    add_layers(&mut net, p, &input, &own, &frozen);
    net.modulators.push(reward(p, own[1].all()));
    let ([hidden, output], [frozen_hidden, frozen_output]) = (own, frozen);
    net.populations = vec![input, hidden, output, frozen_output, frozen_hidden];
    net
}

/// The two bits of each pattern.
fn bits_of(pattern: u32) -> [u32; 2] {
    [pattern >> 1, pattern & 1]
}

fn bits(p: &XorReward) -> Drive {
    let patterns = 0..PATTERNS.len() as u32;
    match p.coding {
        Coding::Rate { rate_hz } => {
            let active = |pattern| {
                let groups = bits_of(pattern).into_iter().zip([0, GROUP]);
                let on = groups.filter(|(bit, _)| *bit == 1);
                on.flat_map(|(_, first)| first..first + GROUP).collect()
            };
            Drive::Shown { on_hz: rate_hz, off_hz: 0.0, stimuli: patterns.map(active).collect() }
        }
        Coding::Temporal { num_spikes } => Drive::BitTrains {
            num_spikes,
            length_ms: p.presentation_ms.into(),
            bits: patterns.map(|pattern| bits_of(pattern).to_vec()).collect(),
        },
    }
}

/// Inputs with the same bounds stand side by side: each run of them is a projection of its own.
fn runs_of(bounds: &[[f32; 2]]) -> Vec<(u32, u32, [f32; 2])> {
    let mut runs: Vec<(u32, u32, [f32; 2])> = Vec::new();
    for (input, bounds) in (0..).zip(bounds) {
        match runs.last_mut() {
            Some((_, size, last)) if last == bounds => *size += 1,
            _ => runs.push((input, 1, *bounds)),
        }
    }
    runs
}

/// Both layers of the learning network, and after each the same of its twin.
fn add_layers(
    net: &mut Network,
    p: &XorReward,
    input: &Population,
    [hidden, output]: &[Population; 2],
    [twin_hidden, twin_output]: &[Population; 2],
) {
    let [onto_hidden, onto_output] = net::bounds(p);
    let layers = [
        (input, hidden, input, twin_hidden, onto_hidden, "input_to_hidden_mv"),
        (hidden, output, twin_hidden, twin_output, onto_output, "hidden_to_output_mv"),
    ];
    for (from, to, twin_from, twin_to, bounds, array) in layers {
        for (first, size, [low, high]) in runs_of(&bounds) {
            let name = format!("{} {first} to {}", from.name, to.name);
            let (low, high) = (f64::from(low), f64::from(high));
            let layer = |name: &str, [from, to]: [&Population; 2], start| {
                let (ends, synapse) = ([from.some(first, size), to.all()], SYNAPSE);
                let weights = Weights::new(start, Unit::Mv).within(low, high);
                let layer = Projection::new(name, ends, Wiring::AllToAll, weights, synapse);
                Projection { receptor: receptor(low, high), ..layer }.delayed(DT_MS)
            };
            let learning = layer(&name, [from, to], Draw::Uniform { low, high });
            let start = Draw::SameAs { projection: name.clone() };
            let frozen = layer(&format!("frozen {name}"), [twin_from, twin_to], start);
            net.projections.extend([learning.learning(rule(p)).kept_as(array), frozen]);
        }
    }
}

fn receptor(low: f64, high: f64) -> Receptor {
    match (low < 0.0, high > 0.0) {
        (true, true) => Receptor::Signed,
        (true, false) => Receptor::Inhibitory,
        (false, _) => Receptor::Excitatory,
    }
}

fn rule(p: &XorReward) -> Rule {
    // The paper's A₋ is what is added, and so usually negative.
    let window = Window::pair([p.a_plus, -p.a_minus], [p.tau_plus_ms, p.tau_minus_ms]);
    // What waits has no ends; weights are cut off when they change.
    let rule = Rule::new(window, Dependence::Unbounded);
    let rule = Rule { coincidence: Coincidence::Both, ..rule };
    rule.waiting(Eligibility {
        modulator: "reward".into(),
        tau_e_ms: p.has_trace().then_some(p.tau_z_ms),
        payout: Payout::AtSignal,
        // A trace keeps the area of what enters it.
        scale: if p.has_trace() { 1.0 / p.tau_z_ms } else { 1.0 },
        eta: p.gamma_mv,
        start: 0.0,
    })
}

fn reward(p: &XorReward, of: Members) -> Modulator {
    let earns = [-1.0, 1.0, 1.0, -1.0].to_vec();
    let spikes = |is_shuffled| Release::Spikes { of, delay_ms: 0.0, earns, is_shuffled };
    let signal = Signal::Success { baseline: Baseline::None, offset: 0.0 };
    let release = match p.reward {
        Reward::Xor => spikes(false),
        Reward::Yoked => spikes(true),
        Reward::Off => Release::Never,
    };
    Modulator::new("reward", signal, release)
}
