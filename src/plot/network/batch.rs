//! Many shapes of one colour.
//!
//! What is seen through is one polygon, so that nothing is darker where two shapes overlap: they are joined by bridges
//! without width, which are crossed once in each direction. All shapes turn the same way, so that where two overlap nothing
//! is cut out. What covers is drawn shape by shape: that is faster, and a browser may leave a trace of a bridge.
//!
//! Hairlines are strokes: without a graphics processor hundreds of them as one polygon take ten times as long (26 ms, not
//! 2.4, for 300 curves of 0.7 px in Chromium on two cores).

use plotters::backend::DrawingBackend;

use super::super::pen::Pen;
use super::super::theme::Colour;
use super::curve::{Curve, Place};

/// Ribbons up to this thickness are strokes.
const HAIRLINE: f64 = 1.05;

/// Shapes of one colour, in device units.
#[derive(Default)]
pub(super) struct Batch {
    points: Vec<(i32, i32)>,
    /// Where in these each shape begins.
    starts: Vec<usize>,
    /// Hairlines, each with its thickness in CSS pixels.
    strokes: Vec<(Vec<(i32, i32)>, f64)>,
}

impl Batch {
    /// Adds a shape.
    fn push(&mut self, outline: impl Iterator<Item = (i32, i32)>) {
        let start = self.points.len();
        self.points.extend(outline);
        if let Some(first) = self.points.get(start).copied() {
            self.points.push(first);
            self.starts.push(start);
        }
    }

    /// A shape through these places, which must turn as all others do: down on the left, up on the right.
    pub fn outline<DB: DrawingBackend>(
        &mut self,
        pen: &Pen<'_, DB>,
        places: impl Iterator<Item = (f64, f64)>,
    ) {
        self.push(places.map(|(x, y)| pen.at(x, y)));
    }

    /// A rectangle around a place, with corners cut round.
    pub fn tile<DB: DrawingBackend>(
        &mut self,
        pen: &Pen<'_, DB>,
        (x, y): (f64, f64),
        (half_width, half_height): (f64, f64),
        round: f64,
    ) {
        let round = round.min(half_width).min(half_height);
        if round < 0.5 {
            let (w, h) = (half_width, half_height);
            let corners = [(-w, -h), (-w, h), (w, h), (w, -h)];
            return self.push(corners.iter().map(|(dx, dy)| pen.at(x + dx, y + dy)));
        }
        let corner = |(sx, sy): (f64, f64), turn: f64| {
            (0..4).map(move |step| {
                let angle = turn + f64::from(step) * std::f64::consts::FRAC_PI_6;
                let (dx, dy) = (libm::cos(angle) * round, -libm::sin(angle) * round);
                (x + sx * (half_width - round) + dx, y + sy * (half_height - round) + dy)
            })
        };
        use std::f64::consts::{FRAC_PI_2, PI};
        let outline = corner((1.0, 1.0), -FRAC_PI_2)
            .chain(corner((1.0, -1.0), 0.0))
            .chain(corner((-1.0, -1.0), FRAC_PI_2))
            .chain(corner((-1.0, 1.0), PI));
        self.push(outline.map(|(x, y)| pen.at(x, y)));
    }

    /// A disc.
    pub fn disc<DB: DrawingBackend>(&mut self, pen: &Pen<'_, DB>, (x, y): (f64, f64), radius: f64) {
        let num = if radius < 3.0 { 10 } else { 28 };
        let turn = std::f64::consts::TAU / f64::from(num);
        self.push((0..num).map(|step| {
            let angle = f64::from(step) * turn;
            pen.at(x + radius * libm::cos(angle), y - radius * libm::sin(angle))
        }));
    }

    /// A ribbon along a curve, in so many pieces.
    pub fn ribbon<DB: DrawingBackend>(
        &mut self,
        pen: &Pen<'_, DB>,
        (curve, pieces): (&Curve, usize),
        thickness: f64,
    ) {
        let places = curve.places(pieces);
        if thickness > HAIRLINE {
            return self.strip(pen, &places, thickness);
        }
        let points = places.into_iter().map(|((x, y), _)| pen.at(x, y)).collect();
        self.strokes.push((points, thickness));
    }

    /// A ribbon through places, each with the direction there.
    fn strip<DB: DrawingBackend>(&mut self, pen: &Pen<'_, DB>, places: &[Place], thickness: f64) {
        // Never thinner than what can be seen.
        let half = thickness.max(0.3) / 2.0;
        let side =
            |half: f64| move |((x, y), (dx, dy)): Place| pen.at(x - dy * half, y + dx * half);
        let there = places.iter().copied().map(side(half));
        let back = places.iter().rev().copied().map(side(-half));
        self.push(there.chain(back));
    }

    /// An arrow along a curve, whose head is so long.
    pub fn arrow<DB: DrawingBackend>(
        &mut self,
        pen: &Pen<'_, DB>,
        curve: &Curve,
        thickness: f64,
        length: f64,
    ) {
        // The head points from where the shaft enters it, however bent the curve is there.
        let share = curve.before_end(length);
        let ((x, y), back) = (curve.end(), curve.at(share));
        self.ribbon(pen, (&curve.until(share), 24), thickness);
        let (dx, dy) = ((x - back.0) / length, (y - back.1) / length);
        let half = 0.42 * length;
        let side = |half: f64| (back.0 - dy * half, back.1 + dx * half);
        let corners = [(x, y), side(-half), side(half)];
        self.push(corners.into_iter().map(|(x, y)| pen.at(x, y)));
    }

