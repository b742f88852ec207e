//! What drives neurons from outside: generators that say which inputs fire, and Poisson spikes that lift potentials at once.

use get_size2::GetSize;

use super::population::Population;
use super::span::Span;
use super::wave::Wave;
use crate::encode::Source;
use crate::{Stream, Tick, TimeGrid, math};

/// Counts that are told apart; more than so many in one step happen once in 10⁹ steps.
const MOST_COUNTS: usize = 64;
/// How many random bits say where in the distribution a count falls. Six neurons share a word of 64.
const PLACE_BITS: u32 = 10;
/// In place of a jump, where the first bits leave open which count it is; larger than any, and equal to itself.
const OPEN: f32 = f32::MAX;

/// Independent Poisson spikes onto each of some neurons, each of which lifts the potential at once.
///
/// Counts of a step are drawn by inversion. For all but some of the first ten bits of a random number a table has what its
/// count does; for those through which a step of the distribution goes, 32 bits more decide.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Kicks {
    population: u8,
    to: Span,
    size_mv: f32,
    /// P(count ≤ k) in units of 2⁻⁴².
    cumulative: Vec<u64>,
    /// By how much a potential jumps, for each place in the distribution.
    jumps_mv: Vec<f32>,
    stream: Stream,
}

/// An input, whichever it is.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Input {
    /// Poisson spikes that lift potentials.
    Kicks(Kicks),
    /// A generator says which inputs fire.
    Spikes(Spikes),
    /// A noisy current.
    Noise(Noise),
    /// A current that changes in time.
    Wave(Wave),
}

/// A current that is drawn anew in every step, and added to the drive of some neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Noise {
    population: u8,
    to: Span,
    law: Law,
    stream: Stream,
}

/// How a current is drawn.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub enum Law {
    /// One number for all, normal.
    Common {
        /// Its mean.
        mean: f32,
        /// Its standard deviation.
        sd: f32,
    },
    /// One for each, uniform around 0.
    Uniform {
        /// From the least to the greatest.
        width: f32,
    },
}

/// A generator, and the inputs that fire as it says.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Spikes {
    population: u8,
    first: u32,
    source: Box<Source>,
    spikes: Vec<u32>,
}

impl Spikes {
    /// For the members of this population from `first` on, as many as the generator has. Generators of one population are to
    /// be in the order of their members.
    pub fn new(population: u8, first: u32, source: Source) -> Self {
        Self { population, first, source: Box::new(source), spikes: Vec::new() }
    }

    fn fire(&mut self, told: &mut Vec<u32>, tick: Tick) {
        if self.first == 0 && told.is_empty() {
            return self.source.fire(tick, told);
        }
        self.source.fire(tick, &mut self.spikes);
        told.extend(self.spikes.iter().map(|input| self.first + input));
    }
}

impl Input {
    /// Index of the population that it drives.
    pub fn population(&self) -> u8 {
        match self {
            Self::Kicks(kicks) => kicks.population,
            Self::Spikes(spikes) => spikes.population,
            Self::Noise(noise) => noise.population,
            Self::Wave(wave) => wave.population,
        }
    }

    /// The first member that it makes fire; none of those that it does not make fire.
    pub fn first(&self) -> Option<u32> {
        match self {
            Self::Spikes(spikes) => Some(spikes.first),
            _ => None,
        }
    }

    /// What it makes in this step.
    #[inline]
    pub(super) fn drive(&mut self, populations: &mut [Population], tick: Tick) {
        match self {
            Self::Spikes(spikes) => {
                let neurons = &mut populations[usize::from(spikes.population)].neurons;
                if let Some(told) = neurons.told_mut() {
                    spikes.fire(told, tick);
                }
            }
            Self::Kicks(kicks) => {
                kicks.kick(populations[usize::from(kicks.population)].jump_mut());
            }
            Self::Wave(wave) => {
                wave.add(populations[usize::from(wave.population)].current_mut(), tick);
            }
            Self::Noise(noise) => {
                noise.add(populations[usize::from(noise.population)].current_mut());
            }
        }
    }
}

impl Noise {
    /// Onto each of these neurons of a population.
    pub fn new((population, to): (u8, Span), law: Law, stream: Stream) -> Self {
        Self { population, to, law, stream }
    }

