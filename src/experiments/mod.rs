//! The experiments, one file or folder each, and their registry.
//!
//! Adding one: write its parameters ([`crate::lab::Experiment`]) and its run ([`crate::lab::Runner`]) in a
//! new file, and add its `ENTRY` and its builder below. Menu, form, links, presets, command line, worker, plots, tests and
//! bench follow.

pub mod characters;
pub mod correlated_inputs;
pub mod stdp_window;

use crate::lab::{Entry, Registry, Runner, Spec};

/// All experiments, in the order of the menu.
pub const REGISTRY: Registry = Registry(&ENTRIES);

static ENTRIES: [Entry; 3] = [characters::ENTRY, stdp_window::ENTRY, correlated_inputs::ENTRY];

/// Builds the run of a spec of this registry. Parameters must pass every check, as those of a link do.
///
/// # Panics
/// If the spec is of another registry.
pub fn build(spec: &Spec) -> Box<dyn Runner> {
    match spec.entry.id {
        "characters" => characters::build(spec),
        "stdp_window" => stdp_window::build(spec),
        "correlated_inputs" => correlated_inputs::build(spec),
        id => panic!("'{id}' is not in this registry"),
    }
}
