//! Neurons of a description as the simulator's.

use super::{Unbuildable, refused};
use crate::net::{
    self, Adaptation, Competition, Draw, Firing, Method, Model, Receptor, Reset, Synapse,
};
use crate::sim::competition::WinnerTakeAll;
use crate::sim::network::{Conductance, Population, SpikeSource};
use crate::sim::neuron::{ConductanceLif, ConductanceLifParams, Integrator, Lif, LifParams};
use crate::sim::plasticity::{AdaptiveThreshold, AdaptiveThresholdParams, RelaxingThresholdParams};
use crate::sim::{Stream, TimeGrid};

/// A population, where it begins.
pub(super) fn population(
    of: &net::Population,
    network: &net::Network,
    (seed, start): (u32, &mut Stream),
    grid: TimeGrid,
) -> Result<Population, Unbuildable> {
    let model = one_model(of)?;
    let num = of.size as usize;
    // Messages speak of all of them.
    let name = format!("{}s", of.name);
    let mut population = match model {
        Model::SpikeSource => Population::new(&name, SpikeSource::new(num)),
        Model::Lif { reset, .. } => {
            let neurons = Lif::new(num, &lif(of)?, grid);
            let is_soft = *reset == Reset::Soft;
            Population::new(&name, if is_soft { neurons.with_soft_reset() } else { neurons })
        }
        Model::ConductanceLif { reset, method, .. } => {
            let neurons = ConductanceLif::new(
                num,
                &conductance_lif(of, network)?,
                integrator(of, method)?,
                grid,
            );
            let is_soft = *reset == Reset::Soft;
            Population::new(&name, if is_soft { neurons.with_soft_reset() } else { neurons })
        }
        other => {
            return refused(
                &of.name,
                format!("neurons of the model \"{}\"", other.word()),
                "Take leaky neurons, with currents or with conductances.",
            );
        }
    };
    population.threshold =
        of.adaptation.as_ref().map(|adaptation| threshold(adaptation, num, grid));
    if let Some(Competition::WinnerTakeAll { inhibition_mv, .. }) = of.competition {
        let ties = Stream::new(seed, "ties");
        population.competition = Some(WinnerTakeAll::new(inhibition_mv as f32, ties));
    }
    begin(of, &mut population, start)?;
    Ok(population)
}

/// The model that all parts share: parts may differ in what they are there for, and where they begin.
fn one_model(of: &net::Population) -> Result<&Model, Unbuildable> {
    let first = &of.parts[0].model;
    match of.parts.iter().all(|part| part.model == *first) {
        true => Ok(first),
        false => {
            refused(&of.name, "parts of several models", "Make them populations of their own.")
        }
    }
}

/// Constants of leaky neurons.
pub(super) fn lif(of: &net::Population) -> Result<LifParams, Unbuildable> {
    match *one_model(of)? {
        Model::Lif {
            tau_m_ms,
            e_l_mv,
            v_th_mv,
            v_reset_mv,
            t_ref_ms,
            firing: Firing::Sharp,
            ..
        } => Ok(LifParams { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms }),
        _ => refused(
            &of.name,
            "neurons that are not leaky ones with a sharp threshold",
            "Take such neurons where synapses bring currents.",
        ),
    }
}

/// Constants of leaky neurons with conductances, whose time constants and reversal potentials are those of the synapses
/// onto them.
fn conductance_lif(
    of: &net::Population,
    network: &net::Network,
) -> Result<ConductanceLifParams, Unbuildable> {
    let Model::ConductanceLif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, .. } =
        *one_model(of)?
    else {
        return refused(&of.name, "neurons without conductances", "Give them conductances.");
    };
    let mut kinds = [None; 2];
    for projection in network.projections.iter().filter(|p| p.to.population == of.name) {
        let Synapse::Conductance { tau_s_ms, e_rev_mv, .. } = projection.synapse else { continue };
        let own = &mut kinds[kind_of(projection) as usize];
        if own.is_some_and(|other| other != (tau_s_ms, e_rev_mv)) {
            return refused(
                &projection.name,
                "a second conductance of its kind with other constants",
                "Give all that excites, and all that inhibits, one time constant and one reversal potential.",
            );
        }
        *own = Some((tau_s_ms, e_rev_mv));
    }
    let [(tau_e_ms, e_e_mv), (tau_i_ms, e_i_mv)] = kinds.map(|kind| kind.unwrap_or((1.0, e_l_mv)));
    Ok(ConductanceLifParams {
        tau_m_ms,
        e_l_mv,
        e_e_mv,
        e_i_mv,
        tau_e_ms,
        tau_i_ms,
        v_th_mv,
        v_reset_mv,
        t_ref_ms,
    })
}

