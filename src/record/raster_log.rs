//! The spikes of the last stretch of a run, for rasters.

use std::collections::VecDeque;

use get_size2::GetSize;

use crate::sim::Tick;

/// Keeps the spikes of one population for `window` ticks and forgets older ones.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct RasterLog {
    window: Tick,
    spikes: VecDeque<(Tick, u32)>,
}

impl RasterLog {
    /// A log that remembers `window` ticks.
    pub fn new(window: Tick) -> Self {
        Self { window, spikes: VecDeque::new() }
    }

    /// Adds the neurons that fired in `tick`.
    #[inline]
    pub fn push(&mut self, tick: Tick, fired: &[u32]) {
        // Most ticks have nothing to add, and what is too old by then may wait until one has.
        if !fired.is_empty() {
            self.add(tick, fired);
        }
    }

    fn add(&mut self, tick: Tick, fired: &[u32]) {
        self.spikes.extend(fired.iter().map(|&neuron| (tick, neuron)));
        while self.spikes.front().is_some_and(|(old, _)| old + self.window < tick) {
            self.spikes.pop_front();
        }
    }

    /// Spikes from tick `from` on, as times in milliseconds after `from` and neuron numbers.
    pub fn since(&self, from: Tick, dt_ms: f64) -> (Vec<f32>, Vec<u32>) {
        self.spikes
            .iter()
            .filter(|(tick, _)| *tick >= from)
            .map(|&(tick, neuron)| (((tick - from) as f64 * dt_ms) as f32, neuron))
            .unzip()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_what_left_the_window() {
        let mut log = RasterLog::new(10);
        for tick in 0..100 {
            log.push(tick, &[tick as u32]);
        }
        assert_eq!(log.spikes.len(), 11);
        let (times, neurons) = log.since(97, 0.5);
        assert_eq!((times, neurons), (vec![0.0, 0.5, 1.0], vec![97, 98, 99]));
    }
}
