//! Four pictures of our own, 256 × 256, made by arithmetic so that they are the same everywhere.
//!
//! *Shapes*: a smooth slope of brightness with a ball, a disc, a box and a triangle. *Texture*: sums of smooth random
//! fields, finer ones weaker, as in natural pictures. *Contrast*: rings, stripes and a chequerboard, nearly all of it black
//! or white. *Dim*: a night scene of which nothing is brighter than a quarter, but for the moon.

use super::greys::Greys;
use crate::{Stream, math};

/// Pixels across and down.
pub const SIDE: u32 = 256;

/// Which picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnPicture {
    /// Shapes on a slope.
    Shapes,
    /// A cloudy texture.
    Texture,
    /// Black and white.
    Contrast,
    /// A night scene.
    Dim,
}

/// Makes a picture.
pub fn own_picture(which: OwnPicture) -> Greys {
    match which {
        OwnPicture::Shapes => painted(shapes),
        OwnPicture::Texture => texture(),
        OwnPicture::Contrast => painted(contrast),
        OwnPicture::Dim => painted(dim),
    }
}

/// From brightness by place, both from 0 to 1; y grows downwards.
fn painted(of: fn(f64, f64) -> f64) -> Greys {
    let place = |idx: u32| (f64::from(idx) + 0.5) / f64::from(SIDE);
    Greys::of(SIDE, SIDE, |row, column| grey(of(place(column), place(row))))
}