/// Which of a neuron's conductances a spike raises.
pub(super) fn kind_of(projection: &net::Projection) -> Conductance {
    match projection.receptor {
        Receptor::Inhibitory => Conductance::Inhibitory,
        Receptor::Excitatory | Receptor::Signed => Conductance::Excitatory,
    }
}

fn integrator(of: &net::Population, method: &Method) -> Result<Integrator, Unbuildable> {
    match method {
        Method::Euler => Ok(Integrator::Euler),
        Method::ExponentialEuler => Ok(Integrator::ExponentialEuler),
        Method::Exact | Method::TwoHalves | Method::ExponentialEulerMembrane => refused(
            &of.name,
            "a numerical method that conductances are not solved by here",
            "Take forward Euler or exponential Euler.",
        ),
    }
}

fn threshold(of: &Adaptation, num: usize, grid: TimeGrid) -> AdaptiveThreshold {
    match *of {
        Adaptation::Steady { theta_plus_mv, target_rate_hz, theta_min_mv, .. } => {
            let params = AdaptiveThresholdParams { theta_plus_mv, target_rate_hz, theta_min_mv };
            AdaptiveThreshold::new(num, &params, grid)
        }
        Adaptation::Relaxing { theta_plus_mv, ratio, distance_mv, tau_theta_ms, .. } => {
            let params =
                RelaxingThresholdParams { theta_plus_mv, ratio, distance_mv, tau_ms: tau_theta_ms };
            AdaptiveThreshold::relaxing(num, &params, grid)
        }
    }
}

/// Draws where variables begin, part by part and variable by variable.
fn begin(
    of: &net::Population,
    population: &mut Population,
    stream: &mut Stream,
) -> Result<(), Unbuildable> {
    let mut first = 0;
    for part in &of.parts {
        let own = first..first + part.size as usize;
        first = own.end;
        for start in &part.start {
            let neurons = &mut population.neurons;
            let column = match &*start.variable {
                "v_mv" => Some(neurons.v_mv_mut()),
                "g_e" => neurons.conductance_mut(Conductance::Excitatory),
                "g_i" => neurons.conductance_mut(Conductance::Inhibitory),
                _ => None,
            };
            let Some(column) = column else {
                return refused(
                    &of.name,
                    format!("a start of {}, which its neurons have not", start.variable),
                    "Name v_mv, or of neurons with conductances g_e or g_i.",
                );
            };
            for value in &mut column[own.clone()] {
                let Some(drawn) = drawn(&start.from, stream) else {
                    return refused(
                        &of.name,
                        "a start that is not drawn neuron by neuron",
                        "Draw it fixed, uniform or normal.",
                    );
                };
                *value = match start.at_or_above {
                    Some((limit, instead)) if f64::from(drawn) >= limit => instead as f32,
                    _ => drawn,
                };
            }
        }
    }
    Ok(())
}

/// A number, where it can be drawn without others.
pub(super) fn drawn(from: &Draw, stream: &mut Stream) -> Option<f32> {
    match *from {
        Draw::Fixed { value } => Some(value as f32),
        Draw::Uniform { low, high } => Some(stream.between(low as f32, high as f32)),
        Draw::Normal { mean, sd, low, high } => {
            let free = mean as f32 + sd as f32 * stream.normal();
            let [low, high] = [low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)];
            Some(free.clamp(low as f32, high as f32))
        }
        _ => None,
    }
}
