//! The network as a program for NEST 3.
//!
//! **Time.** NEST names a step by its end: what it tells as T is our step T/dt − 1. A spike of step s with a delay of d steps
//! lifts potentials at the end of step s + d, before the threshold, as here; currents and conductances jump at the end of that step, so that their delays are
//! written one step shorter, down to the least, which is one step.
//!
//! **Delays** here are axonal: a synapse learns from a spike when it arrives. NEST's are dendritic. So in front of synapses
//! that learn stand parrot neurons, which repeat what they hear: the way there is the axon, and one step is left to the
//! synapse. What that does to pairs `rules` says.
//!
//! **Weights** of plastic synapses change there at input spikes only: they are read after every input has fired once more,
//! with depression switched off.

mod cells;
mod inputs;
mod rules;
mod synapses;

use super::results::{ISI_CV, Row, figure, firing, plastic};
use super::words::{ident, is_input, number};
use super::{About, recorded, refused};
use crate::lab::built::Unbuildable;
use crate::net::{Draw, Model, Network, Population};
use cells::Cell;

/// Networks of so many neurons are worth several processes.
const MANY_NEURONS: u32 = 500;

/// What was found out while the program was written.
#[derive(Default)]
struct Remarks {
    /// Steps by which pairs are further apart.
    shift: Option<u32>,
    is_late: bool,
    silence: String,
    /// How long the run goes on in one piece, and what happens between two.
    pieces: Option<(f64, String)>,
    /// Populations whose currents or conductances jump at the end of a step.
    has_shorter_delays: bool,
}

/// The program.
///
/// # Errors
/// What NEST, or this writer, has no word for, and what to do.
pub(super) fn script(net: &Network, about: &About<'_>) -> Result<String, Unbuildable> {
    let (mut text, mut remarks) = (String::new(), Remarks::default());
    let mut cells: Vec<Option<Cell>> = Vec::new();
    for population in &net.populations {
        if is_input(population) {
            text += &inputs::group(net, population, about.is_recorded)?;
            cells.push(None);
        } else {
            let cell = cells::cell(net, population)?;
            text += &neurons(population, &cell)?;
            cells.push(Some(cell));
        }
    }
    let cell_of = |name: &str| {
        let place = net.populations.iter().position(|of| of.name == name);
        place.and_then(|place| cells[place].as_ref())
    };
    for source in net.sources.iter().filter(|source| source.drive.is_current()) {
        let cell = cell_of(&source.to.population).expect("neurons");
        text += &inputs::drive(net, source, cell)?;
    }
    for (place, of) in net.projections.iter().enumerate() {
        let Some(cell) = cell_of(&of.to.population) else {
            return refused(&of.name, "synapses onto inputs", "Take them out.");
        };
        let told = synapses::synapses(net, (of, place), cell, about.is_recorded)?;
        text += &told.text;
        remarks.silence += &told.silence;
        remarks.shift = remarks.shift.max(told.shift);
        remarks.is_late |= told.is_late;
        remarks.has_shorter_delays |= cell.late > 0;
        if let Some(pieces) = synapses::homeostasis(of, place)? {
            if remarks.pieces.is_some() {
                let what = "a fixed sum of weights of several projections";
                return refused(&of.name, what, "Keep the sum of one of them.");
            }
            remarks.pieces = Some(pieces);
        }
        memories(net, place)?;
    }
    let head = head(net, about, &text, &remarks);
    Ok(head + &text + &results(net, about, &remarks))
}

/// NEST keeps the memory of output spikes in the neuron: all rules onto it share one.
fn memories(net: &Network, place: usize) -> Result<(), Unbuildable> {
    let own = &net.projections[place];
    let Some(rule) = &own.rule else { return Ok(()) };
    let before = net.projections[..place].iter();
    let mut others = before.filter(|of| of.to.population == own.to.population);
    match others.any(|of| of.rule.as_ref().is_some_and(|other| other.window != rule.window)) {
        false => Ok(()),
        true => {
            let what = "another rule than other synapses onto these neurons, which in NEST share their memory of output spikes";
            refused(&own.name, what, "Give both one rule.")
        }
    }
}

