//! Synapses: wiring, weights, delays, and which of NEST's models they are.

use super::cells::{self, Cell};
use super::rules::{self, Plastic};
use crate::export::script::words::{ends, is_input, number, population};
use crate::export::script::{recorded, refused};
use crate::lab::built::Unbuildable;
use crate::net::{Delay, Draw, Homeostasis, Network, Projection, ShortTerm, Wiring};

/// More listed numbers than this make a script that nobody reads.
const MOST_LISTED: usize = 2_000;

/// What is told of a learning projection when all is made.
pub(super) struct Told {
    pub text: String,
    /// Steps by which pairs are further apart than here, if it learns.
    pub shift: Option<u32>,
    /// What keeps its last input spike from depressing.
    pub silence: String,
    /// NEST's weight for a weight of 1 could not be had with so short a delay.
    pub is_late: bool,
}

/// A projection.
pub(super) fn synapses(
    net: &Network,
    (of, place): (&Projection, usize),
    cell: &Cell,
    is_recorded: bool,
) -> Result<Told, Unbuildable> {
    let [from, to] = ends(net, of);
    let receiver = population(net, &of.to);
    let per_weight = cells::per_weight(of, receiver, cell)?;
    let is_read = is_recorded && recorded::is_read(of);
    let num_steps = |ms: f64| (ms / net.dt_ms).round().max(1.0) as u32;
    let (steps, is_drawn) = match of.delay {
        Delay::Fixed { delay_ms } => (num_steps(delay_ms), false),
        Delay::Uniform { low_ms, .. } => (num_steps(low_ms), true),
    };
    let is_late = steps <= cell.late && !is_input(population(net, &of.from));
    let mut text = format!("\n# --- {}: {from} to {to}, {}\n", of.name, of.synapse.word());
    text += &format!("weight_{place} = {per_weight}  # {}, of a weight of 1\n", cells::unit(of));
    let mut spec = vec![format!("\"weight\": {}", weight(of, place, is_read)?)];
    let mut sender = from.clone();
    let (mut shift, mut silence) = (None, String::new());
    if let Some(rule) = &of.rule {
        if of.short_term.is_some() {
            let what =
                "both short-term plasticity and a learning rule, for which NEST has no synapse";
            return refused(
                &of.name,
                what,
                "Take one of them out, or generate the synapse with NESTML.",
            );
        }
        if is_drawn {
            let what = "learning synapses with delays of their own: NEST's are dendritic, and each would need a parrot";
            return refused(&of.name, what, "Give all its synapses one delay.");
        }
        let n = 2 + cell.late;
        shift = Some(n);
        let plastic = rules::plastic(of, rule, (place, n))?;
        text += &copied(&plastic, place);
        for name in plastic.silenced {
            silence += &match plastic.is_common {
                true => format!("nest.SetDefaults(\"plastic_{place}\", {{\"{name}\": 0.0}})\n"),
                false => format!("synapses_{place}.{name} = 0.0\n"),
            };
        }
        for (memory, tau_ms) in &plastic.tau_minus {
            text += &format!("{to}.{memory} = {}\n", number(*tau_ms));
        }
        spec.push(format!("\"synapse_model\": \"plastic_{place}\", \"delay\": dt"));
        // All but the last step lies before the synapse.
        let before = steps.saturating_sub(1 + cell.late);
        if before > 0 {
            sender = format!("relay_{place}");
            text += &format!(
                "{sender} = nest.Create(\"parrot_neuron\", {})  # the axon\n\
                 nest.Connect({from}, {sender}, \"one_to_one\", {{\"delay\": {}}})\n",
                of.from.size,
                number(f64::from(before) * net.dt_ms)
            );
            if !is_input(population(net, &of.from)) {
                text += &format!("nest.Connect(flush, {sender}, syn_spec={{\"delay\": dt}})\n");
            }
        }
    } else {
        if let Some(short_term) = &of.short_term {
            text += &depressing(of, short_term, place)?;
            spec.push(format!("\"synapse_model\": \"short_term_{place}\""));
        }
        let late_ms = f64::from(cell.late) * net.dt_ms;
        spec.push(match of.delay {
            Delay::Uniform { low_ms, high_ms } => format!(
                "\"delay\": nest.random.uniform({}, {})",
                number((low_ms - late_ms).max(net.dt_ms)),
                number((high_ms - late_ms).max(2.0 * net.dt_ms))
            ),
            Delay::Fixed { .. } => {
                let least = steps.saturating_sub(cell.late).max(1);
                format!("\"delay\": {}", number(f64::from(least) * net.dt_ms))
            }
        });
    }
    text += &connect(of, place, [&sender, &to], (&spec.join(", "), is_read))?;
    if of.is_plastic() {
        text += &format!(
            "synapses_{place} = nest.GetConnections({sender}, {to}, \"plastic_{place}\")\n"
        );
    }
    Ok(Told { text, shift, silence, is_late })
}

