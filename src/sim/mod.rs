//! The simulator: pure, integer ticks, one `f32` column per state variable.
//!
//! Nothing in here knows a clock, a file, a page or a particular experiment. The same calls with the
//! same seed give the same bits on every machine: transcendental functions come from [`math`],
//! random numbers from the named streams of [`rng`], and no order depends on a hash map.

pub mod competition;
pub mod connect;
pub mod decimal;
pub mod delay;
pub mod encode;
pub mod fast;
pub mod fault;
pub mod lanes;
pub mod math;
pub mod network;
pub mod neuron;
pub mod plasticity;
pub mod published;
pub mod rng;
pub mod synapse;
pub mod time;

pub use fault::{Fault, LOOK_TICKS};
pub use rng::Stream;
pub use time::{Tick, TimeGrid};
