//! Published programs and recipes as they are, in their own order of a step, with their mistakes.
//!
//! What they compute depends on that order, so that the general step of [`network`](super::network) has no place for them;
//! golden fingerprints hold them.

pub mod counting_net;
pub mod race;
pub mod virtual_synapse;

pub use counting_net::CountingNet;
pub use race::Race;
pub use virtual_synapse::VirtualSynapse;
