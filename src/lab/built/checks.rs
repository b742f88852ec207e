//! Numbers with which a step of this length cannot be taken, or would not mean what they say.

use super::{Unbuildable, refused};
use crate::net::{Delay, Method, Model, Network, Population, Projection, Synapse, Wiring};

/// All neurons and synapses of these populations, and of the projections between them.
pub(super) fn check<'n>(
    populations: &[&'n Population],
    projections: impl Iterator<Item = &'n Projection>,
    described: &Network,
) -> Result<(), Unbuildable> {
    for population in populations {
        population
            .parts
            .iter()
            .try_for_each(|part| model(&population.name, &part.model, described.dt_ms))?;
    }
    for projection in projections {
        wiring(projection)?;
        delay(projection, described.dt_ms)?;
        synapse(projection, described.dt_ms)?;
    }
    Ok(())
}

/// Who is connected must be there. [`Network::check`] finds more; this is what a build would stumble over.
fn wiring(of: &Projection) -> Result<(), Unbuildable> {
    let [from, to] = [of.from.size, of.to.size];
    let is_there = match &of.wiring {
        Wiring::OneToOne | Wiring::AllToOthers => from == to,
        Wiring::Listed { pairs } => pairs.iter().all(|(pre, post)| *pre < from && *post < to),
        _ => true,
    };
    match is_there {
        true => Ok(()),
        false => refused(
            &of.name,
            format!("wiring of {from} senders with {to} receivers, in which some are not there"),
            "Connect one to one where there are as many of both, and list only those that there are.",
        ),
    }
}

fn model(who: &str, model: &Model, dt_ms: f64) -> Result<(), Unbuildable> {
    let (tau_m_ms, v_th_mv, v_reset_mv, is_euler) = match model {
        Model::Lif { tau_m_ms, v_th_mv, v_reset_mv, .. } => {
            (*tau_m_ms, *v_th_mv, *v_reset_mv, false)
        }
        Model::ConductanceLif { tau_m_ms, v_th_mv, v_reset_mv, method, .. } => {
            (*tau_m_ms, *v_th_mv, *v_reset_mv, *method == Method::Euler)
        }
        _ => return Ok(()),
    };
    if v_reset_mv >= v_th_mv {
        return refused(
            who,
            format!(
                "a reset potential of {v_reset_mv} mV, not below the threshold of {v_th_mv} mV"
            ),
            "Lower the reset potential, or raise the threshold.",
        );
    }
    long_enough(who, "a membrane time constant", tau_m_ms, dt_ms)?;
    if is_euler && tau_m_ms < 2.0 * dt_ms {
        return refused(
            who,
            format!(
                "Euler steps of {dt_ms} ms for a membrane time constant of {tau_m_ms} ms, which are not stable"
            ),
            "Take a shorter step, or exponential Euler.",
        );
    }
    Ok(())
}

fn synapse(of: &Projection, dt_ms: f64) -> Result<(), Unbuildable> {
    match of.synapse {
        Synapse::Current { tau_s_ms, .. }
        | Synapse::Conductance { tau_s_ms, .. }
        | Synapse::Dendrite { tau_s_ms, .. } => {
            long_enough(&of.name, "a synaptic time constant", tau_s_ms, dt_ms)
        }
        _ => Ok(()),
    }
}

/// What decays by more than e within a step is not what its time constant says.
fn long_enough(who: &str, what: &str, tau_ms: f64, dt_ms: f64) -> Result<(), Unbuildable> {
    match tau_ms < dt_ms {
        true => refused(
            who,
            format!("{what} of {tau_ms} ms, shorter than the step of {dt_ms} ms"),
            "Take a shorter step, or a longer time constant.",
        ),
        false => Ok(()),
    }
}

/// A delay of 0 is the shortest there is: one step.
fn delay(of: &Projection, dt_ms: f64) -> Result<(), Unbuildable> {
    match of.delay {
        Delay::Fixed { delay_ms } if delay_ms > 0.0 && delay_ms < dt_ms => refused(
            &of.name,
            format!("a delay of {delay_ms} ms, shorter than the step of {dt_ms} ms"),
            "Take a shorter step, or a longer delay; 0 is the shortest there is, one step.",
        ),
        _ => Ok(()),
    }
}
