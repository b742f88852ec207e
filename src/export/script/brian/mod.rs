//! The network as a program for Brian 2.
//!
//! **Time.** Here a spike of step s that is under way for d steps acts in step s + d, before potentials are integrated. In
//! Brian 2 it acts after the thresholds of its step, so that a delay there is written one step shorter. What lifts potentials
//! does so after they are integrated and before the threshold: its slot is moved there, where it sees spikes of the step
//! before, so that its delay is as short. Synapses that learn act there, or at the start of the step: where they are by
//! default, a weight would not have learned yet from the step before. With no delay at all, inputs here act in their own step; there they act in the next.
//!
//! **Rules.** A spike is learned from in the step in which potentials take it in: in Brian 2 one step after it acts. There the
//! spikes that arrive in a step are learned from before the output's, unless the order of both is turned round: what two
//! spikes of one step do to each other is written so.

mod draws;
mod inputs;
mod neurons;
mod own_rules;
mod rules;
mod synapses;

use super::results::{ISI_CV, Row, figure, firing, plastic};
use super::words::{ident, is_input, number};
use super::{About, recorded};
use crate::lab::built::Unbuildable;
use crate::net::Network;

/// The program.
///
/// # Errors
/// What Brian 2, or this writer, has no word for, and what to do.
pub(super) fn script(net: &Network, about: &About<'_>) -> Result<String, Unbuildable> {
    let mut text = String::new();
    for population in &net.populations {
        text += &match is_input(population) {
            true => inputs::group(net, population, about.is_recorded),
            false => neurons::group(net, population)?,
        };
    }
    for source in &net.sources {
        text += &inputs::drive(net, source)?;
    }
    for (place, projection) in net.projections.iter().enumerate() {
        text += &synapses::synapses(net, (projection, place), about.is_recorded)?;
    }
    let head = head(net, about, text.contains("recorded("));
    Ok(head + &text + &results(net, about.is_recorded))
}

/// What comes before the network; with a reader of the run's own spikes where those are needed.
fn head(net: &Network, about: &About<'_>, needs_spikes: bool) -> String {
    let About { title, link, seed, is_recorded } = about;
    let duration = number(net.schedule.duration_ms());
    let dt = number(net.dt_ms);
    let drawn = match is_recorded {
        false => "Wiring, weights and Poisson inputs are drawn anew: the same laws, other numbers.",
        true => "Inputs, wiring and weights are those of the run, read from files beside this one.",
    };
    format!(
        r#"# {title}
# {link}
#
# The network of this run for Brian 2 (pip install brian2 matplotlib), written from its description by STDP Playground {version}.
# {drawn} A figure: python FILE.py picture.png
#
# Delays are one step shorter than in the description: there a spike of step s acts in step s + d, before potentials are
# integrated, in Brian 2 after the thresholds of step s + d. What lifts potentials is moved before the next thresholds, where
# it is in the description, and what learns to the start of that step, when all has been learned from the one before. Inputs
# without a delay act one step later here. A spike is learned from in the step in which potentials take it in.
{imports}import sys
{path}
import numpy as np
from brian2 import *

prefs.codegen.target = "numpy"  # "cython" is faster where there is a compiler
seed({seed})
np.random.seed({seed})
defaultclock.dt = {dt}*ms
duration = {duration}*ms
"#,
        imports = if needs_spikes || *is_recorded { "import csv\n" } else { "" },
        path = if *is_recorded { "from pathlib import Path\n" } else { "" },
        version = env!("CARGO_PKG_VERSION"),
    ) + &match (is_recorded, needs_spikes) {
        (true, _) => recorded::READER.into(),
        (false, true) => recorded::reader(link),
        (false, false) => String::new(),
    }
}

/// What is recorded, printed and drawn.
fn results(net: &Network, is_recorded: bool) -> String {
    let (names, plastic) = (firing(net), plastic(net));
    let mut text = String::from("\n# --- run, results and figure\n");
    for name in &names {
        text += &format!("spikes_{name} = SpikeMonitor({name})\n");
    }
    text += "run(duration, report=\"stderr\")\n";
    text += &ISI_CV
        .replace("TRAINS", "monitor")
        .replace("EACH", "monitor.spike_trains().values()")
        .replace("GAPS", "times/ms");
    for name in &names {
        text += &format!(
            "print(\"{name} rate_hz\", spikes_{name}.num_spikes/len({name})/(duration/second))\n\
             print(\"{name} isi_cv\", isi_cv(spikes_{name}))\n"
        );
    }
    for (place, of) in &plastic {
        let label = ident(&of.name);
        text += &format!("print(\"{label} mean_weight\", np.mean(synapses_{place}.w))\n");
    }
    if is_recorded {
        for population in net.populations.iter().filter(|of| !is_input(of)) {
            let name = ident(&population.name);
            text += &format!("spikes_{name}_steps = np.rint(spikes_{name}.t/defaultclock.dt)\n");
            let theirs = format!("spikes_{name}.i, spikes_{name}_steps");
            text += &recorded::compared(population, &theirs, net.dt_ms);
        }
        for (place, of) in &plastic {
            text +=
                &recorded::weights_compared(of, *place, &format!("np.array(synapses_{place}.w)"));
        }
    }
    let raster = |name: &String| {
        Row::Raster(format!("spikes_{name}.t/ms"), format!("spikes_{name}.i"), name.clone())
    };
    let weights = |(place, of): &(usize, &crate::net::Projection)| {
        Row::Weights(format!("np.array(synapses_{place}.w)"), ident(&of.name))
    };
    let rows: Vec<Row> = names.iter().map(raster).chain(plastic.iter().map(weights)).collect();
    text + &figure(&rows)
}
