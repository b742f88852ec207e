//! From parameters to the neuron with its inputs, its synapses and its rule.

use super::neuron::Class;
use super::params::{CellKind, ConductanceParams, NeuronParams};
use crate::sim::encode::{Counting, Group, Poisson, Source};
use crate::sim::fan_in::{Cell, FanIn, Inhibition};
use crate::sim::neuron::{
    ConductanceLif, ConductanceLifParams, Integrator, LinearPoisson, SynapticLif,
    SynapticLifParams, SynapticReset,
};
use crate::sim::plasticity::{Bound, Coincidence, PairStdp, PairStdpParams, Pairing, Rule};
use crate::sim::{Stream, TimeGrid, math};

/// The step: 0.1 ms for conductances, 1 ms for neurons that are defined in steps.
pub fn grid_of(cell: &CellKind) -> TimeGrid {
    match cell {
        CellKind::Conductance(_) => TimeGrid::new(0.1),
        CellKind::Linear | CellKind::SecondOrder => TimeGrid::new(1.0),
    }
}

/// The rule's constants; weights lie in [0, 1].
pub fn rule_params(p: &NeuronParams) -> PairStdpParams {
    PairStdpParams {
        a_plus: p.a_plus,
        a_minus: p.a_plus * p.ratio,
        tau_plus_ms: p.tau_plus_ms,
        tau_minus_ms: p.tau_minus_ms,
        w_min: 0.0,
        w_max: 1.0,
        bound: if p.mu == 0.0 {
            Bound::Hard
        } else {
            Bound::Power { mu_plus: p.mu, mu_minus: p.mu }
        },
        pairing: [
            Pairing::AllToAll,
            Pairing::Nearest,
            Pairing::PresynapticCentred,
            Pairing::Reduced,
        ][p.pairing],
        coincidence: [
            Coincidence::PreFirst,
            Coincidence::PostFirst,
            Coincidence::Both,
            Coincidence::Neither,
        ][p.coincidence],
    }
}

/// The neuron at its first tick.
pub fn build(p: &NeuronParams, classes: &[Class], grid: TimeGrid, seed: u32) -> FanIn {
    let num = p.num_inputs as usize;
    let mut initial = Stream::new(seed, "weights");
    let (low, high) = (p.w_init_min as f32, p.w_init_max as f32);
    let weights = (0..num).map(|_| initial.between(low, high)).collect();
    let rule = Rule::Pair(PairStdp::new(num, 1, rule_params(p), grid));
    let (cell, gain) = match &p.cell {
        CellKind::Conductance(c) => (conductance(c, grid), c.g_total / f64::from(p.num_inputs)),
        CellKind::Linear => {
            (Cell::Linear(LinearPoisson::new(1, num, Stream::new(seed, "output"))), 1.0)
        }
        CellKind::SecondOrder => (second_order(), 1.0),
    };
    let source = source(p, classes, grid, seed);
    let mut neuron = FanIn::new(grid, source, cell, weights, gain as f32, Some(rule));
    if let CellKind::Conductance(c) = &p.cell
        && c.num_inhibitory > 0
    {
        let rates = vec![c.rate_inhibitory_hz as f32; c.num_inhibitory as usize];
        let stream = Stream::new(seed, "inhibition");
        let source = Poisson::new(Counting::OncePerTick, &rates, grid, stream);
        let source = Source::Poisson(source);
        neuron.inhibition = Some(Inhibition { source, weight: c.g_in as f32 });
    }
    neuron
}

fn source(p: &NeuronParams, classes: &[Class], grid: TimeGrid, seed: u32) -> Source {
    if p.rate_span_hz > 0.0 {
        let per_input = p.rate_span_hz / f64::from(p.num_inputs - 1);
        let rates: Vec<f32> = (0..p.num_inputs)
            .map(|input| (p.rate_hz + per_input * f64::from(input)) as f32)
            .collect();
        let stream = Stream::new(seed, "input");
        return Source::Poisson(Poisson::new(Counting::OncePerTick, &rates, grid, stream));
    }
    let groups: Vec<Group> = classes
        .iter()
        .filter(|class| class.correlation > 0.0)
        .map(|class| Group { size: class.size, correlation: class.correlation as f32 })
        .collect();
    p.generator.source(p.num_inputs, p.rate_hz, &groups, grid, (seed, "input"))
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
        v_th_mv: -54.0,
        v_reset_mv: -60.0,
        t_ref_ms: 0.0,
    };
    Cell::Conductance(ConductanceLif::new(1, &params, Integrator::Euler, grid))
}

/// The published script's neuron: decay factors e^(−0.1) and e^(−0.2) per step.
fn second_order() -> Cell {
    Cell::Synaptic(SynapticLif::new(
        1,
        SynapticLifParams {
            alpha: math::decay_per_step(1.0, 10.0),
            beta: math::decay_per_step(1.0, 5.0),
            threshold: 1.0,
            reset: SynapticReset::ToZero,
        },
    ))
}
