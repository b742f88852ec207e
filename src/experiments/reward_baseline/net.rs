//! The network: what its simulator needs, and its weights in a file.

use super::params::{CellParams, RuleParams};
use crate::record::WeightsFile;
use crate::sim::fast::gated_net::GatedNetParams;
use crate::sim::math;
use crate::sim::neuron::{Escape, LifParams};

/// Who fires, in the order of the fingerprint; inputs stand beside it.
pub const POPULATIONS: [&str; 2] = ["output", "input"];

/// Rest, and the potential after a spike.
pub const E_L_MV: f64 = -70.0;
/// The middle of the soft threshold.
pub const V_TH_MV: f64 = -55.0;
/// The weights' name in a file.
pub const WEIGHTS: &str = "input_to_output";
pub(super) const TAU_S_MS: f64 = 5.0;
pub(super) const T_REF_MS: f64 = 5.0;

/// The network's constants.
pub fn constants(p: &CellParams, rule: &RuleParams) -> GatedNetParams {
    let w = p.w_init_mv as f32;
    GatedNetParams {
        membrane: LifParams {
            tau_m_ms: p.tau_m_ms,
            e_l_mv: E_L_MV,
            v_th_mv: V_TH_MV,
            v_reset_mv: E_L_MV,
            t_ref_ms: T_REF_MS,
        },
        escape: Escape::Exponential { delta_mv: p.delta_mv, tau_ms: p.tau_escape_ms },
        tau_s_ms: TAU_S_MS,
        r_m: per_peak(p.tau_m_ms),
        w_init: (0.5 * w, 1.5 * w),
        w_max: p.w_max_mv as f32,
        rule: rule.gated(),
    }
}

/// The weights in a file, if they have this shape and every one is possible.
pub fn weights_of<'a>(
    file: &'a WeightsFile,
    shape: [u32; 2],
    p: &CellParams,
) -> Result<&'a [f32], String> {
    let weights = file.array(WEIGHTS, &shape)?;
    let w_max = p.w_max_mv;
    if let Some(w) = weights.iter().find(|w| !(0.0..=w_max as f32).contains(*w)) {
        return Err(format!("a weight is {w}; weights lie between 0 and {w_max} mV here"));
    }
    Ok(weights)
}

/// The resistance at which a spike of weight 1 makes a potential 1 mV high.
pub(super) fn per_peak(tau_m_ms: f64) -> f64 {
    // V(t) = R (e^(−t/τ_m) − e^(−t/τ_s))/(τ_m − τ_s) is highest where its slope is 0; equal time constants have the limit.
    let gap = tau_m_ms - TAU_S_MS;
    if gap.abs() < 1e-6 {
        return tau_m_ms * math::exp_f64(1.0);
    }
    let at = math::ln_f64(tau_m_ms / TAU_S_MS) * tau_m_ms * TAU_S_MS / gap;
    gap / (math::exp_f64(-at / tau_m_ms) - math::exp_f64(-at / TAU_S_MS))
}
