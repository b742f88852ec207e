//! From parameters to the neuron with its inputs, its synapses and its rule.

use super::neuron::Class;
use super::params::{
    AdaptiveParams, AfterSpike, CellKind, ConductanceParams, EscapeParams, HomeostasisKind,
    NeuronParams, PulseParams, RuleKind,
};
use crate::sim::encode::{Counting, Group, Poisson, Source};
use crate::sim::fan_in::{Cell, FanIn, Inhibition};
use crate::sim::neuron::{
    ConductanceLif, ConductanceLifParams, Escape, EscapeRate, Integrator, Lif, LifParams,
    LinearPoisson, PulseLif, SpikeResponse, SpikeResponseParams, SynapticLif, SynapticLifParams,
    SynapticReset,
};
use crate::sim::plasticity::triplet::ROWS;
use crate::sim::plasticity::{
    AdaptiveThreshold, Bound, Coincidence, Homeostasis, InhibitoryStdp, InhibitoryStdpParams,
    Noise, Normalisation, PairStdp, PairStdpParams, Pairing, Published, PublishedVariant,
    RelaxingThresholdParams, Rule, SynapticScaling, SynapticScalingParams, Triplet, TripletParams,
};
use crate::sim::{Stream, Tick, TimeGrid, math};

/// Threshold and reset of neurons with a membrane in mV.
pub const V_TH_MV: f64 = -54.0;
pub(super) const V_RESET_MV: f64 = -60.0;
/// Weights are scaled so often.
pub(super) const SCALING_INTERVAL_MS: f64 = 100.0;
/// The window of the inhibitory rule, as in its source, and its strongest synapse in units of the leak.
pub(super) const VOGELS_TAU_MS: f64 = 20.0;
pub(super) const VOGELS_W_MAX: f64 = 1.0;

/// The step: 0.1 ms for membranes, 1 ms for neurons that are defined in steps.
pub fn grid_of(cell: &CellKind) -> TimeGrid {
    match cell {
        CellKind::Linear | CellKind::SecondOrder(_) => TimeGrid::new(1.0),
        _ => TimeGrid::new(0.1),
    }
}

/// The rule's constants; weights lie in [0, 1].
pub fn rule_params(p: &NeuronParams) -> PairStdpParams {
    let [a_plus, a_minus] = p.amplitudes();
    PairStdpParams {
        a_plus,
        a_minus,
        tau_plus_ms: p.tau_plus_ms,
        tau_minus_ms: p.tau_minus_ms,
        w_min: 0.0,
        w_max: 1.0,
        bound: match p.rule {
            RuleKind::PowerLaw { mu, w_0 } => Bound::PowerLaw { mu, w_0 },
            RuleKind::VanRossum { .. } => Bound::Power { mu_plus: 0.0, mu_minus: 1.0 },
            _ if p.mu == 0.0 => Bound::Hard,
            _ => Bound::Power { mu_plus: p.mu, mu_minus: p.mu },
        },
        pairing: [
            Pairing::AllToAll,
            Pairing::Nearest,
            Pairing::PresynapticCentred,
            Pairing::Reduced,
        ][p.pairing as usize],
        coincidence: [
            Coincidence::PreFirst,
            Coincidence::PostFirst,
            Coincidence::Both,
            Coincidence::Neither,
        ][p.coincidence as usize],
    }
}

/// The rule, if it is one of spikes.
fn rule(p: &NeuronParams, num: usize, grid: TimeGrid, seed: u32) -> Option<Rule> {
    match p.rule {
        RuleKind::VanRossum { noise, .. } => {
            let pairs = PairStdp::new(num, 1, rule_params(p), grid);
            let noise = Noise::new(noise, Stream::new(seed, "noise"));
            Some(Rule::Pair(pairs.with_noise(noise)))
        }
        RuleKind::Pair | RuleKind::PowerLaw { .. } => {
            Some(Rule::Pair(PairStdp::new(num, 1, rule_params(p), grid)))
        }
        RuleKind::Triplet { row, scale } => {
            Some(Rule::Triplet(Triplet::new(num, 1, triplet_params(row, scale), grid)))
        }
        RuleKind::Offset { .. } | RuleKind::Asymptotic { .. } | RuleKind::Fixed => None,
    }
}

/// A fit of the triplet rule with all its amplitudes scaled; weights lie in [0, 1].
pub(super) fn triplet_params(row: u32, scale: f64) -> TripletParams {
    let fit = ROWS[row as usize].params();
    TripletParams {
        a2_plus: scale * fit.a2_plus,
        a3_plus: scale * fit.a3_plus,
        a2_minus: scale * fit.a2_minus,
        a3_minus: scale * fit.a3_minus,
        bound: Bound::Hard,
        ..fit
    }
}

