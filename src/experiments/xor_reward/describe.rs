//! The learning network and its frozen twin as plain data.

use super::net::{self, GROUP};
use super::params::{Coding, Reward, XorReward};
use super::run::{DT_MS, PATTERNS, schedule};
use crate::lab::described::lif;
use crate::net::{
    Baseline, Coincidence, Delay, Dependence, Draw, Drive, Eligibility, Members, Model, Modulator,
    Network, Payout, Population, Projection, Receptor, Release, Role, Rule, Signal, Source,
    Synapse, Unit, Update, Weights, Window, Wiring,
};
use crate::sim::neuron::LifParams;

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
    let neuron = || {
        lif(&LifParams {
            tau_m_ms: p.tau_m_ms,
            e_l_mv: -70.0,
            v_th_mv: -54.0,
            v_reset_mv: -70.0,
            t_ref_ms: 0.0,
        })
    };
    let num_inputs = net::num_inputs(p);
    let input = Population::new("input", num_inputs, 0, Role::Input, Model::SpikeSource);
    let hidden = Population::new("hidden", p.num_hidden, 1, Role::Hidden, neuron());
    let output = Population::new("output", 1, 2, Role::Output, neuron());
    let frozen_output = Population::new("frozen_output", 1, 2, Role::Control, neuron());
    let frozen_hidden = Population::new("frozen_hidden", p.num_hidden, 1, Role::Control, neuron());
    net.sources.push(Source::new("bits", input.all(), bits(p)));
    add_layers(&mut net, p, &input, [&hidden, &output], [&frozen_hidden, &frozen_output]);
    net.modulators.push(reward(p, output.all()));
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
    [hidden, output]: [&Population; 2],
    [twin_hidden, twin_output]: [&Population; 2],
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
            let weights = Weights::uniform(low, high, Unit::Mv).within(low, high);
            let ends = [from.some(first, size), to.all()];
            let mut learning = layer(&name, ends, weights);
            learning.receptor = receptor(low, high);
            let mut frozen = learning.clone();
            learning.rule = Some(rule(p));
            learning.array = Some(array.into());
            frozen.name = format!("frozen {name}");
            (frozen.from, frozen.to) = (twin_from.some(first, size), twin_to.all());
            frozen.weights.start = Draw::SameAs { projection: name };
            net.projections.extend([learning, frozen]);
        }
    }
}

fn layer(name: &str, ends: [Members; 2], weights: Weights) -> Projection {
    let synapse = Synapse::Delta { per_weight: 1.0 };
    let layer = Projection::new(name, ends, Wiring::AllToAll, weights, synapse);
    Projection { delay: Delay::Fixed { delay_ms: DT_MS }, ..layer }
}

fn receptor(low: f64, high: f64) -> Receptor {
    match (low < 0.0, high > 0.0) {
        (true, true) => Receptor::Signed,
        (true, false) => Receptor::Inhibitory,
        (false, _) => Receptor::Excitatory,
    }
}

fn rule(p: &XorReward) -> Rule {
    let window = Window::Pair {
        a_plus: p.a_plus,
        // The paper's is what is added, and so usually negative.
        a_minus: -p.a_minus,
        tau_plus_ms: p.tau_plus_ms,
        tau_minus_ms: p.tau_minus_ms,
    };
    let rule = Rule { coincidence: Coincidence::Both, ..Rule::new(window, Dependence::Hard) };
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
    Modulator {
        name: "reward".into(),
        signal: Signal::Success { baseline: Baseline::None, offset: 0.0 },
        release: match p.reward {
            Reward::Xor => spikes(false),
            Reward::Yoked => spikes(true),
            Reward::Off => Release::Never,
        },
    }
}
