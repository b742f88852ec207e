//! The constants of a description's neurons as those of the simulator's models.

use super::{Unbuildable, refused};
use crate::net::{self, Model, Receptor, Synapse};
use crate::sim::network::Conductance;
use crate::sim::neuron::{
    AdExParams, ConductanceLifParams, HodgkinHuxleyParams, LifParams, SpikeShape,
};

/// The model that all parts share: parts may differ in what they are there for, and where they begin.
pub(super) fn one_model(of: &net::Population) -> Result<&Model, Unbuildable> {
    let first = &of.parts[0].model;
    match of.parts.iter().all(|part| part.model == *first) {
        true => Ok(first),
        false => {
            refused(&of.name, "parts of several models", "Make them populations of their own.")
        }
    }
}

/// Constants of leaky neurons with conductances, whose time constants and reversal potentials are those of the synapses
/// onto them.
pub(super) fn conductance_lif(
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

/// Constants of exponential neurons, and the shape of their spikes if they have one.
pub(super) fn adex(of: &net::Population) -> Result<(AdExParams, Option<SpikeShape>), Unbuildable> {
    let &Model::AdEx {
        c_m_pf,
        g_l_ns,
        e_l_mv,
        v_th_mv,
        delta_t_mv,
        v_peak_mv,
        v_reset_mv,
        a_ns,
        b_pa,
        tau_w_ms,
        t_ref_ms,
        i_sp_pa,
        tau_z_ms,
        v_th_max_mv,
        tau_th_ms,
        t_clamp_ms,
        v_clamp_mv,
        ..
    } = one_model(of)?
    else {
        unreachable!("called for exponential neurons")
    };
    let p = AdExParams {
        c_m_pf,
        g_l_ns,
        e_l_mv,
        v_th_mv,
        delta_t_mv,
        v_peak_mv,
        v_reset_mv,
        a_ns,
        b_pa,
        tau_w_ms,
        t_ref_ms,
    };
    let shape = SpikeShape { i_sp_pa, tau_z_ms, v_th_max_mv, tau_th_ms, t_clamp_ms, v_clamp_mv };
    let is_plain = i_sp_pa == 0.0 && v_th_max_mv == v_th_mv && t_clamp_ms == 0.0;
    let shape = (!is_plain).then_some(shape);
    let broken_shape = shape.map_or_else(Vec::new, |shape| shape.check(&p));
    match p.check().iter().chain(&broken_shape).next() {
        None => Ok((p, shape)),
        Some(broken) => refused(&of.name, broken.to_string(), "Mend that constant."),
    }
}

/// Constants of Hodgkin and Huxley's neurons.
pub(super) fn hodgkin_huxley(of: &net::Population) -> Result<HodgkinHuxleyParams, Unbuildable> {
    let &Model::HodgkinHuxley {
        c_m_uf_per_cm2,
        g_na_msiemens_per_cm2,
        g_k_msiemens_per_cm2,
        g_l_msiemens_per_cm2,
        e_na_mv,
        e_k_mv,
        e_l_mv,
        v_th_mv,
        ..
    } = one_model(of)?
    else {
        unreachable!("called for Hodgkin and Huxley's neurons")
    };
    let p = HodgkinHuxleyParams {
        c_m_uf_per_cm2,
        g_na_msiemens_per_cm2,
        g_k_msiemens_per_cm2,
        g_l_msiemens_per_cm2,
        e_na_mv,
        e_k_mv,
        e_l_mv,
        v_th_mv,
    };
    match p.check().first() {
        None => Ok(p),
        Some(broken) => refused(&of.name, broken.to_string(), "Mend that constant."),
    }
}

/// The membrane that leaky neurons have, also those that fire by chance: currents onto them are exact.
pub(super) fn membrane(of: &net::Population) -> Option<LifParams> {
    match of.parts[0].model {
        Model::Lif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, .. } => {
            Some(LifParams { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms })
        }
        _ => None,
    }
}
