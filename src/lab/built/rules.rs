//! Learning rules of a description as the simulator's.

use super::checks::long_enough;
use super::constants::one_model;
use super::own_rules::{self, ends};
use super::{Unbuildable, refused};
use crate::net::{self, Coincidence, Dependence, Model, Pairing, Window};
use crate::sim::network::SparseRule;
use crate::sim::plasticity::{
    self, Bound, EligibilityStdp, InhibitoryStdp, InhibitoryStdpParams, Noise, PairStdp,
    PairStdpParams, Published, PublishedVariant, Rule, Triplet, TripletParams, VoltageStdp,
    VoltageStdpParams, WaitingPairs,
};
use crate::sim::{Stream, Tick, TimeGrid};

/// Steps for which filtered potentials are kept, at most.
const MOST_LAG: Tick = 1_000;

/// The rule of dense synapses, none where they do not learn.
pub(super) fn dense(
    of: &net::Projection,
    receiver: &net::Population,
    grid: TimeGrid,
    seed: u32,
) -> Result<Option<Rule>, Unbuildable> {
    let Some(rule) = &of.rule else { return Ok(None) };
    let [num_pre, num] = [of.from.size as usize, of.to.size as usize];
    let waits = rule.eligibility.as_ref();
    if let Window::Voltage { .. } = rule.window {
        let params = voltage(of, rule, receiver, grid)?;
        return Ok(Some(Rule::Voltage(VoltageStdp::new(num_pre, num, &params, grid))));
    }
    if let Some(own) = own_rules::own(of, rule, [num_pre, num], grid)? {
        return Ok(Some(own));
    }
    if waits.is_none() {
        if let Some(params) = triplet_params(rule, &of.weights) {
            return Ok(Some(Rule::Triplet(Triplet::new(num_pre, num, params, grid))));
        }
        if let Some((variant, taus_ms)) = published(rule) {
            let rule = Published::with_windows(num_pre, num, variant, taus_ms, grid);
            return Ok(Some(Rule::Published(rule)));
        }
    }
    if !is_of_pairs(rule) {
        return refused(
            &of.name,
            "a rule that dense synapses do not learn by here",
            "Take pair STDP, or triplet STDP that does not wait; pairs may be all, nearest, presynaptic-centred or reduced.",
        );
    }
    let pair = pair_params(rule, &of.weights);
    if let Some(waits) = waits {
        let tau_ms = waits.tau_e_ms.unwrap_or(0.0);
        let waiting = EligibilityStdp::new(num_pre, num, pair, tau_ms, grid);
        return Ok(Some(Rule::Eligibility(waiting)));
    }
    let pairs = PairStdp::new(num_pre, num, pair, grid);
    Ok(Some(Rule::Pair(match rule.dependence {
        Dependence::Power { noise, .. } if noise > 0.0 => {
            let stream = Stream::new(seed, &format!("{} noise", of.name));
            pairs.with_noise(Noise::new(noise, stream))
        }
        _ => pairs,
    })))
}

/// The rule of so many listed synapses between so many senders and receivers.
pub(super) fn sparse(
    of: &net::Projection,
    rule: &net::Rule,
    [num_pre, num, num_synapses]: [usize; 3],
    grid: TimeGrid,
) -> Result<SparseRule, Unbuildable> {
    if let Some(params) = inhibitory(of) {
        return Ok(SparseRule::Inhibitory(InhibitoryStdp::new(num_pre, num, params, grid)));
    }
    let is_built = is_of_pairs(rule)
        && matches!(rule.pairing, Pairing::AllToAll | Pairing::Nearest)
        && !has_noise(rule);
    if !is_built {
        return refused(
            &of.name,
            "a rule that sparse synapses, or those with delays of their own, do not learn by here",
            "Connect all to all with one delay, or take inhibitory STDP, or pair STDP of all or nearest pairs without noise.",
        );
    }
    let params = pair_params(rule, &of.weights);
    match &rule.eligibility {
        None => Ok(SparseRule::Pair(PairStdp::new(num_pre, num, params, grid))),
        Some(waits) if matches!(rule.dependence, Dependence::Hard | Dependence::Unbounded) => {
            let (num, tau_ms) = ([num_pre, num, num_synapses], waits.tau_e_ms.unwrap_or(0.0));
            Ok(SparseRule::Waiting(WaitingPairs::new(num, params, tau_ms, grid)))
        }
        Some(_) => refused(
            &of.name,
            "changes that depend on the weight and wait, of listed synapses",
            "Let changes be additive, or connect all to all with one delay.",
        ),
    }
}

