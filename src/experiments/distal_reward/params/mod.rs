//! What can be changed in the two parts. Keys and defaults are part of the link contract.

mod network;
mod pairing;
mod ranges;

use get_size2::GetSize;

pub use network::{NetworkParams, Reward};
pub use pairing::PairingParams;

use crate::lab::param::{Choice, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct DistalReward {
    /// A network in which one synapse earns the reward, or one synapse alone.
    #[group("part", "Experiment")]
    #[param("Part", main)]
    pub part: Part,
}

/// A network, or one synapse.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Part {
    /// 1,000 neurons and 80,000 plastic synapses, one of which earns the reward.
    #[choice("A network")]
    Network(NetworkParams),
    /// One synapse in slow motion: what a spike pair leaves behind, and what dopamine makes of it.
    #[choice("Single pairings")]
    Pairing(PairingParams),
}
