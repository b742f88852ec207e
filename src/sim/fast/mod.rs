//! Shapes of network with a loop of their own, which costs less than the general step of [`network`](super::network).
//!
//! | Loop | Shape | What holds it to the general step |
//! |---|---|---|
//! | [`fan_in`] | one neuron with many inputs that learn | `tests/it/general_step.rs`: equal spikes and weights |
//! | [`pattern_net`] | two outputs that compete for two patterns | the same |
//! | [`gated_net`] | a layer that fires by chance and waits for success | the same |
//! | [`reward_net`] | two layers in the order of Florian (2007) | its golden fingerprints: spikes are sent before the step's input is taken |
//! | [`da_network`] | 1,000 neurons in the order of Izhikevich's program (2007) | its golden fingerprints, and a reading of the program |

pub mod da_network;
pub mod fan_in;
pub mod gated_net;
pub mod pattern_net;
pub mod reward_net;
pub mod yoke;

pub use da_network::{DaNetwork, DaNetworkParams};
pub use fan_in::FanIn;
pub use gated_net::GatedNet;
pub use pattern_net::PatternNet;
pub use reward_net::RewardNet;
pub use yoke::Yoke;
