//! The three parts as plain data: groups of inputs, the virtual synapse, and the neuron with its inputs.

use super::DT_MS;
use super::describe_neuron::add_neuron;
use super::params::{CorrelatedInputs, GroupsParams, NeuronParams, Part, SynapseParams};
use super::synapse::NUM_INPUTS;
use crate::kit::params::{self, DENSITY_LIMIT, Generator};
use crate::net::{
    Coincidence, Counting, Dependence, Drive, Model, Network, Pairing, Population, Projection,
    Recipe, Role, Rule, Schedule, Source, Synapse, Unit, Update, Weights, Window, Wiring,
};
use crate::sim::encode::patterns::NUM_STARTS;
use crate::sim::{Tick, TimeGrid};

/// The groups of both parts without a neuron.
const GROUPS: [&str; 3] = ["chosen", "independent", "identical"];

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
    let schedule = Schedule::continuous(num_ticks as f64 * grid.dt_ms());
    (Network::new(grid.dt_ms(), schedule), num_ticks)
}

fn groups(p: &GroupsParams) -> Network {
    let grid = TimeGrid::new(DT_MS);
    let (mut net, num_ticks) = run(p.duration_s, grid);
    // Beside a generator without groups stand those of the shared source.
    let shared = Generator::default();
    for (name, correlation) in GROUPS.into_iter().zip([p.correlation, 0.0, 1.0]) {
        let is_own = name == GROUPS[0] || p.generator.is_of_groups();
        let generator = if is_own { &p.generator } else { &shared };
        let group = Population::new(name, p.num_inputs, 0, Role::Input, Model::SpikeSource);
        let inputs = Inputs { rate_hz: p.rate_hz, num_ticks, grid };
        let drive = inputs.drive(generator, correlation, p.num_inputs);
        net.sources.push(Source::new(&format!("{name} inputs"), group.all(), drive));
        net.populations.push(group);
    }
    net
}

/// What a generator has to know of its inputs.
pub struct Inputs {
    /// Their rate.
    pub rate_hz: f64,
    /// The length of the run.
    pub num_ticks: Tick,
    /// Its grid.
    pub grid: TimeGrid,
}

impl Inputs {
    /// What the generator makes of inputs with this correlation; `members` take part in a pattern.
    pub fn drive(&self, generator: &Generator, correlation: f64, members: u32) -> Drive {
        let Self { rate_hz, num_ticks, grid } = *self;
        let dt_ms = grid.dt_ms();
        let ticks_ms = |ms: f64| grid.ticks_from_ms(ms).max(1) as f64 * dt_ms;
        // No input fires more often than once in a step.
        let per_step = |p: f64| p.min(1.0) / dt_ms * 1_000.0;
        let p = rate_hz * dt_ms / 1_000.0;
        let common = |recipe| Drive::CommonSource { recipe, rate_hz, correlation, late_ms: 0.0 };
        match generator.recipe {
            params::Recipe::Shared | params::Recipe::Mip | params::Recipe::Jittered { .. }
                if correlation == 0.0 =>
            {
                Drive::Poisson { rate_hz, counting: Counting::OncePerStep }
            }
            params::Recipe::Shared => common(Recipe::SqrtC),
            params::Recipe::Mip => common(Recipe::Mip),
            params::Recipe::Jittered { jitter_ms } => {
                let half = grid.ticks_from_ms(jitter_ms / 2.0);
                // The last tick of the range is not in it.
                let high_ms = half.saturating_sub(1) as f64 * dt_ms;
                Drive::Jittered { rate_hz, correlation, low_ms: -(half as f64) * dt_ms, high_ms }
            }
            params::Recipe::Modulated { sigma, tau_c_ms: tau_ms } => {
                Drive::DoublyStochastic { rate_hz, correlation, sigma, tau_ms }
            }
            params::Recipe::Growing => {
                let half_ms = (num_ticks / 2) as f64 * dt_ms;
                Drive::HalfGrowing { rate_hz: per_step(p), half_ms }
            }
            params::Recipe::Offsets => Drive::RandomOffsets {
                rate_hz: per_step(p),
                num_starts: NUM_STARTS,
                active_ms: (num_ticks / 2) as f64 * dt_ms,
            },
            params::Recipe::Pattern {
                pattern_ms,
                pattern_every_ms,
                pattern_gain,
                pattern_noise: noise,
                pattern_jitter_ms: jitter_ms,
            } => Drive::Embedded {
                rate_hz: per_step(p),
                pattern_hz: per_step((p * pattern_gain).min(DENSITY_LIMIT)),
                members,
                pattern_ms: ticks_ms(pattern_ms),
                every_ms: ticks_ms(pattern_every_ms.max(pattern_ms)),
                noise,
                jitter_ms,
            },
            params::Recipe::Periodic { period_ms } => {
                Drive::Periodic { period_ms: ticks_ms(period_ms) }
            }
        }
    }
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
    for (name, correlation) in GROUPS.into_iter().zip([p.correlation, 0.0, 1.0]) {
        let group = Population::new(name, NUM_INPUTS, 0, Role::Input, Model::SpikeSource);
        let recipe = Recipe::SqrtC;
        let drive = Drive::CommonSource { recipe, rate_hz: p.rate_hz, correlation, late_ms };
        net.sources.push(Source::new(&format!("{name} inputs"), group.all(), drive));
        let ends = [group.some(0, 1), group.some(1, 1)];
        let weights = Weights::fixed(0.0, Unit::None);
        let name = format!("{name} synapse");
        let synapse = Projection::new(&name, ends, Wiring::OneToOne, weights, Synapse::Nothing);
        net.projections.push(Projection {
            rule: Some(virtual_rule(p)),
            array: Some("virtual_weights".into()),
            ..synapse
        });
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
    add_neuron(&mut net, p, (num_ticks, grid), "");
    // The neuron whose rate this one is held at.
    if let Some(leader) = p.leader() {
        add_neuron(&mut net, &leader, (num_ticks, grid), "leader");
    }
    net
}
