//! Learning rules of a description as the simulator's.

use super::{Unbuildable, refused};
use crate::net::{self, Coincidence, Dependence, Pairing, Window};
use crate::sim::TimeGrid;
use crate::sim::network::SparseRule;
use crate::sim::plasticity::{
    self, Bound, EligibilityStdp, InhibitoryStdp, InhibitoryStdpParams, PairStdp, PairStdpParams,
    Rule, Triplet, TripletParams,
};

/// The rule of dense synapses, none where they do not learn.
pub(super) fn dense(of: &net::Projection, grid: TimeGrid) -> Result<Option<Rule>, Unbuildable> {
    let Some(rule) = &of.rule else { return Ok(None) };
    let [num_pre, num] = [of.from.size as usize, of.to.size as usize];
    if let Some(params) = triplet_params(rule, &of.weights)
        && rule.eligibility.is_none()
    {
        return Ok(Some(Rule::Triplet(Triplet::new(num_pre, num, params, grid))));
    }
    if !is_of_pairs(rule) {
        return refused(
            &of.name,
            "a rule that dense synapses do not learn by here",
            "Take pair STDP, or triplet STDP that does not wait; pairs may be all, nearest, presynaptic-centred or reduced.",
        );
    }
    let pair = pair_params(rule, &of.weights);
    match rule.eligibility.as_ref().map(|waiting| waiting.tau_e_ms) {
        Some(Some(tau)) => {
            let waiting = EligibilityStdp::new(num_pre, num, pair, tau, grid);
            Ok(Some(Rule::Eligibility(waiting)))
        }
        None => Ok(Some(Rule::Pair(PairStdp::new(num_pre, num, pair, grid)))),
        Some(None) => refused(
            &of.name,
            "changes that wait for their own step only",
            "Let eligibilities last for some time.",
        ),
    }
}

/// The rule of listed synapses between so many senders and receivers.
pub(super) fn sparse(
    of: &net::Projection,
    rule: &net::Rule,
    [num_pre, num]: [usize; 2],
    grid: TimeGrid,
) -> Result<SparseRule, Unbuildable> {
    if let Some(params) = inhibitory(of) {
        return Ok(SparseRule::Inhibitory(InhibitoryStdp::new(num_pre, num, params, grid)));
    }
    let is_built = is_of_pairs(rule)
        && rule.eligibility.is_none()
        && matches!(rule.pairing, Pairing::AllToAll | Pairing::Nearest);
    match is_built {
        true => {
            let params = pair_params(rule, &of.weights);
            Ok(SparseRule::Pair(PairStdp::new(num_pre, num, params, grid)))
        }
        false => refused(
            &of.name,
            "a rule that sparse synapses, or those with delays of their own, do not learn by here",
            "Connect all to all with one delay, or take inhibitory STDP, or pair STDP of all or nearest pairs that does not wait.",
        ),
    }
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
        Dependence::Power { mu_plus, mu_minus, noise: 0.0 } => {
            Some(Bound::Power { mu_plus, mu_minus })
        }
        Dependence::PowerLaw { mu, w_0 } => Some(Bound::PowerLaw { mu, w_0 }),
        Dependence::Power { .. } | Dependence::SoftBetween { .. } => None,
    }
}

/// The ends of weights; none: as far as numbers go.
fn ends(weights: &net::Weights) -> [f64; 2] {
    [weights.min.unwrap_or(f64::NEG_INFINITY), weights.max.unwrap_or(f64::INFINITY)]
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
    PairStdpParams {
        a_plus,
        a_minus,
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
