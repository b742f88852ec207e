//! Lines through many points as few and short strokes.
//!
//! Points on the same column of device pixels are reduced to the first, lowest, highest and last, which
//! draws the same pixels; level stretches are reduced to their ends.

use plotters::backend::DrawingBackend;

use super::Rect;
use super::pen::Pen;
use super::theme::Colour;

/// How a line looks.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub thickness: f64,
    pub colour: Colour,
    pub alpha: f64,
}

/// Draws a line through points in CSS pixels. It is interrupted where a point is not finite or lies
/// left or right of the plot, and kept at the edge where it leaves the plot upwards or downwards.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: Rect,
    points: impl Iterator<Item = (f64, f64)>,
    look: Look,
) -> Result<(), String> {
    let mut run = Run::default();
    for (x, y) in points {
        let is_shown = x >= plot.x - 0.5 && x <= plot.right() + 0.5 && y.is_finite();
        if is_shown {
            run.push(pen.device(x), pen.device(y.clamp(plot.y, plot.bottom())));
        } else {
            finish(pen, std::mem::take(&mut run), look)?;
        }
    }
    finish(pen, run, look)
}

fn finish<DB: DrawingBackend>(pen: &Pen<'_, DB>, mut run: Run, look: Look) -> Result<(), String> {
    run.close_column();
    // A single point has no stroke; as long as one is alone it is as short as it is wide.
    if let [(x, y)] = run.points[..] {
        run.points.push((x + pen.device(look.thickness).max(1), y));
    }
    if run.points.is_empty() {
        return Ok(());
    }
    pen.stroke(run.points, look.thickness, look.colour, look.alpha)
}

/// The part of a line between two interruptions.
#[derive(Default)]
struct Run {
    points: Vec<(i32, i32)>,
    column: Option<Column>,
}

/// What a line does within one column of device pixels.
struct Column {
    x: i32,
    first: i32,
    low: i32,
    high: i32,
    last: i32,
}

impl Run {
    fn push(&mut self, x: i32, y: i32) {
        if let Some(column) = self.column.as_mut().filter(|column| column.x == x) {
            column.low = column.low.min(y);
            column.high = column.high.max(y);
            column.last = y;
            return;
        }
        self.close_column();
        self.column = Some(Column { x, first: y, low: y, high: y, last: y });
    }

    fn close_column(&mut self) {
        let Some(Column { x, first, low, high, last }) = self.column.take() else { return };
        for y in [first, low, high, last] {
            if self.points.last() == Some(&(x, y)) {
                continue;
            }
            let is_level = matches!(self.points[..], [.., (_, b), (_, c)] if b == y && c == y);
            if is_level {
                self.points.pop();
            }
            self.points.push((x, y));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_extremes_and_drops_what_is_level() {
        let mut run = Run::default();
        for (x, y) in [(0, 5), (1, 5), (2, 5), (3, 5), (4, 1), (4, 9), (4, 3), (4, 5), (5, 5)] {
            run.push(x, y);
        }
        run.close_column();
        assert_eq!(run.points, [(0, 5), (3, 5), (4, 1), (4, 9), (4, 5), (5, 5)]);
    }
}
