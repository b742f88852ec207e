//! Time as an integer number of ticks, and its conversion to milliseconds.

use get_size2::GetSize;

/// A count of simulation steps since the start of the run.
pub type Tick = u64;

/// The step of a simulation; `t = tick × dt`.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct TimeGrid {
    dt_ms: f64,
}

impl TimeGrid {
    /// A grid with a step of `dt_ms` milliseconds.
    ///
    /// # Panics
    /// If the step is not a positive, finite number: steps come from the program, not from people.
    pub fn new(dt_ms: f64) -> Self {
        assert!(dt_ms.is_finite() && dt_ms > 0.0, "dt must be positive, not {dt_ms} ms");
        Self { dt_ms }
    }

    /// The step in milliseconds.
    pub fn dt_ms(self) -> f64 {
        self.dt_ms
    }

    /// The moment of `tick` in milliseconds.
    pub fn ms_from_ticks(self, ticks: Tick) -> f64 {
        ticks as f64 * self.dt_ms
    }

    /// The number of steps nearest to `ms`; negative times give 0.
    pub fn ticks_from_ms(self, ms: f64) -> Tick {
        (ms / self.dt_ms).round().max(0.0) as Tick
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_counts_back_what_it_counted() {
        let grid = TimeGrid::new(0.2);
        for ticks in [0, 1, 5, 1_500, 1_000_000_007] {
            assert_eq!(grid.ticks_from_ms(grid.ms_from_ticks(ticks)), ticks);
        }
        assert_eq!(grid.ticks_from_ms(300.0), 1_500);
    }
}
