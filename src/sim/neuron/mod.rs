//! Neuron models: one file each, cut the same way: parameters with units, constants derived once,
//! one column per state variable, a step over whole columns.
//!
//! A leaky integrate-and-fire neuron with a current-based exponential synapse is [`Lif`] with
//! [`ExponentialCurrent`](super::synapse::ExponentialCurrent), both exact.

pub mod adds;
pub mod conductance_lif;
pub mod lif;
pub mod linear_poisson;

pub use conductance_lif::{ConductanceLif, ConductanceLifParams, Integrator};
pub use lif::{Lif, LifParams};
pub use linear_poisson::LinearPoisson;