/// A model of synapses with a rule.
fn copied(plastic: &Plastic, place: usize) -> String {
    let row = |(name, value): &(&str, String)| format!("        \"{name}\": {value},\n");
    let rows: String = plastic.params.iter().map(row).collect();
    format!(
        "{}nest.CopyModel(\n    \"{}\",\n    \"plastic_{place}\",\n    {{\n        \"weight\": weight_{place},\n{rows}    }},\n)\n",
        plastic.before, plastic.model
    )
}

/// A model of synapses with short-term plasticity.
fn depressing(
    of: &Projection,
    short_term: &ShortTerm,
    place: usize,
) -> Result<String, Unbuildable> {
    let &ShortTerm { u, tau_d_ms, tau_f_ms, sd, .. } = short_term;
    if sd != 0.0 {
        let what = "short-term plasticity whose constants are drawn for every sender";
        return refused(&of.name, what, "Let all synapses have the same.");
    }
    Ok(format!(
        "nest.CopyModel(\n    \"tsodyks2_synapse\",\n    \"short_term_{place}\",\n    \
         {{\"U\": {u}, \"u\": {u}, \"x\": 1.0, \"tau_rec\": {}, \"tau_fac\": {}}},\n)\n",
        number(tau_d_ms),
        number(tau_f_ms),
        u = number(u)
    ))
}

/// Where weights begin, in NEST's unit.
fn weight(of: &Projection, place: usize, is_read: bool) -> Result<String, Unbuildable> {
    let unit = format!("weight_{place}");
    if is_read {
        return Ok(format!("{unit}*w_start"));
    }
    // Weights of 0 have a sign too: that of the largest.
    let some = |value: f64| if value == 0.0 && of.is_plastic() { 1e-9 } else { value };
    Ok(match &of.weights.start {
        Draw::Fixed { value } => format!("{unit}*{}", number(some(*value))),
        Draw::Uniform { low, high } => {
            format!("{unit}*nest.random.uniform({}, {})", number(*low), number(*high))
        }
        Draw::Normal { mean, sd, low, high } => {
            let mut drawn = format!("nest.random.normal({}, {})", number(*mean), number(*sd));
            if let Some(low) = low {
                drawn = format!("nest.math.max({drawn}, {})", number(*low));
            }
            if let Some(high) = high {
                drawn = format!("nest.math.min({drawn}, {})", number(*high));
            }
            format!("{unit}*{drawn}")
        }
        Draw::Listed { values } if values.len() <= MOST_LISTED => {
            let all: Vec<String> = values.iter().map(|value| number(*value)).collect();
            let list = format!("np.array([{}])", all.join(", "));
            match of.wiring {
                // A row for each receiver.
                Wiring::AllToAll => {
                    format!("{unit}*{list}.reshape({}, {}).T", of.from.size, of.to.size)
                }
                _ => format!("{unit}*{list}"),
            }
        }
        draw => {
            return refused(
                &of.name,
                format!("numbers that are drawn as \"{}\"", draw.word()),
                "Draw them fixed, uniform or normal, or list them.",
            );
        }
    })
}

