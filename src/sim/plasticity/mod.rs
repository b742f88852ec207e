//! What changes slowly: synaptic plasticity and homeostasis, one file per rule.

pub mod adaptive_threshold;
pub mod normalisation;
pub mod pair_stdp;
pub mod rule;
pub mod traces;
pub mod weight_dependence;

pub use adaptive_threshold::{AdaptiveThreshold, AdaptiveThresholdParams};
pub use pair_stdp::{Coincidence, PairStdp, PairStdpParams, Pairing};
pub use rule::Rule;
pub use traces::Traces;
pub use weight_dependence::{Bound, Noise, WeightDependence};
