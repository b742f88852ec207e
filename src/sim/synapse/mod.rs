//! How a spike becomes a current: one file per synapse model. (Active dendrites, whose time course
//! depends on the weight, are part of the ADDS neuron: `neuron/adds.rs`.) [`ShortTerm`] says how much of it a spike makes.

pub mod exponential;
pub mod short_term;

pub use exponential::ExponentialCurrent;
pub use short_term::{ShortTerm, ShortTermBroken, ShortTermParams};