/// The constants of a rule of the study "STDP-research" and the memories of both sides; none of another rule.
fn published(rule: &net::Rule) -> Option<(PublishedVariant, [f64; 2])> {
    match rule.window {
        Window::Offset { learning_rate, offset, w_max, tau_plus_ms } => {
            let variant = PublishedVariant::Offset { learning_rate, offset, w_max };
            Some((variant, [tau_plus_ms; 2]))
        }
        Window::Asymptotic { a_plus, a_minus, w_min, tau_plus_ms, tau_minus_ms, .. } => {
            let variant = PublishedVariant::Asymptotic { a_plus, a_minus, w_min };
            Some((variant, [tau_plus_ms, tau_minus_ms]))
        }
        _ => None,
    }
}

/// Whether changes are shaken by chance.
fn has_noise(rule: &net::Rule) -> bool {
    matches!(rule.dependence, Dependence::Power { noise, .. } if noise > 0.0)
}

/// Pair STDP, waiting or not.
fn is_of_pairs(rule: &net::Rule) -> bool {
    matches!(rule.window, Window::Pair { .. })
        && rule.pairing != Pairing::Neighbours
        && bound(&rule.dependence).is_some()
}

fn bound(dependence: &Dependence) -> Option<Bound> {
    match *dependence {
        Dependence::Soft => Some(Bound::Soft),
        Dependence::Hard => Some(Bound::Hard),
        Dependence::Gate => Some(Bound::Gate),
        Dependence::Unbounded => Some(Bound::Unbounded),
        Dependence::Power { mu_plus, mu_minus, .. } => Some(Bound::Power { mu_plus, mu_minus }),
        Dependence::PowerLaw { mu, w_0 } => Some(Bound::PowerLaw { mu, w_0 }),
        Dependence::SoftBetween { .. } => None,
    }
}

/// The constants of triplet STDP; none of another rule.
fn triplet_params(rule: &net::Rule, weights: &net::Weights) -> Option<TripletParams> {
    let Window::Triplet {
        a2_plus,
        a3_plus,
        a2_minus,
        a3_minus,
        tau_plus_ms,
        tau_minus_ms,
        tau_x_ms,
        tau_y_ms,
    } = rule.window
    else {
        return None;
    };
    let [w_min, w_max] = ends(weights);
    Some(TripletParams {
        a2_plus,
        a3_plus,
        a2_minus,
        a3_minus,
        tau_plus_ms,
        tau_minus_ms,
        tau_x_ms,
        tau_y_ms,
        is_nearest: match rule.pairing {
            Pairing::Nearest => true,
            Pairing::AllToAll => false,
            _ => return None,
        },
        w_min,
        w_max,
        bound: bound(&rule.dependence)?,
        is_post_first: match rule.coincidence {
            Coincidence::PostFirst => true,
            Coincidence::PreFirst => false,
            _ => return None,
        },
    })
}

