//! Neurons: equations, threshold, reset, where they begin.

use super::draws::drawn;
use crate::export::script::refused;
use crate::export::script::words::{conductances, ident, number};
use crate::lab::built::Unbuildable;
use crate::net::{
    Adaptation, Drive, Firing, Method, Model, Network, Population, Recovery, Reset, Synapse,
};

/// What a group is made of.
struct Group {
    equations: String,
    /// Constants, name and value.
    constants: Vec<(&'static str, String)>,
    threshold: String,
    reset: String,
    refractory_ms: f64,
    method: &'static str,
}

/// In which unit a neuron takes its drive.
pub(super) fn unit_of(population: &Population) -> &'static str {
    match population.parts[0].model {
        Model::Izhikevich { .. } => "1",
        _ => "mV",
    }
}

/// Neurons with a state.
pub(super) fn group(net: &Network, population: &Population) -> Result<String, Unbuildable> {
    let (who, model) = (&population.name, &population.parts[0].model);
    if population.parts.iter().any(|part| part.model != *model) {
        return refused(who, "parts of several models", "Make them populations of their own.");
    }
    if population.competition.is_some() {
        let what = "competition without synapses, which is decided within a step";
        return refused(who, what, "Let inhibitory neurons do it, or take it out.");
    }
    let mut group = model_of(net, population)?;
    adapt(population, &mut group)?;
    let name = ident(who);
    let plural = if population.size == 1 { "" } else { "s" };
    let mut text = format!("\n# --- {who}: {} neuron{plural}, {}\n", population.size, model.word());
    let constants: Vec<String> =
        group.constants.iter().map(|(constant, value)| format!("{constant}={value}")).collect();
    text += &format!(
        "{name} = NeuronGroup(\n    {},\n    \"\"\"\n{}    \"\"\",\n    threshold=\"{}\",\n    reset=\"{}\",\n",
        population.size, group.equations, group.threshold, group.reset
    );
    // Also where it is 0: without it there is no "not_refractory", which synapses ask for. It is counted there from the
    // beginning of the spike's step, here from its end.
    let refractory_ms = match group.refractory_ms {
        0.0 => 0.0,
        after_ms => after_ms + net.dt_ms,
    };
    text += &format!("    refractory={}*ms,\n", number(refractory_ms));
    text += &format!(
        "    method=\"{}\",\n    namespace=dict({}),\n)\n",
        group.method,
        constants.join(", ")
    );
    if matches!(model, Model::LinearPoisson { .. }) {
        text += &format!("{name}.run_regularly(\"s = 0\", when=\"after_thresholds\")\n");
    }
    text += &izhikevichs_step(model, &name, &input(net, population).0);
    text += &start(population, &name)?;
    Ok(text)
}

/// Izhikevich's neurons are their program's scheme: the potential by forward Euler, whole or in two halves, and then the
/// recovery with the new potential.
fn izhikevichs_step(model: &Model, name: &str, sum: &str) -> String {
    let Model::Izhikevich { a, b, quadratic, linear, constant, recovery, method, .. } = model
    else {
        return String::new();
    };
    let parts = if *method == Method::TwoHalves { 2 } else { 1 };
    let v = format!(
        "v += dt/ms/{parts}*({}*v**2 + {}*v + {} - u{sum})\n",
        number(*quadratic),
        number(*linear),
        number(*constant)
    );
    let u = match *recovery {
        Recovery::Follows => format!("u += dt/ms*{}*({}*v - u)", number(*a), number(*b)),
        Recovery::Sums { v_u_mv } => {
            format!("u += dt/ms*{}*{}*(v - ({}))", number(*a), number(*b), number(v_u_mv))
        }
    };
    format!("{name}.run_regularly(\"\"\"{}{u}\"\"\", when=\"groups\")\n", v.repeat(parts))
}

/// The unit of a constant current, if one drives any of them.
fn drive_of(net: &Network, population: &Population) -> Option<&'static str> {
    let own = net.sources.iter().filter(|of| of.to.population == population.name);
    let mut currents = own.filter(|of| matches!(of.drive, Drive::Current { .. }));
    currents.next().map(|_| if unit_of(population) == "mV" { "volt" } else { "1" })
}

/// Currents that synapses of this population bring, by the place of their projection.
fn currents(net: &Network, population: &Population) -> Vec<(usize, f64)> {
    let onto = net.projections.iter().enumerate();
    let onto = onto.filter(|(_, of)| of.to.population == population.name);
    onto.filter_map(|(place, of)| match of.synapse {
        Synapse::Current { tau_s_ms, .. } => Some((place, tau_s_ms)),
        _ => None,
    })
    .collect()
}

