//! How much an interval differs from the one before it, whatever the rate does in the long run.
//!
//! **Equations.** Of two intervals I and J of a neuron, one after the other: CV2 is the mean of 2 |J − I|/(J + I), LV that
//! of 3 (J − I)²/(J + I)². Both are 0 for a clock and 1 for a Poisson process. A rate that drifts slowly raises the
//! coefficient of variation and hardly these. They differ where intervals alternate: for I and J by turns, CV2 is the
//! CV times 2.
//!
//! **Source.** CV2: Holt, Softky, Koch and Douglas (1996, doi:10.1152/jn.1996.75.5.1806). LV: Shinomoto, Shima and Tanji
//! (2003, doi:10.1162/089976603322518759).

use get_size2::GetSize;

use crate::sim::Tick;

/// Sums over the pairs of intervals of each neuron.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct LocalVariation {
    num: Vec<u32>,
    /// Of |J − I|/(J + I), and of its square.
    sums: Vec<[f64; 2]>,
}

impl LocalVariation {
    /// Of neurons that have not fired yet.
    pub fn new(num_neurons: usize) -> Self {
        Self { num: vec![0; num_neurons], sums: vec![[0.0; 2]; num_neurons] }
    }

    /// A neuron has had these two intervals, one after the other.
    pub fn add(&mut self, neuron: usize, [before, interval]: [Tick; 2]) {
        let differs = before.abs_diff(interval) as f64 / (before + interval).max(1) as f64;
        self.num[neuron] += 1;
        self.sums[neuron][0] += differs;
        self.sums[neuron][1] += differs * differs;
    }

    /// CV2 and LV, averaged over neurons with at least so many pairs; not a number where there are none.
    pub fn means(&self, least: u32) -> [f64; 2] {
        let has_enough = |neuron: &usize| self.num[*neuron] >= least.max(1);
        let all: Vec<usize> = (0..self.num.len()).filter(has_enough).collect();
        let mean = |of: usize, factor: f64| {
            let own =
                |neuron: &usize| factor * self.sums[*neuron][of] / f64::from(self.num[*neuron]);
            all.iter().map(own).sum::<f64>() / all.len() as f64
        };
        [mean(0, 2.0), mean(1, 3.0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Stream, math};

    fn of(intervals: impl IntoIterator<Item = Tick>) -> [f64; 2] {
        let mut local = LocalVariation::new(2);
        let mut before = None;
        for interval in intervals {
            if let Some(before) = before.replace(interval) {
                local.add(1, [before, interval]);
            }
        }
        local.means(20)
    }

    #[test]
    fn clocks_have_none_and_alternating_intervals_what_two_values_give() {
        assert_eq!(of([50; 100]), [0.0, 0.0]);
        // 2 · 20/40, and 3 · (20/40)².
        let [cv2, lv] = of((0..100).map(|nth| if nth % 2 == 0 { 10 } else { 30 }));
        assert!((cv2 - 1.0).abs() < 1e-12 && (lv - 0.75).abs() < 1e-12, "{cv2} {lv}");
        assert!(of([5; 20]).iter().all(|value| value.is_nan()), "too few");
    }

    /// Of two exponential intervals (J − I)/(J + I) is uniform from −1 to 1, so that both means are 1. Of gamma intervals of
    /// order k it is a beta distribution, and LV is 3/(2k + 1). Standard errors over 100,000 pairs are below 0.004.
    #[test]
    fn chance_has_one_and_gamma_intervals_what_their_order_gives() {
        for (order, expected) in [(1, [1.0, 1.0]), (2, [0.75, 0.6]), (4, [0.546_875, 1.0 / 3.0])] {
            let mut stream = Stream::new(order, "intervals");
            let mut interval = || {
                let sum: f64 = (0..order).map(|_| -math::ln_f64(stream.uniform_above_0())).sum();
                (sum * 10_000.0) as Tick + 1
            };
            let found = of((0..100_001).map(|_| interval()));
            for (found, expected) in found.into_iter().zip(expected) {
                assert!((found - expected).abs() < 0.015, "{order}: {found} {expected}");
            }
        }
    }

    /// The rate falls to a tenth within the run: the CV sees it, neighbours hardly do.
    #[test]
    fn a_slow_drift_is_not_taken_for_irregularity() {
        let [cv2, lv] = of((0..1_000).map(|nth| 100 + nth));
        assert!(cv2 < 0.01 && lv < 1e-3, "{cv2} {lv}");
    }
}
