//! The neuron with its inputs, its synapses and its rule as plain data.

use super::describe::Inputs;
use super::neuron::{Class, classes};
use super::params::NeuronParams;
use crate::kit::params::{
    AfterSpike, CellKind, ConductanceParams, HomeostasisKind, LearningParams, PulseParams,
    RuleKind, SCALING_INTERVAL_MS, V_RESET_MV, V_TH_MV,
};
use crate::lab::described::{
    FARTHEST, inhibitory_rule, pair_rule, published_rule, relaxing, triplet_rule,
};
use crate::net::{
    Adaptation, Counting, Delay, Dependence, Draw, Drive, Firing, Homeostasis, Method, Model,
    Network, Population, Projection, Receptor, Reset, Role, Rule, Source, Synapse, Unit, Weights,
    Wiring,
};
use crate::sim::neuron::Escape;
use crate::sim::{Tick, TimeGrid, yoke};

/// Both conductances decay so, and these are their reversal potentials.
const TAU_G_MS: f64 = 5.0;
const E_E_MV: f64 = 0.0;
const E_I_MV: f64 = -70.0;
/// The neuron of second order: decay of its current and of its potential.
const TAU_CURRENT_MS: f64 = 10.0;
const TAU_POTENTIAL_MS: f64 = 5.0;

/// A neuron and all that belongs to it; one that runs beside has a name of its own.
pub fn add_neuron(
    net: &mut Network,
    p: &NeuronParams,
    (num_ticks, grid): (Tick, TimeGrid),
    beside: &str,
) {
    let is_beside = !beside.is_empty();
    let own = |what: &str| if is_beside { format!("{beside}_{what}") } else { what.to_string() };
    let role = |role| if is_beside { Role::Control } else { role };
    let source = |size| (size, role(Role::Input), Model::SpikeSource);
    let population = |name: &str, layer, (size, role, model)| {
        Population::new(&own(name), size, layer, role, model)
    };
    let input = population("input", 0, source(p.num_inputs));
    let (model, adaptation) = cell(&p.cell, p.num_inputs);
    let mut output = population("output", 1, (1, role(Role::Output), model));
    output.adaptation = adaptation;
    let inputs = Inputs { rate_hz: p.rate_hz, num_ticks, grid };
    add_sources(net, p, &inputs, (&input, &own("")));
    let mut excitation = excitation(p, [&input, &output], &own("excitation"));
    if is_beside || p.leader().is_some() {
        // Both begin with the same weights.
        let projection = "excitation".into();
        if is_beside {
            excitation.weights.start = Draw::SameAs { projection };
            excitation.array = None;
        } else {
            let (step, limit) = (f64::from(yoke::STEP), f64::from(yoke::LIMIT));
            let [step, limit] = [step, limit].map(|x| (x * 1e6).round() / 1e6);
            let leader = "leader_output".into();
            excitation.homeostasis.push(Homeostasis::Yoke { leader, step, limit });
        }
    }
    // A linear neuron hears of a spike one step later.
    if matches!(p.cell, CellKind::Linear) {
        excitation.delay = Delay::Fixed { delay_ms: grid.dt_ms() };
    }
    net.projections.push(excitation);
    if let CellKind::Conductance(c) = &p.cell
        && c.num_inhibitory > 0
    {
        let mut inhibitory = population("inhibitory", 0, source(c.num_inhibitory));
        inhibitory.parts[0].role = role(Role::Inhibitory);
        let drive =
            Drive::Poisson { rate_hz: c.rate_inhibitory_hz, counting: Counting::OncePerStep };
        net.sources.push(Source::new(&own("inhibitory inputs"), inhibitory.all(), drive));
        let mut inhibition = inhibition(c, [&inhibitory, &output], &own("inhibition"));
        inhibition.array = inhibition.array.filter(|_| !is_beside);
        net.projections.push(inhibition);
        net.populations.push(inhibitory);
    }
    net.populations.extend([input, output]);
}