/// The sum of all that is added to R I, and the equations of what changes in it.
fn input(net: &Network, population: &Population) -> (String, String) {
    let (mut sum, mut equations) = (String::new(), String::new());
    if let Some(unit) = drive_of(net, population) {
        sum += " + drive";
        equations += &format!("    drive : {unit} (constant)\n");
    }
    for (place, tau_s_ms) in currents(net, population) {
        sum += &format!(" + i_{place}");
        equations += &format!("    di_{place}/dt = -i_{place}/({}*ms) : volt\n", number(tau_s_ms));
    }
    (sum, equations)
}

fn model_of(net: &Network, population: &Population) -> Result<Group, Unbuildable> {
    let who = &population.name;
    let mv = |value: f64| format!("{}*mV", number(value));
    let ms = |value: f64| format!("{}*ms", number(value));
    let (sum, more) = input(net, population);
    Ok(match &population.parts[0].model {
        Model::Lif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, firing, .. } => {
            Group {
                equations: format!(
                    "    dv/dt = (E_L - v{sum})/tau_m : volt (unless refractory)\n{more}"
                ),
                constants: vec![
                    ("tau_m", ms(*tau_m_ms)),
                    ("E_L", mv(*e_l_mv)),
                    ("V_th", mv(*v_th_mv)),
                    ("V_r", mv(*v_reset_mv)),
                ],
                threshold: fires(who, firing)?,
                reset: reset_of(reset),
                refractory_ms: *t_ref_ms,
                method: "exact",
            }
        }
        Model::ConductanceLif {
            tau_m_ms,
            e_l_mv,
            v_th_mv,
            v_reset_mv,
            t_ref_ms,
            reset,
            method,
        } => {
            let [excitatory, inhibitory] = conductances(net, population);
            Group {
                equations: format!(
                    "    dv/dt = (E_L - v{sum} + g_e*(E_e - v) + g_i*(E_i - v))/tau_m : volt (unless refractory)\n    \
                     dg_e/dt = -g_e/tau_e : 1\n    dg_i/dt = -g_i/tau_i : 1\n{more}"
                ),
                constants: vec![
                    ("tau_m", ms(*tau_m_ms)),
                    ("E_L", mv(*e_l_mv)),
                    ("V_th", mv(*v_th_mv)),
                    ("V_r", mv(*v_reset_mv)),
                    ("tau_e", ms(excitatory[0])),
                    ("E_e", mv(excitatory[1])),
                    ("tau_i", ms(inhibitory[0])),
                    ("E_i", mv(inhibitory[1])),
                ],
                threshold: "v >= V_th".into(),
                reset: reset_of(reset),
                refractory_ms: *t_ref_ms,
                method: match method {
                    Method::Euler => "euler",
                    _ => "exponential_euler",
                },
            }
        }
        Model::LinearPoisson { divisor } => Group {
            equations: "    s : 1\n".into(),
            constants: vec![("divisor", number(*divisor))],
            threshold: "rand() < s/divisor".into(),
            reset: String::new(),
            refractory_ms: 0.0,
            method: "euler",
        },
        Model::Izhikevich { c_mv, d, v_peak_mv, .. } => Group {
            equations: format!("    v : 1\n    u : 1\n{more}"),
            constants: Vec::new(),
            threshold: format!("v >= {}", number(*v_peak_mv)),
            reset: format!("v = {}; u += {}", number(*c_mv), number(*d)),
            refractory_ms: 0.0,
            method: "euler",
        },
        &Model::AdEx {
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
            i_sp_pa: 0.0,
            v_th_max_mv,
            t_clamp_ms: 0.0,
            ..
        } if v_th_max_mv == v_th_mv => Group {
            equations: format!(
                "    dv/dt = (g_L*(E_L - v{sum}) + g_L*Delta_T*exp(clip((v - V_T)/Delta_T, -100, 12)) - w_a)/C : volt (unless refractory)\n    \
                 dw_a/dt = (a*(v - E_L) - w_a)/tau_w : amp\n{more}"
            ),
            constants: vec![
                ("C", format!("{}*pF", number(c_m_pf))),
                ("g_L", format!("{}*nS", number(g_l_ns))),
                ("E_L", mv(e_l_mv)),
                ("V_T", mv(v_th_mv)),
                ("Delta_T", mv(delta_t_mv)),
                ("V_peak", mv(v_peak_mv)),
                ("V_r", mv(v_reset_mv)),
                ("a", format!("{}*nS", number(a_ns))),
                ("b", format!("{}*pA", number(b_pa))),
                ("tau_w", ms(tau_w_ms)),
            ],
            threshold: "v >= V_peak".into(),
            reset: "v = V_r; w_a += b".into(),
            refractory_ms: t_ref_ms,
            method: "rk4",
        },
        model => {
            return refused(
                who,
                format!("neurons of the kind \"{}\"", model.word()),
                "Take leaky, conductance-based, exponential, Izhikevich's or linear Poisson neurons.",
            );
        }
    })
}

