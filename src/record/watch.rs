//! What a picture of a running network needs of its spikes: how many there were of each population, and a sample.
//!
//! A run may fire a million times between two frames, so that only some neurons are followed, and of their spikes no
//! more than a picture can show: which of them is decided by a hash of each spike, which favours no neuron and no time.

use super::spike::{ODD, Spike};
use crate::sim::Tick;

/// Neurons of a population that are followed.
pub const MOST_NEURONS: u32 = 60;
/// Spikes that are kept from one look to the next.
pub const MOST_SPIKES: usize = 2_000;

/// At most `most` of the numbers below `num`, evenly spread, from 0 on.
pub fn spread(num: u32, most: u32) -> impl Iterator<Item = u32> {
    let taken = num.min(most);
    (0..taken).map(move |place| (u64::from(place) * u64::from(num) / u64::from(taken)) as u32)
}

/// Watches spikes.
#[derive(Clone, Debug)]
pub struct SpikeWatch {
    populations: Vec<Watched>,
    seen: SeenSpikes,
}

/// A population.
#[derive(Clone, Debug)]
struct Watched {
    /// For each of its neurons.
    is_followed: Vec<bool>,
}

/// What was seen from one look to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenSpikes {
    /// All spikes of each population.
    pub num_spikes: Vec<u64>,
    /// Some of those of neurons that are followed, as they happened.
    pub spikes: Vec<Spike>,
    /// Of so many spikes of neurons that are followed one is kept, on average: a power of 2.
    pub one_in: u32,
}

impl SpikeWatch {
    /// For populations of these sizes.
    pub fn new(sizes: &[u32]) -> Self {
        let watched = |&size: &u32| {
            let mut is_followed = vec![false; size as usize];
            spread(size, MOST_NEURONS).for_each(|neuron| is_followed[neuron as usize] = true);
            Watched { is_followed }
        };
        Self { populations: sizes.iter().map(watched).collect(), seen: nothing(sizes.len()) }
    }

    /// Population number `population` fired in `tick`.
    pub fn see(&mut self, tick: Tick, population: u8, neurons: &[u32]) {
        let Some(watched) = self.populations.get(usize::from(population)) else { return };
        let seen = &mut self.seen;
        seen.num_spikes[usize::from(population)] += neurons.len() as u64;
        for &neuron in neurons {
            let spike = (tick, population, neuron);
            let is_followed = watched.is_followed.get(neuron as usize).copied().unwrap_or(false);
            if is_followed && is_kept(&spike, seen.one_in) {
                seen.spikes.push(spike);
                while seen.spikes.len() > MOST_SPIKES && seen.one_in < 1 << 31 {
                    seen.one_in *= 2;
                    seen.spikes.retain(|spike| is_kept(spike, seen.one_in));
                }
            }
        }
    }

    /// How many spikes of each population were seen since the last time.
    pub fn num_spikes(&self) -> &[u64] {
        &self.seen.num_spikes
    }

    /// What was seen since the last time.
    pub fn take(&mut self) -> SeenSpikes {
        let next = nothing(self.populations.len());
        std::mem::replace(&mut self.seen, next)
    }
}

fn nothing(num_populations: usize) -> SeenSpikes {
    SeenSpikes { num_spikes: vec![0; num_populations], spikes: Vec::new(), one_in: 1 }
}

fn is_kept(&(tick, population, neuron): &Spike, one_in: u32) -> bool {
    let who = u64::from(neuron) << 8 | u64::from(population);
    let mixed = ((tick.wrapping_mul(ODD) ^ who).rotate_left(29)).wrapping_mul(ODD);
    (mixed >> 33) as u32 & (one_in - 1) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spread_evenly() {
        assert_eq!(spread(3, 60).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(spread(10, 4).collect::<Vec<_>>(), [0, 2, 5, 7]);
        assert_eq!(spread(0, 4).count(), 0);
        let far: Vec<u32> = spread(u32::MAX, 60).collect();
        assert!(far.len() == 60 && far[59] > u32::MAX / 60 * 58);
    }

    #[test]
    fn all_spikes_are_counted_and_those_of_followed_neurons_kept() {
        let mut watch = SpikeWatch::new(&[2, 600]);
        watch.see(3, 0, &[0, 1]);
        watch.see(4, 1, &[0, 1, 10, 599]);
        // A population that nobody told of.
        watch.see(4, 2, &[0]);
        let seen = watch.take();
        assert_eq!(seen.num_spikes, [2, 4]);
        assert_eq!(seen.spikes, [(3, 0, 0), (3, 0, 1), (4, 1, 0), (4, 1, 10)]);
        assert_eq!(seen.one_in, 1);
        assert_eq!(watch.take(), nothing(2));
    }

    #[test]
    fn what_is_left_out_favours_no_neuron_and_no_time() {
        let mut watch = SpikeWatch::new(&[60]);
        let all: Vec<u32> = (0..60).collect();
        (0..10_000).for_each(|tick| watch.see(tick, 0, &all));
        let seen = watch.take();
        assert_eq!(seen.num_spikes, [600_000]);
        let num = seen.spikes.len();
        assert!((MOST_SPIKES / 3..=MOST_SPIKES).contains(&num), "{num}");
        let expected = 600_000.0 / f64::from(seen.one_in);
        assert!((num as f64 / expected - 1.0).abs() < 0.15, "{num} for {expected}");
        // Five standard deviations around a half.
        let is_near_half =
            |count: usize| (count as f64 - num as f64 / 2.0).abs() < 2.5 * (num as f64).sqrt();
        assert!(is_near_half(seen.spikes.iter().filter(|(tick, ..)| *tick < 5_000).count()));
        assert!(is_near_half(seen.spikes.iter().filter(|(tick, ..)| tick % 2 == 0).count()));
        assert!(is_near_half(seen.spikes.iter().filter(|(.., neuron)| *neuron < 30).count()));
        assert!(is_near_half(seen.spikes.iter().filter(|(.., neuron)| neuron % 2 == 0).count()));
    }
}
