//! Curves: lines over any quantity, such as the hit rate over presentations, with other seeds faint
//! behind them, levels to compare with dashed, and single points that have a name.

use plotters::backend::DrawingBackend;

use super::axis::{self, Map, Ticks};
use super::lines::{self, Look};
use super::names::{self, Crowd, Name};
use super::order::sort_few;
use super::pen::{Align, Pen};
use super::theme::Colour;
use super::{Hit, Layout, Rect};
use crate::lab::Panel;
use crate::record::figure::{Curve, Line, LineStyle};

/// How near to a mark or a faint line the pointer has to be.
const REACH: f64 = 8.0;

pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    curve: &Curve,
) -> Result<Layout, String> {
    let head = pen.row() + 8.0;
    let wide = |range: (f32, f32)| axis::usable((f64::from(range.0), f64::from(range.1)));
    let y_range = wide(curve.y_range);
    let ticks = Ticks::new(y_range, axis::y_count(pen.height - head - 30.0), panel.y.unit);
    let right = names::room_at_right(pen, named(curve).map(|(_, line)| line.label.clone()));
    let left = axis::y_room(pen, &ticks);
    let plot = axis::plot_rect(pen, left, right.unwrap_or(0.0).max(6.0), head, panel.x);
    let mut layout = Layout::new(panel, plot);
    layout.x_range = wide(curve.x_range);
    layout.y_range = y_range;

    let (x_map, y_map) = maps(&layout);
    axis::draw_y(pen, plot, y_map, &ticks)?;
    draw_lines(pen, curve, plot, (x_map, y_map))?;
    draw_names(pen, panel, curve, &layout, right.is_some())?;
    axis::draw_x(pen, plot, x_map, panel.x)?;
    Ok(layout)
}

fn maps(layout: &Layout) -> (Map, Map) {
    let plot = layout.plot;
    (
        Map { value: layout.x_range, px: (plot.x, plot.right()) },
        Map { value: layout.y_range, px: (plot.bottom(), plot.y) },
    )
}

fn points(line: &Line, (x_map, y_map): (Map, Map)) -> impl DoubleEndedIterator<Item = (f64, f64)> {
    let count = line.x.len().min(line.y.len());
    let pairs = line.x[..count].iter().zip(&line.y[..count]);
    pairs.map(move |(x, y)| (x_map.px(f64::from(*x)), y_map.px(f64::from(*y))))
}

/// Lines with a name worth writing: of faint lines only the first, and only if all are called the same.
fn named(curve: &Curve) -> impl Iterator<Item = (usize, &Line)> {
    let mut faint = curve.lines.iter().filter(|l| l.style == LineStyle::Faint);
    let first = curve.lines.iter().position(|l| l.style == LineStyle::Faint);
    let shared = first.filter(|first| faint.all(|l| l.label == curve.lines[*first].label));
    let lines = curve.lines.iter().enumerate();
    lines.filter(move |(idx, l)| {
        let is_named = match l.style {
            LineStyle::Faint => shared == Some(*idx),
            style => !matches!(style, LineStyle::Member | LineStyle::Band),
        };
        is_named && !l.label.is_empty()
    })
}

fn colour<DB: DrawingBackend>(pen: &Pen<'_, DB>, curve: &Curve, idx: usize) -> Colour {
    let Line { label, style, .. } = &curve.lines[idx];
    match *style {
        // Points have the colour of the main line that they belong to.
        LineStyle::Main | LineStyle::Points => {
            pen.theme.line(curve.lines[..idx].iter().filter(|line| line.style == *style).count())
        }
        LineStyle::Member | LineStyle::Band => {
            let mut mains = curve.lines.iter().filter(|line| line.style == LineStyle::Main);
            pen.theme.line(mains.position(|main| main.label == *label).unwrap_or(0))
        }
        LineStyle::Faint | LineStyle::Reference => pen.theme.muted,
    }
}

fn draw_lines<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    curve: &Curve,
    plot: Rect,
    maps: (Map, Map),
) -> Result<(), String> {
    let mut order: Vec<usize> = (0..curve.lines.len()).rev().collect();
    sort_few(&mut order, &|idx| match curve.lines[*idx].style {
        LineStyle::Band => -1.0,
        LineStyle::Faint | LineStyle::Member => 0.0,
        LineStyle::Main => 1.0,
        // Dashes leave a main line that follows them to be seen.
        LineStyle::Reference => 2.0,
        LineStyle::Points => 3.0,
    });
    for idx in order {
        let line = &curve.lines[idx];
        let colour = colour(pen, curve, idx);
        match line.style {
            LineStyle::Faint | LineStyle::Member => {
                let look = Look { thickness: 1.0, colour, alpha: 0.35 };
                lines::draw(pen, plot, points(line, maps), look)?;
            }
            LineStyle::Band => draw_band(pen, plot, line, maps, colour)?,
            LineStyle::Reference => draw_reference(pen, plot, line, maps, colour)?,
            LineStyle::Points => draw_points(pen, plot, line, maps, colour)?,
            LineStyle::Main => {
                let look = Look { thickness: 2.0, colour, alpha: 1.0 };
                lines::draw(pen, plot, points(line, maps), look)?;
                let is_inside = |(x, y): &(f64, f64)| plot.contains(*x, *y, 0.5);
                if let Some((x, y)) = points(line, maps).rfind(is_inside) {
                    pen.dot(x, y, 3.0, colour)?;
                }
            }
        }
    }
    Ok(())
}