fn grey(brightness: f64) -> u8 {
    (brightness.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// 1 inside and 0 outside, by the distance to an edge in pictures; a pixel and a half of it is blurred.
fn inside(distance: f64) -> f64 {
    (0.5 - distance * 170.0).clamp(0.0, 1.0)
}

fn between(a: f64, b: f64, share: f64) -> f64 {
    a + (b - a) * share
}

fn from_centre((x, y): (f64, f64), (cx, cy): (f64, f64)) -> f64 {
    ((x - cx) * (x - cx) + (y - cy) * (y - cy)).sqrt()
}

fn shapes(x: f64, y: f64) -> f64 {
    let mut value = 0.12 + 0.62 * x * (1.0 - 0.45 * y);
    // A shadow, and the ball that throws it, lit from above left.
    let shadow = from_centre((x, (y - 0.79) * 2.6), (0.4, 0.0));
    value *= 1.0 - 0.55 * inside((shadow - 0.2) * 0.12);
    let ball = from_centre((x, y), (0.32, 0.55));
    let light = 1.0 - from_centre((x, y), (0.25, 0.46)) / 0.34;
    value = between(value, 0.06 + 0.94 * light.max(0.0), inside(ball - 0.22));
    let disc = from_centre((x, y), (0.8, 0.2));
    value = between(value, 0.97, inside(disc - 0.11));
    value = between(value, 0.03, inside(disc - 0.055));
    let edges = [0.62 - x, x - 0.93, 0.6 - y, y - 0.9];
    let stripe = 0.3 + 0.5 * (((x - 0.62) / 0.31 * 5.0).floor() / 4.0);
    value = between(value, stripe, inside(edges.into_iter().fold(-1.0, f64::max)));
    let edges = [y - 0.4, 0.08 - y + (x - 0.5).abs() * 2.2];
    between(value, 0.18 + 0.4 * y, inside(edges.into_iter().fold(-1.0, f64::max)))
}

fn contrast(x: f64, y: f64) -> f64 {
    let is_even = |number: f64| (number.floor() as i64).rem_euclid(2) == 0;
    let light = match (x < 0.5, y < 0.5) {
        // Rings, narrower towards the edge.
        (true, true) => {
            let distance = from_centre((x, y), (0.25, 0.25));
            is_even(60.0 * distance * distance * 2.0)
        }
        (false, true) => is_even((x - 0.5) * 16.0) == is_even(y * 16.0),
        (true, false) => is_even((x + y) * 14.0),
        (false, false) => {
            let (dx, dy) = ((x - 0.75).abs(), (y - 0.75).abs());
            (dx < 0.05 || dy < 0.05 || from_centre((x, y), (0.75, 0.75)) > 0.21) != (dx + dy < 0.12)
        }
    };
    if light { 0.98 } else { 0.02 }
}

fn dim(x: f64, y: f64) -> f64 {
    let mut value = 0.03 + 0.1 * y;
    let moon = from_centre((x, y), (0.72, 0.2));
    value += 0.12 * math::exp_f64(-moon * moon * 30.0);
    value = between(value, 0.62, inside(moon - 0.075));
    for (height, size, turns, shade) in
        [(0.58, 0.07, 1.4, 0.11), (0.7, 0.05, 2.3, 0.07), (0.82, 0.03, 3.1, 0.035)]
    {
        let edge = height + size * math::sin_of_turns_f64(turns * x + 3.0 * height);
        value = between(value, shade + 0.05 * (y - height), inside(edge - y));
    }
    // A house with two lit windows.
    let wall = [0.16 - x, x - 0.36, 0.62 - y, y - 0.8].into_iter().fold(-1.0, f64::max);
    let roof = [y - 0.62, 0.5 - y + (x - 0.26).abs()].into_iter().fold(-1.0, f64::max);
    value = between(value, 0.16, inside(wall.min(roof)));
    for left in [0.19, 0.28] {
        let window =
            [left - x, x - left - 0.05, 0.66 - y, y - 0.72].into_iter().fold(-1.0, f64::max);
        value = between(value, 0.27, inside(window));
    }
    value
}

/// Straight interpolation between random knots, on finer and finer grids.
fn texture() -> Greys {
    let octaves: Vec<(u32, f64, Vec<f32>)> =
        [(2, 0.36), (5, 0.28), (13, 0.2), (31, 0.11), (79, 0.05)]
            .into_iter()
            .map(|(cells, share)| {
                // The same picture in every run.
                let mut stream = Stream::new(0, &format!("texture {cells}"));
                let num = (cells + 1) * (cells + 1);
                (cells, share, (0..num).map(|_| stream.uniform()).collect())
            })
            .collect();
    Greys::of(SIDE, SIDE, |row, column| {
        let sum: f64 = octaves
            .iter()
            .map(|(cells, share, knots)| share * field(*cells, knots, (row, column)))
            .sum();
        // Sums of many are all alike: spread out.
        grey(0.5 + 1.9 * (sum - 0.5))
    })
}

fn field(cells: u32, knots: &[f32], (row, column): (u32, u32)) -> f64 {
    let place = |idx: u32| f64::from(idx) / f64::from(SIDE) * f64::from(cells);
    let (x, y) = (place(column), place(row));
    let smooth = |share: f64| share * share * (3.0 - 2.0 * share);
    let (across, down) = (smooth(x - x.floor()), smooth(y - y.floor()));
    let knot = |down: u32, right: u32| {
        f64::from(knots[((y as u32 + down) * (cells + 1) + x as u32 + right) as usize])
    };
    let line = |row: u32| between(knot(row, 0), knot(row, 1), across);
    between(line(0), line(1), down)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Darkest, mean and brightest grey, and the share of greys between 26 and 229.
    fn told(which: OwnPicture) -> (u8, f64, u8, f64) {
        let picture = own_picture(which);
        assert_eq!((picture.columns, picture.rows, picture.len()), (SIDE, SIDE, 65_536));
        let num = picture.len() as f64;
        let mean = picture.values.iter().map(|g| f64::from(*g)).sum::<f64>() / num;
        let between = picture.values.iter().filter(|g| (26..=229).contains(*g)).count();
        let ends = (picture.values.iter().min(), picture.values.iter().max());
        (*ends.0.unwrap(), mean, *ends.1.unwrap(), between as f64 / num)
    }

    #[test]
    fn pictures_are_what_they_are_called() {
        let (low, mean, high, middle) = told(OwnPicture::Shapes);
        assert!(
            low < 20 && high > 240 && (80.0..150.0).contains(&mean) && middle > 0.8,
            "{mean} {middle}"
        );
        let (low, mean, high, middle) = told(OwnPicture::Texture);
        assert!(
            low < 30 && high > 225 && (90.0..165.0).contains(&mean) && middle > 0.9,
            "{low} {mean} {high} {middle}"
        );
        let (_, mean, _, middle) = told(OwnPicture::Contrast);
        assert!((90.0..165.0).contains(&mean) && middle < 0.01, "{mean} {middle}");
        let (_, mean, high, _) = told(OwnPicture::Dim);
        assert!(mean < 40.0 && high < 170, "{mean} {high}");
    }
}