/// One source for all inputs, or one for each group of a generator that makes groups.
fn add_sources(
    net: &mut Network,
    p: &NeuronParams,
    inputs: &Inputs,
    (input, own): (&Population, &str),
) {
    let classes = classes(p);
    if p.rate_span_hz > 0.0 {
        let drive = Drive::PoissonSpan { low_hz: p.rate_hz, high_hz: p.rate_hz + p.rate_span_hz };
        net.sources.push(Source::new(&format!("{own}inputs"), input.all(), drive));
    } else if p.generator.is_of_groups() {
        for Class { label, first, size, correlation, .. } in &classes {
            let drive = inputs.drive(&p.generator, *correlation, *size);
            let name = format!("{own}{label} inputs");
            net.sources.push(Source::new(&name, input.some(*first, *size), drive));
        }
    } else {
        let members = classes.iter().find(|class| class.is_group).map_or(0, |class| class.size);
        let drive = inputs.drive(&p.generator, 0.0, members);
        net.sources.push(Source::new(&format!("{own}inputs"), input.all(), drive));
    }
}

fn reset(after: &AfterSpike) -> Reset {
    if after.is_soft() { Reset::Soft } else { Reset::Hard }
}

/// The neuron's model, and what raises its threshold.
fn cell(cell: &CellKind, num_inputs: u32) -> (Model, Option<Adaptation>) {
    let model = match cell {
        CellKind::Conductance(c) => Model::ConductanceLif {
            tau_m_ms: c.membrane.tau_m_ms,
            e_l_mv: c.membrane.e_l_mv,
            v_th_mv: V_TH_MV,
            v_reset_mv: V_RESET_MV,
            t_ref_ms: c.membrane.after.t_ref_ms,
            reset: reset(&c.membrane.after),
            method: Method::Euler,
        },
        CellKind::Linear => Model::LinearPoisson { divisor: f64::from(num_inputs) },
        CellKind::SecondOrder(after) => Model::SecondOrder {
            tau_m_ms: TAU_POTENTIAL_MS,
            tau_s_ms: TAU_CURRENT_MS,
            threshold: 1.0,
            t_ref_ms: after.t_ref_ms.round(),
            reset: reset(after),
        },
        CellKind::Adaptive(c, threshold) => {
            let adaptation = relaxing(&threshold.threshold_params(c.membrane.e_l_mv));
            return (membrane(c, Firing::Sharp), Some(adaptation));
        }
        CellKind::Escape { pulse: c, law } => membrane(c, firing(law.escape())),
        CellKind::Response(c) => Model::SpikeResponse {
            threshold: c.threshold,
            tau_m_ms: c.tau_m_ms,
            tau_s_ms: c.tau_s_ms,
            t_ref_ms: c.t_ref_ms,
            after_spike: 2.0,
            after_pull: 4.0,
        },
    };
    (model, None)
}

fn firing(escape: Escape) -> Firing {
    match escape {
        Escape::LinearPerStep { gain } => Firing::LinearPerStep { gain },
        Escape::Linear { slope_hz_per_mv } => Firing::Linear { slope_hz_per_mv },
        Escape::Exponential { delta_mv, tau_ms } => Firing::Exponential { delta_mv, tau_ms },
    }
}

fn membrane(c: &PulseParams, firing: Firing) -> Model {
    Model::Lif {
        tau_m_ms: c.membrane.tau_m_ms,
        e_l_mv: c.membrane.e_l_mv,
        v_th_mv: V_TH_MV,
        v_reset_mv: V_RESET_MV,
        t_ref_ms: c.membrane.after.t_ref_ms,
        reset: reset(&c.membrane.after),
        firing,
        method: Method::Exact,
    }
}

