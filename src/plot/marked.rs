//! What belongs to a neuron that is followed, marked above a figure.

use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::axis::Map;
use super::pen::Pen;
use super::{Layout, Rect, Scale, Theme, raster};
use crate::lab::Marked;
use crate::record::Figure;
use crate::record::figure::{Curve, Trace};

/// Thickness of frames and lines, and how far frames stay away.
const THICK: f64 = 2.5;
const FRAME: f64 = 2.0;
/// Height of ticks at the axis.
const TICK: f64 = 12.0;
/// A row of spikes is at least as high.
const LEAST_ROW: f64 = 5.0;

/// Marks parts of a figure that was drawn with this layout on the same area. Fails only where the backend does.
pub fn mark<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    layout: &Layout,
    figure: &Figure,
    marked: &Marked,
    theme: &Theme,
    scale: Scale,
) -> Result<(), String> {
    if marked.is_empty() {
        return Ok(());
    }
    let (width, height) = area.dim_in_pixel();
    let size = (f64::from(width) / scale.device, f64::from(height) / scale.device);
    let pen = Pen::over(area, size, theme, scale);
    for &item in &marked.items {
        match figure {
            Figure::Raster(spikes) => row(&pen, layout, item, raster::times_of(spikes, item))?,
            Figure::Trace(trace) => line(&pen, layout, samples(trace, item))?,
            Figure::Curve(curve) => line(&pen, layout, points(curve, item))?,
            Figure::Fields(_) | Figure::Matrix(_) | Figure::Lamps(_) => {
                if let Some(rect) = layout.items.get(item as usize) {
                    pen.frame(*rect, FRAME, theme.ink)?;
                }
            }
        }
    }
    if let Figure::Matrix(matrix) = figure {
        let num = matrix.column_labels.len().max(1) as f64;
        for &column in &marked.columns {
            let width = layout.plot.width / num;
            let x = layout.plot.x + f64::from(column) * width;
            pen.frame(Rect { x, width, ..layout.plot }, FRAME, theme.ink)?;
        }
    }
    if !marked.places.is_empty() {
        let x = marked.places.iter().map(|place| layout.px_of((*place).into()));
        let bottom = layout.plot.bottom();
        pen.comb(x, (bottom - TICK, bottom), THICK, theme.ink, 0.9)?;
    }
    Ok(())
}

/// A row of a raster: a band behind it, and its spikes again, larger.
fn row<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    layout: &Layout,
    row: u32,
    times_ms: impl Iterator<Item = f64>,
) -> Result<(), String> {
    let Some(rect) = layout.items.get(row as usize) else { return Ok(()) };
    let height = rect.height.max(LEAST_ROW);
    let (middle, right) = (rect.y + rect.height / 2.0, layout.plot.right());
    let (top, bottom) = (middle - height / 2.0, middle + height / 2.0);
    let corners = [(rect.x, top), (rect.x, bottom), (right, bottom), (right, top)];
    pen.polygon(corners.map(|(x, y)| pen.at(x, y)).to_vec(), pen.theme.accent, 0.22)?;
    let x = times_ms.map(|time| layout.px_of(time)).filter(|x| *x <= right);
    pen.comb(x, (top, bottom), THICK, pen.theme.ink, 1.0)?;
    // Which row it is can be seen from both sides.
    for (x, side) in [(layout.plot.x, 1.0), (right, -1.0)] {
        let tip = [(x - side * 5.0, middle - 4.0), (x - side * 5.0, middle + 4.0), (x, middle)];
        pen.polygon(tip.map(|(x, y)| pen.at(x, y)).to_vec(), pen.theme.ink, 1.0)?;
    }
    Ok(())
}

/// A line again, thicker and in front.
fn line<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    layout: &Layout,
    points: Vec<(f64, f64)>,
) -> Result<(), String> {
    let plot = layout.plot;
    let up = Map { value: layout.y_range, px: (plot.bottom(), plot.y) };
    let places = points.into_iter().map(|(x, y)| (layout.px_of(x), up.px(y)));
    let places: Vec<(f64, f64)> = places.collect();
    let is_inside = |(x, y): &(f64, f64)| {
        (plot.x - 1.0..=plot.right() + 1.0).contains(x)
            && (plot.y - 1.0..=plot.bottom() + 1.0).contains(y)
    };
    // What is not a number, or outside, parts it.
    for piece in places.split(|place| !is_inside(place)) {
        if piece.len() > 1 {
            let piece = piece.iter().map(|(x, y)| pen.at(*x, *y)).collect();
            pen.stroke(piece, THICK, pen.theme.ink, 0.9)?;
        }
    }
    Ok(())
}

fn samples(trace: &Trace, item: u32) -> Vec<(f64, f64)> {
    let Some(series) = trace.series.get(item as usize) else { return Vec::new() };
    let time = |sample: usize| trace.start_ms + sample as f64 * f64::from(trace.step_ms);
    let values = series.values.iter().enumerate();
    values.map(|(sample, value)| (time(sample), f64::from(*value))).collect()
}

fn points(curve: &Curve, item: u32) -> Vec<(f64, f64)> {
    let Some(line) = curve.lines.get(item as usize) else { return Vec::new() };
    line.x.iter().zip(&line.y).map(|(x, y)| (f64::from(*x), f64::from(*y))).collect()
}

#[cfg(test)]
mod tests {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};

    use super::super::samples::{gallery, layout_of};
    use super::super::shapes::Shapes;
    use super::*;

    /// Only the marks, in units of which 8 are a pixel.
    fn marks(figure: &Figure, marked: &Marked) -> Shapes {
        let layout = layout_of(figure, 640, 260);
        let mut document = String::new();
        {
            let area = SVGBackend::with_string(&mut document, (5_120, 2_080)).into_drawing_area();
            mark(&area, &layout, figure, marked, &Theme::light(), Scale::svg(8.0)).unwrap();
        }
        Shapes::read(&document)
    }

    #[test]
    fn every_item_of_every_figure_can_be_marked_and_stays_inside() {
        for (panel, figure) in gallery() {
            if matches!(figure, Figure::Lamps(_)) {
                continue;
            }
            let all = Marked { items: (0..9).collect(), columns: vec![0], places: Vec::new() };
            let shapes = marks(&figure, &all);
            let outside = shapes.outside(5_120, 2_080);
            assert!(outside.is_empty(), "{}: {outside:?}", panel.key);
            assert!(
                !shapes.polygons.is_empty() || shapes.strokes + shapes.rects > 0,
                "{}",
                panel.key
            );
            assert!(marks(&figure, &Marked::default()).polygons.is_empty(), "{}", panel.key);
        }
    }
}
