//! Where input spikes come from: one file per generator, all on the tick grid.
//!
//! A [`Source`] is asked tick by tick who fires. Sources with constant rates know their next spike,
//! so [`Source::next_tick`] lets a caller leave out the ticks in which nothing happens; that is
//! exact.

pub mod bits;
pub mod codes;
pub mod common_source;
pub mod doubly_stochastic;
pub mod embedded;
pub mod greys;
pub mod jittered;
mod order;
pub mod own_pictures;
pub mod patterns;
pub mod pictures;
pub mod poisson;
pub mod trains;
pub mod waiting;
pub mod wheel;

use get_size2::GetSize;

use super::Tick;
pub use bits::BitInputs;
pub use common_source::{CommonSource, Recipe};
pub use doubly_stochastic::{DoublyStochastic, RateParams};
pub use embedded::{EmbeddedPattern, PatternParams};
pub use jittered::{Jitter, Jittered};
pub use patterns::{HalfGrowing, NUM_STARTS, Periodic, RandomOffsets, Stages};
pub use pictures::Pictures;
pub use poisson::{Counting, Poisson, Profile};
pub use trains::{TrainCounts, Trains};

/// Inputs with a pairwise correlation.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct Group {
    /// How many inputs.
    pub size: u32,
    /// Pairwise correlation of their spike counts, in [0, 1]; of their rates, where only these are
    /// shared.
    pub correlation: f32,
}

/// A generator of input spikes.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Source {
    /// Independent inputs.
    Poisson(Poisson),
    /// Groups that share spikes in the same tick.
    CommonSource(CommonSource),
    /// Groups that share spikes, each input at a time of its own.
    Jittered(Jittered),
    /// Groups that share fluctuations of rate.
    DoublyStochastic(DoublyStochastic),
    /// All inputs at once, at regular intervals.
    Periodic(Periodic),
    /// Rates that grow along the inputs, and are halved after half of the run.
    HalfGrowing(HalfGrowing),
    /// Rates that change from stage to stage.
    Stages(Stages),
    /// Blocks of activity at staggered times.
    RandomOffsets(RandomOffsets),
    /// A pattern that returns in background activity.
    EmbeddedPattern(EmbeddedPattern),
    /// The visitor's own.
    Trains(Trains),
}

/// The same call on whichever source it is.
macro_rules! each {
    ($source:expr, $inner:ident => $call:expr) => {
        match $source {
            Source::Poisson($inner) => $call,
            Source::CommonSource($inner) => $call,
            Source::Jittered($inner) => $call,
            Source::DoublyStochastic($inner) => $call,
            Source::Periodic($inner) => $call,
            Source::HalfGrowing($inner) => $call,
            Source::Stages($inner) => $call,
            Source::RandomOffsets($inner) => $call,
            Source::EmbeddedPattern($inner) => $call,
            Source::Trains($inner) => $call,
        }
    };
}

impl Source {
    /// Replaces `spikes` by the inputs that fire in this tick, ascending. Ticks must ascend from
    /// call to call; none may be left out in which [`Source::next_tick`] sees a spike. An input
    /// occurs once, except in exact Poisson counts.
    #[inline]
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        each!(self, source => source.fire(tick, spikes));
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        each!(self, source => source.num_inputs())
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        each!(self, source => source.name())
    }

    /// No input fires in `from..` this tick; `from` itself, if the source cannot tell.
    pub fn next_tick(&self, from: Tick) -> Tick {
        match self {
            Source::Poisson(source) => source.next_tick(from),
            Source::CommonSource(source) => source.next_tick(from),
            Source::DoublyStochastic(source) => source.next_tick(from),
            Source::Periodic(source) => source.next_tick(from),
            Source::HalfGrowing(source) => source.next_tick(from),
            Source::Stages(source) => source.next_tick(from),
            Source::RandomOffsets(source) => source.next_tick(from),
            Source::Trains(source) => source.next_tick(from),
            Source::Jittered(_) | Source::EmbeddedPattern(_) => from,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Spike counts of every input in every bin.
    pub(crate) struct Counted {
        num_inputs: usize,
        counts: Vec<u16>,
        at_once: Vec<u32>,
        num_ticks: Tick,
    }

    /// Runs a source and counts in bins of `bin_ticks`.
    pub(crate) fn count(
        num_inputs: usize,
        num_ticks: Tick,
        bin_ticks: Tick,
        mut fire: impl FnMut(Tick, &mut Vec<u32>),
    ) -> Counted {
        let num_bins = (num_ticks / bin_ticks) as usize;
        let mut counts = vec![0; num_bins * num_inputs];
        let (mut spikes, mut at_once) = (Vec::new(), Vec::new());
        for tick in 0..num_bins as Tick * bin_ticks {
            fire(tick, &mut spikes);
            assert!(spikes.windows(2).all(|pair| pair[0] < pair[1]), "{spikes:?}");
            for &id in &spikes {
                counts[(tick / bin_ticks) as usize * num_inputs + id as usize] += 1;
            }
            at_once.push(spikes.len() as u32);
        }
        Counted { num_inputs, counts, at_once, num_ticks }
    }

    impl Counted {
        fn of(&self, input: usize) -> impl Iterator<Item = f64> {
            self.counts[input..].iter().step_by(self.num_inputs).map(|&count| f64::from(count))
        }

        pub(crate) fn rates_hz(&self, dt_ms: f64) -> Vec<f64> {
            let seconds = self.num_ticks as f64 * dt_ms / 1_000.0;
            (0..self.num_inputs).map(|input| self.of(input).sum::<f64>() / seconds).collect()
        }

        pub(crate) fn correlation(&self, a: usize, b: usize) -> f64 {
            let n = self.of(a).count() as f64;
            let (mean_a, mean_b) = (self.of(a).sum::<f64>() / n, self.of(b).sum::<f64>() / n);
            let product: f64 = self.of(a).zip(self.of(b)).map(|(a, b)| a * b).sum();
            let square = |input| self.of(input).map(|x| x * x).sum::<f64>() / n;
            let variance_a = square(a) - mean_a * mean_a;
            let variance_b = square(b) - mean_b * mean_b;
            (product / n - mean_a * mean_b) / (variance_a * variance_b).sqrt()
        }

        /// Mean over all pairs of these inputs.
        pub(crate) fn mean_correlation(&self, inputs: std::ops::Range<usize>) -> f64 {
            let (mut sum, mut num_pairs) = (0.0, 0.0);
            for a in inputs.clone() {
                for b in inputs.start..a {
                    sum += self.correlation(a, b);
                    num_pairs += 1.0;
                }
            }
            sum / num_pairs
        }

        pub(crate) fn ticks_with_at_least(&self, num: u32) -> usize {
            self.at_once.iter().filter(|&&at_once| at_once >= num).count()
        }

        pub(crate) fn most_at_once(&self) -> u32 {
            self.at_once.iter().copied().max().unwrap_or(0)
        }
    }
}
