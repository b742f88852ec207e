//! Pictures in greys from 0 to 255, row by row from the top, and smaller copies of them.

use std::sync::Arc;

use get_size2::GetSize;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, GetSize)]
pub struct Greys {
    /// Pixels across.
    pub columns: u32,
    /// Pixels down.
    pub rows: u32,
    /// One grey per pixel.
    #[get_size(ignore)]
    pub values: Arc<[u8]>,
}

/// What becomes of a block of pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// Its mean, rounded.
    Mean,
    /// Its brightest.
    Max,
    /// Its darkest.
    Min,
}

impl Greys {
    /// A picture whose pixels are told by row and column.
    pub fn of(columns: u32, rows: u32, grey: impl Fn(u32, u32) -> u8) -> Self {
        let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Self { columns, rows, values: places.map(|(row, column)| grey(row, column)).collect() }
    }

    /// Pixels.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One pixel for each block of `side` × `side`; what is left at the right and lower edges is cut off. A picture that is
    /// smaller than a block stays as it is.
    pub fn pooled(&self, side: u32, pooling: Pooling) -> Self {
        if side <= 1 || self.columns < side || self.rows < side {
            return self.clone();
        }
        Self::of(self.columns / side, self.rows / side, |row, column| {
            let line = |down: u32| {
                let first = ((row * side + down) * self.columns + column * side) as usize;
                &self.values[first..first + side as usize]
            };
            let block = (0..side).flat_map(line).copied();
            match pooling {
                Pooling::Max => block.max().unwrap_or(0),
                Pooling::Min => block.min().unwrap_or(0),
                Pooling::Mean => {
                    let sum: u32 = block.map(u32::from).sum();
                    ((sum + side * side / 2) / (side * side)) as u8
                }
            }
        })
    }

    /// Each pixel as a block of `times` × `times`.
    pub fn enlarged(&self, times: u32) -> Self {
        Self::of(self.columns * times, self.rows * times, |row, column| {
            self.values[(row / times * self.columns + column / times) as usize]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_their_mean_their_brightest_or_their_darkest() {
        let picture = Greys::of(5, 4, |row, column| (10 * row + column) as u8);
        let pooled = |pooling| picture.pooled(2, pooling).values.to_vec();
        // 0 1 10 11, 2 3 12 13, 20 21 30 31, 22 23 32 33; the fifth column is cut off.
        assert_eq!(pooled(Pooling::Mean), [6, 8, 26, 28]);
        assert_eq!(pooled(Pooling::Max), [11, 13, 31, 33]);
        assert_eq!(pooled(Pooling::Min), [0, 2, 20, 22]);
        assert_eq!(picture.pooled(8, Pooling::Mean), picture);
        let enlarged = Greys::of(2, 1, |_, column| column as u8).enlarged(2);
        assert_eq!(enlarged.values.to_vec(), [0, 0, 1, 1, 0, 0, 1, 1]);
    }
}
