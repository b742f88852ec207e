//! Neuron models: one file each, cut the same way: parameters with units, constants derived once,
//! one column per state variable, a step over whole columns.

pub mod adds;
pub mod lif;

pub use lif::{Lif, LifParams};
