//! The experiments, one folder each, and their registry.
//!
//! Adding one: write its words (`page.md`), its parameters ([`crate::lab::Experiment`]) and its run
//! ([`crate::lab::Model`], or a whole [`crate::lab::Runner`]) in a new folder, and add its `ENTRY` and its builder below.
//! Menu, form, links, presets, command line, worker, plots, tests and bench follow.

pub mod characters;
#[cfg(feature = "demos")]
pub mod correlated_inputs;
#[cfg(feature = "demos")]
pub mod distal_reward;
#[cfg(feature = "demos")]
pub mod pattern_clustering;
#[cfg(feature = "demos")]
pub mod reward_baseline;
#[cfg(feature = "demos")]
pub mod stdp_window;
#[cfg(feature = "demos")]
pub mod xor_reward;

use crate::lab::{Entry, Registry, Runner, Spec};

/// Ids and titles of all demos, in the order of the menu. The page on which visitors arrive knows no
/// more of the others.
pub const MENU: [(&str, &str); 7] = [
    ("characters", "5×3 characters"),
    ("stdp_window", "STDP window"),
    ("correlated_inputs", "Correlated inputs"),
    ("xor_reward", "XOR from reward"),
    ("distal_reward", "Distal reward"),
    ("reward_baseline", "Reward baseline"),
    ("pattern_clustering", "Pattern clustering"),
];

/// The experiments of this build, in the order of the menu.
pub const REGISTRY: Registry = Registry(&ENTRIES);

static ENTRIES: [Entry; if cfg!(feature = "demos") { MENU.len() } else { 1 }] = [
    characters::ENTRY,
    #[cfg(feature = "demos")]
    stdp_window::ENTRY,
    #[cfg(feature = "demos")]
    correlated_inputs::ENTRY,
    #[cfg(feature = "demos")]
    xor_reward::ENTRY,
    #[cfg(feature = "demos")]
    distal_reward::ENTRY,
    #[cfg(feature = "demos")]
    reward_baseline::ENTRY,
    #[cfg(feature = "demos")]
    pattern_clustering::ENTRY,
];

/// Builds the run of a spec of this registry. Parameters must pass every check, as those of a link do.
///
/// # Panics
/// If the spec is of another registry.
pub fn build(spec: &Spec) -> Box<dyn Runner> {
    match spec.entry.id {
        "characters" => characters::build(spec),
        #[cfg(feature = "demos")]
        "stdp_window" => stdp_window::build(spec),
        #[cfg(feature = "demos")]
        "correlated_inputs" => correlated_inputs::build(spec),
        #[cfg(feature = "demos")]
        "xor_reward" => xor_reward::build(spec),
        #[cfg(feature = "demos")]
        "distal_reward" => distal_reward::build(spec),
        #[cfg(feature = "demos")]
        "reward_baseline" => reward_baseline::build(spec),
        #[cfg(feature = "demos")]
        "pattern_clustering" => pattern_clustering::build(spec),
        id => panic!("'{id}' is not in this registry"),
    }
}
