//! What stands beside the neurons of a population: their weights, in one form or another.

use super::block::{self, is_source};
use super::words;
use crate::lab::picture::Picture;
use crate::net::Layout;

/// Receivers with a picture each are no more than so many, and each has at least so many inputs.
const MOST_RECEIVERS: u32 = 12;
const LEAST_INPUTS: usize = 9;
/// Synapses within a population are a field of dots from so many on.
const LEAST_DOTS: usize = 150;
/// The largest side of a weight in a picture.
pub(super) const LARGEST_CELL: f64 = 16.0;

/// What stands beside the neurons of a population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Beside {
    /// Weights in the grid of the senders.
    Pictures { columns: u32, rows: u32 },
    /// Weights as bars, sender by sender.
    Profiles,
    /// All synapses among the neurons as dots.
    Dots,
}

/// Sampled synapses that come from other populations: who sends most.
pub(super) fn sender_of(picture: &Picture, receiver: usize) -> Option<(usize, usize)> {
    let network = &picture.network;
    let name = &network.populations[receiver].name;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (projection, sample) in network.projections.iter().zip(&picture.samples) {
        if projection.to.population != *name || projection.from.population == *name {
            continue;
        }
        let from = &projection.from.population;
        let from = network.populations.iter().position(|population| population.name == *from)?;
        match found.iter_mut().find(|(other, _)| *other == from) {
            Some((_, num)) => *num += sample.synapses.len(),
            None => found.push((from, sample.synapses.len())),
        }
    }
    found.into_iter().max_by_key(|(_, num)| *num)
}

/// What to draw beside a population.
pub(super) fn beside(picture: &Picture, receiver: usize) -> Option<Beside> {
    let population = &picture.network.populations[receiver];
    let among = picture.network.projections.iter().zip(&picture.samples);
    let is_among = |of: &str| of == population.name;
    let mut among =
        among.filter(|(p, _)| is_among(&p.from.population) && is_among(&p.to.population));
    if among.any(|(_, sample)| sample.synapses.len() >= LEAST_DOTS) {
        return Some(Beside::Dots);
    }
    if population.size > MOST_RECEIVERS {
        return None;
    }
    let (sender, num) = sender_of(picture, receiver)?;
    if num < LEAST_INPUTS * population.size as usize || has_bars(picture, sender) {
        return None;
    }
    match picture.network.populations[sender].place.layout {
        Layout::Grid { columns, rows } if columns > 1 => Some(Beside::Pictures { columns, rows }),
        _ => Some(Beside::Profiles),
    }
}

/// Whether weights are bars beside their senders: a line of many inputs to a single neuron.
pub(super) fn has_bars(picture: &Picture, sender: usize) -> bool {
    let network = &picture.network;
    let population = &network.populations[sender];
    let is_line = population.place.layout == Layout::Column
        && population.size > MOST_RECEIVERS
        && is_source(population);
    let all = network.projections.iter().zip(&picture.samples);
    let mut receivers = all.filter_map(|(projection, sample)| {
        let is_own = projection.from.population == population.name && !sample.synapses.is_empty();
        let to = network.population(&projection.to.population)?;
        (is_own && !words::is_beside(to)).then_some(to.size)
    });
    is_line && receivers.next() == Some(1) && receivers.next().is_none()
}

/// How wide the picture of weights in a grid is, for neurons that are so far apart: with complements beside the pixels.
pub(super) fn picture_width((columns, rows): (u32, u32), is_doubled: bool, pitch: f64) -> f64 {
    let (columns, rows) = match is_doubled {
        true => (2.0 * f64::from(columns) + 0.6, f64::from(rows) / 2.0),
        false => (f64::from(columns), f64::from(rows)),
    };
    columns * (pitch * 0.92 / rows).min(LARGEST_CELL)
}

/// Whether inputs of the grid that sends to a population come with complements.
pub(super) fn has_complements(picture: &Picture, receiver: usize) -> bool {
    let sender = sender_of(picture, receiver);
    sender
        .is_some_and(|(sender, _)| block::is_doubled(picture, &picture.network.populations[sender]))
}
