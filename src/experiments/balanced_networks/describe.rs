//! The networks as plain data.

use super::DT_MS;
use super::mean_field::MeanField;
use super::params::{
    BalancedNetworks, BenchmarkParams, BrunelParams, LearnedParams, Part, Signals, SynapseKind,
    WiringKind,
};
use crate::lab::described::inhibitory_rule;
use crate::net::{
    self, Draw, Drive, Firing, Method, Model, Network, Population, Projection, Reset, Role, Start,
    Synapse, Unit, Weights, Wiring,
};
use crate::sim::plasticity::InhibitoryStdpParams;

/// Potentials of a random network, above rest.
const THRESHOLD_MV: f64 = 20.0;
const TAU_M_MS: f64 = 20.0;
/// Neurons of a benchmark.
const BENCHMARK: [u32; 2] = [3_200, 800];
/// A lone neuron's inputs: groups, and inputs of each.
pub const NUM_GROUPS: u32 = 8;
pub const GROUP: [u32; 2] = [100, 25];
/// What is learned.
pub const LEARNED: &str = "inhibitory_to_output";
/// The population that is run: its name in the picture, in recordings and in the fingerprint.
pub const NEURONS: &str = "neuron";
/// A lone neuron, and its inputs.
pub const INPUT: &str = "input";
pub const OUTPUT: &str = "output";
/// Conductances are learned in units of the leak, up to this.
const W_MAX: f64 = 2.0;

/// The network of a run.
pub fn describe(p: &BalancedNetworks) -> Network {
    match &p.part {
        Part::Brunel(p) => brunel(p),
        Part::Benchmark(p) => benchmark(p),
        Part::Learned(p) => learned(p),
    }
}

/// Excitatory and inhibitory neurons of one model, whose variables begin as drawn.
fn both([num_exc, num_inh]: [u32; 2], model: &Model, start: &[(&str, Draw)]) -> Population {
    let part = |name, size, role| {
        let from = |(variable, from): &(&str, Draw)| Start {
            variable: (*variable).into(),
            from: from.clone(),
            at_or_above: None,
        };
        net::Part {
            start: start.iter().map(from).collect(),
            ..net::Part::new(name, size, role, model.clone())
        }
    };
    let parts = vec![
        part("excitatory", num_exc, Role::Excitatory),
        part("inhibitory", num_inh, Role::Inhibitory),
    ];
    Population::of_parts(NEURONS, 0, parts)
}

/// From both kinds to all: wiring, strength and synapses of each.
fn connect(
    net: &mut Network,
    population: Population,
    kinds: [(Wiring, f64, Synapse); 2],
    delay_ms: f64,
) {
    let mut first = 0;
    for (part, (wiring, weight, synapse)) in population.parts.iter().zip(kinds) {
        let ends = [population.some(first, part.size), population.all()];
        first += part.size;
        let is_inhibitory = part.role == Role::Inhibitory;
        let name = if is_inhibitory { "inhibition" } else { "excitation" };
        let unit =
            if matches!(synapse, Synapse::Conductance { .. }) { Unit::None } else { Unit::Mv };
        let weights = Weights::fixed(weight, unit);
        let projection = Projection::new(name, ends, wiring, weights, synapse).delayed(delay_ms);
        net.projections.push(if is_inhibitory { projection.inhibitory() } else { projection });
    }
    net.populations.push(population);
}

fn lif([e_l_mv, v_th_mv, v_reset_mv]: [f64; 3], t_ref_ms: f64) -> Model {
    Model::Lif {
        tau_m_ms: TAU_M_MS,
        e_l_mv,
        v_th_mv,
        v_reset_mv,
        t_ref_ms,
        reset: Reset::Hard,
        firing: Firing::Sharp,
        method: Method::Exact,
    }
}

impl BrunelParams {
    /// Rate of all external spikes onto a neuron that brings its mean potential to threshold: θ/(J τ).
    pub fn threshold_hz(&self) -> f64 {
        THRESHOLD_MV / (self.j_mv * TAU_M_MS / 1_000.0)
    }

