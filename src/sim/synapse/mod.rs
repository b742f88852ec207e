//! How a spike becomes a current: one file per synapse model. (Active dendrites, whose time course
//! depends on the weight, are part of the ADDS neuron: `neuron/adds.rs`.)

pub mod exponential;

pub use exponential::ExponentialCurrent;
