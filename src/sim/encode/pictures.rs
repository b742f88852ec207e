//! Two pictures as the published program feeds them: its spike trains are re-shaped instead of transposed.
//!
//! **Encoder.** A pixel of grey g has r = 0.3 g/256. Its intervals are drawn from a Poisson distribution of mean
//! 1/r, zeros count as 1, and the spikes are the running sum of the intervals.
//!
//! **What goes wrong.** The table of 700 steps × 65,536 pixels is read as 65,536 rows of 700. So in iteration k input j
//! gets what pixel (700 k + j) mod 65,536 does in step ⌊(700 k + j)/65,536⌋, which is 0 to 7: the four inputs of a group
//! run over the picture in big leaps, and see only the first eight steps of every train.
//!
//! **Deviation.** The program's pictures (a bird, a bridge) are not ours to copy. These are smooth random textures with
//! the same range of greys (11 to 212, 0 to 255), the second one of finer grain.

use get_size2::GetSize;

use crate::{Stream, Tick, math};

/// Pixels across and down.
pub const SIDE: usize = 256;
/// Steps of the encoder, and the width at which its table is read wrongly.
pub const STEPS: u64 = 700;
/// Spikes per step of a white pixel.
pub const RATIO: f64 = 0.3;
/// Above this mean interval no spike comes within eight steps: less than once in 10¹⁵.
const LONGEST_MEAN: f64 = 60.0;

/// A smooth random texture.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Picture {
    cells: u32,
    greys: (f32, f32),
    /// `(cells + 1)²` knots between 0 and 1.
    knots: Vec<f32>,
}

impl Picture {
    fn new(name: &str, cells: u32, greys: (f32, f32)) -> Self {
        // The same picture in every run.
        let mut stream = Stream::new(0, name);
        let knots = (0..(cells + 1) * (cells + 1)).map(|_| stream.uniform()).collect();
        Self { cells, greys, knots }
    }

    /// The grey of a pixel, by straight interpolation between knots.
    fn grey(&self, pixel: usize) -> f32 {
        let per_cell = SIDE / self.cells as usize;
        let (row, column) = (pixel / SIDE, pixel % SIDE);
        let knot = |down: usize, right: usize| {
            let line = row / per_cell + down;
            self.knots[line * (self.cells as usize + 1) + column / per_cell + right]
        };
        let share = |place: usize| (place % per_cell) as f32 / per_cell as f32;
        let across = |down: usize| knot(down, 0) + (knot(down, 1) - knot(down, 0)) * share(column);
        let value = across(0) + (across(1) - across(0)) * share(row);
        self.greys.0 + (self.greys.1 - self.greys.0) * value
    }
}

/// The spikes of both groups.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Pictures {
    pictures: [Picture; 2],
    intervals: Stream,
}

impl Pictures {
    /// Both pictures, and a stream for intervals.
    pub fn new(intervals: Stream) -> Self {
        let pictures =
            [Picture::new("bird", 4, (11.0, 212.0)), Picture::new("bridge", 16, (0.0, 255.0))];
        Self { pictures, intervals }
    }

    /// Gathers the inputs that fire in iteration `tick`: four of each picture.
    pub fn fire(&mut self, tick: Tick, fired: &mut Vec<u32>) {
        fired.clear();
        for (group, picture) in (0..).zip(&self.pictures) {
            for input in 0..4 {
                let place = STEPS * tick + u64::from(input);
                let pixels = (SIDE * SIDE) as u64;
                let grey = f64::from(picture.grey((place % pixels) as usize));
                if fires(RATIO * grey / 256.0, place / pixels, &mut self.intervals) {
                    fired.push(4 * group + input);
                }
            }
        }
    }
}

/// Whether a train of rate `r` per step has a spike in `step`.
fn fires(r: f64, step: u64, stream: &mut Stream) -> bool {
    if r * LONGEST_MEAN < 1.0 {
        return false;
    }
    let mut next = 0;
    while next <= step {
        next += poisson(1.0 / r, stream).max(1);
        if next == step + 1 {
            return true;
        }
    }
    false
}

/// A Poisson variate by Knuth's products; `mean` must be moderate.
fn poisson(mean: f64, stream: &mut Stream) -> u64 {
    let (limit, mut product, mut count) = (math::exp_f64(-mean), 1.0, 0);
    loop {
        product *= stream.uniform_above_0();
        if product <= limit {
            return count;
        }
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_fill_their_range() {
        for (name, cells, greys) in [("bird", 4, (11.0, 212.0)), ("bridge", 16, (0.0, 255.0))] {
            let picture = Picture::new(name, cells, greys);
            let all: Vec<f32> = (0..SIDE * SIDE).map(|pixel| picture.grey(pixel)).collect();
            assert!(all.iter().all(|g| (greys.0..=greys.1).contains(g)));
            let mean = all.iter().sum::<f32>() / all.len() as f32;
            let middle = (greys.0 + greys.1) / 2.0;
            assert!((mean - middle).abs() < 40.0, "{name}: {mean}");
            let neighbours = (0..SIDE - 1).map(|x| (all[x] - all[x + 1]).abs());
            assert!(neighbours.fold(0.0, f32::max) < 20.0, "{name} is not smooth");
        }
    }

    #[test]
    fn intervals_are_those_of_the_encoder() {
        let mut stream = Stream::new(1, "intervals");
        // A spike in step 0 is an interval of 0 or 1: e^(−m) (1 + m).
        let (r, num) = (0.3, 100_000);
        let hits = (0..num).filter(|_| fires(r, 0, &mut stream)).count();
        let mean = 1.0 / r;
        let expected = math::exp_f64(-mean) * (1.0 + mean);
        assert!((hits as f64 / f64::from(num) - expected).abs() < 0.005, "{hits} {expected}");
        let mean: f64 = (0..20_000).map(|_| poisson(3.3, &mut stream) as f64).sum::<f64>() / 2e4;
        assert!((mean - 3.3).abs() < 0.05, "{mean}");
        assert!(!fires(0.01, 7, &mut stream));
    }
}
