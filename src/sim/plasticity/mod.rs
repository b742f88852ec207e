//! What changes slowly: synaptic plasticity and homeostasis, one file per rule.

pub mod adaptive_threshold;
pub mod normalisation;
pub mod pair_stdp;

pub use adaptive_threshold::{AdaptiveThreshold, AdaptiveThresholdParams};
pub use pair_stdp::{Bound, PairStdp, PairStdpParams, Pairing};
