//! A curve through points that does not overshoot between them.
//!
//! **Equations.** Cubic Hermite polynomials through the points, whose slopes are weighted harmonic means of the secants on
//! either side, and 0 where these differ in sign: so the curve rises and falls only where the points do. At the ends the
//! slope is that of a parabola through three points, cut back where it would overshoot.
//!
//! **Source.** Fritsch and Carlson (1980, doi:10.1137/0717021), with the slopes of Fritsch and Butland (1984,
//! doi:10.1137/0905021): SciPy's `PchipInterpolator`.
//!
//! **Method.** Exact, value and integral, in double precision.

use get_size2::GetSize;

/// A curve, and 0 outside its points.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Monotone {
    /// Place, value and slope of each point, by place.
    points: Vec<[f64; 3]>,
}

impl Monotone {
    /// Through these points, each to the right of the one before.
    pub fn new(points: &[(f64, f64)]) -> Self {
        let num = points.len();
        let steps: Vec<f64> = points.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        let secants: Vec<f64> = points
            .windows(2)
            .zip(&steps)
            .map(|(pair, step)| (pair[1].1 - pair[0].1) / step)
            .collect();
        let slope = |place: usize| match num {
            0 | 1 => 0.0,
            2 => secants[0],
            _ if place == 0 => at_end([steps[0], steps[1]], [secants[0], secants[1]]),
            _ if place == num - 1 => {
                at_end([steps[num - 2], steps[num - 3]], [secants[num - 2], secants[num - 3]])
            }
            _ => inside([steps[place - 1], steps[place]], [secants[place - 1], secants[place]]),
        };
        let point = |(place, (x, y)): (usize, &(f64, f64))| [*x, *y, slope(place)];
        Self { points: points.iter().enumerate().map(point).collect() }
    }

    /// Its ends; both 0 where there is no point.
    pub fn ends(&self) -> [f64; 2] {
        let [first, last] = [self.points.first(), self.points.last()];
        [first, last].map(|point| point.map_or(0.0, |point| point[0]))
    }

    /// The value at `x`.
    pub fn at(&self, x: f64) -> f64 {
        let after = self.points.iter().position(|point| point[0] >= x);
        let Some(after) = after else { return 0.0 };
        let [x_1, y_1, d_1] = self.points[after];
        if x == x_1 {
            return y_1;
        }
        let Some(before) = after.checked_sub(1) else { return 0.0 };
        let [x_0, y_0, d_0] = self.points[before];
        let (h, t) = (x_1 - x_0, (x - x_0) / (x_1 - x_0));
        let u = 1.0 - t;
        u * u * ((1.0 + 2.0 * t) * y_0 + h * t * d_0)
            + t * t * ((3.0 - 2.0 * t) * y_1 - h * u * d_1)
    }

    /// The integral over all of it.
    pub fn integral(&self) -> f64 {
        let piece = |pair: &[[f64; 3]]| {
            let ([x_0, y_0, d_0], [x_1, y_1, d_1]) = (pair[0], pair[1]);
            let h = x_1 - x_0;
            h * (y_0 + y_1) / 2.0 + h * h * (d_0 - d_1) / 12.0
        };
        self.points.windows(2).map(piece).sum()
    }
}

/// The slope between two secants.
fn inside([h_0, h_1]: [f64; 2], [s_0, s_1]: [f64; 2]) -> f64 {
    if s_0 * s_1 <= 0.0 {
        return 0.0;
    }
    let (w_0, w_1) = (2.0 * h_1 + h_0, h_1 + 2.0 * h_0);
    (w_0 + w_1) / (w_0 / s_0 + w_1 / s_1)
}

/// The slope at an end, from the two secants next to it, the nearer first.
fn at_end([h_0, h_1]: [f64; 2], [s_0, s_1]: [f64; 2]) -> f64 {
    let slope = ((2.0 * h_0 + h_1) * s_0 - h_0 * s_1) / (h_0 + h_1);
    if slope * s_0 <= 0.0 {
        0.0
    } else if s_0 * s_1 <= 0.0 && slope.abs() > 3.0 * s_0.abs() {
        3.0 * s_0
    } else {
        slope
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINTS: [(f64, f64); 7] = [
        (-60.0, 0.0),
        (-35.0, -0.5),
        (-10.0, -2.0),
        (0.0, -2.5),
        (4.0, 3.0),
        (30.0, 1.0),
        (90.0, 1.0),
    ];

    #[test]
    fn it_goes_through_its_points_and_never_beyond_its_neighbours() {
        let curve = Monotone::new(&POINTS);
        for (x, y) in POINTS {
            assert_eq!(curve.at(x), y);
        }
        for pair in POINTS.windows(2) {
            let (low, high) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
            for part in 1..100 {
                let x = pair[0].0 + f64::from(part) / 100.0 * (pair[1].0 - pair[0].0);
                assert!(
                    (low - 1e-12..=high + 1e-12).contains(&curve.at(x)),
                    "{x}: {}",
                    curve.at(x)
                );
            }
        }
        assert_eq!([curve.at(-60.1), curve.at(90.1)], [0.0, 0.0]);
    }

    /// `scipy.interpolate.PchipInterpolator` through the same points, SciPy 1.17.1.
    #[test]
    fn values_and_integral_are_those_of_scipy() {
        let curve = Monotone::new(&POINTS);
        for (x, expected) in SCIPY {
            assert!(
                (curve.at(x) - expected).abs() < 1e-12,
                "{x}: {} and not {expected}",
                curve.at(x)
            );
        }
        assert!((curve.integral() - SCIPY_INTEGRAL).abs() < 1e-10, "{}", curve.integral());
    }

    const SCIPY: [(f64, f64); 6] = [
        (-50.0, -0.104),
        (-20.0, -1.350_153_846_153_845_8),
        (-4.0, -2.375_692_307_692_307_5),
        (1.0, -1.640_625),
        (10.0, 2.729_631_315_430_132),
        (50.0, 1.0),
    ];
    const SCIPY_INTEGRAL: f64 = 55.355_769_230_769_226;

    #[test]
    fn its_integral_is_that_of_its_values() {
        let curve = Monotone::new(&POINTS);
        let num = 1_500_000;
        let step = 150.0 / f64::from(num);
        let sum: f64 =
            (0..num).map(|place| curve.at(-60.0 + (f64::from(place) + 0.5) * step)).sum();
        assert!(
            (sum * step - curve.integral()).abs() < 1e-6,
            "{} {}",
            sum * step,
            curve.integral()
        );
    }

    #[test]
    fn one_point_and_two_are_curves_too() {
        let line = Monotone::new(&[(0.0, 1.0), (10.0, 3.0)]);
        assert_eq!((line.at(5.0), line.integral()), (2.0, 20.0));
        let point = Monotone::new(&[(3.0, 1.0)]);
        assert_eq!(
            (point.at(3.0), point.at(3.1), point.integral(), point.ends()),
            (1.0, 0.0, 0.0, [3.0; 2])
        );
        assert_eq!((Monotone::new(&[]).at(0.0), Monotone::new(&[]).ends()), (0.0, [0.0; 2]));
    }
}
