//! What a visitor follows in the picture of a network, and which neurons that is.

use serde::{Deserialize, Serialize};

use super::picture::Picture;
use crate::net::Members;

/// What is followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Followed {
    /// A neuron.
    Neuron {
        /// Its population, by its place in the description.
        population: u16,
        /// Which of its neurons.
        neuron: u32,
    },
    /// A synapse.
    Synapse {
        /// Its projection, by its place in the description.
        projection: u16,
        /// Which of those that are sampled.
        synapse: u16,
    },
}

impl Picture {
    /// The neurons that are followed, by the names of their populations: of a synapse its sender and its receiver.
    pub fn neurons_of(&self, followed: Followed) -> Vec<(&str, u32)> {
        let network = &self.network;
        match followed {
            Followed::Neuron { population, neuron } => {
                let population = network.populations.get(usize::from(population));
                population.map(|population| (&*population.name, neuron)).into_iter().collect()
            }
            Followed::Synapse { projection, synapse } => {
                let sample = self.samples.get(usize::from(projection));
                let ends = sample.and_then(|sample| sample.synapses.get(usize::from(synapse)));
                let projection = network.projections.get(usize::from(projection));
                let Some((ends, projection)) = ends.zip(projection) else { return Vec::new() };
                let of = |members: &'_ Members, neuron: u32| members.first + neuron;
                vec![
                    (&*projection.from.population, of(&projection.from, ends.pre)),
                    (&*projection.to.population, of(&projection.to, ends.post)),
                ]
            }
        }
    }

    /// The weights of a neuron's synapses, of those that are sampled: those that it receives and those that it sends.
    pub fn weights_of(&self, (name, neuron): (&str, u32), weights: &[Vec<f32>]) -> Vec<f32> {
        let all = self.network.projections.iter().zip(&self.samples).zip(weights);
        let mut own = Vec::new();
        for ((projection, sample), weights) in all {
            let is_of = |members: &Members, end: u32| {
                members.population == name && members.first + end == neuron
            };
            for (synapse, weight) in sample.synapses.iter().zip(weights) {
                if is_of(&projection.from, synapse.pre) || is_of(&projection.to, synapse.post) {
                    own.push(*weight);
                }
            }
        }
        own
    }
}