/// A rule of whole steps and the memory of its traces in ms, if that was chosen.
pub(super) fn published_rule_params(p: &NeuronParams) -> Option<(PublishedVariant, f64)> {
    match p.rule {
        RuleKind::Offset { learning_rate, offset, tau_plus_ms } => {
            Some((PublishedVariant::Offset { learning_rate, offset, w_max: 1.0 }, tau_plus_ms))
        }
        RuleKind::Asymptotic { a_plus, a_minus, tau_plus_ms } => {
            Some((PublishedVariant::Asymptotic { a_plus, a_minus, w_min: 0.0 }, tau_plus_ms))
        }
        _ => None,
    }
}

fn published(p: &NeuronParams, num: usize, grid: TimeGrid) -> Option<Published> {
    let (variant, tau_ms) = published_rule_params(p)?;
    let keep = math::exp_f64(-grid.dt_ms() / tau_ms);
    Some(Published::new(num, 1, variant, [keep, keep]))
}

fn homeostasis(p: &NeuronParams, grid: TimeGrid) -> Homeostasis {
    match p.homeostasis {
        HomeostasisKind::None => Homeostasis::None,
        HomeostasisKind::Scaling { target_rate_hz, tau_rate_s, tau_scaling_s } => {
            let params = SynapticScalingParams {
                target_rate_hz,
                tau_rate_ms: 1_000.0 * tau_rate_s,
                tau_scaling_ms: 1_000.0 * tau_scaling_s,
                interval_ms: SCALING_INTERVAL_MS,
                w_max: 1.0,
            };
            Homeostasis::Scaling(SynapticScaling::new(1, &params, grid))
        }
        HomeostasisKind::Normalisation { mean_weight } => {
            let total = mean_weight * f64::from(p.num_inputs);
            Homeostasis::Normalisation(Normalisation::new(total, 1.0, SCALING_INTERVAL_MS, grid))
        }
    }
}

/// The neuron at its first tick.
pub fn build(
    p: &NeuronParams,
    classes: &[Class],
    num_ticks: Tick,
    grid: TimeGrid,
    seed: u32,
) -> FanIn {
    let num = p.num_inputs as usize;
    let mut initial = Stream::new(seed, "weights");
    let (low, high) = (p.w_init_min as f32, p.w_init_max as f32);
    let weights = (0..num).map(|_| initial.between(low, high)).collect();
    let output = || Stream::new(seed, "output");
    let num_inputs = f64::from(p.num_inputs);
    let (cell, gain) = match &p.cell {
        CellKind::Conductance(c) => (conductance(c, grid), c.g_total / num_inputs),
        CellKind::Linear => (Cell::Linear(LinearPoisson::new(1, num, output())), 1.0),
        CellKind::SecondOrder(after) => (second_order(after, grid), 1.0),
        CellKind::Adaptive(c, threshold) => {
            let neuron = PulseLif::new(membrane(c, grid), None, Some(adaptive(c, threshold, grid)));
            (Cell::Pulse(neuron), c.jump_total_mv / num_inputs)
        }
        CellKind::Escape(c, law) => {
            let t_ref_ms = c.after.t_ref_ms;
            let escape = EscapeRate::new(1, escape(law), t_ref_ms, grid, output());
            let neuron = PulseLif::new(membrane(c, grid), Some(escape), None);
            (Cell::Pulse(neuron), c.jump_total_mv / num_inputs)
        }
        CellKind::Response(c) => {
            let params = SpikeResponseParams {
                threshold: c.threshold,
                tau_m_ms: c.tau_m_ms,
                tau_s_ms: c.tau_s_ms,
                t_ref_ms: c.t_ref_ms,
            };
            (Cell::Response(SpikeResponse::new(&params, grid)), 1.0)
        }
    };
    let source = source(p, classes, num_ticks, grid, seed);
    let mut neuron = FanIn::new(grid, source, cell, weights, gain as f32, None);
    neuron.rule = rule(p, num, grid, seed);
    neuron.published = published(p, num, grid);
    neuron.homeostasis = homeostasis(p, grid);
    if let CellKind::Conductance(c) = &p.cell
        && c.num_inhibitory > 0
    {
        neuron.inhibition = Some(inhibition(c, grid, seed));
    }
    neuron
}

