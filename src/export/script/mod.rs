//! The network of a run as a program for another simulator, so that it can be taken on elsewhere.
//!
//! A description says all that there is to know of a network, and so a script is written from nothing else: populations,
//! inputs, wiring, weights and rules are drawn anew there, with the same laws and constants. What the other simulator has no
//! word for is refused, with what to do; nothing is left out in silence.
//!
//! **Time.** Here a spike of step s that is under way for d steps acts in step s + d, before potentials are integrated. In
//! Brian 2 it acts after the thresholds of its step, so that a delay there is written one step shorter. With no delay at all,
//! inputs here act in their own step; there they act in the next.
//!
//! **Rules.** A spike is learned from in the step in which potentials take it in: in Brian 2 one step after it acts. There the
//! spikes that arrive in a step are learned from before the output's, unless the order of both is turned round: what two
//! spikes of one step do to each other is written so.

mod inputs;
mod neurons;
mod own_rules;
mod rules;
mod synapses;
mod words;

use crate::lab::built::Unbuildable;
use crate::net::{Model, Network, Update};
use words::{ident, number};

/// What a script says of where it comes from.
pub struct About<'a> {
    /// The experiment.
    pub title: &'a str,
    /// The link of the run.
    pub link: &'a str,
    /// The seed that the other simulator is given. What it draws from it are other numbers.
    pub seed: u32,
}

/// Says why not.
fn refused<T>(who: &str, what: impl Into<String>, remedy: &'static str) -> Result<T, Unbuildable> {
    Err(Unbuildable { who: who.into(), what: what.into(), remedy })
}

/// The network as a program for Brian 2, which draws the main figure and prints results.
///
/// # Errors
/// What Brian 2, or this writer, has no word for, and what to do.
pub fn brian2(net: &Network, about: &About<'_>) -> Result<String, Unbuildable> {
    check(net)?;
    let mut text = String::new();
    for population in &net.populations {
        text += &match is_input(population) {
            true => inputs::group(net, population),
            false => neurons::group(net, population)?,
        };
    }
    for source in &net.sources {
        text += &inputs::drive(net, source)?;
    }
    for (place, projection) in net.projections.iter().enumerate() {
        text += &synapses::synapses(net, projection, place)?;
    }
    let head = head(net, about, text.contains("recorded("));
    Ok(head + &text + &results(net))
}

/// Fires as it is told.
fn is_input(population: &crate::net::Population) -> bool {
    population.parts.iter().all(|part| part.model == Model::SpikeSource)
}

/// What no script can have.
fn check(net: &Network) -> Result<(), Unbuildable> {
    if let Update::AsSource { source, .. } = &net.update {
        return refused(
            "the network",
            format!("steps in the order of {source}"),
            "Take a run with the standard order of a step; `stdp describe` tells it.",
        );
    }
    let has_trials = net.schedule.phases.len() != 1 || net.schedule.phases[0].num_trials != 1;
    if has_trials {
        let remedy = "Take a run without trials: its network as it is can be read with `stdp describe --json`.";
        return refused("the network", "trials, one after the other", remedy);
    }
    match net.modulators.first() {
        None => Ok(()),
        Some(modulator) => refused(
            &modulator.name,
            "a signal that synapses wait for",
            "Take a run whose rule does not wait.",
        ),
    }
}