/// What a spike of weight 1 does.
fn synapse(cell: &CellKind, num_inputs: f64) -> Synapse {
    match cell {
        CellKind::Conductance(c) => Synapse::Conductance {
            tau_s_ms: TAU_G_MS,
            e_rev_mv: E_E_MV,
            per_weight: c.g_total / num_inputs,
        },
        CellKind::SecondOrder(_) => Synapse::OneStep { per_weight: 1.0 },
        CellKind::Linear | CellKind::Response(_) => Synapse::Delta { per_weight: 1.0 },
        CellKind::Adaptive(c, _) | CellKind::Escape { pulse: c, .. } => {
            Synapse::Delta { per_weight: c.jump_total_mv / num_inputs }
        }
    }
}

fn excitation(p: &NeuronParams, [input, output]: [&Population; 2], name: &str) -> Projection {
    let (low, high) = (p.w_init_min, p.w_init_max);
    let end = if p.learning.rule.is_unbounded() { FARTHEST } else { 1.0 };
    let least = if p.learning.rule.is_unbounded() { -FARTHEST } else { 0.0 };
    let start = if low == high { Draw::Fixed { value: low } } else { Draw::Uniform { low, high } };
    let weights = Weights::new(start, Unit::None).within(least, end);
    let num_inputs = f64::from(p.num_inputs);
    let ends = [input.all(), output.all()];
    let synapse = synapse(&p.cell, num_inputs);
    let projection = Projection::new(name, ends, Wiring::AllToAll, weights, synapse);
    Projection {
        rule: rule(&p.learning),
        homeostasis: homeostasis(p),
        array: Some("input_to_output".into()),
        ..projection
    }
}

fn rule(p: &LearningParams) -> Option<Rule> {
    match p.rule {
        RuleKind::Pair | RuleKind::PowerLaw { .. } => Some(pair_rule(&p.pair_params())),
        RuleKind::VanRossum { noise, .. } => {
            let mut rule = pair_rule(&p.pair_params());
            if let Dependence::Power { noise: own, .. } = &mut rule.dependence {
                *own = noise;
            }
            Some(rule)
        }
        RuleKind::Triplet { fit, scale } => Some(triplet_rule(&fit.params(scale))),
        RuleKind::Offset { .. } | RuleKind::Asymptotic { .. } | RuleKind::Fixed => {
            p.published_params().map(|(variant, tau_ms)| published_rule(&variant, [tau_ms; 2]))
        }
    }
}

fn homeostasis(p: &NeuronParams) -> Vec<Homeostasis> {
    let every_ms = SCALING_INTERVAL_MS;
    match p.homeostasis {
        HomeostasisKind::None => Vec::new(),
        HomeostasisKind::Scaling { target_rate_hz, tau_rate_s, tau_scaling_s } => {
            let [tau_rate_ms, tau_scaling_ms] = [tau_rate_s, tau_scaling_s].map(|s| 1_000.0 * s);
            vec![Homeostasis::Scaling { target_rate_hz, tau_rate_ms, tau_scaling_ms, every_ms }]
        }
        HomeostasisKind::Normalisation { mean_weight } => {
            let total = mean_weight * f64::from(p.num_inputs);
            vec![Homeostasis::NormaliseEvery { total, every_ms }]
        }
    }
}

/// Inhibition, whose weights are jumps of the conductance.
fn inhibition(
    c: &ConductanceParams,
    [inhibitory, output]: [&Population; 2],
    name: &str,
) -> Projection {
    let weights = Weights::fixed(c.g_in, Unit::None);
    let synapse = Synapse::Conductance { tau_s_ms: TAU_G_MS, e_rev_mv: E_I_MV, per_weight: 1.0 };
    let ends = [inhibitory.all(), output.all()];
    let fixed = Projection::new(name, ends, Wiring::AllToAll, weights, synapse);
    let mut projection = Projection { receptor: Receptor::Inhibitory, ..fixed };
    if let Some(params) = c.learning_params() {
        projection.weights = projection.weights.within(params.w_min, params.w_max);
        projection.rule = Some(inhibitory_rule(&params));
        projection.array = Some("inhibition_to_output".into());
    }
    projection
}