    /// Dashes along a curve, so many of them, with gaps as long.
    pub fn dashes<DB: DrawingBackend>(
        &mut self,
        pen: &Pen<'_, DB>,
        (curve, num): (&Curve, usize),
        thickness: f64,
    ) {
        // Each dash is two pieces, and so is each gap.
        let places = curve.places(4 * num - 2);
        for dash in places.chunks(4).filter_map(|places| places.get(..3)) {
            self.strip(pen, dash, thickness);
        }
    }

    /// Draws all of them.
    pub fn draw<DB: DrawingBackend>(
        mut self,
        pen: &Pen<'_, DB>,
        colour: Colour,
        alpha: f64,
    ) -> Result<(), String> {
        if alpha >= 1.0 {
            let ends = self.starts.iter().skip(1).copied().chain([self.points.len()]);
            for (start, end) in self.starts.iter().zip(ends) {
                pen.polygon(self.points[*start..end].to_vec(), colour, alpha)?;
            }
        } else {
            // Back over the bridges, so that they are crossed in both directions.
            for start in self.starts.iter().rev().skip(1) {
                self.points.push(self.points[*start]);
            }
            pen.polygon(self.points, colour, alpha)?;
        }
        self.strokes.into_iter().try_for_each(|(points, thickness)| {
            pen.hairline(points, thickness.max(0.3), colour, alpha)
        })
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::super::super::shapes::Shapes;
    use super::super::super::svg::{UNITS, drawn as svg_of};
    use super::super::super::{Scale, Theme};
    use super::*;

    /// What a batch becomes.
    fn drawn(alpha: f64, fill: impl FnOnce(&mut dyn FnMut(Shape))) -> Shapes {
        let document =
            svg_of((200 * UNITS, 100 * UNITS), ["200", "100"].map(String::from), |area| {
                let scale = Scale::svg(f64::from(UNITS));
                let theme = Theme::light();
                let pen = Pen::over(area, (200.0, 100.0), &theme, scale);
                let mut batch = Batch::default();
                fill(&mut |shape| match shape {
                    Shape::Tile(at, half) => batch.tile(&pen, at, half, 0.0),
                    Shape::Disc(at, radius) => batch.disc(&pen, at, radius),
                    Shape::Ribbon(curve, thickness) => batch.ribbon(&pen, (&curve, 20), thickness),
                });
                batch.draw(&pen, theme.input, alpha)
            });
        Shapes::read(&document.unwrap())
    }

    /// The points of the only polygon of a batch that is seen through.
    fn outline(fill: impl FnOnce(&mut dyn FnMut(Shape))) -> Vec<(f64, f64)> {
        let mut shapes = drawn(0.5, fill);
        assert_eq!(shapes.polygons.len(), 1);
        shapes.polygons.remove(0).points
    }

    enum Shape {
        Tile((f64, f64), (f64, f64)),
        Disc((f64, f64), f64),
        Ribbon(Curve, f64),
    }

    /// Positive where it turns as tiles do.
    fn area(points: &[(f64, f64)]) -> f64 {
        let next = points.iter().cycle().skip(1);
        points.iter().zip(next).map(|(a, b)| b.0 * a.1 - a.0 * b.1).sum::<f64>() / 2.0
    }

    #[test]
    fn bridges_between_shapes_have_no_area() {
        let places = [(20.0, 20.0), (150.0, 30.0), (90.0, 80.0)];
        let points = outline(|add| {
            places.into_iter().for_each(|at| add(Shape::Tile(at, (5.0, 4.0))));
        });
        assert!((area(&points) - 3.0 * 80.0).abs() < 1e-6, "{}", area(&points));
    }

    #[test]
    fn what_covers_is_drawn_shape_by_shape() {
        let shapes = drawn(1.0, |add| {
            add(Shape::Tile((20.0, 20.0), (5.0, 4.0)));
            add(Shape::Disc((150.0, 30.0), 10.0));
        });
        let areas = shapes.polygons.iter().map(|shape| area(&shape.points));
        let [tile, disc] = areas.collect::<Vec<_>>()[..] else { panic!("not two shapes") };
        assert!((tile - 80.0).abs() < 1e-6 && (disc - 314.0).abs() < 6.0, "{tile} and {disc}");
    }

    #[test]
    fn a_hairline_is_a_stroke() {
        let curve = || Curve::across((10.0, 20.0), (180.0, 80.0));
        let shapes = drawn(0.5, |add| add(Shape::Ribbon(curve(), 0.8)));
        assert_eq!((shapes.polygons.len(), shapes.strokes), (0, 1));
        let shapes = drawn(0.5, |add| add(Shape::Ribbon(curve(), 1.2)));
        assert_eq!((shapes.polygons.len(), shapes.strokes), (1, 0));
    }

    #[test]
    fn all_shapes_turn_the_same_way() {
        let tile = outline(|add| add(Shape::Tile((50.0, 50.0), (10.0, 10.0))));
        assert!((area(&tile) - 400.0).abs() < 1.0);
        let disc = outline(|add| add(Shape::Disc((50.0, 50.0), 10.0)));
        assert!((area(&disc) - 314.0).abs() < 6.0, "{}", area(&disc));
        for (from, to) in [((10.0, 20.0), (180.0, 80.0)), ((180.0, 80.0), (10.0, 20.0))] {
            let ribbon = outline(|add| add(Shape::Ribbon(Curve::across(from, to), 4.0)));
            assert!(area(&ribbon) > 600.0, "{}", area(&ribbon));
        }
    }
}
