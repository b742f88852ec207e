//! How irregularly neurons fire: the intervals between the spikes of each.
//!
//! **Equation.** The coefficient of variation of a neuron is the standard deviation of its intervals over their mean: 0
//! for a clock, 1 for a Poisson process. With few intervals it comes out too small, and in a short recording neurons that
//! fire rarely have few: so it is told only of neurons with at least so many.

use get_size2::GetSize;

use crate::sim::Tick;

/// Sums over the intervals of each neuron, in ticks and without rounding.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Intervals {
    /// The tick after that of the last spike; 0 where there was none.
    after_last: Vec<u32>,
    num: Vec<u32>,
    sum: Vec<u32>,
    squares: Vec<u64>,
}

impl Intervals {
    /// Of neurons that have not fired yet.
    pub fn new(num_neurons: usize) -> Self {
        Self {
            after_last: vec![0; num_neurons],
            num: vec![0; num_neurons],
            sum: vec![0; num_neurons],
            squares: vec![0; num_neurons],
        }
    }

    /// Adds the neurons that fired in this tick, of the first 2³² − 1.
    pub fn add(&mut self, tick: Tick, fired: &[u32]) {
        let after = tick as u32 + 1;
        for &neuron in fired {
            let neuron = neuron as usize;
            let last = std::mem::replace(&mut self.after_last[neuron], after);
            if last > 0 {
                let interval = after - last;
                self.num[neuron] += 1;
                self.sum[neuron] += interval;
                self.squares[neuron] += u64::from(interval) * u64::from(interval);
            }
        }
    }

    /// The coefficients of variation of neurons with at least so many intervals.
    pub fn cvs(&self, least: u32) -> Vec<f32> {
        (0..self.num.len()).filter_map(|neuron| self.cv(neuron, least)).collect()
    }

    /// That of each neuron; not a number for those with fewer intervals.
    pub fn cv_of_each(&self, least: u32) -> Vec<f32> {
        (0..self.num.len()).map(|neuron| self.cv(neuron, least).unwrap_or(f32::NAN)).collect()
    }

    fn cv(&self, neuron: usize, least: u32) -> Option<f32> {
        if self.num[neuron] < least.max(1) {
            return None;
        }
        let num = f64::from(self.num[neuron]);
        let mean = f64::from(self.sum[neuron]) / num;
        let variance = self.squares[neuron] as f64 / num - mean * mean;
        Some((variance.max(0.0).sqrt() / mean) as f32)
    }

    /// The mean of these; not a number where there are none.
    pub fn mean_cv(&self, least: u32) -> f64 {
        let cvs = self.cvs(least);
        cvs.iter().copied().map(f64::from).sum::<f64>() / cvs.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Stream;

    #[test]
    fn clocks_have_none_and_chance_has_one() {
        let mut intervals = Intervals::new(3);
        let mut stream = Stream::new(1, "spikes");
        for tick in 0..200_000 {
            let mut fired = Vec::new();
            if tick % 50 == 7 {
                fired.push(0);
            }
            if stream.uniform() < 0.01 {
                fired.push(2);
            }
            intervals.add(tick, &fired);
        }
        let cvs = intervals.cvs(20);
        assert_eq!((cvs.len(), cvs[0]), (2, 0.0));
        // √(1 − p) for chance in steps; 2,000 intervals.
        assert!((cvs[1] - 0.995).abs() < 0.05, "{cvs:?}");
        assert!(Intervals::new(5).mean_cv(20).is_nan());
    }

    #[test]
    fn few_intervals_do_not_count() {
        let mut intervals = Intervals::new(1);
        (0..20).for_each(|spike| intervals.add(spike * 10, &[0]));
        assert_eq!((intervals.cvs(19).len(), intervals.cvs(20).len()), (1, 0));
    }

    #[test]
    fn alternating_intervals_have_the_cv_of_two_values() {
        let mut intervals = Intervals::new(1);
        let mut tick = 0;
        for spike in 0..2_001 {
            intervals.add(tick, &[0]);
            tick += if spike % 2 == 0 { 10 } else { 30 };
        }
        assert!((intervals.mean_cv(20) - 0.5).abs() < 1e-6);
    }
}
