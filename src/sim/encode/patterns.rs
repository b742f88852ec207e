//! Simple patterns in time: periodic volleys, rates that differ along the inputs, rates that change, blocks at
//! staggered times.
//!
//! **Equations.** *Periodic*: all inputs fire in every k-th tick. *Half growing*: input i of N
//! fires with probability i/N per tick in the first half of the run and with half of that in the
//! second. *Stages*: all inputs fire with one rate, which is another from given ticks on. *Random offsets*: each input is active for half of the run, in which it fires with one
//! probability, from one of 10 equally spaced starts on; inputs are sorted by their start, so that
//! the raster is a staircase.
//!
//! **State.** That of the independent inputs.
//!
//! **Source.** The teaching notebooks that this page replaces; their rates are probabilities per
//! step.
//!
//! **Method.** Exact waiting times at the highest rate, see [`waiting`](super::waiting).

use get_size2::GetSize;

use super::poisson::{Counting, Poisson};
use crate::{Stream, Tick, TimeGrid};

/// All inputs fire together, at regular intervals.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Periodic {
    num_inputs: u32,
    period_ticks: Tick,
}

impl Periodic {
    /// Inputs that fire in tick 0 and every `period_ticks` (at least 1) after it.
    pub fn new(num_inputs: u32, period_ticks: Tick) -> Self {
        Self { num_inputs, period_ticks: period_ticks.max(1) }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.num_inputs as usize
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        "periodic volleys"
    }

    /// The inputs that fire in this tick.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        spikes.clear();
        if tick.is_multiple_of(self.period_ticks) {
            spikes.extend(0..self.num_inputs);
        }
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        from.next_multiple_of(self.period_ticks)
    }
}

/// Independent inputs with these probabilities per tick; a rate in Hz is what makes them so.
fn with_probabilities(probabilities: &[f32], grid: TimeGrid, stream: Stream) -> Poisson {
    let per_second = (1_000.0 / grid.dt_ms()) as f32;
    let rates_hz: Vec<f32> = probabilities.iter().map(|p| p * per_second).collect();
    Poisson::new(Counting::OncePerTick, &rates_hz, grid, stream)
}

/// Rates grow along the inputs; in the second half of the run they are halved.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct HalfGrowing {
    inputs: Poisson,
    half_tick: Tick,
    /// Rates of the second half, until they are taken.
    later_hz: Vec<f32>,
}

impl HalfGrowing {
    /// `num` inputs in a run whose second half starts at `half_tick`; `peak` is the probability
    /// that input `num` would have (published: 1).
    pub fn new(num: u32, half_tick: Tick, peak: f32, grid: TimeGrid, stream: Stream) -> Self {
        let growing: Vec<f32> = (0..num).map(|i| peak * i as f32 / num as f32).collect();
        let half_hz = 0.5 * (1_000.0 / grid.dt_ms()) as f32;
        let later_hz = growing.iter().map(|p| p * half_hz).collect();
        Self { inputs: with_probabilities(&growing, grid, stream), half_tick, later_hz }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.inputs.num_inputs()
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        "rates growing along the inputs, halved after half of the run"
    }

    /// The inputs that fire in this tick, ascending.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        if tick >= self.half_tick && !self.later_hz.is_empty() {
            self.inputs.set_rates(&std::mem::take(&mut self.later_hz), tick);
        }
        self.inputs.fire(tick, spikes);
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        let next = self.inputs.next_tick(from);
        if self.later_hz.is_empty() { next } else { next.min(self.half_tick.max(from)) }
    }
}

/// All inputs fire at one rate, which changes at given times.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Stages {
    inputs: Poisson,
    /// From when on which rate; the first that has not begun is the first here.
    later: std::collections::VecDeque<(Tick, f32)>,
}

impl Stages {
    /// `num` inputs with these rates in Hz from these ticks on, in their order; silent before the first.
    pub fn new(num: u32, stages: &[(Tick, f32)], grid: TimeGrid, stream: Stream) -> Self {
        let silent = vec![0.0; num as usize];
        let inputs = Poisson::new(Counting::OncePerTick, &silent, grid, stream);
        Self { inputs, later: stages.iter().copied().collect() }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.inputs.num_inputs()
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        "rates that change from stage to stage"
    }

    /// The inputs that fire in this tick, ascending.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        while let Some(&(from, rate_hz)) = self.later.front() {
            if from > tick {
                break;
            }
            self.later.pop_front();
            self.inputs.set_rates(&vec![rate_hz; self.num_inputs()], tick);
        }
        self.inputs.fire(tick, spikes);
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        let next = self.inputs.next_tick(from);
        self.later.front().map_or(next, |(begins, _)| next.min((*begins).max(from)))
    }
}

