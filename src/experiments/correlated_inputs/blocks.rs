//! A run's time cut into blocks, whose values make its curves.

use get_size2::GetSize;

use crate::kit::figure;
use crate::lab;
use crate::record::figure::{Curve, Line, LineStyle};
use crate::sim::Tick;

/// When blocks end.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Blocks {
    num_ticks: Tick,
    block_ticks: Tick,
    next_end: Tick,
    block_s: f64,
    duration_s: f32,
}

impl Blocks {
    /// Blocks of a run of `num_ticks`.
    pub fn new(num_ticks: Tick, dt_ms: f64) -> Self {
        let block_ticks = lab::block_ticks(num_ticks);
        Self {
            num_ticks,
            block_ticks,
            next_end: block_ticks,
            block_s: block_ticks as f64 * dt_ms / 1_000.0,
            duration_s: (num_ticks as f64 * dt_ms / 1_000.0) as f32,
        }
    }

    /// Steps of the whole run.
    pub fn num_ticks(&self) -> Tick {
        self.num_ticks
    }

    /// A block ends with this tick.
    #[inline]
    pub fn ends(&mut self, tick: Tick) -> bool {
        let is_end = tick + 1 == self.next_end;
        if is_end {
            self.next_end += self.block_ticks;
        }
        is_end
    }

    /// Length of a block.
    pub fn block_s(&self) -> f64 {
        self.block_s
    }

    /// One value per block, as a line over time in seconds.
    pub fn line(&self, label: &str, values: &[f32]) -> Line {
        figure::over_time(label, values, self.block_s, LineStyle::Main)
    }

    /// A dashed line at one height.
    pub fn level(&self, label: &str, value: f32) -> Line {
        figure::level(label, self.duration_s, value)
    }

    /// Lines over the whole run.
    pub fn curve(&self, lines: Vec<Line>, y_range: (f32, f32)) -> Curve {
        Curve {
            x_range: (0.0, self.duration_s),
            y_range,
            lines,
            per_block: self.block_s as f32,
            ..Curve::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cover_the_run() {
        let mut blocks = Blocks::new(1_000, 0.1);
        assert_eq!((0..1_000).filter(|&tick| blocks.ends(tick)).count(), 200);
        let line = blocks.line("w", &[1.0, 2.0]);
        assert!((line.x[1] - 0.001).abs() < 1e-9);
        // A run of fewer ticks than points.
        let mut short = Blocks::new(7, 0.1);
        assert_eq!((0..7).filter(|&tick| short.ends(tick)).count(), 7);
    }
}