/// The constants of voltage-based plasticity, onto neurons whose spikes last for a while.
fn voltage(
    of: &net::Projection,
    rule: &net::Rule,
    receiver: &net::Population,
    grid: TimeGrid,
) -> Result<VoltageStdpParams, Unbuildable> {
    let Window::Voltage {
        a_ltd,
        a_ltp,
        theta_minus_mv,
        theta_plus_mv,
        tau_minus_ms,
        tau_plus_ms,
        tau_x_ms,
        lag_ms,
        u_ref_mv2,
        tau_u_ms,
    } = rule.window
    else {
        panic!("a rule that does not read potentials");
    };
    let e_l_mv = match *one_model(receiver)? {
        Model::AdEx { e_l_mv, t_clamp_ms, .. } if t_clamp_ms > 0.0 => e_l_mv,
        _ => {
            return refused(
                &of.name,
                "a rule that reads potentials, onto neurons whose potential does not show spikes",
                "Take exponential neurons that hold their spikes, with t_clamp_ms above 0, or a rule that reads spikes.",
            );
        }
    };
    if rule.eligibility.is_some() {
        let remedy = "Let changes be made at once, or take pair STDP.";
        return refused(&of.name, "a rule that reads potentials and waits", remedy);
    }
    if rule.dependence != Dependence::Hard {
        let what = "a rule that reads potentials and depends on the weight, or has no ends";
        return refused(&of.name, what, "Let changes be additive, cut off at the ends.");
    }
    let taus_ms = [tau_minus_ms, tau_plus_ms, tau_x_ms, tau_u_ms];
    let shortest_ms = taus_ms.into_iter().fold(f64::INFINITY, f64::min);
    long_enough(&of.name, "a time constant of its rule", shortest_ms, grid.dt_ms())?;
    if let Some(reference) = u_ref_mv2.filter(|reference| *reference <= 0.0) {
        let what = format!("homeostasis about a mean square of {reference} mV²");
        return refused(&of.name, what, "Make the reference positive, or leave it out.");
    }
    if lag_ms < 0.0 || grid.ticks_from_ms(lag_ms) > MOST_LAG {
        let what = format!("filtered potentials of {lag_ms} ms before");
        let remedy = "Let them be at most 1000 steps old, and not of times to come.";
        return refused(&of.name, what, remedy);
    }
    let [w_min, w_max] = ends(&of.weights);
    Ok(VoltageStdpParams {
        a_ltd,
        a_ltp,
        theta_minus_mv,
        theta_plus_mv,
        tau_minus_ms,
        tau_plus_ms,
        tau_x_ms,
        lag_ms,
        e_l_mv,
        u_ref_mv2,
        tau_u_ms,
        w_min,
        w_max,
    })
}

/// The constants of inhibition that learns; none of another rule.
pub(super) fn inhibitory(of: &net::Projection) -> Option<InhibitoryStdpParams> {
    let Window::Inhibitory { eta, target_rate_hz, tau_ms } = of.rule.as_ref()?.window else {
        return None;
    };
    let (w_min, w_max) = (of.weights.min.unwrap_or(0.0), of.weights.max.unwrap_or(f64::INFINITY));
    Some(InhibitoryStdpParams { eta, target_rate_hz, tau_ms, w_min, w_max })
}

/// The constants of pair STDP.
pub(super) fn pair_params(rule: &net::Rule, weights: &net::Weights) -> PairStdpParams {
    let Window::Pair { a_plus, a_minus, tau_plus_ms, tau_minus_ms } = rule.window else {
        panic!("a rule that is not of pairs");
    };
    let [w_min, w_max] = ends(weights);
    // What waits is noted down larger or smaller.
    let scale = rule.eligibility.as_ref().map_or(1.0, |waits| waits.scale);
    PairStdpParams {
        a_plus: a_plus * scale,
        a_minus: a_minus * scale,
        tau_plus_ms,
        tau_minus_ms,
        w_min,
        w_max,
        bound: bound(&rule.dependence).expect("a dependence on the weight that is built"),
        pairing: match rule.pairing {
            Pairing::AllToAll => plasticity::Pairing::AllToAll,
            Pairing::Nearest => plasticity::Pairing::Nearest,
            Pairing::PresynapticCentred => plasticity::Pairing::PresynapticCentred,
            Pairing::Reduced => plasticity::Pairing::Reduced,
            Pairing::Neighbours => panic!("a rule that pairs neighbours in the list of all spikes"),
        },
        coincidence: match rule.coincidence {
            Coincidence::PreFirst => plasticity::Coincidence::PreFirst,
            Coincidence::PostFirst => plasticity::Coincidence::PostFirst,
            Coincidence::Both => plasticity::Coincidence::Both,
            Coincidence::Neither => plasticity::Coincidence::Neither,
        },
    }
}