/// What comes before the network; with a reader of the run's own spikes where those are needed.
fn head(net: &Network, about: &About<'_>, needs_spikes: bool) -> String {
    let About { title, link, seed } = about;
    let duration = number(net.schedule.duration_ms());
    let dt = number(net.dt_ms);
    format!(
        r#"# {title}
# {link}
#
# The network of this run for Brian 2 (pip install brian2 matplotlib), written from its description by STDP Playground {version}.
# Wiring, weights and Poisson inputs are drawn anew: the same laws, other numbers. A figure: python FILE.py picture.png
#
# Delays are one step shorter than in the description: there a spike of step s acts in step s + d, before potentials are
# integrated, in Brian 2 after the thresholds of step s + d. Inputs without a delay act one step later here. A spike is
# learned from in the step in which potentials take it in, which is one step after it acts.
{csv}import sys

import numpy as np
from brian2 import *

prefs.codegen.target = "numpy"  # "cython" is faster where there is a compiler
seed({seed})
np.random.seed({seed})
defaultclock.dt = {dt}*ms
duration = {duration}*ms
"#,
        csv = if needs_spikes { "import csv\n" } else { "" },
        version = env!("CARGO_PKG_VERSION"),
    ) + &if needs_spikes { reader(link) } else { String::new() }
}

/// Inputs that the other simulator cannot draw fire as in the run itself.
fn reader(link: &str) -> String {
    format!(
        r#"

def recorded(population):
    """Who of these inputs fired, and when (ms), in the run itself, as it is written down by
    stdp run "{link}" --record spikes --out run"""
    with open("run/recorded-spikes.csv") as file:
        rows = [row for row in csv.DictReader(file) if row["population"] == population]
    return np.array([int(row["neuron"]) for row in rows]), np.array([float(row["time_ms"]) for row in rows])

"#
    )
}

/// What is recorded, printed and drawn.
fn results(net: &Network) -> String {
    let firing = net.populations.iter().filter(|population| !is_input(population));
    let names: Vec<String> = firing.map(|population| ident(&population.name)).collect();
    let plastic: Vec<(usize, &str)> = (net.projections.iter().enumerate())
        .filter(|(_, of)| of.is_plastic())
        .map(|(place, of)| (place, &*of.name))
        .collect();
    let mut text = String::from("\n# --- run, results and figure\n");
    for name in &names {
        text += &format!("spikes_{name} = SpikeMonitor({name})\n");
    }
    text += "run(duration, report=\"stderr\")\n";
    text += r#"

def isi_cv(monitor, least=20):
    """Mean CV of the intervals of neurons that have enough of them."""
    cvs = []
    for times in monitor.spike_trains().values():
        gaps = np.diff(times/ms)
        if len(gaps) >= least:
            cvs.append(np.std(gaps, ddof=1)/np.mean(gaps))
    return np.mean(cvs) if cvs else float("nan")


"#;
    for name in &names {
        text += &format!(
            "print(\"{name} rate_hz\", spikes_{name}.num_spikes/len({name})/(duration/second))\n\
             print(\"{name} isi_cv\", isi_cv(spikes_{name}))\n"
        );
    }
    for (place, name) in &plastic {
        let label = ident(name);
        text += &format!("print(\"{label} mean_weight\", np.mean(synapses_{place}.w))\n");
    }
    let rows = names.len() + plastic.len();
    text += &format!(
        "\nif len(sys.argv) > 1:\n    import matplotlib\n\n    matplotlib.use(\"Agg\")\n    import matplotlib.pyplot as plt\n\n    \
         _, axes = plt.subplots({rows}, squeeze=False, figsize=(7, {}))\n",
        3 * rows
    );
    for (row, name) in names.iter().enumerate() {
        text += &format!(
            "    axes[{row}][0].plot(spikes_{name}.t/ms, spikes_{name}.i, \".\", markersize=1)\n    \
             axes[{row}][0].set(xlabel=\"time (ms)\", ylabel=\"{name}\")\n"
        );
    }
    for (row, (place, name)) in plastic.iter().enumerate() {
        let row = names.len() + row;
        text += &format!(
            "    axes[{row}][0].hist(np.array(synapses_{place}.w), bins=40)\n    \
             axes[{row}][0].set(xlabel=\"weight of {}\", ylabel=\"synapses\")\n",
            ident(name)
        );
    }
    text + "    plt.tight_layout()\n    plt.savefig(sys.argv[1])\n"
}
