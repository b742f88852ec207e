//! Measures the rate and the mean pairwise correlation of a group of spike trains.
//!
//! **Equation.** With n_i the count of train i in a bin and S = Σ n_i, the mean covariance of a pair is
//! (Var S − Σ Var n_i)/(N (N − 1)); divided by the mean variance it is the mean pairwise correlation. So one
//! sum per bin does what N² products would.

use get_size2::GetSize;

use crate::sim::Tick;

/// Counts the spikes of one group.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Meter {
    bin_ticks: Tick,
    bin_end: Tick,
    /// Spikes of each train, in all and in this bin.
    totals: Vec<u32>,
    in_bin: Vec<u32>,
    touched: Vec<u32>,
    num_bins: u64,
    sum: u64,
    sum_of_squares: u64,
    /// Σ over trains and bins of the squared count.
    squares: u64,
    /// How often that many trains fired in one tick.
    at_once: Vec<u32>,
}

impl Meter {
    /// A meter for `num` trains that counts in bins of `bin_ticks`.
    pub fn new(num: u32, bin_ticks: Tick) -> Self {
        let num = num as usize;
        Self {
            bin_ticks: bin_ticks.max(1),
            bin_end: bin_ticks.max(1),
            totals: vec![0; num],
            in_bin: vec![0; num],
            touched: Vec::new(),
            num_bins: 0,
            sum: 0,
            sum_of_squares: 0,
            squares: 0,
            at_once: vec![0; num + 1],
        }
    }

    /// Adds the trains that fired in `tick`, which follow one another; `spikes` are from `first` on.
    #[inline]
    pub fn add(&mut self, tick: Tick, spikes: &[u32], first: u32) {
        if self.bin_ticks == 1 {
            return self.add_bin(spikes, first);
        }
        for &id in spikes {
            let train = (id - first) as usize;
            self.totals[train] += 1;
            let count = &mut self.in_bin[train];
            if *count == 0 {
                self.touched.push(train as u32);
            }
            // (n + 1)² − n²
            self.squares += u64::from(2 * *count + 1);
            *count += 1;
        }
        if !spikes.is_empty() {
            self.at_once[spikes.len()] += 1;
        }
        if tick + 1 == self.bin_end {
            self.end_bin();
        }
    }

    /// The same for a tick that is a bin, in which a train that fires twice does so in a row.
    #[inline]
    fn add_bin(&mut self, spikes: &[u32], first: u32) {
        let (mut last, mut count) = (u32::MAX, 0);
        for &id in spikes {
            self.totals[(id - first) as usize] += 1;
            count = if id == last { count + 1 } else { 1 };
            self.squares += 2 * count - 1;
            last = id;
        }
        let num = spikes.len() as u64;
        if num > 0 {
            self.at_once[num as usize] += 1;
        }
        self.sum += num;
        self.sum_of_squares += num * num;
        self.num_bins += 1;
        self.bin_end += 1;
    }

    #[inline]
    fn end_bin(&mut self) {
        let mut sum = 0;
        for &train in &self.touched {
            sum += u64::from(self.in_bin[train as usize]);
            self.in_bin[train as usize] = 0;
        }
        self.touched.clear();
        self.sum += sum;
        self.sum_of_squares += sum * sum;
        self.num_bins += 1;
        self.bin_end += self.bin_ticks;
    }

    /// Mean rate of a train.
    pub fn rate_hz(&self, dt_ms: f64) -> f64 {
        let seconds = self.num_bins as f64 * self.bin_ticks as f64 * dt_ms / 1_000.0;
        if seconds > 0.0 { self.sum as f64 / self.totals.len() as f64 / seconds } else { 0.0 }
    }

    /// Mean pairwise correlation of counts; 0 before there is anything to compare.
    pub fn correlation(&self) -> f64 {
        let (num, bins) = (self.totals.len() as f64, self.num_bins as f64);
        let mean = self.sum as f64 / bins;
        let of_sum = self.sum_of_squares as f64 / bins - mean * mean;
        let squared_means: f64 =
            self.totals.iter().map(|&n| f64::from(n) / bins).map(|mean| mean * mean).sum();
        let variances = self.squares as f64 / bins - squared_means;
        let correlation = (of_sum - variances) / ((num - 1.0) * variances);
        if correlation.is_finite() { correlation } else { 0.0 }
    }

    /// How often 1, 2, … trains fired in one tick, per second.
    pub fn at_once_hz(&self, dt_ms: f64) -> impl Iterator<Item = f64> {
        let seconds = self.num_bins as f64 * self.bin_ticks as f64 * dt_ms / 1_000.0;
        self.at_once[1..].iter().map(move |&n| f64::from(n) / seconds.max(1e-9))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition: every pair, every bin.
    fn by_definition(counts: &[[f64; 3]]) -> f64 {
        let bins = counts.len() as f64;
        let mean = |i: usize| counts.iter().map(|c| c[i]).sum::<f64>() / bins;
        let covariance = |i: usize, j: usize| {
            counts.iter().map(|c| c[i] * c[j]).sum::<f64>() / bins - mean(i) * mean(j)
        };
        let pairs = (covariance(0, 1) + covariance(0, 2) + covariance(1, 2)) / 3.0;
        pairs / ((covariance(0, 0) + covariance(1, 1) + covariance(2, 2)) / 3.0)
    }

    #[test]
    fn one_sum_does_what_all_pairs_would() {
        let bins: [&[&[u32]]; 5] =
            [&[&[0, 1], &[0]], &[&[], &[1, 2]], &[&[], &[]], &[&[0, 1, 2], &[2]], &[&[0], &[]]];
        let mut meter = Meter::new(3, 2);
        let mut counts = Vec::new();
        for (bin, ticks) in (0..).zip(bins) {
            let mut count = [0.0; 3];
            for (place, spikes) in (0..).zip(ticks) {
                let shifted: Vec<u32> = spikes.iter().map(|id| id + 7).collect();
                meter.add(2 * bin + place, &shifted, 7);
                spikes.iter().for_each(|&id| count[id as usize] += 1.0);
            }
            counts.push(count);
        }
        assert!((meter.correlation() - by_definition(&counts)).abs() < 1e-12);
        // Ten spikes of three trains in ten ticks of 1 ms.
        assert!((meter.rate_hz(1.0) - 10.0 / 3.0 / 0.01).abs() < 1e-9);
        assert_eq!(meter.at_once_hz(1.0).collect::<Vec<_>>(), [300.0, 200.0, 100.0]);
    }
    #[test]
    fn bins_of_one_tick_are_as_any_other() {
        // Doubles, crowds and silence; in bins of two ticks every other tick is empty.
        let ticks: [&[u32]; 5] = [&[0, 1, 1], &[], &[2], &[0, 1, 2], &[1, 1]];
        let (mut one, mut two) = (Meter::new(5, 1), Meter::new(5, 2));
        for (tick, spikes) in (0..).zip(ticks) {
            one.add(tick, spikes, 0);
            two.add(2 * tick, spikes, 0);
            two.add(2 * tick + 1, &[], 0);
        }
        assert_eq!(one.correlation(), two.correlation());
        assert_eq!((one.sum, one.squares, &one.totals), (9, 13, &two.totals));
        assert_eq!((one.sum_of_squares, one.num_bins), (two.sum_of_squares, two.num_bins));
    }
}
