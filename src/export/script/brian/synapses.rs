//! Synapses: wiring, weights, delays, what a spike does.

use super::draws::drawn;
use super::own_rules;
use super::rules::{self, Learning};
use crate::export::script::words::{ends, number, population, signed};
use crate::export::script::{recorded, refused};
use crate::lab::built::Unbuildable;
use crate::net::{Delay, Draw, Homeostasis, Model, Network, Projection, Receptor, Synapse, Wiring};

/// More listed numbers than this make a script that nobody reads.
const MOST_LISTED: usize = 2_000;

/// A projection.
pub(super) fn synapses(
    net: &Network,
    (of, place): (&Projection, usize),
    is_recorded: bool,
) -> Result<String, Unbuildable> {
    if of.short_term.is_some() {
        let remedy = "Take it out, or write it into on_pre.";
        return refused(&of.name, "short-term plasticity", remedy);
    }
    let [from, to] = ends(net, of);
    let name = format!("synapses_{place}");
    let fixed = match of.weights.start {
        Draw::Fixed { value } if of.rule.is_none() => Some(value),
        _ => None,
    };
    let effect = effect(net, of, place, fixed)?;
    let learning = match &of.rule {
        None => None,
        Some(rule) => Some(match own_rules::own(of, rule)? {
            Some(own) => own,
            None => rules::learning(of, rule)?,
        }),
    };
    let mut text = format!("\n# --- {}: {from} to {to}, {}\n", of.name, of.synapse.word());
    let mut model = String::new();
    if fixed.is_none() {
        model += "    w : 1\n";
    }
    if let Some(learning) = &learning {
        model += &learning.model;
    }
    text += &format!("{name} = Synapses(\n    {from},\n    {to},\n");
    if !model.is_empty() {
        text += &format!("    \"\"\"\n{model}    \"\"\",\n");
    }
    match &learning {
        None => text += &format!("    on_pre=\"\"\"\n{effect}    \"\"\",\n"),
        Some(Learning { on_pre, on_post, constants, .. }) => {
            text += &format!(
                "    on_pre={{\n        \"act\": \"\"\"\n{effect}    \"\"\",\n        \"learn\": \"\"\"\n{on_pre}    \"\"\",\n    }},\n    \
                 on_post=\"\"\"\n{on_post}    \"\"\",\n    namespace=dict({constants}),\n"
            );
        }
    }
    text += ")\n";
    let is_read = is_recorded && recorded::is_read(of);
    if is_read {
        text += &format!(
            "pre, post, w_start, w_end_{place}, delay_ms = recorded_synapses({place})\n\
             {name}.connect(i=pre, j=post)\n"
        );
    } else {
        text += &connect(of, &name)?;
    }
    if learning.as_ref().is_some_and(|learning| learning.is_post_first) {
        text += &format!("{name}.learn.order, {name}.post.order = 1, -1\n");
    }
    if fixed.is_none() {
        text += &match is_read {
            true => format!("{name}.w = w_start\n"),
            false => start(of, &name)?,
        };
    }
    if model.contains("t_pre") {
        // Long ago.
        text += &format!("{name}.t_pre = -1*second\n");
    }
    let act = if of.is_plastic() { "act" } else { "pre" };
    if effect.contains("v_post +=") {
        // Potentials are lifted after they are integrated and before the threshold.
        text += &format!("{name}.{act}.when = \"before_thresholds\"\n");
    } else if of.is_plastic() {
        // With a weight that has learned from all steps before.
        text += &format!("{name}.{act}.when = \"start\"\n");
    }
    text += &delay(of, &name, net.dt_ms, is_read);
    text += &homeostasis(of, &name)?;
    Ok(text)
}