/// Neurons with a state.
fn neurons(population: &Population, cell: &Cell) -> Result<String, Unbuildable> {
    let (who, name) = (&population.name, ident(&population.name));
    let plural = if population.size == 1 { "" } else { "s" };
    let word = population.parts[0].model.word();
    let mut text = format!("\n# --- {who}: {} neuron{plural}, {word}\n", population.size);
    if !cell.remark.is_empty() {
        text += &format!("# In NEST {}.\n", cell.remark);
    }
    let params: String = (cell.params.iter())
        .map(|(name, value)| match (*name, &**value) {
            // The only one that is no number.
            ("consistent_integration", value) => {
                let is_true = if value == "0.0" { "False" } else { "True" };
                format!("        \"{name}\": {is_true},\n")
            }
            _ => format!("        \"{name}\": {value},\n"),
        })
        .collect();
    text += &format!(
        "{name} = nest.Create(\n    \"{}\",\n    {},\n    params={{\n{params}    }},\n)\n",
        cell.model, population.size
    );
    let mut first = 0;
    for part in &population.parts {
        let own = format!("{name}[{first}:{}]", first + part.size);
        first += part.size;
        for start in &part.start {
            let (variable, factor) = match (&*start.variable, &part.model) {
                ("v_mv", _) => ("V_m", 1.0),
                ("w_pa", _) => ("w", 1.0),
                ("u", Model::Izhikevich { .. }) => ("U_m", 1.0),
                ("g_e", _) => ("g_ex", cell.per_mv),
                ("g_i", _) => ("g_in", cell.per_mv),
                (other, _) => {
                    let what = format!("a start of {other}");
                    return refused(who, what, "Leave it at rest.");
                }
            };
            let value = drawn(who, &start.from, part.size)?;
            text += &format!("start = {value}\n");
            if let Some((limit, instead)) = start.at_or_above {
                let [limit, instead] = [limit, instead].map(number);
                text += &format!("start = np.where(start < {limit}, start, {instead})\n");
            }
            let scaled = if factor == 1.0 { String::new() } else { format!("{}*", number(factor)) };
            text += &format!("{own}.{variable} = {scaled}start\n");
        }
    }
    Ok(text)
}

/// Numbers for so many neurons.
fn drawn(who: &str, from: &Draw, size: u32) -> Result<String, Unbuildable> {
    Ok(match from {
        Draw::Fixed { value } => format!("np.full({size}, {})", number(*value)),
        Draw::Uniform { low, high } => {
            format!("random.uniform({}, {}, {size})", number(*low), number(*high))
        }
        Draw::Normal { mean, sd, low, high } => {
            let free = format!("random.normal({}, {}, {size})", number(*mean), number(*sd));
            let end = |end: &Option<f64>| end.map_or("None".into(), number);
            match (low, high) {
                (None, None) => free,
                (low, high) => format!("np.clip({free}, {}, {})", end(low), end(high)),
            }
        }
        _ => {
            return refused(
                who,
                format!("numbers that are drawn as \"{}\"", from.word()),
                "Draw them fixed, uniform or normal.",
            );
        }
    })
}

/// What comes before the network.
fn head(net: &Network, about: &About<'_>, text: &str, remarks: &Remarks) -> String {
    let About { title, link, seed, is_recorded } = about;
    let (duration, dt) = (number(net.schedule.duration_ms()), number(net.dt_ms));
    let drawn = match is_recorded {
        false => "Wiring, weights and Poisson inputs are drawn anew: the same laws, other numbers.",
        true => "Inputs, wiring and weights are those of the run, read from files beside this one.",
    };
    let mut head = format!(
        r#"# {title}
# {link}
#
# The network of this run for NEST 3 (pip install nest-simulator matplotlib), written from its description by STDP Playground {version}.
# {drawn} A figure: python FILE.py picture.png
"#,
        version = env!("CARGO_PKG_VERSION"),
    );
    head += &conventions(net, remarks);
    let needs_spikes = text.contains("recorded(") || *is_recorded;
    let needs_trains = text.contains("trains(");
    let imports = if needs_spikes { "import csv\n" } else { "" };
    let path = if *is_recorded { "from pathlib import Path\n" } else { "" };
    head += &format!(
        "{imports}import sys\n{path}\nimport nest\nimport numpy as np\n\nnest.ResetKernel()\nnest.verbosity = nest.VerbosityLevel.ERROR\n\
         dt = {dt}  # ms\nduration = {duration}  # ms\nnest.resolution = dt\nnest.rng_seed = {}\nnest.local_num_threads = 1\n",
        (*seed).max(1)
    );
    if text.replace("nest.random", "").contains("random.") {
        head += &format!("random = np.random.default_rng({seed})\n");
    }
    head += &match (is_recorded, needs_spikes) {
        (true, _) => recorded::READER.into(),
        (false, true) => recorded::reader(link),
        (false, false) => String::new(),
    };
    if needs_trains {
        head += TRAINS;
    }
    if remarks.shift.is_some() || needs_trains {
        head += "\n# When all inputs fire once more, for NEST's plastic synapses change at input spikes only.\n\
                 flush_time = duration + 2*dt\n";
    }
    if text.contains("Connect(flush") {
        head +=
            "flush = nest.Create(\"spike_generator\", params={\"spike_times\": [flush_time]})\n";
    }
    head
}

/// Lists of spikes as NEST takes them.
const TRAINS: &str = r#"

def trains(neurons, times, size):
    """Spike times of each of so many inputs, on the grid, and a last spike when all is over."""
    each = [np.unique(np.rint(times[neurons == neuron]/dt)) for neuron in range(size)]
    return [{"spike_times": np.append(steps[steps > 0]*dt, flush_time).round(6)} for steps in each]

"#;

