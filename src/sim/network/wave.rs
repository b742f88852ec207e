//! Currents that change in time: from level to level, steadily, as a sine, as coloured noise.
//!
//! **Equations.** Sine: m + A sin(2π f t). Coloured noise: τ dx/dt = m − x + σ √(2τ) ξ, an Ornstein–Uhlenbeck process with
//! mean m and standard deviation σ, which begins where it may be at any time.
//!
//! **Source.** Uhlenbeck and Ornstein (1930, doi:10.1103/PhysRev.36.823); its exact step: Gillespie (1996,
//! doi:10.1103/PhysRevE.54.2084).
//!
//! **Method.** A current is constant within a step: ramps and sines have the value of its middle, which leaves an error of
//! order dt²; noise takes its exact step, x ← m + (x − m) e^(−dt/τ) + σ √(1 − e^(−2dt/τ)) ξ. A level begins with the step that
//! holds its time.

use get_size2::GetSize;

use super::span::Span;
use crate::{Stream, Tick, TimeGrid, math};

/// A current onto some neurons of a population.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Wave {
    pub(super) population: u8,
    to: Span,
    shape: Shape,
}

/// How it changes.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Shape {
    /// From these steps on these levels, in order; 0 before.
    Levels(Vec<(Tick, f32)>),
    /// Between these steps it grows by the second number in every step, from the first; 0 before and after.
    Ramp([Tick; 2], f64, f64),
    /// Mean, amplitude, and periods in a step.
    Sine([f64; 3]),
    /// Noise.
    Coloured(Coloured),
}

/// Ornstein–Uhlenbeck noise.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Coloured {
    mean: f32,
    /// What is left of a deviation after a step.
    keep: f32,
    /// Standard deviation of what a step adds.
    kick: f32,
    /// Deviations from the mean, one for each neuron or one for all.
    x: Vec<f32>,
    stream: Stream,
}

impl Coloured {
    /// So many of them, where they may be at any time.
    pub fn new(
        num: usize,
        [mean, sd, tau_ms]: [f64; 3],
        grid: TimeGrid,
        mut stream: Stream,
    ) -> Self {
        let left = math::exp_f64(-grid.dt_ms() / tau_ms);
        let x = (0..num).map(|_| sd as f32 * stream.normal()).collect();
        let kick = (sd * (1.0 - left * left).sqrt()) as f32;
        Self { mean: mean as f32, keep: left as f32, kick, x, stream }
    }

    fn step(&mut self, drive: &mut [f32]) {
        for x in &mut self.x {
            *x = *x * self.keep + self.kick * self.stream.normal();
        }
        match self.x[..] {
            [x] => drive.iter_mut().for_each(|drive| *drive += self.mean + x),
            _ => drive.iter_mut().zip(&self.x).for_each(|(drive, x)| *drive += self.mean + x),
        }
    }
}

impl Wave {
    /// Onto each of these neurons of a population.
    pub fn new((population, to): (u8, Span), shape: Shape) -> Self {
        Self { population, to, shape }
    }

