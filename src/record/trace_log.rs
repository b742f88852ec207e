//! State variables over the last stretch of a run, for traces.

use std::collections::VecDeque;

use get_size2::GetSize;

use super::figure::Series;
use crate::sim::Tick;

/// Keeps a column of values for every `stride`-th tick of the last `window` ticks.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct TraceLog {
    width: u32,
    window: Tick,
    stride: Tick,
    /// The next tick on the stride: comparing costs less than dividing in every tick.
    next: Tick,
    /// When each sample was taken, and the values of all of them, one sample after the other.
    ticks: VecDeque<Tick>,
    values: VecDeque<f32>,
    spikes: VecDeque<(Tick, u32)>,
}

impl TraceLog {
    /// A log of `width` values per sample.
    pub fn new(width: u32, window: Tick, stride: Tick) -> Self {
        let stride = stride.max(1);
        let (ticks, values, spikes) = (VecDeque::new(), VecDeque::new(), VecDeque::new());
        Self { width, window, stride, next: 0, ticks, values, spikes }
    }

    /// Offers the values at `tick`; keeps them when the tick falls on the stride.
    #[inline]
    pub fn push(&mut self, tick: Tick, values: &[f32], fired: &[u32]) {
        // Most ticks have nothing to add, and what is too old by then may wait until one has.
        if tick >= self.next || !fired.is_empty() {
            self.add(tick, values, fired);
        }
    }

    /// The same with values that are gathered only where they are kept.
    #[inline]
    pub fn push_with(&mut self, tick: Tick, values: impl FnOnce() -> Vec<f32>, fired: &[u32]) {
        if tick >= self.next || !fired.is_empty() {
            self.add(tick, &values(), fired);
        }
    }

    fn add(&mut self, tick: Tick, values: &[f32], fired: &[u32]) {
        debug_assert_eq!(values.len(), self.width as usize);
        self.spikes.extend(fired.iter().map(|&neuron| (tick, neuron)));
        if tick >= self.next {
            self.next = tick - tick % self.stride + self.stride;
            // The newest sample takes the place of the oldest once the window is full.
            if self.ticks.front().is_some_and(|old| old + self.window < tick) {
                self.ticks.pop_front();
                self.values.drain(..self.width as usize);
            }
            self.ticks.push_back(tick);
            self.values.extend(values);
        }
        while self.spikes.front().is_some_and(|(old, _)| old + self.window < tick) {
            self.spikes.pop_front();
        }
    }

    /// Ticks between two samples.
    pub fn stride(&self) -> Tick {
        self.stride
    }

    /// The samples from tick `from` on: the tick of the first one, and a series per column.
    pub fn since(&self, from: Tick, label: impl Fn(u32) -> String) -> (Tick, Vec<Series>) {
        let first_kept = self.ticks.partition_point(|tick| *tick < from);
        let first = self.ticks.get(first_kept).copied().unwrap_or(from);
        let values = |column: u32| {
            let places = (first_kept..self.ticks.len()).map(|sample| sample * self.width as usize);
            places.map(|place| self.values[place + column as usize]).collect()
        };
        let series = (0..self.width)
            .map(|column| Series {
                label: label(column),
                values: values(column),
                spikes: self
                    .spikes
                    .iter()
                    .filter(|(tick, neuron)| *neuron == column && *tick >= first)
                    .map(|(tick, _)| ((tick - first) / self.stride) as u32)
                    .collect(),
                is_selected: false,
            })
            .collect();
        (first, series)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_on_the_stride_within_the_window() {
        let mut log = TraceLog::new(2, 20, 5);
        for tick in 0..=103 {
            let fired: &[u32] = if tick == 97 { &[1] } else { &[] };
            log.push(tick, &[tick as f32, -(tick as f32)], fired);
        }
        assert!(log.ticks.len() <= 6, "{}", log.ticks.len());
        assert_eq!(log.values.len(), 2 * log.ticks.len());
        let (first, series) = log.since(90, |c| format!("v{c}"));
        assert_eq!(first, 90);
        assert_eq!(series[0].values, [90.0, 95.0, 100.0]);
        assert_eq!(series[1].values, [-90.0, -95.0, -100.0]);
        assert_eq!(series[1].spikes, [1]);
    }
}