/// Independent inhibitory inputs.
fn inhibition(c: &ConductanceParams, grid: TimeGrid, seed: u32) -> Inhibition {
    let num = c.num_inhibitory as usize;
    let rates = vec![c.rate_inhibitory_hz as f32; num];
    let stream = Stream::new(seed, "inhibition");
    let source = Source::Poisson(Poisson::new(Counting::OncePerTick, &rates, grid, stream));
    let params = InhibitoryStdpParams {
        eta: c.eta,
        target_rate_hz: c.rho_0_hz,
        tau_ms: VOGELS_TAU_MS,
        w_min: 0.0,
        w_max: VOGELS_W_MAX,
    };
    let weight = c.g_in as f32;
    let learning =
        c.is_vogels.then(|| (InhibitoryStdp::new(num, 1, params, grid), vec![weight; num]));
    Inhibition { source, weight, learning }
}

fn source(
    p: &NeuronParams,
    classes: &[Class],
    num_ticks: Tick,
    grid: TimeGrid,
    seed: u32,
) -> Source {
    if p.rate_span_hz > 0.0 {
        let per_input = p.rate_span_hz / f64::from(p.num_inputs - 1);
        let rates: Vec<f32> = (0..p.num_inputs)
            .map(|input| (p.rate_hz + per_input * f64::from(input)) as f32)
            .collect();
        let stream = Stream::new(seed, "input");
        return Source::Poisson(Poisson::new(Counting::OncePerTick, &rates, grid, stream));
    }
    // Members of a pattern are a group whatever the correlation says.
    let is_of_groups = p.generator.is_of_groups();
    let groups: Vec<Group> = classes
        .iter()
        .filter(|class| if is_of_groups { class.correlation > 0.0 } else { class.is_group })
        .map(|class| Group { size: class.size, correlation: class.correlation as f32 })
        .collect();
    p.generator.source((p.num_inputs, num_ticks), p.rate_hz, &groups, grid, (seed, "input"))
}

/// Song, Miller and Abbott's neuron.
fn conductance(c: &ConductanceParams, grid: TimeGrid) -> Cell {
    let params = ConductanceLifParams {
        tau_m_ms: c.tau_m_ms,
        e_l_mv: c.e_l_mv,
        e_e_mv: 0.0,
        e_i_mv: -70.0,
        tau_e_ms: 5.0,
        tau_i_ms: 5.0,
        v_th_mv: V_TH_MV,
        v_reset_mv: V_RESET_MV,
        t_ref_ms: c.after.t_ref_ms,
    };
    let neuron = ConductanceLif::new(1, &params, Integrator::Euler, grid);
    Cell::Conductance(if c.after.is_soft() { neuron.with_soft_reset() } else { neuron })
}

/// The published script's neuron: decay factors e^(−0.1) and e^(−0.2) per step.
fn second_order(after: &AfterSpike, grid: TimeGrid) -> Cell {
    Cell::Synaptic(SynapticLif::new(
        1,
        SynapticLifParams {
            alpha: math::decay_per_step(1.0, 10.0),
            beta: math::decay_per_step(1.0, 5.0),
            threshold: 1.0,
            reset: if after.is_soft() { SynapticReset::Subtract } else { SynapticReset::ToZero },
            refractory_steps: grid.ticks_from_ms(after.t_ref_ms) as u32,
        },
    ))
}

/// A membrane without synaptic currents.
fn membrane(c: &PulseParams, grid: TimeGrid) -> Lif {
    let params = LifParams {
        tau_m_ms: c.tau_m_ms,
        e_l_mv: c.e_l_mv,
        v_th_mv: V_TH_MV,
        v_reset_mv: V_RESET_MV,
        t_ref_ms: c.after.t_ref_ms,
    };
    let neuron = Lif::new(1, &params, grid);
    if c.after.is_soft() { neuron.with_soft_reset() } else { neuron }
}

fn adaptive(c: &PulseParams, threshold: &AdaptiveParams, grid: TimeGrid) -> AdaptiveThreshold {
    AdaptiveThreshold::relaxing(1, &adaptive_params(c, threshold), grid)
}

pub(super) fn adaptive_params(
    c: &PulseParams,
    threshold: &AdaptiveParams,
) -> RelaxingThresholdParams {
    RelaxingThresholdParams {
        theta_plus_mv: threshold.theta_plus_mv,
        ratio: threshold.theta_ratio,
        distance_mv: V_TH_MV - c.e_l_mv,
        tau_ms: threshold.tau_theta_ms,
    }
}

pub(super) fn escape(law: &EscapeParams) -> Escape {
    match law.law {
        0 => Escape::LinearPerStep { gain: law.gain },
        1 => Escape::Linear { slope_hz_per_mv: law.slope_hz_per_mv },
        _ => Escape::Exponential { delta_mv: law.delta_mv, tau_ms: law.tau_escape_ms },
    }
}