/// Number of possible starts.
pub const NUM_STARTS: u32 = 10;

/// Each input is active for half of the run, from a start of its own.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct RandomOffsets {
    inputs: Poisson,
    /// Ascending.
    starts: Vec<Tick>,
    active_ticks: Tick,
}

impl RandomOffsets {
    /// `num_inputs` inputs in a run of `run_ticks`, active with `probability` per tick (published:
    /// 1/2).
    pub fn new(
        num_inputs: u32,
        run_ticks: Tick,
        probability: f32,
        grid: TimeGrid,
        mut stream: Stream,
    ) -> Self {
        let active_ticks = run_ticks / 2;
        let start = |k: u32| Tick::from(k) * active_ticks / Tick::from(NUM_STARTS - 1);
        // Counting how often each start is drawn sorts them.
        let mut counts = [0; NUM_STARTS as usize];
        (0..num_inputs).for_each(|_| counts[stream.below(NUM_STARTS) as usize] += 1);
        let starts = (0..NUM_STARTS).flat_map(|k| vec![start(k); counts[k as usize]]).collect();
        let probabilities = vec![probability; num_inputs as usize];
        Self { inputs: with_probabilities(&probabilities, grid, stream), starts, active_ticks }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.starts.len()
    }

    /// When each input becomes active.
    pub fn starts(&self) -> &[Tick] {
        &self.starts
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        "blocks of activity at random offsets"
    }

    /// The inputs that fire in this tick, ascending.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        self.inputs.fire(tick, spikes);
        let (starts, active_ticks) = (&self.starts, self.active_ticks);
        spikes.retain(|&id| {
            let start = starts[id as usize];
            (start..start + active_ticks).contains(&tick)
        });
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        self.inputs.next_tick(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::tests::count;

    const GRID_MS: f64 = 0.5;

    fn stream() -> Stream {
        Stream::new(6, "input")
    }

    #[test]
    fn volleys_come_every_period() {
        let mut source = Periodic::new(3, 7);
        let mut spikes = Vec::new();
        for tick in 0..100 {
            source.fire(tick, &mut spikes);
            assert_eq!(spikes.len(), if tick % 7 == 0 { 3 } else { 0 });
        }
        assert_eq!([source.next_tick(0), source.next_tick(1)], [0, 7]);
    }

    #[test]
    fn rates_grow_along_the_inputs_and_are_halved() {
        let mut source = HalfGrowing::new(10, 20_000, 1.0, TimeGrid::new(GRID_MS), stream());
        let first = count(10, 20_000, 1, |tick, spikes| source.fire(tick, spikes));
        let second = count(10, 20_000, 1, |tick, spikes| source.fire(tick + 20_000, spikes));
        let (first, second) = (first.rates_hz(GRID_MS), second.rates_hz(GRID_MS));
        for input in 0..10 {
            assert!((first[input] / 2_000.0 - input as f64 / 10.0).abs() < 0.02, "{first:?}");
            assert!((second[input] / 2_000.0 - input as f64 / 20.0).abs() < 0.02, "{second:?}");
        }
    }

    #[test]
    fn rates_are_those_of_their_stage() {
        let stages = [(10_000, 1_000.0), (20_000, 20.0), (30_000, 1_000.0)];
        let mut source = Stages::new(10, &stages, TimeGrid::new(GRID_MS), stream());
        // What is skipped is silent, and no change of rate is missed.
        assert!((1..=10_000).contains(&source.next_tick(0)));
        for (from, expected_hz) in [(0, 0.0), (10_000, 1_000.0), (20_000, 20.0), (30_000, 1_000.0)]
        {
            let all = count(10, 10_000, 1, |tick, spikes| source.fire(from + tick, spikes));
            let rates = all.rates_hz(GRID_MS);
            let mean_hz = rates.iter().sum::<f64>() / 10.0;
            // Ten inputs for five seconds: a standard error of √(rate/50) at most.
            let error_hz = (expected_hz / 50.0_f64).sqrt();
            assert!((mean_hz - expected_hz).abs() <= 4.0 * error_hz, "{from}: {mean_hz}");
        }
    }

    #[test]
    fn blocks_form_a_staircase() {
        let mut source = RandomOffsets::new(200, 1_000, 0.5, TimeGrid::new(GRID_MS), stream());
        assert!(source.starts().is_sorted());
        assert_eq!((source.starts()[0], source.starts()[199]), (0, 500));
        let mut spikes = Vec::new();
        let mut sum = 0;
        for tick in 0..1_000 {
            source.fire(tick, &mut spikes);
            sum += spikes.len();
            for &id in &spikes {
                let start = source.starts[id as usize];
                assert!(start <= tick && tick < start + 500);
            }
        }
        assert!((49_000..51_000).contains(&sum), "{sum}");
    }
}
