//! Which of NEST's neurons a population is, and how our fields are named there.
//!
//! A neuron of ours is one of NEST's where the equations are the same and the method no worse. For each there is a table of
//! NEST's names with their values, in NEST's units (mV, ms, pF, nS, pA). Leaky neurons get C_m = τ_m in pF, which makes
//! their resistance 1 GΩ, so that 1 pA is R I = 1 mV and numbers stay as they are.

use crate::export::script::refused;
use crate::export::script::words::{conductances, number, signed};
use crate::lab::built::Unbuildable;
use crate::net::{
    Drive, Firing, Method, Model, Network, Population, Projection, Receptor, Recovery, Reset,
    Synapse,
};

/// The leak of neurons with conductances in units of it; any would do.
const LEAK_NS: f64 = 10.0;
/// Of Hodgkin and Huxley's neurons so many µm² / 100 are taken: µF/cm² become pF, and mS/cm² nS.
const AREA: f64 = 100.0;

/// A kind of NEST's neurons.
pub(super) struct Cell {
    /// Its name.
    pub model: &'static str,
    /// Names and values.
    pub params: Vec<(&'static str, String)>,
    /// NEST's current for 1 mV of R I (of Izhikevich's neurons for 1 mV/ms).
    pub per_mv: f64,
    /// By how many steps it feels a spike later than one that lifts the potential.
    pub late: u32,
    /// What is worth a remark.
    pub remark: &'static str,
}

/// Values as numbers of Python.
fn numbers<const N: usize>(params: [(&'static str, f64); N]) -> Vec<(&'static str, String)> {
    params.map(|(name, value)| (name, number(value))).to_vec()
}

/// What brings spikes to a population.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nothing,
    Delta,
    OneStep,
    Current,
    Conductance,
    Several,
}

fn kind(net: &Network, population: &Population) -> Kind {
    let onto = |of: &&Projection| of.to.population == population.name;
    let kinds = net.projections.iter().filter(onto).map(|of| match of.synapse {
        Synapse::Delta { .. } => Kind::Delta,
        Synapse::OneStep { .. } => Kind::OneStep,
        Synapse::Current { .. } => Kind::Current,
        Synapse::Conductance { .. } => Kind::Conductance,
        _ => Kind::Several,
    });
    let kicks = |of: &&crate::net::Source| {
        of.to.population == population.name && matches!(of.drive, Drive::Kicks { .. })
    };
    let kicks = net.sources.iter().filter(kicks).map(|_| Kind::Delta);
    kinds.chain(kicks).fold(Kind::Nothing, |all, next| match all {
        Kind::Nothing => next,
        all if all == next => all,
        _ => Kind::Several,
    })
}

/// The kind that a population is.
pub(super) fn cell(net: &Network, population: &Population) -> Result<Cell, Unbuildable> {
    let who = &population.name;
    let model = &population.parts[0].model;
    if population.parts.iter().any(|part| part.model != *model) {
        return refused(who, "parts of several models", "Make them populations of their own.");
    }
    if population.competition.is_some() {
        let what = "competition without synapses, which is decided within a step";
        return refused(who, what, "Let inhibitory neurons do it, or take it out.");
    }
    if population.adaptation.is_some() {
        let what = "a threshold that every spike raises, which NEST's leaky neurons do not have";
        return refused(who, what, "Take a fixed threshold, or write the neuron in NESTML.");
    }
    let kind = kind(net, population);
    if kind == Kind::Several {
        let what = "synapses of several kinds, or of one that NEST does not have";
        return refused(
            who,
            what,
            "Let all of its synapses lift the potential, or all bring currents.",
        );
    }
    match model {
        Model::Lif { .. } => leaky(net, population, kind),
        Model::ConductanceLif { .. } => conducting(net, population, kind),
        Model::AdEx { .. } => exponential(net, population, kind),
        Model::Izhikevich { .. } => izhikevich(who, model, kind),
        Model::HodgkinHuxley { .. } => squid(who, model, kind),
        Model::LinearPoisson { divisor } => Ok(Cell {
            model: "pp_psc_delta",
            params: numbers([
                // Forgets within the step.
                ("tau_m", net.dt_ms / 50.0),
                ("C_m", 1.0),
                ("c_1", 1_000.0 / (net.dt_ms * divisor)),
                ("c_2", 0.0),
                ("c_3", 0.0),
                ("dead_time", 0.0),
            ]),
            per_mv: 0.0,
            late: 0,
            remark: "a potential that forgets within the step: the rate is the sum of what arrives in it",
        }),
        model => refused(
            who,
            format!("neurons of the kind \"{}\", which NEST does not have", model.word()),
            "Take leaky, conductance-based, exponential, Izhikevich's or linear Poisson neurons, or write this one in NESTML.",
        ),
    }
}

/// Time constants of the currents that excite and that inhibit.
fn taus(net: &Network, population: &Population) -> Result<[f64; 2], Unbuildable> {
    let mut taus = [None; 2];
    for of in net.projections.iter().filter(|of| of.to.population == population.name) {
        let Synapse::Current { tau_s_ms, .. } = of.synapse else { continue };
        let own = &mut taus[usize::from(of.receptor == Receptor::Inhibitory)];
        if own.is_some_and(|tau| tau != tau_s_ms) {
            let what = "currents of one sign with several time constants";
            return refused(
                &population.name,
                what,
                "Take one, or iaf_psc_exp_multisynapse by hand.",
            );
        }
        *own = Some(tau_s_ms);
    }
    let [excitatory, inhibitory] = taus;
    let any = excitatory.or(inhibitory).unwrap_or(2.0);
    Ok([excitatory.unwrap_or(any), inhibitory.unwrap_or(any)])
}

fn leaky(net: &Network, population: &Population, kind: Kind) -> Result<Cell, Unbuildable> {
    let who = &population.name;
    let Model::Lif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, firing, .. } =
        &population.parts[0].model
    else {
        unreachable!("asked for a leaky neuron")
    };
    if *firing != Firing::Sharp {
        return by_chance(population, kind);
    }
    if *reset == Reset::Soft {
        let what = "a soft reset, which NEST's leaky neurons do not have";
        return refused(who, what, "Take the hard reset, or write the neuron in NESTML.");
    }
    let mut params = numbers([
        ("tau_m", *tau_m_ms),
        ("C_m", *tau_m_ms),
        ("E_L", *e_l_mv),
        ("V_m", *e_l_mv),
        ("V_th", *v_th_mv),
        ("V_reset", *v_reset_mv),
        ("t_ref", *t_ref_ms),
    ]);
    match kind {
        Kind::Nothing | Kind::Delta => {
            Ok(Cell { model: "iaf_psc_delta", params, per_mv: 1.0, late: 0, remark: "" })
        }
        Kind::Current => {
            let [excitatory, inhibitory] = taus(net, population)?;
            params.extend(numbers([("tau_syn_ex", excitatory), ("tau_syn_in", inhibitory)]));
            Ok(Cell { model: "iaf_psc_exp", params, per_mv: 1.0, late: 1, remark: "" })
        }
        _ => refused(
            who,
            "synapses that NEST's leaky neurons do not have",
            "Let spikes lift the potential, or bring currents or conductances that decay.",
        ),
    }
}

/// Leaky neurons with escape noise. NEST's go to rest at a spike, and go on to integrate while they are refractory.
fn by_chance(population: &Population, kind: Kind) -> Result<Cell, Unbuildable> {
    let who = &population.name;
    let Model::Lif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, firing, .. } =
        &population.parts[0].model
    else {
        unreachable!("asked for a leaky neuron")
    };
    if v_reset_mv != e_l_mv || *t_ref_ms > 0.0 || *reset == Reset::Soft || kind == Kind::Current {
        return refused(
            who,
            "neurons that fire by chance, which in NEST (pp_psc_delta) go to rest at a spike, are lifted by spikes at once and integrate while they are refractory",
            "Set the reset to the resting potential, no refractory time, and let spikes lift the potential.",
        );
    }
    // Potentials of this neuron are counted from rest.
    let far = v_th_mv - e_l_mv;
    let [c_1, c_2, c_3] = match *firing {
        Firing::Exponential { delta_mv, tau_ms } => {
            let c_2 = format!(
                "{}*np.exp({}/{})",
                number(1_000.0 / tau_ms),
                number(-far),
                number(delta_mv)
            );
            [number(0.0), c_2, number(1.0 / delta_mv)]
        }
        Firing::Linear { slope_hz_per_mv } => {
            [slope_hz_per_mv, -slope_hz_per_mv * far, 0.0].map(number)
        }
        Firing::Sharp | Firing::LinearPerStep { .. } => {
            let what = "firing with a probability per step of any length";
            return refused(who, what, "Take a rate that follows the potential.");
        }
    };
    Ok(Cell {
        model: "pp_psc_delta",
        params: vec![
            ("tau_m", number(*tau_m_ms)),
            ("C_m", number(*tau_m_ms)),
            ("V_m", number(0.0)),
            ("c_1", c_1),
            ("c_2", c_2),
            ("c_3", c_3),
            ("dead_time", number(0.0)),
        ],
        per_mv: 1.0,
        late: 0,
        remark: "potentials of this neuron are counted from rest",
    })
}

