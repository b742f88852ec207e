//! Numbers with which a step of this length cannot be taken, or would not mean what they say.

use super::{Unbuildable, refused};
use crate::net::{
    Delay, Dependence, Firing, Method, Model, Network, Part, Population, Projection, Reset, Start,
    Synapse, Wiring,
};
use crate::sim::neuron::SpikeResponse;

/// Spikes are under way for so many steps at most.
const MOST_STEPS: f64 = 60_000.0;

/// All neurons and synapses of these populations, and of the projections between them.
pub(super) fn check<'n>(
    populations: &[&'n Population],
    projections: impl Iterator<Item = &'n Projection>,
    described: &Network,
) -> Result<(), Unbuildable> {
    for population in populations {
        population.parts.iter().try_for_each(|part| {
            starts(&population.name, part)?;
            model(&population.name, &part.model, described.dt_ms)
        })?;
    }
    for projection in projections {
        wiring(projection)?;
        delay(projection, described.dt_ms)?;
        synapse(projection, described.dt_ms)?;
        ends(projection)?;
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

/// Gates are shares from the beginning.
fn starts(who: &str, part: &Part) -> Result<(), Unbuildable> {
    let is_beyond = |start: &&Start| {
        let (low, high) = start.from.range();
        start.variable != "v_mv" && (low < 0.0 || high > 1.0)
    };
    let has_gates = matches!(part.model, Model::HodgkinHuxley { .. });
    match part.start.iter().find(is_beyond).filter(|_| has_gates) {
        None => Ok(()),
        Some(start) => refused(
            who,
            format!(
                "a start of {}, a share of gates, that may lie below 0 or above 1",
                start.variable
            ),
            "Draw it between 0 and 1.",
        ),
    }
}

fn model(who: &str, model: &Model, dt_ms: f64) -> Result<(), Unbuildable> {
    match *model {
        Model::Lif { reset: Reset::Never, .. }
        | Model::ConductanceLif { reset: Reset::Never, .. } => {
            let what = "no reset, of neurons in continuous time, which would fire for ever";
            refused(who, what, "Take a hard or a soft reset.")
        }
        Model::Lif { tau_m_ms, v_th_mv, v_reset_mv, ref firing, .. } => {
            resets_below(who, v_reset_mv, v_th_mv)?;
            long_enough(who, "a membrane time constant", tau_m_ms, dt_ms)?;
            soft_threshold(who, firing)
        }
        Model::ConductanceLif { tau_m_ms, v_th_mv, v_reset_mv, ref method, .. } => {
            resets_below(who, v_reset_mv, v_th_mv)?;
            long_enough(who, "a membrane time constant", tau_m_ms, dt_ms)?;
            if *method == Method::Euler && tau_m_ms < 2.0 * dt_ms {
                let what = format!(
                    "Euler steps of {dt_ms} ms for a membrane time constant of {tau_m_ms} ms, which are not stable"
                );
                return refused(who, what, "Take a shorter step, or exponential Euler.");
            }
            Ok(())
        }
        Model::AdEx { c_m_pf, g_l_ns, a_ns, b_pa, tau_w_ms, .. } => {
            if a_ns != 0.0 || b_pa != 0.0 {
                long_enough(who, "an adaptation time constant", tau_w_ms, dt_ms)?;
            }
            after_spike(who, model, dt_ms)?;
            long_enough(who, "a membrane time constant C/g_L", c_m_pf / g_l_ns, dt_ms)
        }
        Model::FirstOrder { tau_m_ms, .. } => {
            long_enough(who, "a membrane time constant", tau_m_ms, dt_ms)
        }
        Model::CountedAdEx { tau_m_ms, delta_t_mv, v_peak_mv, v_reset_mv, tau_w_ms, .. } => {
            resets_below(who, v_reset_mv, v_peak_mv)?;
            long_enough(who, "a membrane time constant", tau_m_ms, dt_ms)?;
            long_enough(who, "an adaptation time constant", tau_w_ms, dt_ms)?;
            match delta_t_mv > 0.0 {
                true => Ok(()),
                false => refused(
                    who,
                    format!("an upstroke of {delta_t_mv} mV width"),
                    "Make it wider than 0, or take leaky neurons.",
                ),
            }
        }
        Model::HodgkinHuxley { c_m_uf_per_cm2, g_l_msiemens_per_cm2, .. } => {
            // Two of them cannot be told apart within a step.
            if dt_ms > 1.0 {
                let what = format!("steps of {dt_ms} ms, longer than a Hodgkin–Huxley spike");
                return refused(who, what, "Take steps of 1 ms at most; 0.1 ms is usual.");
            }
            let tau_m_ms = c_m_uf_per_cm2 / g_l_msiemens_per_cm2;
            long_enough(who, "a membrane time constant C/g_L", tau_m_ms, dt_ms)
        }
        Model::Izhikevich { a, c_mv, v_peak_mv, .. } => {
            resets_below(who, c_mv, v_peak_mv)?;
            // In steps of more than 1 ms even the upstroke of a spike is lost.
            match dt_ms <= 1.0 && a * dt_ms < 1.0 {
                true => Ok(()),
                false => refused(
                    who,
                    format!(
                        "Euler steps of {dt_ms} ms for Izhikevich's neurons with a = {a} per ms"
                    ),
                    "Take steps of 1 ms at most, shorter ones than 1/a.",
                ),
            }
        }
        Model::LinearPoisson { divisor } if divisor <= 0.0 => refused(
            who,
            format!("sums of weights that are divided by {divisor}"),
            "Divide by a positive number, such as the number of inputs.",
        ),
        Model::SpikeResponse { tau_m_ms, tau_s_ms, .. } if tau_m_ms <= tau_s_ms => refused(
            who,
            format!("a decay of {tau_m_ms} ms that is not slower than the rise of {tau_s_ms} ms"),
            "Make the decay slower, or the rise faster.",
        ),
        Model::SpikeResponse { tau_m_ms, tau_s_ms, t_ref_ms, .. }
            if SpikeResponse::after_spike(tau_m_ms, tau_s_ms, t_ref_ms) >= 1.0 =>
        {
            refused(
                who,
                format!(
                    "a potential that is above the threshold by itself {t_ref_ms} ms after a spike"
                ),
                "Lengthen the refractory time, or make the decay faster.",
            )
        }
        _ => Ok(()),
    }
}

/// What a spike of exponential neurons leaves behind lasts for a while.
fn after_spike(who: &str, model: &Model, dt_ms: f64) -> Result<(), Unbuildable> {
    let Model::AdEx { i_sp_pa, tau_z_ms, v_th_mv, v_th_max_mv, tau_th_ms, t_clamp_ms, .. } = *model
    else {
        return Ok(());
    };
    if i_sp_pa != 0.0 {
        long_enough(who, "a time constant of the after-current", tau_z_ms, dt_ms)?;
    }
    if v_th_max_mv != v_th_mv {
        long_enough(who, "a time constant of the threshold", tau_th_ms, dt_ms)?;
    }
    match t_clamp_ms > 0.0 && t_clamp_ms < dt_ms {
        true => refused(
            who,
            format!("spikes that are held for {t_clamp_ms} ms, at a step of {dt_ms} ms"),
            "Take a shorter step, or hold them for longer, or not at all: 0 ms.",
        ),
        false => Ok(()),
    }
}

fn resets_below(who: &str, v_reset_mv: f64, v_th_mv: f64) -> Result<(), Unbuildable> {
    match v_reset_mv < v_th_mv {
        true => Ok(()),
        false => refused(
            who,
            format!(
                "a reset potential of {v_reset_mv} mV, not below the threshold of {v_th_mv} mV"
            ),
            "Lower the reset potential, or raise the threshold.",
        ),
    }
}

/// A soft threshold has a width.
fn soft_threshold(who: &str, firing: &Firing) -> Result<(), Unbuildable> {
    match *firing {
        Firing::Exponential { delta_mv, .. } if delta_mv <= 0.0 => refused(
            who,
            format!("a soft threshold of {delta_mv} mV width"),
            "Make it wider than 0, or take a sharp threshold.",
        ),
        _ => Ok(()),
    }
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

/// Room up to an end, and powers of its share, need ends.
fn ends(of: &Projection) -> Result<(), Unbuildable> {
    let needs_ends = of
        .rule
        .as_ref()
        .is_some_and(|rule| matches!(rule.dependence, Dependence::Soft | Dependence::Power { .. }));
    match needs_ends && (of.weights.min.is_none() || of.weights.max.is_none()) {
        true => refused(
            &of.name,
            "a rule in proportion to the room that is left, of weights without ends",
            "Give the weights a least and a greatest value, or take a rule without bounds.",
        ),
        false => Ok(()),
    }
}

/// What decays by more than e within a step is not what its time constant says.
pub(super) fn long_enough(
    who: &str,
    what: &str,
    tau_ms: f64,
    dt_ms: f64,
) -> Result<(), Unbuildable> {
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
    let longest_ms = match of.delay {
        Delay::Fixed { delay_ms } => delay_ms,
        Delay::Uniform { high_ms, .. } => high_ms,
    };
    if longest_ms > MOST_STEPS * dt_ms {
        return refused(
            &of.name,
            format!("a delay of {longest_ms} ms, more than {MOST_STEPS} steps"),
            "Take a shorter delay, or a longer step.",
        );
    }
    match of.delay {
        Delay::Uniform { low_ms, high_ms } if low_ms < dt_ms || high_ms < low_ms => refused(
            &of.name,
            format!("delays that are drawn from {low_ms} to {high_ms} ms, at a step of {dt_ms} ms"),
            "Let them begin at one step, and end above that.",
        ),
        Delay::Fixed { delay_ms } if delay_ms > 0.0 && delay_ms < dt_ms => refused(
            &of.name,
            format!("a delay of {delay_ms} ms, shorter than the step of {dt_ms} ms"),
            "Take a shorter step, or a longer delay; 0 is the shortest there is, one step.",
        ),
        _ => Ok(()),
    }
}
