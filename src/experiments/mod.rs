//! The experiments, one folder each, and the one list of them.
//!
//! Adding one: write its words (`page.md`), its parameters ([`crate::lab::Experiment`]), its run ([`crate::lab::Model`])
//! and its figures ([`trait@crate::lab::Figures`]) in a new folder with an `ENTRY`, a `describe` and a `build`, and name it
//! below. Menu, form,
//! links, presets, command line, worker, plots, tests and bench follow.

use crate::lab::{Build, Describe, Entry, Makers, Registry, Runner, Spec, Words};
use crate::net::Network;

/// Makes of the list three tables: what is declared, for the page; what builds runs, for the simulator; and what is said, for
/// the command line. The page uses the first only, so that its module carries no run, and no words: those are its HTML.
macro_rules! experiments {
    ($($id:ident),* $(,)?) => {
        $(pub mod $id;)*

        /// What the experiments declare, in the order of the menu.
        static ENTRIES: &[Entry] = &[$($id::ENTRY),*];

        /// What describes their networks and builds their runs.
        const SIMULATED: &[(&str, Describe, Build)] =
            &[$((
                stringify!($id),
                |spec| $id::describe(spec.params_of()),
                |spec| $id::build(spec.params_of(), spec.seed),
            )),*];

        /// What the pages say.
        static WORDS: &[(&str, Words)] = &[$((stringify!($id), $id::words::WORDS)),*];
    };
}

experiments! {
    characters,
    stdp_window,
    correlated_inputs,
    xor_reward,
    distal_reward,
    reward_baseline,
    pattern_clustering,
    balanced_networks,
    playground,
    neural_coding,
}

/// All experiments, in the order of the menu.
pub const REGISTRY: Registry = Registry(ENTRIES);

/// What describes and builds runs of this registry.
pub const MAKERS: Makers = Makers { describe, build };

fn simulated(spec: &Spec) -> (Describe, Build) {
    let found = SIMULATED.iter().find(|(id, ..)| *id == spec.entry.id);
    let (_, describe, build) =
        found.unwrap_or_else(|| panic!("'{}' is not in this registry", spec.entry.id));
    (*describe, *build)
}

/// What the page of this experiment says.
///
/// # Panics
/// If the entry is of another registry.
pub fn words(entry: &Entry) -> &'static Words {
    let found = WORDS.iter().find(|(id, _)| *id == entry.id);
    found
        .map(|(_, words)| words)
        .unwrap_or_else(|| panic!("'{}' is not in this registry", entry.id))
}

/// Describes the network of a spec of this registry.
///
/// # Panics
/// If the spec is of another registry.
pub fn describe(spec: &Spec) -> Network {
    simulated(spec).0(spec)
}

/// Builds the run of a spec of this registry. Parameters must pass every check, as those of a link do.
///
/// # Panics
/// If the spec is of another registry.
pub fn build(spec: &Spec) -> Box<dyn Runner> {
    simulated(spec).1(spec)
}
