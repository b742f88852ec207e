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
    samples: VecDeque<(Tick, Vec<f32>)>,
    spikes: VecDeque<(Tick, u32)>,
}

impl TraceLog {
    /// A log of `width` values per sample.
    pub fn new(width: u32, window: Tick, stride: Tick) -> Self {
        let stride = stride.max(1);
        let (samples, spikes) = (VecDeque::new(), VecDeque::new());
        Self { width, window, stride, next: 0, samples, spikes }
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
            // Reuse the oldest sample's memory once the window is full.
            let mut sample = match self.samples.front() {
                Some((old, _)) if old + self.window < tick => {
                    self.samples.pop_front().map(|(_, v)| v).unwrap_or_default()
                }
                _ => Vec::with_capacity(values.len()),
            };
            sample.clear();
            sample.extend_from_slice(values);
            self.samples.push_back((tick, sample));
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
        let kept = || self.samples.iter().filter(move |(tick, _)| *tick >= from);
        let first = kept().next().map_or(from, |(tick, _)| *tick);
        let series = (0..self.width)
            .map(|column| Series {
                label: label(column),
                values: kept().map(|(_, values)| values[column as usize]).collect(),
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
        assert!(log.samples.len() <= 6, "{}", log.samples.len());
        let (first, series) = log.since(90, |c| format!("v{c}"));
        assert_eq!(first, 90);
        assert_eq!(series[0].values, [90.0, 95.0, 100.0]);
        assert_eq!(series[1].values, [-90.0, -95.0, -100.0]);
        assert_eq!(series[1].spikes, [1]);
    }
}
