//! Learning rules of a description as the simulator's.

use super::{Unbuildable, refused};
use crate::net::{self, Coincidence, Dependence, Pairing, Window};
use crate::sim::TimeGrid;
use crate::sim::plasticity::{
    self, Bound, EligibilityStdp, InhibitoryStdpParams, PairStdp, PairStdpParams, Rule,
};

/// The rule of dense synapses, none where they do not learn.
pub(super) fn dense(of: &net::Projection, grid: TimeGrid) -> Result<Option<Rule>, Unbuildable> {
    let Some(rule) = &of.rule else { return Ok(None) };
    let is_of_pairs = matches!(rule.window, Window::Pair { .. })
        && rule.pairing != Pairing::Neighbours
        && matches!(
            rule.dependence,
            Dependence::Soft | Dependence::Hard | Dependence::Gate | Dependence::Unbounded
        );
    if !is_of_pairs {
        return refused(
            &of.name,
            "a rule that dense synapses do not learn by here",
            "Take pair STDP with soft, hard, gated or no bounds.",
        );
    }
    let [num_pre, num] = [of.from.size as usize, of.to.size as usize];
    let (pair, waits) = (pair_params(rule, &of.weights), rule.eligibility.as_ref());
    Ok(Some(match waits.and_then(|waiting| waiting.tau_e_ms) {
        Some(tau) => Rule::Eligibility(EligibilityStdp::new(num_pre, num, pair, tau, grid)),
        None => Rule::Pair(PairStdp::new(num_pre, num, pair, grid)),
    }))
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
    PairStdpParams {
        a_plus,
        a_minus,
        tau_plus_ms,
        tau_minus_ms,
        w_min: weights.min.unwrap_or(f64::NEG_INFINITY),
        w_max: weights.max.unwrap_or(f64::INFINITY),
        bound: match rule.dependence {
            Dependence::Soft => Bound::Soft,
            Dependence::Hard => Bound::Hard,
            Dependence::Gate => Bound::Gate,
            Dependence::Unbounded => Bound::Unbounded,
            _ => panic!("a rule whose dependence on the weight is of another kind"),
        },
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