fn conducting(net: &Network, population: &Population, kind: Kind) -> Result<Cell, Unbuildable> {
    let who = &population.name;
    let Model::ConductanceLif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, .. } =
        &population.parts[0].model
    else {
        unreachable!("asked for a neuron with conductances")
    };
    if *reset == Reset::Soft {
        let what = "a soft reset, which NEST's leaky neurons do not have";
        return refused(who, what, "Take the hard reset, or write the neuron in NESTML.");
    }
    if !matches!(kind, Kind::Nothing | Kind::Conductance) {
        let what = "synapses without conductances onto neurons with them";
        return refused(who, what, "Let all of its synapses open conductances.");
    }
    let [[tau_e, e_e], [tau_i, e_i]] = conductances(net, population);
    Ok(Cell {
        model: "iaf_cond_exp",
        params: numbers([
            ("C_m", tau_m_ms * LEAK_NS),
            ("g_L", LEAK_NS),
            ("E_L", *e_l_mv),
            ("V_m", *e_l_mv),
            ("V_th", *v_th_mv),
            ("V_reset", *v_reset_mv),
            ("t_ref", *t_ref_ms),
            ("E_ex", e_e),
            ("E_in", e_i),
            ("tau_syn_ex", tau_e),
            ("tau_syn_in", tau_i),
        ]),
        per_mv: LEAK_NS,
        late: 1,
        remark: "conductances are in units of a leak of 10 nS",
    })
}

