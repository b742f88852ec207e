//! Watches whether the output answers a repeated pattern.

use std::collections::VecDeque;

use get_size2::GetSize;

use super::figure::Span;
use crate::sim::{Tick, TimeGrid};

/// An output spike this late after the pattern's end still answers it.
const LATE_MS: f64 = 10.0;

/// A showing of the pattern that is not over yet.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct Showing {
    start: Tick,
    /// From this tick on nothing answers it any more.
    end: Tick,
    /// How late its first answer came.
    answer: Option<Tick>,
}

/// When the pattern was shown lately.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PatternWatch {
    window: Tick,
    length_ticks: Tick,
    late_ticks: Tick,
    /// Share of the time in which an output spike would count as an answer; none without a pattern.
    time_share: Option<f64>,
    /// The latest starts, which may lie ahead.
    starts: VecDeque<Tick>,
    /// The showing that output spikes may answer.
    open: Option<Showing>,
}

impl PatternWatch {
    /// Of a pattern of `length_ms` that is shown once every so many ms, if there is one; remembers `window` ticks.
    pub fn new(pattern: Option<(f64, f64)>, grid: TimeGrid, window: Tick) -> Self {
        let late_ticks = grid.ticks_from_ms(LATE_MS);
        let length = |(length_ms, _)| grid.ticks_from_ms(length_ms).max(1);
        let length_ticks = pattern.map_or(1, length);
        let time_share = pattern.map(|(_, every_ms)| {
            let every = grid.ticks_from_ms(every_ms).max(length_ticks);
            ((length_ticks + late_ticks) as f64 / every as f64).min(1.0)
        });
        Self { window, length_ticks, late_ticks, time_share, starts: VecDeque::new(), open: None }
    }

    /// In the present window of the generator, the pattern starts at `start`. If a showing is over, gives how
    /// late it was answered, if it was.
    #[inline]
    pub fn see(&mut self, tick: Tick, start: Tick) -> Option<Option<Tick>> {
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
        let begins = tick == start;
        let over = self.open.take_if(|open| begins || tick >= open.end);
        if begins {
            let end = start + self.length_ticks + self.late_ticks;
            self.open = Some(Showing { start, end, answer: None });
        }
        over.map(|over| over.answer)
    }

    /// Whether an output spike at `tick` answers the pattern.
    pub fn is_answer(&mut self, tick: Tick) -> bool {
        let Some(open) = &mut self.open else { return false };
        open.answer.get_or_insert(tick - open.start);
        true
    }

    /// There is no pattern any more.
    pub fn forget(&mut self) {
        self.time_share = None;
        self.starts.clear();
        self.open = None;
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
        let grid = TimeGrid::new(1.0);
        let mut watch = PatternWatch::new(Some((5.0, 50.0)), grid, 500);
        assert_eq!(watch.time_share(), Some(0.3));
        let other = PatternWatch::new(None, grid, 500);
        assert_eq!(other.time_share(), None);
        let mut over = Vec::new();
        let mut see = |watch: &mut PatternWatch, ticks: std::ops::Range<Tick>, start| {
            over.extend(ticks.filter_map(|tick| watch.see(tick, start)));
        };
        see(&mut watch, 100..120, 120);
        assert!(!watch.is_answer(119));
        see(&mut watch, 120..122, 120);
        assert!(watch.is_answer(121));
        see(&mut watch, 122..125, 120);
        assert!(watch.is_answer(124));
        // The next start lies ahead, and the answer to the last one still counts until it is over.
        see(&mut watch, 125..135, 170);
        assert!(watch.is_answer(134));
        see(&mut watch, 135..171, 170);
        assert!(watch.is_answer(170));
        // One that comes at once ends the one before it, which was answered without delay.
        see(&mut watch, 171..175, 175);
        see(&mut watch, 175..200, 175);
        // The latency is that of the first answer; the last showing had none.
        assert_eq!(over, [Some(1), Some(0), None]);
        let spans = watch.spans(110, 1.0);
        assert_eq!((spans[0].from_ms, spans[0].to_ms, spans[1].from_ms), (10.0, 15.0, 60.0));
    }
}
