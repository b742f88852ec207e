//! Neurons of a description as the simulator's.

use super::constants::one_model;
use super::models;
use super::{Unbuildable, refused};
use crate::net::{self, Adaptation, Competition, Draw, Model};
use crate::sim::competition::{self, Soft, WinnerTakeAll};
use crate::sim::network::Population;
use crate::sim::plasticity::{AdaptiveThreshold, AdaptiveThresholdParams, RelaxingThresholdParams};
use crate::sim::{Stream, TimeGrid, math};

/// A population, where it begins.
pub(super) fn population(
    of: &net::Population,
    network: &net::Network,
    (seed, start): (u32, &mut Stream),
    grid: TimeGrid,
) -> Result<Population, Unbuildable> {
    // Messages speak of all of them.
    let name = match of.name.ends_with('y') {
        true => format!("{} inputs", of.name),
        false => format!("{}s", of.name),
    };
    let num = of.size as usize;
    let mut population = models::population(&name, of, network, seed, grid)?;
    if let Some(adaptation) = &of.adaptation {
        if !models::can_adapt(one_model(of)?) {
            let what = "a threshold that moves, of neurons without a threshold in mV";
            return refused(&of.name, what, "Take leaky neurons, or leave it out.");
        }
        population.threshold = Some(threshold(adaptation, num, grid));
    }
    match of.competition {
        None => {}
        Some(Competition::WinnerTakeAll { inhibition_mv, .. })
            if models::can_compete(one_model(of)?) =>
        {
            let ties = Stream::new(seed, "ties");
            let competition = WinnerTakeAll::new(inhibition_mv as f32, ties);
            let rest_mv = rest_mv(one_model(of)?) as f32;
            let first = competition.resting_at(rest_mv);
            population.competition = Some(competition::Competition::WinnerTakeAll(first));
        }
        Some(Competition::Soft { strength })
            if matches!(one_model(of)?, Model::SecondOrder { .. }) =>
        {
            let soft = Soft { strength: strength as f32 };
            population.competition = Some(competition::Competition::Soft(soft));
        }
        Some(_) => {
            let what = "competition of a kind, or of neurons, that is not built";
            let remedy = "Let leaky neurons with a sharp threshold compete so that the first to cross inhibits the others, or second-order ones so that they lose current.";
            return refused(&of.name, what, remedy);
        }
    }
    begin(of, &mut population, start)?;
    Ok(population)
}

/// Where the potential of neurons that compete is without input.
fn rest_mv(model: &Model) -> f64 {
    match *model {
        Model::Lif { e_l_mv, .. } | Model::ConductanceLif { e_l_mv, .. } => e_l_mv,
        _ => 0.0,
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
            let Some(column) = population.neurons.variable_mut(&start.variable) else {
                return refused(
                    &of.name,
                    format!("a start of {}, which its neurons have not", start.variable),
                    "Name v_mv; of neurons with conductances g_e or g_i, of exponential ones w_pa, of Izhikevich's u, of Hodgkin–Huxley ones m, h or n.",
                );
            };
            if let Draw::Listed { values } = &start.from
                && values.len() != own.len()
            {
                let what = format!("{} listed starts for {} neurons", values.len(), own.len());
                return refused(&of.name, what, "List one for each.");
            }
            for (place, value) in column[own.clone()].iter_mut().enumerate() {
                let drawn = match &start.from {
                    Draw::Scaled { .. } | Draw::BySender { .. } => None,
                    Draw::Listed { values } => Some(values[place] as f32),
                    from => drawn(from, stream),
                };
                let Some(drawn) = drawn else {
                    return refused(
                        &of.name,
                        "a start that is not drawn neuron by neuron",
                        "Draw it fixed, uniform or normal, or list it.",
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
        Draw::LogUniform => Some(math::ln_f64(stream.uniform_above_0()) as f32),
        // Scaled afterwards, when all are there.
        Draw::Scaled { low, high, .. } => Some(stream.between(low as f32, high as f32)),
        Draw::BySender { .. } => Some(0.0),
        Draw::FixedButOne { .. } | Draw::SameAs { .. } | Draw::Listed { .. } => None,
    }
}