    fn external_hz(&self) -> f64 {
        self.external * self.threshold_hz()
    }

    /// Strengths of an excitatory and of an inhibitory synapse.
    pub fn strengths(&self) -> [f64; 2] {
        [self.j_mv, self.g * self.j_mv]
    }

    /// What theory says about it.
    pub fn mean_field(&self) -> MeanField {
        let [num_excitatory, num_inhibitory] = self.num_inputs().map(f64::from);
        MeanField {
            num_excitatory,
            num_inhibitory,
            j_mv: self.j_mv,
            g: self.g,
            external_hz: self.external_hz(),
            tau_m_ms: TAU_M_MS,
            v_th_mv: THRESHOLD_MV,
            v_reset_mv: self.v_reset_mv,
            t_ref_ms: self.t_ref_ms,
        }
    }
}

fn brunel(p: &BrunelParams) -> Network {
    let mut net = Network::continuous(DT_MS, p.duration_s * 1_000.0);
    let population = both(p.sizes(), &lif([0.0, THRESHOLD_MV, p.v_reset_mv], p.t_ref_ms), &[]);
    let kicks = Drive::Kicks { rate_hz: p.external_hz(), size_mv: p.j_mv };
    net.drive("external", population.all(), kicks);
    let wiring = |num| match p.wiring {
        WiringKind::InDegree => Wiring::InDegree { num },
        WiringKind::Chance => Wiring::Probability { p: p.connected },
    };
    let ([num_exc, num_inh], [weight_exc, weight_inh]) = (p.num_inputs(), p.strengths());
    let synapse = Synapse::Delta { per_weight: 1.0 };
    let kinds =
        [(wiring(num_exc), weight_exc, synapse.clone()), (wiring(num_inh), weight_inh, synapse)];
    connect(&mut net, population, kinds, p.delay_ms);
    net
}

impl BenchmarkParams {
    /// Strengths of an excitatory and of an inhibitory synapse: mV, or conductances in units of the leak.
    pub fn strengths(&self) -> [f64; 2] {
        let [excitatory, inhibitory] = match self.synapses {
            SynapseKind::Currents => [1.62, 9.0],
            SynapseKind::Conductances => [0.6, 6.7],
        };
        [excitatory * self.excitation, inhibitory * self.inhibition]
    }
}

fn benchmark(p: &BenchmarkParams) -> Network {
    let mut net = Network::continuous(DT_MS, p.duration_s * 1_000.0);
    let taus_ms = [5.0, 10.0];
    let (population, synapses) = match p.synapses {
        SynapseKind::Currents => {
            let start = [("v_mv", Draw::Uniform { low: -60.0, high: -50.0 })];
            let population = both(BENCHMARK, &lif([-49.0, -50.0, -60.0], 5.0), &start);
            // A weight is what a current's jump adds to R I.
            let current = |tau_s_ms| Synapse::Current { tau_s_ms, area_mv_ms: tau_s_ms };
            (population, taus_ms.map(current))
        }
        SynapseKind::Conductances => {
            let normal = |mean, sd| Draw::Normal { mean, sd, low: None, high: None };
            let start = [
                ("v_mv", normal(-5.0, 5.0)),
                ("g_e", normal(4.0, 1.5)),
                ("g_i", normal(20.0, 12.0)),
            ];
            let model = conductance_lif([0.0, 10.0, 0.0]);
            let conductance =
                |tau_s_ms, e_rev_mv| Synapse::Conductance { tau_s_ms, e_rev_mv, per_weight: 1.0 };
            let [tau_e_ms, tau_i_ms] = taus_ms;
            let synapses = [conductance(tau_e_ms, 60.0), conductance(tau_i_ms, -20.0)];
            (both(BENCHMARK, &model, &start), synapses)
        }
    };
    let wiring = || Wiring::Probability { p: p.connected };
    let ([synapse_exc, synapse_inh], [weight_exc, weight_inh]) = (synapses, p.strengths());
    let kinds = [(wiring(), weight_exc, synapse_exc), (wiring(), weight_inh, synapse_inh)];
    connect(&mut net, population, kinds, 0.0);
    net
}

