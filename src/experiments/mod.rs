//! The experiments, one file or folder each, and their registry.
//!
//! Adding one: write its parameters ([`crate::lab::Experiment`]) and its run ([`crate::lab::Runner`]) in a
//! new file, and add its `ENTRY` below. Menu, form, links, presets, command line, worker, plots, tests and
//! bench follow.

pub mod characters;

use crate::lab::{Entry, Registry};

/// All experiments, in the order of the menu.
pub const REGISTRY: Registry = Registry(&ENTRIES);

static ENTRIES: [Entry; 1] = [characters::ENTRY];