/// What is different in NEST.
fn conventions(net: &Network, remarks: &Remarks) -> String {
    let mut text = String::from(
        "#\n# NEST names a step by its end. A spike of step s that is under way for d steps acts in step s + d, as in the description.\n",
    );
    if remarks.has_shorter_delays {
        text +=
            "# Here it acts at the end of that step: such delays are written one step shorter.\n";
    }
    if remarks.is_late {
        text += "# No delay is shorter than a step, so that these spikes act one step late.\n";
    }
    if let Some(n) = remarks.shift {
        text += &format!(
            "# A learning synapse of the description sees spikes when they arrive: its delay is axonal, NEST's is dendritic. So spikes\n\
             # travel to a parrot neuron first (a relay, or the input itself), and take the last step in the synapse. NEST then sees the\n\
             # output {n} steps later than the description does. Amplitudes are corrected for it: input-first pairs do what they do there,\n\
             # spikes of one step among them (they strengthen). Pairs with the output less than {n} steps before the input strengthen too;\n\
             # in additive rules depression is raised by as much, so that chance pairs drift as there.\n\
             # Weights are read after all inputs have fired once more, without depression.\n\
             # In NEST a spike acts with the weight that it has just depressed: rates may be some per cent lower than there.\n"
        );
    }
    let num: u32 = net.populations.iter().filter(|of| !is_input(of)).map(|of| of.size).sum();
    if num >= MANY_NEURONS {
        text += "# On several cores: raise nest.local_num_threads, or with a NEST that was built with MPI: mpirun -n 4 python FILE.py\n\
                 # (each process then prints and draws the neurons that are its own).\n";
    }
    text
}

/// What is recorded, printed and drawn.
fn results(net: &Network, about: &About<'_>, remarks: &Remarks) -> String {
    let (names, plastic) = (firing(net), plastic(net));
    let mut text = String::from("\n# --- run, results and figure\n");
    for name in &names {
        text += &format!(
            "spikes_{name} = nest.Create(\"spike_recorder\", params={{\"stop\": duration}})\nnest.Connect({name}, spikes_{name})\n"
        );
    }
    text += &match &remarks.pieces {
        None => "nest.Simulate(duration)\n".into(),
        Some((every_ms, between)) => format!(
            "for _ in range(round(duration/{every})):\n    nest.Simulate({every})\n{between}",
            every = number(*every_ms)
        ),
    };
    if !plastic.is_empty() {
        text += &flush(net, remarks);
    }
    text += &ISI_CV
        .replace("TRAINS", "times, neurons")
        .replace("EACH", "[times[neurons == neuron] for neuron in np.unique(neurons)]")
        .replace("GAPS", "np.sort(times)");
    for population in net.populations.iter().filter(|of| !is_input(of)) {
        let name = ident(&population.name);
        // Of several processes each has some.
        let own = match population.size >= MANY_NEURONS {
            true => format!("np.sum({name}.local)"),
            false => format!("len({name})"),
        };
        text += &format!(
            "neurons_{name} = spikes_{name}.events[\"senders\"] - {name}[0].global_id\n\
             times_{name} = spikes_{name}.events[\"times\"] - dt  # the beginning of the step\n\
             print(\"{name} rate_hz\", len(times_{name})/{own}/(duration/1000))\n\
             print(\"{name} isi_cv\", isi_cv(times_{name}, neurons_{name}))\n"
        );
    }
    for (place, of) in &plastic {
        text += &format!("print(\"{} mean_weight\", np.mean(w_{place}))\n", ident(&of.name));
    }
    if about.is_recorded {
        text += &compared(net);
    }
    let raster = |name: &String| {
        Row::Raster(format!("times_{name}"), format!("neurons_{name}"), name.clone())
    };
    let rows = names.iter().map(raster);
    let rows = rows.chain(
        plastic.iter().map(|(place, of)| Row::Weights(format!("w_{place}"), ident(&of.name))),
    );
    text + &figure(&rows.collect::<Vec<Row>>())
}

/// A last spike of all inputs.
fn flush(net: &Network, remarks: &Remarks) -> String {
    let longest = net.projections.iter().filter(|of| of.is_plastic()).map(|of| match of.delay {
        crate::net::Delay::Fixed { delay_ms } => delay_ms,
        crate::net::Delay::Uniform { high_ms, .. } => high_ms,
    });
    let longest = longest.fold(0.0, f64::max);
    let mut text = remarks.silence.clone();
    text += &format!("nest.Simulate({} + 10*dt)\n", number(longest));
    for (place, _) in plastic(net) {
        text += &format!("w_{place} = np.array(synapses_{place}.weight)/weight_{place}\n");
    }
    text
}

/// How near the run came.
fn compared(net: &Network) -> String {
    let mut text = String::new();
    for population in net.populations.iter().filter(|of| !is_input(of)) {
        let name = ident(&population.name);
        text += &format!("spikes_{name}_steps = np.rint(times_{name}/dt)\n");
        let theirs = format!("neurons_{name}, spikes_{name}_steps");
        text += &recorded::compared(population, &theirs, net.dt_ms);
    }
    for (place, of) in plastic(net) {
        text += &format!(
            "order = np.lexsort([list(synapses_{place}.targets()), list(synapses_{place}.sources())])\n"
        );
        text += &recorded::weights_compared(of, place, &format!("w_{place}[order]"));
    }
    text
}