fn conductance_lif([e_l_mv, v_th_mv, v_reset_mv]: [f64; 3]) -> Model {
    Model::ConductanceLif {
        tau_m_ms: TAU_M_MS,
        e_l_mv,
        v_th_mv,
        v_reset_mv,
        t_ref_ms: 5.0,
        reset: Reset::Hard,
        method: Method::ExponentialEuler,
    }
}

impl LearnedParams {
    /// Excitatory weight of each group: strongest in the fifth, falling off to both sides.
    pub fn excitation(&self) -> Vec<f64> {
        let tuned = |group: u32| {
            let far = (f64::from(group) - 4.0).abs() / 4.0;
            self.w_least + (self.w_peak - self.w_least) * (1.0 - far)
        };
        (0..NUM_GROUPS).map(tuned).collect()
    }

    /// What inhibitory synapses learn by.
    pub fn rule(&self) -> InhibitoryStdpParams {
        InhibitoryStdpParams {
            eta: self.eta,
            target_rate_hz: self.target_hz,
            tau_ms: 20.0,
            w_min: 0.0,
            w_max: W_MAX,
        }
    }
}

/// Where the inputs of a group begin among all of them: excitatory ones, and inhibitory ones behind these.
pub fn first_of(group: u32) -> [u32; 2] {
    let first = group * (GROUP[0] + GROUP[1]);
    [first, first + GROUP[0]]
}

/// Groups of excitatory and inhibitory inputs, side by side, and the neuron that they reach.
fn learned(p: &LearnedParams) -> Network {
    let mut net = Network::continuous(DT_MS, p.duration_s * 1_000.0);
    let [num_exc, num_inh] = GROUP;
    let parts = (0..NUM_GROUPS).flat_map(|group| {
        let part = |kind: &str, size, role| {
            net::Part::new(&format!("{kind} {}", group + 1), size, role, Model::SpikeSource)
        };
        [part("group", num_exc, Role::Input), part("inhibition", num_inh, Role::Inhibitory)]
    });
    let input = Population::of_parts(INPUT, 0, parts.collect());
    let output =
        Population::new(OUTPUT, 1, 1, Role::Output, conductance_lif([-60.0, -50.0, -60.0]));
    let drive = || Drive::DoublyStochastic {
        rate_hz: p.rate_hz,
        correlation: 1.0,
        sigma: p.sigma,
        tau_ms: p.tau_c_ms,
    };
    for (group, w) in (0..NUM_GROUPS).zip(p.excitation()) {
        let [exc, inh] = first_of(group);
        match p.signals {
            Signals::Shared => {
                net.drive(
                    &format!("group {}", group + 1),
                    input.some(exc, num_exc + num_inh),
                    drive(),
                );
            }
            Signals::Shuffled => {
                net.drive(&format!("group {}", group + 1), input.some(exc, num_exc), drive());
                net.drive(&format!("inhibition {}", group + 1), input.some(inh, num_inh), drive());
            }
        }
        let synapse =
            |tau_s_ms, e_rev_mv| Synapse::Conductance { tau_s_ms, e_rev_mv, per_weight: 1.0 };
        let excitation = Projection::new(
            &format!("excitation {}", group + 1),
            [input.some(exc, num_exc), output.all()],
            Wiring::AllToAll,
            Weights::fixed(w, Unit::None),
            synapse(5.0, 0.0),
        );
        let weights = Weights::fixed(p.w_start, Unit::None).within(0.0, W_MAX);
        let inhibition = Projection::new(
            &format!("inhibition {}", group + 1),
            [input.some(inh, num_inh), output.all()],
            Wiring::AllToAll,
            weights,
            synapse(10.0, -80.0),
        );
        let learning =
            inhibition.inhibitory().learning(inhibitory_rule(&p.rule())).kept_as(LEARNED);
        net.projections.extend([excitation, learning]);
    }
    net.populations.extend([input, output]);
    net
}