fn exponential(net: &Network, population: &Population, kind: Kind) -> Result<Cell, Unbuildable> {
    let who = &population.name;
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
        v_th_max_mv,
        t_clamp_ms,
        ..
    } = &population.parts[0].model
    else {
        unreachable!("asked for an exponential neuron")
    };
    if i_sp_pa != 0.0 || t_clamp_ms != 0.0 || v_th_max_mv != v_th_mv {
        let what = "spikes with a shape (an after-current, a moving threshold or a held potential)";
        return refused(
            who,
            what,
            "Take the plain neuron, or NEST's aeif_psc_delta_clopath by hand.",
        );
    }
    let mut params = numbers([
        ("C_m", c_m_pf),
        ("g_L", g_l_ns),
        ("E_L", e_l_mv),
        ("V_m", e_l_mv),
        ("V_th", v_th_mv),
        ("Delta_T", delta_t_mv),
        ("V_peak", v_peak_mv),
        ("V_reset", v_reset_mv),
        ("a", a_ns),
        ("b", b_pa),
        ("tau_w", tau_w_ms),
        ("t_ref", t_ref_ms),
    ]);
    let model = match kind {
        Kind::Nothing | Kind::Delta => "aeif_psc_delta",
        Kind::Current => {
            let [excitatory, inhibitory] = taus(net, population)?;
            params.extend(numbers([("tau_syn_ex", excitatory), ("tau_syn_in", inhibitory)]));
            "aeif_psc_exp"
        }
        _ => {
            let what = "synapses that NEST's exponential neurons do not have";
            return refused(
                who,
                what,
                "Let spikes lift the potential, or bring currents that decay.",
            );
        }
    };
    let late = u32::from(kind == Kind::Current);
    Ok(Cell { model, params, per_mv: g_l_ns, late, remark: "" })
}