/// One polygon, there along the lower edge and back along the upper one.
fn draw_band<DB: DrawingBackend>(
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

/// Hollow dots with error bars, which end at the edge of the plot.
fn draw_points<DB: DrawingBackend>(
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

/// Level references are one primitive. Others are cut into dashes, which nobody has needed often.
fn draw_reference<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: Rect,
    line: &Line,
    maps: (Map, Map),
    colour: Colour,
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
        let num_pieces = (length / 2.0).ceil().clamp(1.0, 2000.0) as u32;
        let start = gone;
        gone += length;
        (0..=num_pieces).map(move |piece| {
            let share = f64::from(piece) / f64::from(num_pieces);
            let is_gap = (start + share * length) % 8.0 > 4.5;
            let y = if is_gap { f64::NAN } else { pair[0].1 + share * dy };
            (pair[0].0 + share * dx, y)
        })
    });
    // In ink, which is seen on a main line that it follows.
    lines::draw(pen, plot, dashed, Look { thickness: 1.25, colour: pen.theme.ink, alpha: 1.0 })
}

/// The axis title, the names of lines, and the marks.
fn draw_names<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    curve: &Curve,
    layout: &Layout,
    at_ends: bool,
) -> Result<(), String> {
    let maps = maps(layout);
    let (inside, plot) = (pen.inside(), layout.plot);
    let y = inside.y + pen.row() / 2.0 - 1.0;
    let title = pen.fitted(&panel.y.text(), inside.width);
    pen.write(&title, inside.x, y, Align::Left, pen.theme.muted)?;
    // In a row above, where there is less room, points go without: they have their line's colour.
    let has_room = |line: &Line| at_ends || line.style != LineStyle::Points;
    let names = named(curve).filter(|(_, line)| has_room(line)).filter_map(|(idx, line)| {
        let (_, end) = points(line, maps).rfind(|(x, y)| plot.contains(*x, *y, 0.5))?;
        let (_, start) = points(line, maps).next()?;
        Some(Name {
            text: line.label.clone(),
            colour: colour(pen, curve, idx),
            y: end,
            rank: line.style as u8,
            is_level: line.style == LineStyle::Reference && (end - start).abs() < 0.5,
        })
    });
    let names: Vec<Name> = names.collect();
    let mut crowd = Crowd::default();
    if at_ends {
        let ends = curve.lines.iter().filter_map(|line| {
            points(line, maps).map(|(x, _)| x).rfind(|x| *x <= plot.right() + 0.5)
        });
        let x = ends.fold(plot.x, f64::max).min(plot.right());
        names::draw_at_ends(pen, names, x, plot)?;
    } else {
        let start = inside.x + pen.text_width(&title);
        names::draw_above(pen, names, start, y, plot, &mut crowd)?;
    }
    draw_marks(pen, curve, plot, maps, crowd)
}

fn draw_marks<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    curve: &Curve,
    plot: Rect,
    (x_map, y_map): (Map, Map),
    mut crowd: Crowd,
) -> Result<(), String> {
    for mark in &curve.marks {
        let (x, y) = (x_map.px(f64::from(mark.x)), y_map.px(f64::from(mark.y)));
        if !plot.contains(x, y, 0.5) {
            continue;
        }
        pen.dot(x, y, 5.0, pen.theme.surface)?;
        pen.dot(x, y, 3.5, pen.theme.ink)?;
        let width = pen.text_width(&mark.label);
        let (right, left, step) = (x + 8.0, x - 8.0 - width, pen.font);
        let places = [
            (right, y - step),
            (right, y + step),
            (left, y - step),
            (left, y + step),
            (x - width / 2.0, y - 1.5 * step),
            (x - width / 2.0, y + 1.5 * step),
        ];
        crowd.write(pen, &mark.label, plot, &places, pen.theme.ink)?;
    }
    Ok(())
}