    #[inline(never)]
    fn add(&mut self, drive_mv: &mut [f32]) {
        let members = &mut drive_mv[self.to.range()];
        match self.law {
            Law::Common { mean, sd } => {
                let drawn = mean + sd * self.stream.normal();
                members.iter_mut().for_each(|drive| *drive += drawn);
            }
            Law::Uniform { width } => {
                let half = width / 2.0;
                members.iter_mut().for_each(|drive| *drive += self.stream.between(-half, half));
            }
        }
    }
}

impl Kicks {
    /// Spikes at `rate_hz` onto each of these neurons of a population.
    ///
    /// # Panics
    /// If more than 20 are expected in a step.
    pub fn new(
        (population, to): (u8, Span),
        rate_hz: f64,
        size_mv: f64,
        stream: Stream,
        grid: TimeGrid,
    ) -> Self {
        let mean = rate_hz * grid.dt_ms() / 1_000.0;
        assert!((0.0..=20.0).contains(&mean), "{mean} spikes in a step");
        let (mut p, mut sum) = (math::exp_f64(-mean), 0.0);
        let whole = (1_u64 << (PLACE_BITS + 32)) as f64;
        let mut cumulative: Vec<u64> = Vec::new();
        for count in 0..MOST_COUNTS - 1 {
            sum += p;
            p *= mean / (count + 1) as f64;
            cumulative.push((sum * whole).min(whole) as u64);
        }
        let size_mv = size_mv as f32;
        let jump_mv = |place: u64| {
            let [least, most] =
                [place << 32, (place << 32) + u64::from(u32::MAX)].map(|of| count(&cumulative, of));
            if least == most { f32::from(least) * size_mv } else { OPEN }
        };
        let jumps_mv = (0..1 << PLACE_BITS).map(jump_mv).collect();
        Self { population, to, size_mv, cumulative, jumps_mv, stream }
    }

    #[inline(never)]
    fn kick(&mut self, jump_mv: &mut [f32]) {
        for neurons in jump_mv[self.to.range()].chunks_mut(64 / PLACE_BITS as usize) {
            let mut bits = self.stream.bits();
            for jump in neurons {
                let place = bits % (1 << PLACE_BITS);
                bits >>= PLACE_BITS;
                let by = self.jumps_mv[place as usize];
                *jump += if by == OPEN { self.decide(place) } else { by };
            }
        }
    }

    /// What a count does that the first bits leave open.
    #[cold]
    fn decide(&mut self, place: u64) -> f32 {
        let number = (place << 32) | (self.stream.bits() >> 32);
        f32::from(count(&self.cumulative, number)) * self.size_mv
    }
}

/// The count at which the distribution exceeds this number.
fn count(cumulative: &[u64], number: u64) -> u8 {
    cumulative.partition_point(|upper| *upper <= number) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_the_distribution_of_poisson() {
        for rate_hz in [500.0, 20_000.0, 150_000.0] {
            let mean = rate_hz * 1e-4;
            let to = (0, Span { first: 1, size: 1_000 });
            let stream = Stream::new(1, "kicks");
            let mut kicks = Kicks::new(to, rate_hz, 1.0, stream, TimeGrid::new(0.1));
            let (mut sum, mut squares, mut cubes, n) = (0.0, 0.0, 0.0, 2e5);
            for _ in 0..200 {
                let mut jump = vec![0.0_f32; 1_002];
                kicks.kick(&mut jump);
                assert_eq!((jump[0], jump[1_001]), (0.0, 0.0));
                for count in &jump[1..=1_000] {
                    let from_mean = f64::from(*count) - mean;
                    sum += from_mean;
                    squares += from_mean * from_mean;
                    cubes += from_mean * from_mean * from_mean;
                }
            }
            let error = (mean / n).sqrt();
            assert!((sum / n).abs() < 4.0 * error, "{rate_hz}: {}", sum / n);
            // Variance and third moment are the mean as well.
            assert!((squares / n / mean - 1.0).abs() < 0.05, "{rate_hz}: {}", squares / n);
            assert!((cubes / n / mean - 1.0).abs() < 0.35, "{rate_hz}: {}", cubes / n);
        }
    }
}
