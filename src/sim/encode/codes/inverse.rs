//! Reads a brightness from a number that grows with it, by a table of what every grey gives without noise.

use get_size2::GetSize;

/// Pairs of number and brightness, in the order of the numbers.
#[derive(Clone, Debug, Default, PartialEq, GetSize)]
pub(super) struct Inverse(Vec<(f32, f32)>);

impl Inverse {
    /// Of pairs in any order. Greys that give the same number are read as their mean.
    pub fn new(pairs: impl Iterator<Item = (f32, f32)>) -> Self {
        let mut all: Vec<(f32, f32)> = pairs.collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let same = all.chunk_by(|a, b| a.0 == b.0);
        Self(
            same.map(|of| (of[0].0, of.iter().map(|p| p.1).sum::<f32>() / of.len() as f32))
                .collect(),
        )
    }

    /// Straight between two entries, and that of the ends beyond them.
    pub fn at(&self, number: f32) -> f32 {
        let above = self.0.partition_point(|(known, _)| *known < number);
        match (above.checked_sub(1).map(|below| self.0[below]), self.0.get(above)) {
            (Some(low), Some(high)) => {
                low.1 + (high.1 - low.1) * (number - low.0) / (high.0 - low.0)
            }
            (Some(only), None) | (None, Some(&only)) => only.1,
            (None, None) => 0.5,
        }
    }
}
