//! Groups of inputs, and their weights over time.

use get_size2::GetSize;

use super::params::Playground;
use crate::kit::figure::Histogram;
use crate::sim::network::Projection;

/// The third group.
pub const ADDED: &str = "added";
/// Weights of each group that are followed one by one.
const MEMBERS: usize = 15;

/// Inputs that fire alike.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Group {
    /// Its name.
    pub label: String,
    /// The first of its inputs, and how many there are.
    pub first: u32,
    pub size: u32,
    /// Whether its inputs are correlated, or in the pattern.
    pub is_group: bool,
    /// Its synapses.
    synapses: Vec<u32>,
    /// Mean weight at the end of each block.
    pub mean: Vec<f32>,
    /// Some synapses, by input and neuron, with their weight at the end of each block.
    pub members: Vec<((u32, u32), Vec<f32>)>,
    followed: Vec<u32>,
    /// The share of its weights in each bin of [`BINS`] as the run began.
    pub at_start: Vec<f32>,
}

/// Bins of weights between 0 and 1.
pub const BINS: Histogram = Histogram { low: 0.0, high: 1.0, num_bins: 20 };

/// The groups of a run, none without inputs.
pub fn groups(p: &Playground, of: Option<&Projection>) -> Vec<Group> {
    let (Some(spikes), Some(of)) = (p.spikes(), of) else { return Vec::new() };
    let num = spikes.num_correlated();
    let (group, others) = spikes.generator.names();
    let is_correlated = !spikes.generator.is_of_groups() || spikes.correlation > 0.0;
    let mut all = match is_correlated {
        true => vec![(group, 0, num, true), (others, num, spikes.num_inputs - num, false)],
        false => vec![("independent", 0, spikes.num_inputs, false)],
    };
    all.push((ADDED, spikes.num_inputs, spikes.added.num(), false));
    let group = |(label, first, size, is_group): (&str, u32, u32, bool)| {
        let is_own = |synapse: &u32| (first..first + size).contains(&of.ends(*synapse as usize).0);
        let synapses: Vec<u32> = (0..of.num_synapses() as u32).filter(is_own).collect();
        let num_followed = MEMBERS.min(synapses.len());
        let place = |member: usize| synapses[member * synapses.len() / num_followed];
        let followed: Vec<u32> = (0..num_followed).map(place).collect();
        let members =
            followed.iter().map(|synapse| (of.ends(*synapse as usize), Vec::new())).collect();
        Group {
            label: label.into(),
            first,
            size,
            is_group,
            synapses,
            mean: Vec::new(),
            members,
            followed,
            at_start: Vec::new(),
        }
    };
    all.into_iter().filter(|(_, _, size, _)| *size > 0).map(group).collect()
}

impl Group {
    /// Weights of its synapses.
    pub fn weights<'w>(&'w self, all: &'w [f32]) -> impl Iterator<Item = f32> + 'w {
        self.synapses.iter().map(|synapse| all[*synapse as usize])
    }

    /// Their mean.
    pub fn mean_of(&self, all: &[f32]) -> f64 {
        self.weights(all).map(f64::from).sum::<f64>() / self.synapses.len() as f64
    }

    /// The run begins with these weights.
    pub fn begin(&mut self, all: &[f32]) {
        self.at_start = BINS.shares(self.weights(all));
    }

    /// Notes down where its weights are.
    pub fn end_block(&mut self, all: &[f32]) {
        self.mean.push(self.mean_of(all) as f32);
        for ((_, then), synapse) in self.members.iter_mut().zip(&self.followed) {
            then.push(all[*synapse as usize]);
        }
    }
}
