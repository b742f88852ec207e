//! What drives neurons from outside: Poisson spikes that lift their potentials at once.

use get_size2::GetSize;

use super::population::Population;
use super::projection::Span;
use crate::sim::{Stream, TimeGrid, math};

/// Counts that are looked up; more than so many in one step happen once in 10⁹ steps.
const MOST_COUNTS: usize = 64;
/// Places of the table that says where in the distribution a random number falls.
const PLACES: usize = 1 << 10;

/// Independent Poisson spikes onto each of some neurons, each of which lifts the potential at once.
///
/// Counts of a step are drawn by inversion: a table gives the least count that a random number's first ten bits allow,
/// and from there the distribution is followed upwards.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Kicks {
    population: u8,
    to: Span,
    size_mv: f32,
    /// P(count ≤ k) in units of 2⁻³².
    cumulative: Vec<u32>,
    /// The least count for each place.
    first: Vec<u8>,
    stream: Stream,
}

/// An input, whichever it is.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Input {
    /// Poisson spikes that lift potentials.
    Kicks(Kicks),
}

impl Input {
    /// What it makes in this step.
    pub(super) fn drive(&mut self, populations: &mut [Population]) {
        match self {
            Self::Kicks(kicks) => {
                kicks.kick(&mut populations[usize::from(kicks.population)].jump_mv);
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
        let cumulative: Vec<u32> = (0..MOST_COUNTS)
            .map(|count| {
                sum += p;
                p *= mean / (count + 1) as f64;
                (sum * 4_294_967_296.0).min(4_294_967_295.0) as u32
            })
            .collect();
        let least = |place: usize| {
            let number = (place << (32 - 10)) as u32;
            cumulative.partition_point(|upper| *upper <= number).min(MOST_COUNTS - 1) as u8
        };
        let first = (0..PLACES).map(least).collect();
        Self { population, to, size_mv: size_mv as f32, cumulative, first, stream }
    }

    fn kick(&mut self, jump_mv: &mut [f32]) {
        let span = self.to.first as usize..(self.to.first + self.to.size) as usize;
        let mut bits = 0;
        for (place, jump) in jump_mv[span].iter_mut().enumerate() {
            // Two numbers of 32 bits come from one of 64.
            if place.is_multiple_of(2) {
                bits = self.stream.bits();
            } else {
                bits >>= 32;
            }
            *jump += f32::from(self.count(bits as u32)) * self.size_mv;
        }
    }

    /// The count at which the distribution exceeds this number.
    #[inline]
    fn count(&self, number: u32) -> u8 {
        let mut count = self.first[(number >> (32 - 10)) as usize];
        while usize::from(count) < MOST_COUNTS - 1 && self.cumulative[usize::from(count)] <= number
        {
            count += 1;
        }
        count
    }
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