fn izhikevich(who: &str, model: &Model, kind: Kind) -> Result<Cell, Unbuildable> {
    let &Model::Izhikevich {
        a,
        b,
        c_mv,
        d,
        v_peak_mv,
        quadratic,
        linear,
        constant,
        ref recovery,
        ref method,
    } = model
    else {
        unreachable!("asked for Izhikevich's neuron")
    };
    if *recovery != Recovery::Follows {
        let what = "a recovery that sums up v";
        return refused(who, what, "Take one that follows v, or write the neuron in NESTML.");
    }
    if (quadratic, linear, constant) != (0.04, 5.0, 140.0) {
        let what = "a polynomial other than 0.04 v² + 5 v + 140";
        return refused(who, what, "Take that one, or write the neuron in NESTML.");
    }
    if !matches!(kind, Kind::Nothing | Kind::OneStep | Kind::Delta) {
        let what = "synapses that NEST's neuron of this kind does not feel";
        return refused(who, what, "Let spikes lift its potential at once.");
    }
    Ok(Cell {
        model: "izhikevich",
        params: numbers([
            ("a", a),
            ("b", b),
            ("c", c_mv),
            ("d", d),
            ("V_th", v_peak_mv),
            ("V_m", -65.0),
            ("U_m", -65.0 * b),
            // As in Izhikevich's program: v in two halves, then u.
            ("consistent_integration", 0.0),
        ]),
        per_mv: 1.0,
        late: 0,
        remark: match method {
            Method::TwoHalves => "",
            _ => {
                "the potential takes a step in two halves, in the description at once: rates may differ by a few per cent"
            }
        },
    })
}

fn squid(who: &str, model: &Model, kind: Kind) -> Result<Cell, Unbuildable> {
    let &Model::HodgkinHuxley {
        c_m_uf_per_cm2,
        g_na_msiemens_per_cm2,
        g_k_msiemens_per_cm2,
        g_l_msiemens_per_cm2,
        e_na_mv,
        e_k_mv,
        e_l_mv,
        ..
    } = model
    else {
        unreachable!("asked for Hodgkin and Huxley's neuron")
    };
    if kind != Kind::Nothing {
        let what = "synapses onto Hodgkin–Huxley neurons, which in NEST (hh_psc_alpha) bring currents that rise and fall";
        return refused(who, what, "Drive them with a current, or connect them in NEST by hand.");
    }
    Ok(Cell {
        model: "hh_psc_alpha",
        params: numbers([
            ("C_m", c_m_uf_per_cm2 * AREA),
            ("g_Na", g_na_msiemens_per_cm2 * AREA),
            ("g_K", g_k_msiemens_per_cm2 * AREA),
            ("g_L", g_l_msiemens_per_cm2 * AREA),
            ("E_Na", e_na_mv),
            ("E_K", e_k_mv),
            ("E_L", e_l_mv),
            ("V_m", -64.9997),
            // On the way down from a peak it would be told again.
            ("t_ref", 2.0),
        ]),
        per_mv: g_l_msiemens_per_cm2 * AREA,
        late: 1,
        remark: "NEST tells a spike at its peak, which is later than its upstroke",
    })
}

/// NEST's weight for a weight of 1, as an expression.
pub(super) fn per_weight(
    of: &Projection,
    population: &Population,
    cell: &Cell,
) -> Result<String, Unbuildable> {
    let signed = |value: f64| number(signed(of, value));
    Ok(match (&of.synapse, &population.parts[0].model) {
        // NEST's neuron takes spikes as a current of one step.
        (&Synapse::Delta { per_weight }, Model::Izhikevich { .. }) => {
            format!("{}/dt", signed(per_weight))
        }
        (&Synapse::Delta { per_weight } | &Synapse::OneStep { per_weight }, _) => {
            signed(per_weight)
        }
        (&Synapse::Current { tau_s_ms, area_mv_ms }, _) => {
            signed(area_mv_ms / tau_s_ms * cell.per_mv)
        }
        // By exponential Euler a spike's charge is a little larger than weight times τ.
        (
            &Synapse::Conductance { per_weight, tau_s_ms, .. },
            Model::ConductanceLif { method, .. },
        ) => {
            let is_inhibitory = of.receptor == Receptor::Inhibitory;
            let peak_ns = per_weight.abs() * LEAK_NS * if is_inhibitory { -1.0 } else { 1.0 };
            let (peak, tau) = (number(peak_ns), number(tau_s_ms));
            match method {
                Method::ExponentialEuler => format!("{peak}*dt/{tau}/(1 - np.exp(-dt/{tau}))"),
                _ => peak,
            }
        }
        (synapse, _) => {
            return refused(
                &of.name,
                format!("synapses of the kind \"{}\" onto such neurons", synapse.word()),
                "Let spikes lift potentials, or bring currents or conductances that decay.",
            );
        }
    })
}

/// The unit of such weights.
pub(super) fn unit(of: &Projection) -> &'static str {
    match of.synapse {
        Synapse::Current { .. } => "pA",
        Synapse::Conductance { .. } => "nS",
        Synapse::OneStep { .. } => "mV/ms",
        _ => "mV",
    }
}