/// Who is connected to whom.
fn connect(
    of: &Projection,
    place: usize,
    [from, to]: [&str; 2],
    (spec, is_read): (&str, bool),
) -> Result<String, Unbuildable> {
    let one_by_one = |spec: &str| {
        format!(
            "nest.Connect(\n    np.array({from}.tolist())[pre],\n    np.array({to}.tolist())[post],\n    \"one_to_one\",\n    {{{spec}}},\n)\n"
        )
    };
    // A delay for each.
    let each = |spec: &str| match (spec.rsplit_once("\"delay\": "), &of.delay) {
        (Some((rest, ms)), Delay::Fixed { .. }) => {
            format!("{rest}\"delay\": np.full(len(pre), {ms})")
        }
        _ => spec.into(),
    };
    if is_read {
        let read = format!(
            "pre, post, w_start, w_end_{place}, delay_ms = recorded_synapses({place})\n\
             w_end_{place} = w_end_{place}[np.lexsort([post, pre])]  # in the order of senders and receivers\n"
        );
        return Ok(read + &one_by_one(&each(spec)));
    }
    let is_own = of.from == of.to;
    let autapses = if is_own { ", \"allow_autapses\": False" } else { "" };
    let rule = match &of.wiring {
        Wiring::AllToAll => "{\"rule\": \"all_to_all\"}".into(),
        Wiring::AllToOthers if is_own => {
            "{\"rule\": \"all_to_all\", \"allow_autapses\": False}".into()
        }
        Wiring::OneToOne => "{\"rule\": \"one_to_one\"}".into(),
        Wiring::Probability { p } => {
            format!("{{\"rule\": \"pairwise_bernoulli\", \"p\": {}{autapses}}}", number(*p))
        }
        Wiring::InDegree { num } => format!(
            "{{\"rule\": \"fixed_indegree\", \"indegree\": {num}, \"allow_multapses\": False{autapses}}}"
        ),
        Wiring::OutDegree { num } => {
            format!("{{\"rule\": \"fixed_outdegree\", \"outdegree\": {num}{autapses}}}")
        }
        Wiring::Listed { pairs } if pairs.len() <= MOST_LISTED => {
            let column = |of: fn(&(u32, u32)) -> u32| {
                let all: Vec<String> = pairs.iter().map(|pair| of(pair).to_string()).collect();
                all.join(", ")
            };
            let ends = format!(
                "pre, post = np.array([{}]), np.array([{}])\n",
                column(|pair| pair.0),
                column(|pair| pair.1)
            );
            let spec = spec.replace("\"weight\": ", "\"weight\": np.ones(len(pre))*");
            return Ok(ends + &one_by_one(&each(&spec)));
        }
        wiring => {
            return refused(
                &of.name,
                format!("wiring of the kind \"{}\"", wiring.word()),
                "Connect all to all, one to one, by chance, or with a fixed in-degree.",
            );
        }
    };
    Ok(format!("nest.Connect(\n    {from},\n    {to},\n    {rule},\n    {{{spec}}},\n)\n"))
}

/// What acts on weights besides learning: how long the run goes on between, and what happens then.
pub(super) fn homeostasis(
    of: &Projection,
    place: usize,
) -> Result<Option<(f64, String)>, Unbuildable> {
    match of.homeostasis[..] {
        [] => Ok(None),
        [Homeostasis::NormaliseEvery { total, every_ms }] if of.to.size == 1 => {
            let most = of.weights.max.map_or("np.inf".into(), number);
            Ok(Some((
                every_ms,
                format!(
                    "    w = np.array(synapses_{place}.weight)/weight_{place}\n    \
                     synapses_{place}.weight = weight_{place}*np.minimum(w*{}/w.sum(), {most})\n",
                    number(total)
                ),
            )))
        }
        _ => refused(
            &of.name,
            "homeostasis of a kind that is not written",
            "Take a fixed sum of one neuron's weights that is kept regularly, or leave it out.",
        ),
    }
}
