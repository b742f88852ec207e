//! What can go wrong inside a run, how it is looked for, and how it is told.
//!
//! A run is looked at after fixed numbers of ticks, however it is cut into slices, and is stopped at such a look and
//! nowhere else: so it ends at the same tick on the page, in a worker and on the command line.

use get_size2::GetSize;

use super::Tick;
use super::lanes::widely;

/// Why a run stopped before its end. The plots up to that tick stay.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Fault {
    /// The first tick whose state is not usable.
    pub tick: Tick,
    /// The population it happened in.
    pub population: String,
    /// What was seen.
    pub kind: FaultKind,
}

/// The kinds of fault the simulator looks for.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum FaultKind {
    /// A state variable is infinite or not a number.
    NonFinite {
        /// The variable's name.
        variable: String,
        /// The first neuron it was seen in.
        neuron_idx: u32,
    },
    /// The population fires faster than any neuron could.
    RunawayRate {
        /// Mean rate over the last check interval.
        rate_hz: f32,
        /// The most that is taken for sound.
        limit_hz: f32,
    },
    /// A rule of the visitor's came to what is no number.
    Undefined {
        /// Which formula, what it gave, and of what.
        told: String,
    },
    /// A weight that nothing keeps in its range has left it far behind.
    RunawayWeight {
        /// The weight.
        weight: f32,
        /// How far a weight may go.
        limit: f32,
    },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            FaultKind::NonFinite { variable, neuron_idx } => write!(
                f,
                "{variable} of neuron {neuron_idx} in {} is not a finite number at tick {}: \
                 the equations blew up. Try smaller gains, a larger time constant or a smaller step.",
                self.population, self.tick
            ),
            FaultKind::RunawayRate { rate_hz, limit_hz } => write!(
                f,
                "mean rate of {}: {rate_hz:.0} Hz at tick {}, above the limit of {limit_hz:.0} Hz: \
                 no neuron fires so fast for long. Try weaker weights or a weaker current, more inhibition, a longer refractory time or a higher threshold.",
                self.population, self.tick
            ),
            FaultKind::Undefined { told } => write!(
                f,
                "{told}, in {} by tick {}: a formula must give a finite number. \
                 Keep logarithms and roots above 0, and do not divide by 0; max(…, 0.001) helps.",
                self.population, self.tick
            ),
            FaultKind::RunawayWeight { weight, limit } => write!(
                f,
                "a weight onto {} is {weight:.0} at tick {}, beyond {limit:.0} times the range in which weights begin: \
                 this rule gives them no end. Try a smaller learning rate, or a rule with ends.",
                self.population, self.tick
            ),
        }
    }
}

/// Ticks between two looks for faults, where a simulator has no reason for another number.
pub const LOOK_TICKS: Tick = 256;

impl Fault {
    /// The first value that is infinite or not a number in `columns`, by their names, of `population` at `tick`.
    pub fn non_finite<'n, 'c>(
        tick: Tick,
        population: &str,
        columns: impl IntoIterator<Item = (&'n str, &'c [f32])>,
    ) -> Option<Self> {
        columns.into_iter().find_map(|(variable, column)| {
            let neuron_idx = find_non_finite(column)?;
            let kind = FaultKind::NonFinite { variable: variable.into(), neuron_idx };
            Some(Self { tick, population: population.into(), kind })
        })
    }

    /// A rule of the visitor's that came to what is no number.
    pub fn undefined(tick: Tick, population: &str, told: String) -> Self {
        Self { tick, population: population.into(), kind: FaultKind::Undefined { told } }
    }

    /// Weights without ends, onto `population`, of which one is farther from 0 than `limit`.
    pub fn runaway_weight(tick: Tick, population: &str, all: &[f32], limit: f32) -> Option<Self> {
        let weight = all.iter().copied().find(|weight| weight.abs() > limit)?;
        let kind = FaultKind::RunawayWeight { weight, limit };
        Some(Self { tick, population: population.into(), kind })
    }

    /// A population whose mean rate is above `limit_hz`.
    pub fn runaway(tick: Tick, population: &str, rate_hz: f32, limit_hz: f32) -> Option<Self> {
        let kind = FaultKind::RunawayRate { rate_hz, limit_hz };
        (rate_hz > limit_hz).then(|| Self { tick, population: population.into(), kind })
    }
}

/// Counts a population's spikes from one look to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, GetSize)]
pub struct SpikeCount {
    num: u64,
    since: Tick,
}

impl SpikeCount {
    /// Adds the spikes of a tick.
    #[inline]
    pub fn add(&mut self, num: usize) {
        self.num += num as u64;
    }

    /// Spikes per tick since the look before, and begins anew. The last look of a run may come early: fewer than
    /// `whole` ticks say nothing about a rate, and give 0.
    pub fn take_per_tick(&mut self, tick: Tick, whole: Tick) -> f64 {
        let ticks = tick - self.since;
        let per_tick = if ticks < whole { 0.0 } else { self.num as f64 / ticks as f64 };
        *self = Self { num: 0, since: tick };
        per_tick
    }
}

/// Looks for the first value that is infinite or not a number.
pub fn find_non_finite(column: &[f32]) -> Option<u32> {
    if are_finite(column) {
        return None;
    }
    column.iter().position(|x| !x.is_finite()).map(|idx| idx as u32)
}

widely! {
    /// The sum of x·0 is 0 exactly when all are finite: one pass without branches. Sixteen sums, since one would wait for
    /// itself.
    fn are_finite(column: &[f32]) -> bool {
        let (blocks, rest) = column.as_chunks::<16>();
        let mut sums = [0.0_f32; 16];
        for block in blocks {
            for (sum, x) in sums.iter_mut().zip(block) {
                *sum += x * 0.0;
            }
        }
        rest.iter().chain(&sums).map(|x| x * 0.0).sum::<f32>() == 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_bad_value() {
        assert_eq!(find_non_finite(&[0.0, -1.0, f32::MAX, 1e-30]), None);
        assert_eq!(find_non_finite(&[0.0, f32::NAN, f32::INFINITY]), Some(1));
        assert_eq!(find_non_finite(&[f32::NEG_INFINITY]), Some(0));
        for place in 0..40 {
            let mut column = [1.0; 40];
            column[place] = f32::INFINITY;
            assert_eq!(find_non_finite(&column), Some(place as u32));
        }
    }

    #[test]
    fn a_rate_is_that_since_the_look_before() {
        let mut count = SpikeCount::default();
        count.add(30);
        assert_eq!(count.take_per_tick(10, 10), 3.0);
        count.add(30);
        assert_eq!(count.take_per_tick(30, 10), 1.5);
        count.add(30);
        assert_eq!(count.take_per_tick(31, 10), 0.0, "too short to tell");
    }
}
