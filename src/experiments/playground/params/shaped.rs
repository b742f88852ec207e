//! All constants of a neuron whose spikes have a shape, as the simulator has them.

use super::neuron::NeuronKind;
use crate::sim::neuron::{AdExParams as Constants, SpikeShape};

/// The peak, at which a spike is held.
const V_PEAK_MV: f64 = 33.0;

impl NeuronKind {
    /// All its constants, if its spikes have a shape.
    pub fn shaped(&self) -> Option<(Constants, SpikeShape)> {
        let Self::Clopath(c, a, shape) = self else { return None };
        let constants = Constants {
            c_m_pf: c.c_m_pf,
            g_l_ns: c.g_l_ns,
            e_l_mv: c.e_l_mv,
            v_th_mv: c.v_th_mv,
            delta_t_mv: c.delta_t_mv,
            v_peak_mv: V_PEAK_MV,
            v_reset_mv: c.v_reset_mv,
            a_ns: a.a_ns,
            b_pa: a.b_pa,
            tau_w_ms: a.tau_w_ms,
            t_ref_ms: c.t_ref_ms,
        };
        let shape = SpikeShape {
            i_sp_pa: shape.i_sp_pa,
            tau_z_ms: shape.tau_z_ms,
            v_th_max_mv: shape.v_th_max_mv,
            tau_th_ms: shape.tau_th_ms,
            t_clamp_ms: shape.t_clamp_ms,
            v_clamp_mv: V_PEAK_MV,
        };
        Some((constants, shape))
    }
}
