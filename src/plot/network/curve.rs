//! Curves of synapses.

use super::super::Rect;

/// Pieces in which a curve is looked for.
const PIECES: usize = 12;

/// A place along a curve, and the direction there.
pub(super) type Place = ((f64, f64), (f64, f64));

/// A cubic curve: from, two points that pull it, to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve([(f64, f64); 4]);

impl Curve {
    /// From left to right, level at both ends.
    pub fn across(from: (f64, f64), to: (f64, f64)) -> Self {
        let middle = (from.0 + to.0) / 2.0;
        Self([from, (middle, from.1), (middle, to.1), to])
    }

    /// An arc between two places that bulges to the right by about so much.
    pub fn arc(from: (f64, f64), to: (f64, f64), bulge: f64) -> Self {
        let pull = bulge / 0.75;
        Self([from, (from.0 + pull, from.1), (to.0 + pull, to.1), to])
    }

    /// Its first part, up to this share of its way.
    pub fn until(&self, share: f64) -> Self {
        let between =
            |a: (f64, f64), b: (f64, f64)| (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1));
        let [a, b, c, d] = self.0;
        let [ab, bc, cd] = [between(a, b), between(b, c), between(c, d)];
        let [abc, bcd] = [between(ab, bc), between(bc, cd)];
        Self([a, ab, abc, between(abc, bcd)])
    }

    /// The share of its way from which on it is no farther than this from its end.
    pub fn before_end(&self, distance: f64) -> f64 {
        const STEPS: u32 = 200;
        let end = self.end();
        let shares = (0..STEPS).rev().map(|step| f64::from(step) / f64::from(STEPS));
        let far = |share: &f64| {
            let (x, y) = self.at(*share);
            (x - end.0).hypot(y - end.1) >= distance
        };
        shares.into_iter().find(far).unwrap_or(0.0)
    }

    /// Where it is after this share of its way.
    pub fn at(&self, share: f64) -> (f64, f64) {
        let (t, u) = (share, 1.0 - share);
        let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        let sum = |of: fn(&(f64, f64)) -> f64| {
            self.0.iter().zip(weights).map(|(point, weight)| weight * of(point)).sum()
        };
        (sum(|p| p.0), sum(|p| p.1))
    }

    /// Where it ends.
    pub fn end(&self) -> (f64, f64) {
        self.0[3]
    }

    /// Places along it in so many pieces, each with the direction there.
    pub fn places(&self, pieces: usize) -> Vec<Place> {
        let place = |step: usize| {
            let share = step as f64 / pieces as f64;
            let (before, after) =
                (self.at((share - 0.02).max(0.0)), self.at((share + 0.02).min(1.0)));
            let (dx, dy) = (after.0 - before.0, after.1 - before.1);
            let length = dx.hypot(dy).max(1e-9);
            (self.at(share), (dx / length, dy / length))
        };
        (0..=pieces).map(place).collect()
    }

    /// How far a point is from it; None where it is far from the box around it.
    pub fn distance(&self, x: f64, y: f64, most: f64) -> Option<f64> {
        if !self.bounds().contains(x, y, most) {
            return None;
        }
        let mut least = f64::INFINITY;
        let mut last = self.at(0.0);
        for step in 1..=PIECES {
            let next = self.at(step as f64 / PIECES as f64);
            least = least.min(to_piece((x, y), last, next));
            last = next;
        }
        (least <= most).then_some(least)
    }

    fn bounds(&self) -> Rect {
        let ends = |of: fn(&(f64, f64)) -> f64| {
            let all = self.0.iter().map(of);
            (all.clone().fold(f64::INFINITY, f64::min), all.fold(f64::NEG_INFINITY, f64::max))
        };
        let ((left, right), (top, bottom)) = (ends(|p| p.0), ends(|p| p.1));
        Rect { x: left, y: top, width: right - left, height: bottom - top }
    }
}

/// How far a point is from a straight piece.
fn to_piece(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let along = (point.0 - from.0) * dx + (point.1 - from.1) * dy;
    let share = (along / (dx * dx + dy * dy).max(1e-9)).clamp(0.0, 1.0);
    (point.0 - from.0 - share * dx).hypot(point.1 - from.1 - share * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_goes_where_it_says() {
        let curve = Curve::across((10.0, 20.0), (110.0, 80.0));
        assert_eq!(curve.at(0.0), (10.0, 20.0));
        assert_eq!(curve.at(1.0), curve.end());
        let (x, y) = curve.at(0.5);
        assert!((x - 60.0).abs() < 1e-9 && (y - 50.0).abs() < 1e-9);
        assert!(curve.distance(60.0, 50.0, 4.0).unwrap() < 0.5);
        assert_eq!(curve.distance(60.0, 70.0, 4.0), None);
        assert_eq!(curve.distance(300.0, 50.0, 4.0), None);
        let arc = Curve::arc((0.0, 0.0), (0.0, 40.0), 12.0);
        assert!((arc.at(0.5).0 - 12.0).abs() < 1e-9);
        let (part, share) = (arc.until(0.6), 0.5);
        assert!((part.at(share).0 - arc.at(0.3).0).abs() < 1e-9);
        assert!((part.end().1 - arc.at(0.6).1).abs() < 1e-9);
        let (x, y) = arc.at(arc.before_end(10.0));
        assert!((x.hypot(y - 40.0) - 10.0).abs() < 0.5);
    }
}
