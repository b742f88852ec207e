//! The simulator: pure, integer ticks, one `f32` column per state variable.
//!
//! Nothing in here knows a clock, a file, a page or a particular experiment. The same calls with the
//! same seed give the same bits on every machine: transcendental functions come from [`math`],
//! random numbers from the named streams of [`rng`], and no order depends on a hash map.

pub mod competition;
pub mod connect;
pub mod counting_net;
pub mod da_network;
pub mod decimal;
pub mod delay;
pub mod encode;
pub mod fan_in;
pub mod fault;
pub mod gated_net;
pub mod lanes;
pub mod math;
pub mod network;
pub mod neuron;
pub mod pattern_net;
pub mod plasticity;
pub mod race;
pub mod reward_net;
pub mod rng;
pub mod synapse;
pub mod time;
pub mod virtual_synapse;
pub mod yoke;

pub use counting_net::CountingNet;
pub use da_network::{DaNetwork, DaNetworkParams};
pub use fan_in::FanIn;
pub use fault::{Fault, LOOK_TICKS};
pub use gated_net::GatedNet;
pub use pattern_net::PatternNet;
pub use race::Race;
pub use reward_net::RewardNet;
pub use rng::Stream;
pub use time::{Tick, TimeGrid};
pub use virtual_synapse::VirtualSynapse;
pub use yoke::Yoke;
