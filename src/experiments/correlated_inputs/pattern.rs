//! Watches whether the output answers a repeated pattern.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::inputs::Generator;
use crate::record::figure::Span;
use crate::sim::{Tick, TimeGrid};

/// An output spike this late after the pattern's end still answers it.
const LATE_MS: f64 = 10.0;

/// When the pattern was shown lately.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternWatch {
    window: Tick,
    length_ticks: Tick,
    late_ticks: Tick,
    /// Share of the time in which an output spike would count as an answer; none without a pattern.
    time_share: Option<f64>,
    /// The latest starts, which may lie ahead.
    starts: VecDeque<Tick>,
}

impl PatternWatch {
    /// Of this generator; remembers `window` ticks.
    pub fn new(generator: &Generator, grid: TimeGrid, window: Tick) -> Self {
        let length_ticks = grid.ticks_from_ms(generator.pattern_ms).max(1);
        let late_ticks = grid.ticks_from_ms(LATE_MS);
        let every = grid.ticks_from_ms(generator.pattern_every_ms).max(length_ticks);
        let share = (length_ticks + late_ticks) as f64 / every as f64;
        let time_share = generator.has_pattern().then_some(share.min(1.0));
        Self { window, length_ticks, late_ticks, time_share, starts: VecDeque::new() }
    }

    /// In the present window of the generator, the pattern starts at `start`.
    #[inline]
    pub fn see(&mut self, tick: Tick, start: Tick) {
        if self.starts.back() != Some(&start) {
            self.starts.push_back(start);
            while self
                .starts
                .front()
                .is_some_and(|old| old + self.window + self.length_ticks < tick)
            {
                self.starts.pop_front();
            }
        }
    }

    /// An output spike at `tick` answers the pattern.
    pub fn is_answer(&self, tick: Tick) -> bool {
        let started = self.starts.iter().rev().find(|start| **start <= tick);
        started.is_some_and(|start| tick - start < self.length_ticks + self.late_ticks)
    }

    /// Share of the time in which a spike would count as an answer, if there is a pattern.
    pub fn time_share(&self) -> Option<f64> {
        self.time_share
    }

    /// Where the pattern was shown, for a raster that begins at `from`.
    pub fn spans(&self, from: Tick, dt_ms: f64) -> Vec<Span> {
        let offset = |tick: Tick| ((tick as f64 - from as f64) * dt_ms) as f32;
        let span = |start: &Tick| Span {
            from_ms: offset(*start),
            to_ms: offset(start + self.length_ticks),
            label: "pattern".into(),
            is_test: false,
        };
        self.starts.iter().map(span).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_within_the_pattern_or_soon_after_it() {
        // A pattern of 5 ms every 50 ms.
        let mut watch = PatternWatch::new(&Generator::default(), TimeGrid::new(1.0), 500);
        assert_eq!(watch.time_share(), None);
        watch.see(100, 120);
        assert!(!watch.is_answer(119));
        assert!([120, 124, 134].iter().all(|&tick| watch.is_answer(tick)));
        assert!(!watch.is_answer(135));
        // The next start lies ahead, and the answer to the last one still counts.
        watch.see(132, 170);
        assert!(watch.is_answer(133) && !watch.is_answer(140) && watch.is_answer(170));
        let spans = watch.spans(110, 1.0);
        assert_eq!((spans[0].from_ms, spans[0].to_ms, spans[1].from_ms), (10.0, 15.0, 60.0));
    }
}