fn fires(who: &str, firing: &Firing) -> Result<String, Unbuildable> {
    Ok(match *firing {
        Firing::Sharp => "v >= V_th".into(),
        Firing::Exponential { delta_mv, tau_ms } => format!(
            "rand() < 1 - exp(-dt/({}*ms)*exp((v - V_th)/({}*mV)))",
            number(tau_ms),
            number(delta_mv)
        ),
        Firing::Linear { slope_hz_per_mv } => {
            format!(
                "rand() < 1 - exp(-dt*{}*Hz*clip((v - V_th)/mV, 0, inf))",
                number(slope_hz_per_mv)
            )
        }
        Firing::LinearPerStep { .. } => {
            let what = "firing with a probability per step of any length";
            return refused(who, what, "Take a rate that follows the potential.");
        }
    })
}

fn reset_of(reset: &Reset) -> String {
    match reset {
        Reset::Hard => "v = V_r".into(),
        Reset::Soft => "v -= V_th - V_r".into(),
        Reset::Never => String::new(),
    }
}

/// A threshold that moves.
fn adapt(population: &Population, group: &mut Group) -> Result<(), Unbuildable> {
    match population.adaptation {
        None => Ok(()),
        Some(Adaptation::Relaxing { theta_plus_mv, ratio, distance_mv, tau_theta_ms, .. }) => {
            group.equations +=
                &format!("    dtheta/dt = -theta/({}*ms) : volt\n", number(tau_theta_ms));
            group.threshold = "v >= V_th + theta".into();
            let distance = format!("{}*mV", number(distance_mv));
            group.reset += &format!(
                "; theta = ({distance} + theta)*{} - {distance} + {}*mV",
                number(ratio),
                number(theta_plus_mv)
            );
            Ok(())
        }
        Some(Adaptation::Steady { .. }) => refused(
            &population.name,
            "a threshold that sinks steadily",
            "Let it relax, or take it out.",
        ),
    }
}

/// Where they begin: at rest, or as it is said part by part.
fn start(population: &Population, name: &str) -> Result<String, Unbuildable> {
    let mut text = match population.parts[0].model {
        Model::LinearPoisson { .. } => String::new(),
        Model::Izhikevich {
            recovery: Recovery::Sums { .. }, quadratic, linear, constant, ..
        } => {
            let [v, u] = [-65.0, (quadratic * -65.0 + linear) * -65.0 + constant].map(number);
            format!("{name}.v = {v}\n{name}.u = {u}\n")
        }
        // Where the program begins.
        Model::Izhikevich { b, .. } => {
            let [v, u] = [-65.0, -65.0 * b].map(number);
            format!("{name}.v = {v}\n{name}.u = {u}\n")
        }
        Model::Lif { e_l_mv, .. }
        | Model::ConductanceLif { e_l_mv, .. }
        | Model::AdEx { e_l_mv, .. } => format!("{name}.v = {}*mV\n", number(e_l_mv)),
        _ => String::new(),
    };
    let mut first = 0;
    for part in &population.parts {
        let own = format!("{name}[{first}:{}]", first + part.size);
        first += part.size;
        for start in &part.start {
            let (variable, unit) = match &*start.variable {
                "v_mv" => ("v", "*mV"),
                "w_pa" => ("w_a", "*pA"),
                "g_e" => ("g_e", ""),
                "g_i" => ("g_i", ""),
                "u" => ("u", ""),
                other => {
                    let what = format!("a start of {other}");
                    return refused(&population.name, what, "Leave it at rest.");
                }
            };
            let unit = if unit_of(population) == "1" { "" } else { unit };
            let value = drawn(&population.name, &start.from, unit)?;
            text += &format!("{own}.{variable} = \"{value}\"\n");
            if let Some((limit, instead)) = start.at_or_above {
                let [limit, instead] = [limit, instead].map(|of| format!("{}{unit}", number(of)));
                text += &format!(
                    "{own}.{variable} = \"{variable}*int({variable} < {limit}) + {instead}*int({variable} >= {limit})\"\n"
                );
            }
        }
    }
    Ok(text)
}
