//! The shapes that a curve's lines are drawn in: bands, areas, single points, dashes.

use plotters::backend::DrawingBackend;

use super::Rect;
use super::axis::Map;
use super::lines::{self, Look};
use super::pen::Pen;
use super::theme::Colour;
use crate::record::figure::Line;

/// Where the points of a line are, in CSS pixels.
pub(super) fn points(
    line: &Line,
    (x_map, y_map): (Map, Map),
) -> impl DoubleEndedIterator<Item = (f64, f64)> {
    let count = line.x.len().min(line.y.len());
    let pairs = line.x[..count].iter().zip(&line.y[..count]);
    pairs.map(move |(x, y)| (x_map.px(f64::from(*x)), y_map.px(f64::from(*y))))
}

/// One polygon, there along the lower edge and back along the upper one.
pub(super) fn draw_band<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: Rect,
    line: &Line,
    (x_map, y_map): (Map, Map),
    colour: Colour,
) -> Result<(), String> {
    let place = |i: usize, y: f32| {
        let x = x_map.px(f64::from(line.x[i])).clamp(plot.x, plot.right());
        let y = y_map.px(f64::from(y)).clamp(plot.y, plot.bottom());
        (pen.device(x), pen.device(y))
    };
    let num = line.x.len().min(line.y.len()).min(line.errors.len());
    let is_finite = |i: &usize| line.y[*i].is_finite() && line.errors[*i].is_finite();
    let there = (0..num).filter(is_finite).map(|i| place(i, line.y[i]));
    let back = (0..num).rev().filter(is_finite).map(|i| place(i, line.y[i] + line.errors[i]));
    pen.polygon(there.chain(back).collect(), colour, 0.22)
}

/// What lies between a line and 0.
pub(super) fn draw_area<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: Rect,
    line: &Line,
    maps: (Map, Map),
    colour: Colour,
) -> Result<(), String> {
    let floor = maps.1.px(0.0).clamp(plot.y, plot.bottom());
    let is_shown = |(x, y): &(f64, f64)| x.is_finite() && y.is_finite();
    let inside = |(x, y): (f64, f64)| {
        let x = x.clamp(plot.x, plot.right());
        (pen.device(x), pen.device(y.clamp(plot.y, plot.bottom())))
    };
    let mut outline: Vec<(i32, i32)> = points(line, maps).filter(is_shown).map(inside).collect();
    let (Some(first), Some(last)) = (outline.first(), outline.last()) else { return Ok(()) };
    let floor = pen.device(floor);
    outline.extend([(last.0, floor), (first.0, floor)]);
    pen.polygon(outline, colour, 0.28)
}

/// Hollow dots with error bars, which end at the edge of the plot.
pub(super) fn draw_points<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: Rect,
    line: &Line,
    maps: (Map, Map),
    colour: Colour,
) -> Result<(), String> {
    for (i, (x, y)) in points(line, maps).enumerate() {
        if !plot.contains(x, y, 0.5) {
            continue;
        }
        if let Some(error) = line.errors.get(i).filter(|error| error.is_finite()) {
            let ends = [line.y[i] + error, line.y[i] - error];
            let [top, bottom] =
                ends.map(|end| maps.1.px(f64::from(end)).clamp(plot.y, plot.bottom()));
            pen.comb([x].into_iter(), (top, bottom), 1.25, colour, 0.8)?;
            for end in [top, bottom] {
                pen.across((x - 3.0, x + 3.0), end, colour)?;
            }
        }
        pen.dot(x, y, 4.0, colour)?;
        pen.dot(x, y, 2.5, pen.theme.surface)?;
    }
    Ok(())
}

/// Level lines are one primitive. Others are cut into dashes, which nobody has needed often.
pub(super) fn draw_dashed<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: Rect,
    line: &Line,
    maps: (Map, Map),
    (colour, thickness): (Colour, f64),
) -> Result<(), String> {
    let all: Vec<(f64, f64)> =
        points(line, maps).filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    let Some(&(first_x, first_y)) = all.first() else { return Ok(()) };
    if all.iter().all(|(_, y)| (y - first_y).abs() < 0.5) {
        let start = first_x.clamp(plot.x, plot.right());
        let end = all[all.len() - 1].0.clamp(start, plot.right());
        let y = first_y.clamp(plot.y, plot.bottom());
        return pen.dashes((start, end), y, colour);
    }
    let mut gone = 0.0;
    let dashed = all.windows(2).flat_map(|pair| {
        let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let length = (dx * dx + dy * dy).sqrt();
        let num_pieces = length.ceil().clamp(1.0, 2000.0) as u32;
        let start = gone;
        gone += length;
        (0..=num_pieces).map(move |piece| {
            let share = f64::from(piece) / f64::from(num_pieces);
            let is_gap = (start + share * length) % 8.0 > 4.5;
            let y = if is_gap { f64::NAN } else { pair[0].1 + share * dy };
            (pair[0].0 + share * dx, y)
        })
    });
    lines::draw(pen, plot, dashed, Look { thickness, colour, alpha: 1.0 })
}
