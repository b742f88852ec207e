//! Histograms: the share of values in each of some equal bins.

use std::borrow::Borrow;

use crate::record::figure::{Line, LineStyle};

/// Equal bins from `low` to `high`. Values outside count in the first or the last.
#[derive(Clone, Copy, Debug)]
pub struct Histogram {
    /// Left end.
    pub low: f32,
    /// Right end.
    pub high: f32,
    /// How many bins.
    pub num_bins: usize,
}

impl Histogram {
    fn bin_width(&self) -> f32 {
        (self.high - self.low) / self.num_bins as f32
    }

    /// The bin in which a value counts.
    pub fn bin_of(&self, value: f32) -> usize {
        // A cast takes what is below 0, or not a number, for 0.
        (((value - self.low) / self.bin_width()) as usize).min(self.num_bins - 1)
    }

    /// The share of `values` in each bin; all 0 where there are none.
    pub fn shares(&self, values: impl IntoIterator<Item = impl Borrow<f32>>) -> Vec<f32> {
        let mut counts = vec![0_u32; self.num_bins];
        values.into_iter().for_each(|value| counts[self.bin_of(*value.borrow())] += 1);
        let num = counts.iter().sum::<u32>().max(1) as f32;
        counts.into_iter().map(|count| count as f32 / num).collect()
    }

    /// The shares as a stepped outline, filled.
    pub fn outline(&self, label: &str, values: impl IntoIterator<Item = impl Borrow<f32>>) -> Line {
        self.stepped(label, &self.shares(values), LineStyle::Filled)
    }

    /// These shares as a stepped outline.
    pub fn stepped(&self, label: &str, shares: &[f32], style: LineStyle) -> Line {
        let mut line = Line::new(label, Vec::new(), Vec::new(), style);
        for (bin, share) in shares.iter().enumerate() {
            for edge in [bin, bin + 1] {
                line.x.push(self.low + edge as f32 * self.bin_width());
                line.y.push(*share);
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_counts_once_in_its_bin() {
        let histogram = Histogram { low: -1.0, high: 1.0, num_bins: 4 };
        let values = [-5.0, -1.0, -0.6, -0.5, 0.0, 0.49, 0.99, 1.0, 7.0, 0.2];
        assert_eq!(histogram.shares(values), [0.3, 0.1, 0.3, 0.3]);
        let line = histogram.outline("w", values);
        assert_eq!(line.x, [-1.0, -0.5, -0.5, 0.0, 0.0, 0.5, 0.5, 1.0]);
        assert_eq!(line.y, [0.3, 0.3, 0.1, 0.1, 0.3, 0.3, 0.3, 0.3]);
        assert_eq!(histogram.shares([0.0; 0]), [0.0; 4]);
    }
}