pub(super) fn locate(layout: &Layout, curve: &Curve, x: f64, y: f64) -> Option<Hit> {
    if !layout.plot.contains(x, y, 4.0) {
        return None;
    }
    let maps = maps(layout);
    let text = |name: &str, at: (f32, f32)| {
        let name = if name.is_empty() { String::new() } else { format!("{name}: ") };
        let y = axis::value_text(f64::from(at.1), layout.y_axis.unit);
        let x_unit = layout.x_axis.unit;
        let quantity = layout.x_axis.label;
        let space = if quantity.is_empty() { "" } else { " " };
        format!("{name}{y} at {quantity}{space}{}", axis::value_text(f64::from(at.0), x_unit))
    };
    for (idx, mark) in curve.marks.iter().enumerate() {
        let place = (maps.0.px(f64::from(mark.x)), maps.1.px(f64::from(mark.y)));
        if (place.0 - x).abs() <= REACH && (place.1 - y).abs() <= REACH {
            let item = (curve.lines.len() + idx) as u32;
            let text = text(&mark.label, (mark.x, mark.y));
            return Some(Hit { text, item, x: place.0, y: place.1 });
        }
    }
    let mut best: Option<(f64, usize, usize, (f64, f64))> = None;
    for (idx, line) in curve.lines.iter().enumerate() {
        let near = points(line, maps)
            .enumerate()
            .filter(|(_, (px, py))| px.is_finite() && py.is_finite())
            .min_by(|a, b| (a.1.0 - x).abs().total_cmp(&(b.1.0 - x).abs()));
        let Some((point, place)) = near else { continue };
        let far = (place.1 - y).abs();
        // Lines behind and points count only when the pointer is on them; points are preferred there,
        // and then main lines.
        let is_point = line.style == LineStyle::Points && (place.0 - x).abs() <= REACH;
        let is_main = line.style == LineStyle::Main;
        if line.style == LineStyle::Band {
            continue;
        }
        if !is_main && (far > REACH || line.style == LineStyle::Points && !is_point) {
            continue;
        }
        let head_start = REACH * f64::from(u8::from(is_main) + 2 * u8::from(is_point));
        let far = far - head_start;
        if best.is_none_or(|(least, ..)| far < least) {
            best = Some((far, idx, point, place));
        }
    }
    let (_, idx, point, place) = best?;
    let line = &curve.lines[idx];
    let mut text = text(&line.label, (line.x[point], line.y[point]));
    if let Some(error) = line.errors.get(point) {
        text += &format!(", ± {}", axis::value_text(f64::from(*error), layout.y_axis.unit));
    }
    Some(Hit { text, item: idx as u32, x: place.0, y: place.1 })
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::super::shapes::Shapes;
    use super::super::{Theme, samples, svg};
    use super::*;
    use crate::record::Figure;

    #[test]
    fn names_what_it_draws() {
        let figure = samples::curve(12);
        let panel = samples::panel_of(&figure);
        let document = svg(&panel, &figure, &Theme::light(), 640, 260).unwrap();
        let shapes = Shapes::read(&document);
        assert_eq!(shapes.strokes, 13, "the dashed level is a polygon");
        for text in ["this seed", "other seeds", "published", "hit rate", "first A", "0.4"] {
            assert!(shapes.has_text(text), "{text}");
        }
    }

    #[test]
    fn measured_points_have_bars_and_can_be_read() {
        let (panel, figure) = samples::measured_curve();
        let Figure::Curve(curve) = &figure else { unreachable!() };
        let document = svg(&panel, &figure, &Theme::light(), 640, 260).unwrap();
        assert_eq!(Shapes::read(&document).strokes, 2, "lines are strokes, points are not");
        let colour = samples::hex(Theme::light().line(1));
        assert!(document.matches(&colour).count() > 15, "points have their line's colour");
        let layout = samples::layout_of(&figure, 640, 260);
        let (x_map, y_map) = maps(&layout);
        let at = |line: usize, point: usize| {
            let (x, y) = (curve.lines[line].x[point], curve.lines[line].y[point]);
            let hit = layout.locate(&figure, x_map.px(f64::from(x)), y_map.px(f64::from(y)));
            hit.unwrap().text
        };
        assert_eq!(at(2, 1), "measured, +10 ms: 0.14 at presentation 10, ± 0.10");
        assert!(at(0, 2).starts_with("measured, +10 ms: 0.29"), "{}", at(0, 2));
    }

    #[test]
    fn finds_points_marks_and_nothing() {
        let figure = samples::curve(12);
        let Figure::Curve(curve) = &figure else { unreachable!() };
        let layout = samples::layout_of(&figure, 640, 260);
        let (x_map, y_map) = maps(&layout);
        let at =
            |x: f32, y: f32| layout.locate(&figure, x_map.px(f64::from(x)), y_map.px(f64::from(y)));
        let hit = at(curve.lines[0].x[40], curve.lines[0].y[40]).unwrap();
        assert_eq!(hit.item, 0);
        assert!(hit.text.starts_with("this seed: 0."), "{}", hit.text);
        let mark = &curve.marks[0];
        let hit = at(mark.x, mark.y).unwrap();
        assert!(hit.text.starts_with("first A: "), "{}", hit.text);
        assert_eq!(layout.locate(&figure, 1.0, 1.0), None);
    }
}
