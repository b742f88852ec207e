//! Neuron models: one file each, cut the same way: parameters with units, constants derived once,
//! one column per state variable, a step over whole columns.
//!
//! A leaky integrate-and-fire neuron with a current-based exponential synapse is [`Lif`] with
//! [`ExponentialCurrent`](super::synapse::ExponentialCurrent), both exact.

pub mod adds;
pub mod adex;
pub mod conductance_lif;
pub mod counted_adex;
mod crossings;
pub mod delta_lif;
pub mod escape_rate;
pub mod hodgkin_huxley;
pub mod izhikevich;
pub mod lif;
pub mod linear_poisson;
pub mod pulse_lif;
pub mod siegert;
pub mod spike_response;
pub mod synaptic_lif;

pub use adex::{AdEx, AdExBroken, AdExParams, ShapedAdEx, SpikeShape};
pub use conductance_lif::{ConductanceLif, ConductanceLifParams, Integrator};
pub use counted_adex::{Counted, CountedAdEx, CountedAdExParams};
pub use delta_lif::{DeltaLif, DeltaLifParams};
pub use escape_rate::{Escape, EscapeRate};
pub use hodgkin_huxley::{HodgkinHuxley, HodgkinHuxleyBroken, HodgkinHuxleyParams};
pub use izhikevich::{Izhikevich, IzhikevichParams, Recovery};
pub use lif::{Lif, LifParams};
pub use linear_poisson::LinearPoisson;
pub use pulse_lif::PulseLif;
pub use spike_response::{SpikeResponse, SpikeResponseParams};
pub use synaptic_lif::{SynapticLif, SynapticLifParams, SynapticReset};
