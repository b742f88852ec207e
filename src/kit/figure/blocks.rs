//! Lines with one value for each block of a run.

use crate::record::figure::{Line, LineStyle};

/// One value per block, at the end of each; `per_block` is how far a block reaches on the horizontal axis.
pub fn over_time(label: &str, values: &[f32], per_block: f64, style: LineStyle) -> Line {
    // In double precision, since late in a long run blocks would not lie evenly.
    let x = (1..=values.len()).map(|block| (block as f64 * per_block) as f32).collect();
    Line::new(label, x, values.to_vec(), style)
}

/// A line of one height from 0 to `end`.
pub fn level(label: &str, end: f32, height: f32) -> Line {
    Line::new(label, vec![0.0, end], vec![height; 2], LineStyle::Reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_at_the_end_of_its_block() {
        let line = over_time("w", &[3.0, 4.0], 0.1, LineStyle::Main);
        assert_eq!((line.x, line.y), (vec![0.1, 0.2], vec![3.0, 4.0]));
    }
}
