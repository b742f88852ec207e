//! The three parts as plain data: groups of inputs, the virtual synapse, and the neuron with its inputs.

use super::classes::{Class, classes};
use super::params::{CorrelatedInputs, GroupsParams, NeuronParams, Part, SynapseParams};
use super::synapse::NUM_INPUTS;
use super::{DT_MS, GROUPS, groups_of};
use crate::kit::params::Generator;
use crate::net::{
    Coincidence, Dependence, Draw, Drive, Homeostasis, Model, Network, Owner, Pairing, Population,
    Projection, Recipe, Role, Rule, Synapse, Unit, Update, Weights, Window, Wiring,
};
use crate::sim::fast::yoke;
use crate::sim::{Tick, TimeGrid};

/// The network of a run.
pub fn describe(p: &CorrelatedInputs) -> Network {
    match &p.part {
        Part::Groups(p) => groups(p),
        Part::Synapse(p) => synapse(p),
        Part::Neuron(p) => neuron(p),
    }
}

/// A run without trials, in whole steps.
fn run(duration_s: f64, grid: TimeGrid) -> (Network, Tick) {
    let num_ticks = grid.ticks_from_ms(duration_s * 1_000.0);
    (Network::continuous(grid.dt_ms(), num_ticks as f64 * grid.dt_ms()), num_ticks)
}

fn groups(p: &GroupsParams) -> Network {
    let grid = TimeGrid::new(DT_MS);
    let (mut net, num_ticks) = run(p.duration_s, grid);
    // Beside a generator without groups stand those of the shared source.
    let shared = Generator::default();
    for (name, correlation) in groups_of(p.correlation) {
        let is_own = name == GROUPS[0] || p.generator.is_of_groups();
        let generator = if is_own { &p.generator } else { &shared };
        let group = Population::input(name, p.num_inputs);
        let drive = generator.drive((p.rate_hz, correlation), p.num_inputs, (num_ticks, grid));
        net.drive(&format!("{name} inputs"), group.all(), drive);
        net.populations.push(group);
    }
    net
}

/// Three pairs of inputs, each in a group of ten, and a weight that moves with their own spikes.
fn synapse(p: &SynapseParams) -> Network {
    let grid = TimeGrid::new(DT_MS);
    let (mut net, _) = run(p.duration_s, grid);
    net.update = Update::as_source(
        "E. Ezra Tsur, Neuromorphic Engineering, section 7.4",
        &["inputs fire", "the weights move with the inputs' own spikes"],
    );
    // A shift is a whole number of steps below this.
    let late_ms = grid.ticks_from_ms(p.jitter_ms).saturating_sub(1) as f64 * DT_MS;
    for (name, correlation) in groups_of(p.correlation) {
        let group = Population::input(name, NUM_INPUTS);
        let recipe = Recipe::SqrtC;
        let drive = Drive::CommonSource { recipe, rate_hz: p.rate_hz, correlation, late_ms };
        net.drive(&format!("{name} inputs"), group.all(), drive);
        let ends = [group.some(0, 1), group.some(1, 1)];
        let weights = Weights::fixed(0.0, Unit::None);
        let name = format!("{name} synapse");
        let synapse = Projection::new(&name, ends, Wiring::OneToOne, weights, Synapse::Nothing);
        net.projections.push(synapse.learning(virtual_rule(p)).kept_as("virtual_weights"));
        net.populations.push(group);
    }
    net
}

fn virtual_rule(p: &SynapseParams) -> Rule {
    let window = Window::ZeroLag {
        a_plus: 1.0,
        a_minus: p.a_minus,
        tau_plus_ms: p.tau_plus_ms,
        tau_minus_ms: p.tau_minus_ms,
        a_zero: if p.zero_lag { 1.0 } else { 0.0 },
    };
    Rule {
        pairing: if p.all_pairs { Pairing::AllToAll } else { Pairing::Neighbours },
        // The branch at zero lag stands for what a coincidence does.
        coincidence: Coincidence::Neither,
        ..Rule::new(window, Dependence::Unbounded)
    }
}

fn neuron(p: &NeuronParams) -> Network {
    let grid = p.cell.grid();
    let (mut net, num_ticks) = run(p.duration_s, grid);
    add_neuron(&mut net, p, (num_ticks, grid), Owner::RUN);
    // The neuron whose rate this one is held at.
    if let Some(leader) = p.leader() {
        add_neuron(&mut net, &leader, (num_ticks, grid), Owner("leader_"));
    }
    net
}

/// A neuron and all that belongs to it.
fn add_neuron(net: &mut Network, p: &NeuronParams, time: (Tick, TimeGrid), owner: Owner<'_>) {
    let (source, model) = (Model::SpikeSource, p.cell.model(p.num_inputs));
    let input = owner.population("input", p.num_inputs, 0, Role::Input, source);
    let mut output = owner.population("output", 1, 1, Role::Output, model);
    output.adaptation = p.cell.adaptation();
    add_sources(net, p, time, (&input, owner));
    net.projections.push(excitation(p, [&input, &output], owner));
    p.cell.add_inhibition(net, &output, owner);
    net.populations.extend([input, output]);
}

/// One source for all inputs, or one for each group of a generator that makes groups.
fn add_sources(
    net: &mut Network,
    p: &NeuronParams,
    time: (Tick, TimeGrid),
    (input, owner): (&Population, Owner<'_>),
) {
    let (classes, low_hz) = (classes(p), p.rate_hz);
    if p.rate_span_hz > 0.0 {
        let drive = Drive::PoissonSpan { low_hz, high_hz: low_hz + p.rate_span_hz };
        net.drive(&owner.name("inputs"), input.all(), drive);
    } else if p.generator.is_of_groups() {
        for Class { label, first, size, correlation, .. } in &classes {
            let drive = p.generator.drive((p.rate_hz, *correlation), *size, time);
            let name = owner.name(&format!("{label} inputs"));
            net.drive(&name, input.some(*first, *size), drive);
        }
    } else {
        let members = classes.iter().find(|class| class.is_group).map_or(0, |class| class.size);
        let drive = p.generator.drive((p.rate_hz, 0.0), members, time);
        net.drive(&owner.name("inputs"), input.all(), drive);
    }
}

/// Plastic synapses. A neuron that follows another one begins with the same weights, and its gain is held.
fn excitation(p: &NeuronParams, ends: [&Population; 2], owner: Owner<'_>) -> Projection {
    let (low, high) = (p.w_init_min, p.w_init_max);
    let start = match owner.is_beside() {
        true => Draw::SameAs { projection: "excitation".into() },
        false if low == high => Draw::Fixed { value: low },
        false => Draw::Uniform { low, high },
    };
    let weights = p.learning.describe_weights(start);
    let mut excitation = p.cell.synapses(&owner.name("excitation"), ends, weights);
    excitation.rule = p.learning.describe_rule();
    excitation.array = owner.array("input_to_output");
    excitation.homeostasis.extend(p.homeostasis.describe(p.num_inputs));
    if p.leader().is_some() {
        let (step, limit) = (f64::from(yoke::STEP), f64::from(yoke::LIMIT));
        let [step, limit] = [step, limit].map(|x| (x * 1e6).round() / 1e6);
        let leader = "leader_output".into();
        excitation.homeostasis.push(Homeostasis::Yoke { leader, step, limit });
    }
    excitation
}
