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
    /// The start of the latest showing that was answered.
    answered: Option<Tick>,
}

impl PatternWatch {
    /// Of this generator; remembers `window` ticks.
    pub fn new(generator: &Generator, grid: TimeGrid, window: Tick) -> Self {
        let length_ticks = grid.ticks_from_ms(generator.pattern_ms).max(1);
        let late_ticks = grid.ticks_from_ms(LATE_MS);
        let every = grid.ticks_from_ms(generator.pattern_every_ms).max(length_ticks);
        let share = (length_ticks + late_ticks) as f64 / every as f64;
        let time_share = generator.has_pattern().then_some(share.min(1.0));
        Self {
            window,
            length_ticks,
            late_ticks,
            time_share,
            starts: VecDeque::new(),
            answered: None,
        }
    }

    /// In the present window of the generator, the pattern starts at `start`. True if that is new.
    #[inline]
    pub fn see(&mut self, tick: Tick, start: Tick) -> bool {
        let is_new = self.starts.back() != Some(&start);
        if is_new {
            self.starts.push_back(start);
            while self
                .starts
                .front()
                .is_some_and(|old| old + self.window + self.length_ticks < tick)
            {
                self.starts.pop_front();
            }
        }
        is_new
    }

    /// What an output spike at `tick` is to the pattern: nothing, or an answer, and how late it comes if it is the
    /// first of its showing.
    pub fn answer(&mut self, tick: Tick) -> Option<Option<Tick>> {
        let start = *self.starts.iter().rev().find(|start| **start <= tick)?;
        let late = tick - start;
        if late >= self.length_ticks + self.late_ticks {
            return None;
        }
        let is_first = self.answered.replace(start) != Some(start);
        Some(is_first.then_some(late))
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
        assert_eq!(watch.answer(119), None);
        // The first of a showing has a latency.
        assert_eq!(
            [121, 124, 134].map(|tick| watch.answer(tick)),
            [Some(Some(1)), Some(None), Some(None)]
        );
        assert_eq!(watch.answer(135), None);
        // The next start lies ahead, and the answer to the last one still counts.
        assert!(watch.see(132, 170) && !watch.see(133, 170));
        assert_eq!(
            [133, 140, 170].map(|tick| watch.answer(tick)),
            [Some(None), None, Some(Some(0))]
        );
        let spans = watch.spans(110, 1.0);
        assert_eq!((spans[0].from_ms, spans[0].to_ms, spans[1].from_ms), (10.0, 15.0, 60.0));
    }
}
