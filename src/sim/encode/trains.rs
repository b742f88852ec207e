//! Spike trains that were recorded elsewhere, played on the grid.
//!
//! **State.** The spikes, sorted by tick and input, and the next one to be played.
//!
//! **Method.** A spike falls on the nearest tick, so that times that were written on the same grid
//! come back exactly. Spikes of one input that fall into one tick are played once. [`TrainCounts`]
//! says what became of every spike.

use get_size2::GetSize;

use crate::{Tick, TimeGrid};

/// What became of the spikes of a file. Each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, GetSize)]
pub struct TrainCounts {
    /// Those that are played.
    pub played: u32,
    /// Those whose input has another in the same tick, which is played.
    pub merged: u32,
    /// Those at the end of the run or later.
    pub beyond_end: u32,
    /// Those of inputs that the run does not have.
    pub unknown_inputs: u32,
}

/// Trains that are played.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Trains {
    num_inputs: u32,
    ticks: Vec<Tick>,
    inputs: Vec<u32>,
    next: u32,
}

impl Trains {
    /// Puts spikes, input and time in ms, on the grid of a run with this many inputs and ticks.
    pub fn new(
        spikes: impl IntoIterator<Item = (u32, f64)>,
        num_inputs: u32,
        num_ticks: Tick,
        grid: TimeGrid,
    ) -> (Self, TrainCounts) {
        let mut counts = TrainCounts::default();
        let mut placed: Vec<(Tick, u32)> = Vec::new();
        for (input, time_ms) in spikes {
            let tick = grid.ticks_from_ms(time_ms);
            if input >= num_inputs {
                counts.unknown_inputs += 1;
            } else if tick >= num_ticks {
                counts.beyond_end += 1;
            } else {
                placed.push((tick, input));
            }
        }
        placed.sort_unstable();
        let num_placed = placed.len();
        placed.dedup();
        counts.played = placed.len() as u32;
        counts.merged = (num_placed - placed.len()) as u32;
        let (ticks, inputs) = placed.into_iter().unzip();
        (Self { num_inputs, ticks, inputs, next: 0 }, counts)
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.num_inputs as usize
    }

    /// One more than the tick of the last spike.
    pub fn end(&self) -> Tick {
        self.ticks.last().map_or(0, |tick| tick + 1)
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        "your own spike trains"
    }

    /// The inputs that fire in this tick, ascending.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        spikes.clear();
        while self.ticks.get(self.next as usize).is_some_and(|due| *due <= tick) {
            if self.ticks[self.next as usize] == tick {
                spikes.push(self.inputs[self.next as usize]);
            }
            self.next += 1;
        }
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        self.ticks.get(self.next as usize).map_or(Tick::MAX, |due| (*due).max(from))
    }

    /// Starts again from tick 0.
    pub fn rewind(&mut self) {
        self.next = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trains_are_played_on_the_grid() {
        let grid = TimeGrid::new(0.1);
        // 0.3 / 0.1 is a little less than 3; 199.96 ms round to the end.
        let spikes = [(1, 0.3), (0, 0.3), (1, 0.32), (2, 100.0), (3, 0.1), (0, 199.96), (9, 1e9)];
        let (mut trains, counts) = Trains::new(spikes, 3, 2_000, grid);
        let expected = TrainCounts { played: 3, merged: 1, beyond_end: 1, unknown_inputs: 2 };
        assert_eq!(counts, expected);
        assert_eq!((trains.num_inputs(), trains.end()), (3, 1_001));
        let (mut played, mut fired) = (Vec::new(), Vec::new());
        let mut tick = trains.next_tick(0);
        while tick < 2_000 {
            trains.fire(tick, &mut fired);
            played.push((tick, fired.clone()));
            tick = trains.next_tick(tick + 1);
        }
        assert_eq!(played, [(3, vec![0, 1]), (1_000, vec![2])]);
        trains.rewind();
        assert_eq!(trains.next_tick(0), 3);
    }

    #[test]
    fn times_on_the_grid_come_back() {
        let grid = TimeGrid::new(0.1);
        let spikes = (0..1_000_u32).map(|k| (k % 7, grid.ms_from_ticks(k.into())));
        let (trains, counts) = Trains::new(spikes, 7, 1_000, grid);
        assert_eq!(counts, TrainCounts { played: 1_000, ..TrainCounts::default() });
        assert_eq!(trains.ticks, (0..1_000).collect::<Vec<Tick>>());
    }
}