    /// Adds what it has in this step.
    #[inline(never)]
    pub(super) fn add(&mut self, drive_mv: &mut [f32], tick: Tick) {
        let members = &mut drive_mv[self.to.range()];
        let value = match &mut self.shape {
            Shape::Levels(levels) => {
                let begun = levels.partition_point(|(from, _)| *from <= tick);
                begun.checked_sub(1).map_or(0.0, |last| levels[last].1)
            }
            Shape::Ramp([from, to], ..) if tick < *from || tick >= *to => 0.0,
            Shape::Ramp([from, _], start, slope) => {
                (*start + *slope * ((tick - *from) as f64 + 0.5)) as f32
            }
            Shape::Sine([mean, amplitude, periods]) => {
                let turns = *periods * (tick as f64 + 0.5);
                (*mean + *amplitude * math::sin_of_turns_f64(turns)) as f32
            }
            Shape::Coloured(noise) => return noise.step(members),
        };
        members.iter_mut().for_each(|drive| *drive += value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_of(shape: Shape, ticks: Tick) -> Vec<f32> {
        let mut wave = Wave::new((0, Span { first: 1, size: 1 }), shape);
        let value = |tick| {
            let mut drive = [0.0; 3];
            wave.add(&mut drive, tick);
            assert_eq!((drive[0], drive[2]), (0.0, 0.0), "others have none");
            drive[1]
        };
        (0..ticks).map(value).collect()
    }

    #[test]
    fn levels_and_ramps_begin_when_they_should() {
        let levels = all_of(Shape::Levels(vec![(2, 1.5), (3, -1.0), (5, 0.0)]), 7);
        assert_eq!(levels, [0.0, 0.0, 1.5, -1.0, -1.0, 0.0, 0.0]);
        let ramp = |to| all_of(Shape::Ramp([2, to], 1.0, 0.5), 5);
        assert_eq!(ramp(Tick::MAX), [0.0, 0.0, 1.25, 1.75, 2.25]);
        assert_eq!(ramp(4), [0.0, 0.0, 1.25, 1.75, 0.0]);
    }

    #[test]
    fn a_sine_has_its_mean_its_amplitude_and_its_period() {
        // A period of 1,000 steps.
        let all = all_of(Shape::Sine([2.0, 3.0, 1e-3]), 10_000);
        let mean = all.iter().map(|x| f64::from(*x)).sum::<f64>() / 10_000.0;
        let square = |x: f64| x * x;
        let squares = all.iter().map(|x| square(f64::from(*x) - 2.0));
        let of_squares = squares.sum::<f64>() / 10_000.0;
        assert!(
            (mean - 2.0).abs() < 1e-6 && (of_squares - 4.5).abs() < 1e-4,
            "{mean} {of_squares}"
        );
        assert!(all[249] > 4.999 && all[749] < -0.999, "{} {}", all[249], all[749]);
        assert!((all[0] - 2.0 - 3.0 * std::f32::consts::TAU * 0.5e-3).abs() < 1e-5);
    }

    #[test]
    fn coloured_noise_has_its_deviation_and_its_memory() {
        let grid = TimeGrid::new(0.5);
        let noise =
            |num, seed| Coloured::new(num, [1.0, 2.0, 5.0], grid, Stream::new(seed, "noise"));
        // As long as 40,000 of its memories.
        let all: Vec<f64> = all_of(Shape::Coloured(noise(1, 1)), 400_000)
            .into_iter()
            .map(|x| f64::from(x) - 1.0)
            .collect();
        let at = |lag: usize| {
            let pairs = all.iter().zip(&all[lag..]);
            pairs.map(|(a, b)| a * b).sum::<f64>() / (all.len() - lag) as f64
        };
        // Standard errors are near 2 √(2/40,000).
        assert!((all.iter().sum::<f64>() / all.len() as f64).abs() < 0.06);
        for (lag, expected) in [(0, 4.0), (10, 4.0 / std::f64::consts::E), (100, 0.0)] {
            assert!((at(lag) - expected).abs() < 0.15, "{lag}: {}", at(lag));
        }
        // It begins where it may be at any time: the first value of many has the same deviation.
        let mut drive = vec![0.0; 4_000];
        noise(4_000, 2).step(&mut drive);
        let from_mean = drive.iter().map(|x| f64::from(*x) - 1.0);
        let squares: f64 = from_mean.map(|x| x * x).sum();
        assert!((squares / 4_000.0 - 4.0).abs() < 0.4, "{}", squares / 4_000.0);
        // One for all is the same for each.
        let mut drive = vec![0.0; 3];
        noise(1, 3).step(&mut drive);
        assert!(drive[0] != 0.0 && drive.iter().all(|x| *x == drive[0]));
    }
}
