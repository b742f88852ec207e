//! Which neurons have a row in the figure of spikes, since 65,536 rows are more than a screen has.

use super::params::Sort;
use crate::kit::figure::Rows;
use crate::sim::encode::greys::Greys;

/// No row.
const NONE: u32 = u32::MAX;

/// Some neurons, from the lowest row up, and the row of each.
#[derive(Clone, Debug, PartialEq)]
pub struct RowMap {
    neurons: Vec<u32>,
    row_of: Vec<u32>,
}

impl RowMap {
    /// Up to `most` rows for a picture with `per_pixel` neurons for each pixel: of some pixels, evenly spread.
    pub fn new(picture: &Greys, per_pixel: u32, sort: Sort, most: u32) -> Self {
        let mut pixels: Vec<u32> = (0..picture.len() as u32).collect();
        if sort == Sort::Brightness {
            pixels.sort_by_key(|pixel| picture.values[*pixel as usize]);
        }
        let num = (most / per_pixel).clamp(1, pixels.len() as u32) as usize;
        // From the first to the last.
        let place = |row: usize| pixels[row * (pixels.len() - 1) / (num - 1).max(1)];
        let of_pixel = |pixel: u32| pixel * per_pixel..(pixel + 1) * per_pixel;
        let neurons: Vec<u32> = (0..num).map(place).flat_map(of_pixel).collect();
        let mut row_of = vec![NONE; picture.len() * per_pixel as usize];
        for (row, neuron) in (0..).zip(&neurons) {
            row_of[*neuron as usize] = row;
        }
        Self { neurons, row_of }
    }

    /// The row of a neuron, if it has one.
    pub fn row(&self, neuron: u32) -> Option<u32> {
        Some(self.row_of[neuron as usize]).filter(|row| *row != NONE)
    }

    /// Adds them to the rows of a figure, named in their middle. Gives the first.
    pub fn add_to(&self, rows: &mut Rows, label: &str, population: &str) -> u32 {
        let first = rows.num();
        for (place, neuron) in self.neurons.iter().enumerate() {
            let name = if place == self.neurons.len() / 2 { label } else { "" };
            rows.row(name, population, *neuron);
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_evenly_spread_and_sorted() {
        let picture = Greys::of(10, 10, |row, column| (255 - 10 * row - column) as u8);
        let by_number = RowMap::new(&picture, 1, Sort::Number, 12);
        assert_eq!(by_number.neurons, [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99]);
        let by_brightness = RowMap::new(&picture, 1, Sort::Brightness, 12);
        assert_eq!(by_brightness.neurons[..2], [99, 90]);
        assert_eq!((by_brightness.row(90), by_brightness.row(91)), (Some(1), None));
        let population = RowMap::new(&picture, 8, Sort::Number, 12);
        assert_eq!(population.neurons, [0, 1, 2, 3, 4, 5, 6, 7]);
        let all = RowMap::new(&picture, 1, Sort::Number, 1_000);
        assert!((0..100).all(|neuron| all.row(neuron) == Some(neuron)));
    }
}