/// What a spike does.
fn effect(
    net: &Network,
    of: &Projection,
    place: usize,
    fixed: Option<f64>,
) -> Result<String, Unbuildable> {
    let model = &population(net, &of.to).parts[0].model;
    let signed = |value: f64| signed(of, value);
    let by = |per_weight: f64, unit: &str| match fixed {
        Some(weight) => format!("{}{unit}", number(weight * per_weight)),
        None => format!("w*{}{unit}", number(per_weight)),
    };
    Ok(match (&of.synapse, model) {
        (Synapse::Nothing, _) => String::new(),
        (&Synapse::Delta { per_weight }, Model::LinearPoisson { .. }) => {
            format!("    s_post += {}\n", by(signed(per_weight), ""))
        }
        (&Synapse::Delta { per_weight }, Model::Izhikevich { .. }) => {
            format!("    v_post += {}\n", by(signed(per_weight), ""))
        }
        // A refractory neuron does not feel it.
        (&Synapse::Delta { per_weight }, _) => {
            format!("    v_post += {}*int(not_refractory_post)\n", by(signed(per_weight), "*mV"))
        }
        (
            &Synapse::Current { tau_s_ms, area_mv_ms },
            Model::Lif { .. } | Model::ConductanceLif { .. } | Model::AdEx { .. },
        ) => {
            format!("    i_{place}_post += {}\n", by(signed(area_mv_ms / tau_s_ms), "*mV"))
        }
        (&Synapse::Conductance { per_weight, .. }, Model::ConductanceLif { .. }) => {
            let kind = if of.receptor == Receptor::Inhibitory { "g_i" } else { "g_e" };
            format!("    {kind}_post += {}\n", by(per_weight, ""))
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

/// Who is connected to whom.
fn connect(of: &Projection, name: &str) -> Result<String, Unbuildable> {
    let (from, to) = (of.from.size, of.to.size);
    let is_own = of.from == of.to;
    let but_itself = if is_own { "condition=\"i != j\"" } else { "" };
    Ok(match &of.wiring {
        Wiring::AllToAll => format!("{name}.connect()\n"),
        Wiring::AllToOthers => format!("{name}.connect(condition=\"i != j\")\n"),
        Wiring::OneToOne => format!("{name}.connect(j=\"i\")\n"),
        Wiring::Probability { p } if is_own => {
            format!("{name}.connect({but_itself}, p={})\n", number(*p))
        }
        Wiring::Probability { p } => format!("{name}.connect(p={})\n", number(*p)),
        Wiring::InDegree { num } => {
            // Of one less, those from its own number on are the next.
            let (most, skip) = match is_own {
                true => (from - 1, "\npre += pre >= np.repeat(np.arange(POST), NUM)"),
                false => (from, ""),
            };
            let skip = skip.replace("POST", &to.to_string()).replace("NUM", &num.to_string());
            format!(
                "pre = np.concatenate([np.random.choice({most}, {num}, replace=False) for _ in range({to})]){skip}\n\
                 {name}.connect(i=pre, j=np.repeat(np.arange({to}), {num}))\n"
            )
        }
        Wiring::OutDegree { num } if !is_own => format!(
            "{name}.connect(i=np.repeat(np.arange({from}), {num}), j=np.random.randint({to}, size={}))\n",
            from * num
        ),
        Wiring::Listed { pairs } if pairs.len() <= MOST_LISTED => {
            let column = |of: fn(&(u32, u32)) -> u32| {
                let all: Vec<String> = pairs.iter().map(|pair| of(pair).to_string()).collect();
                all.join(", ")
            };
            format!(
                "{name}.connect(i=[{}], j=[{}])\n",
                column(|pair| pair.0),
                column(|pair| pair.1)
            )
        }
        wiring => {
            return refused(
                &of.name,
                format!("wiring of the kind \"{}\"", wiring.word()),
                "Connect all to all, one to one, by chance, or with a fixed in-degree.",
            );
        }
    })
}

/// Where weights begin.
fn start(of: &Projection, name: &str) -> Result<String, Unbuildable> {
    Ok(match &of.weights.start {
        Draw::Listed { values } if values.len() <= MOST_LISTED => {
            let all: Vec<String> = values.iter().map(|value| number(*value)).collect();
            format!("{name}.w = [{}]\n", all.join(", "))
        }
        Draw::Fixed { value } => format!("{name}.w = {}\n", number(*value)),
        draw => format!("{name}.w = \"{}\"\n", drawn(&of.name, draw, "")?),
    })
}

/// A delay is one step shorter here. What is learned from a spike is learned in the step in which potentials take it in.
fn delay(of: &Projection, name: &str, dt_ms: f64, is_read: bool) -> String {
    let shorter = |ms: f64| ((ms / dt_ms).round() - 1.0).max(0.0) * dt_ms;
    // Drawn once, so that both hear of a spike by the same delay.
    let (acts, is_drawn) = match of.delay {
        Delay::Fixed { delay_ms } => (shorter(delay_ms), None),
        Delay::Uniform { low_ms, high_ms } => ((low_ms - dt_ms).max(0.0), Some(high_ms - low_ms)),
    };
    let act = if of.is_plastic() { "act" } else { "pre" };
    let mut text = match is_drawn {
        Some(_) if is_read => {
            format!("{name}.{act}.delay = (delay_ms - {})*ms\n", number(dt_ms))
        }
        Some(span) => {
            format!("{name}.{act}.delay = \"({} + {}*rand())*ms\"\n", number(acts), number(span))
        }
        None if acts > 0.0 => format!("{name}.{act}.delay = {}*ms\n", number(acts)),
        None => String::new(),
    };
    if of.is_plastic() {
        let learns = match is_drawn {
            Some(_) => format!("{name}.act.delay + {}*ms", number(dt_ms)),
            None => format!("{}*ms", number(acts + dt_ms)),
        };
        text += &format!("{name}.learn.delay = {learns}\n");
    }
    text
}

/// What acts on weights besides learning.
fn homeostasis(of: &Projection, name: &str) -> Result<String, Unbuildable> {
    match of.homeostasis[..] {
        [] => Ok(String::new()),
        [Homeostasis::NormaliseEvery { total, every_ms }] if of.to.size == 1 => {
            let most = of.weights.max.map_or("inf".into(), number);
            Ok(format!(
                "\n\n@network_operation(dt={}*ms)\ndef normalise_{name}():\n    if defaultclock.t > 0*ms:\n        \
                 w = np.array({name}.w)\n        {name}.w = np.minimum(w*{}/w.sum(), {most})\n\n",
                number(every_ms),
                number(total)
            ))
        }
        _ => refused(
            &of.name,
            "homeostasis of a kind that is not written",
            "Take a fixed sum of one neuron's weights that is kept regularly, or leave it out.",
        ),
    }
}
