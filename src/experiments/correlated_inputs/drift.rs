//! How fast weights move by theory.
//!
//! **Equation.** An input of rate r and a neuron of rate ν that had nothing to do with one another would give
//! dw/dt = r ν (A₊ f₊ τ₊ − A₋ f₋ τ₋): the window's area. An input's own share in the spikes adds A₊ f₊ times
//! the spikes it causes: for the linear neuron (r/N) Σ_j c_ij w_j e^(−ε/τ₊), with c_ii = 1 and ε one step.
//! For other neurons there is no such closed form, and what exceeds the area is what the input causes.
//!
//! **Source.** Kempter, Gerstner and van Hemmen (1999, doi:10.1103/PhysRevE.59.4498); Gütig et al. (2003,
//! doi:10.1523/JNEUROSCI.23-09-03697.2003).

use super::params::NeuronParams;
use crate::kit::params::{CellKind, CoincidenceKind, HomeostasisKind, PairingKind, RuleKind};
use crate::sim::math;

/// There is a theory: of all pairs, for inputs with steady rates, and of nothing besides.
pub fn is_known(p: &NeuronParams) -> bool {
    p.learning.rule.has_pairs()
        // Nearest pairs are fewer than the area counts.
        && p.learning.pairing == PairingKind::AllToAll
        && p.generator.is_of_groups()
        && matches!(p.homeostasis, HomeostasisKind::None)
}

/// Mean drift per second of inputs with these weights and this correlation among themselves, while the output
/// fires at `rate_hz` and a yoke multiplies the synapses by `gain`.
pub fn drift_per_s(
    p: &NeuronParams,
    correlation: f64,
    weights: &[f32],
    (rate_hz, gain): (f64, f64),
    dt_ms: f64,
) -> f64 {
    // The window as the steps see it: a sum, without the step of the spike itself where that does nothing.
    let area_s = |tau_ms: f64, counts_no_lag: bool| {
        let decay = math::exp_f64(-dt_ms / tau_ms);
        let first = if counts_no_lag { 1.0 } else { decay };
        first / (1.0 - decay) * dt_ms / 1_000.0
    };
    let rule = &p.learning;
    let (plus_at_0, minus_at_0) = match rule.coincidence {
        CoincidenceKind::PreFirst => (true, false),
        CoincidenceKind::PostFirst => (false, true),
        CoincidenceKind::Both => (true, true),
        CoincidenceKind::Neither => (false, false),
    };
    let chance = p.rate_hz * rate_hz;
    let up = chance * area_s(rule.tau_plus_ms, plus_at_0);
    let down = chance * area_s(rule.tau_minus_ms, minus_at_0);
    let sum: f64 = weights.iter().map(|w| f64::from(*w)).sum();
    let [a_plus, a_minus] = rule.amplitudes();
    let mut drift = 0.0;
    for &w in weights {
        let w = f64::from(w);
        let causes = match p.cell {
            CellKind::Linear => {
                let own = correlation * sum + (1.0 - correlation) * w;
                let caused_hz = gain * p.rate_hz * own / f64::from(p.num_inputs);
                caused_hz * math::exp_f64(-dt_ms / rule.tau_plus_ms)
            }
            _ => 0.0,
        };
        let (f_plus, f_minus) = match rule.rule {
            RuleKind::PowerLaw { mu, w_0 } => (room(w_0, 1.0 - mu) * room(w, mu), w),
            // Its noise moves no mean.
            RuleKind::VanRossum { .. } => (1.0, w),
            _ => (room(1.0 - w, rule.mu), room(w, rule.mu)),
        };
        drift += a_plus * f_plus * (up + causes) - a_minus * f_minus * down;
    }
    drift / weights.len().max(1) as f64
}

/// u^μ, and nothing at the end of the range.
fn room(u: f64, mu: f64) -> f64 {
    if u <= 0.0 {
        0.0
    } else if mu == 0.0 {
        1.0
    } else {
        math::powf_f64(u, mu)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::params::LearningParams;

    #[test]
    fn the_drift_of_a_linear_neuron_vanishes_at_its_fixed_point() {
        let p = NeuronParams {
            num_inputs: 200,
            learning: LearningParams {
                mu: 0.2,
                coincidence: CoincidenceKind::Neither,
                ..LearningParams::default()
            },
            cell: CellKind::Linear,
            ..NeuronParams::default()
        };
        // 1/(1 + α_eff^(1/μ)), α_eff = α/(1 + 1/(N r τ)).
        let alpha = p.learning.ratio / (1.0 + 1.0 / (200.0 * 10.0 * 0.02));
        let fixed = 1.0 / (1.0 + math::powf_f64(alpha, 5.0));
        let at = |w: f64| drift_per_s(&p, 0.0, &[w as f32; 200], (10.0 * w, 1.0), 1.0);
        let scale = at(0.9).abs();
        assert!(at(fixed).abs() < 2e-3 * scale, "{} of {scale}", at(fixed));
        assert!(at(fixed - 0.05) > 0.0 && at(fixed + 0.05) < 0.0);
    }
}
