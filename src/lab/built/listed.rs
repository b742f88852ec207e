//! The synapses of a described network one by one, as the simulator draws them.

use super::{Unbuildable, network, refused};
use crate::net::{self, Delay, Wiring};
use crate::sim::network::Wiring as Wired;

/// A synapse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListedSynapse {
    /// Its sender, counted among those of the projection.
    pub from: u32,
    /// Its receiver, in the same way.
    pub to: u32,
    /// Its weight at the start.
    pub weight: f32,
    /// How long spikes are under way.
    pub delay_ms: f64,
}

/// The synapses of the projection at this place, in the order in which their weights are kept, for this seed.
///
/// # Errors
/// What cannot be built, or told synapse by synapse.
pub fn listed(
    described: &net::Network,
    place: usize,
    seed: u32,
) -> Result<Vec<ListedSynapse>, Unbuildable> {
    let of = &described.projections[place];
    let Delay::Fixed { delay_ms } = of.delay else {
        let remedy = "Give all its synapses one delay.";
        return refused(&of.name, "delays that are drawn, which are not told one by one", remedy);
    };
    let names: Vec<&str> = described.populations.iter().map(|of| &*of.name).collect();
    let built = network(described, &names, seed)?;
    let projection = &built.projections[place];
    let is_itself = |from: u32, to: u32| of.wiring == Wiring::AllToOthers && from == to;
    let weights = projection.weights();
    let fixed = of.weights.start.range().0 as f32;
    let mut synapses = Vec::new();
    for from in 0..of.from.size {
        let row = projection.wiring().row(from);
        for (idx, synapse) in row.enumerate() {
            let to = match projection.wiring() {
                Wired::Dense { .. } => idx as u32,
                Wired::Sparse(sparse) => u32::from(sparse.posts(from)[idx]),
            };
            let weight = weights.get(synapse).copied().unwrap_or(fixed);
            if !is_itself(from, to) {
                synapses.push(ListedSynapse { from, to, weight, delay_ms });
            }
        }
    }
    Ok(synapses)
}
