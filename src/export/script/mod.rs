//! The network of a run as a program for another simulator, so that it can be taken on elsewhere.
//!
//! A description says all that there is to know of a network, and so a script is written from nothing else: populations,
//! inputs, wiring, weights and rules are drawn anew there, with the same laws and constants, or read from the files of
//! [`recorded`] if that is asked for. What the other simulator has no word for is refused, with what to do; nothing is left
//! out in silence.
//!
//! | File | What it is |
//! |---|---|
//! | `brian/` | the program for Brian 2: its head, neurons, inputs, synapses, rules |
//! | `nest/` | the same for NEST 3 |
//! | `words` | names, numbers and what else both write |
//! | `results` | what both print and draw at the end |
//! | [`recorded`] | files that a program reads instead of drawing, and how it reads them |

mod brian;
mod nest;
pub mod recorded;
mod results;
mod words;

use crate::lab::Simulator;
use crate::lab::built::Unbuildable;
use crate::net::{Network, Update};

/// What a script says of where it comes from, and whether it draws.
pub struct About<'a> {
    /// The experiment.
    pub title: &'a str,
    /// The link of the run.
    pub link: &'a str,
    /// The seed that the other simulator is given. What it draws from it are other numbers.
    pub seed: u32,
    /// Inputs, wiring and weights are read from files beside the script, instead of being drawn.
    pub is_recorded: bool,
}

/// Says why not.
fn refused<T>(who: &str, what: impl Into<String>, remedy: &'static str) -> Result<T, Unbuildable> {
    Err(Unbuildable { who: who.into(), what: what.into(), remedy })
}

/// The network as a program for this simulator, which draws the main figure and prints results.
///
/// # Errors
/// What that simulator, or this writer, has no word for, and what to do.
pub fn script(
    net: &Network,
    about: &About<'_>,
    simulator: Simulator,
) -> Result<String, Unbuildable> {
    check(net)?;
    if about.is_recorded {
        recorded::check(net)?;
    }
    match simulator {
        Simulator::Brian2 => brian::script(net, about),
        Simulator::Nest => nest::script(net, about),
    }
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
