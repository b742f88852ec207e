//! Curves: lines over any quantity, such as the hit rate over presentations, with other seeds behind them, and
//! histograms, which are filled; levels to compare with dashed, and single points that have a name.

use plotters::backend::DrawingBackend;

use super::axis::{self, Map, Ticks};
use super::lines::{self, Look};
use super::names::{Crowd, Name, Names, Sample};
use super::order::sort_few;
use super::paths::{draw_area, draw_band, draw_dashed, draw_points, points};
use super::pen::Pen;
use super::theme::Colour;
use super::{Hit, Layout, Rect};
use crate::lab::{Panel, Unit};
use crate::record::figure::{Curve, Line, LineStyle};

/// How near to a mark or a faint line the pointer has to be.
const REACH: f64 = 8.0;

pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    curve: &Curve,
) -> Result<Layout, String> {
    let title = pen.fitted(&panel.y.text(), pen.inside().width);
    let names = Names::new(pen, &title, names(pen, curve));
    let head = pen.row() * names.num_rows() + 8.0;
    let wide = |range: (f32, f32)| axis::usable((f64::from(range.0), f64::from(range.1)));
    let y_range = wide(curve.y_range);
    let ticks = Ticks::new(y_range, axis::y_count(pen.height - head - 40.0), panel.y.unit);
    let left = axis::y_room(pen, &ticks);
    let plot = axis::plot_rect(pen, left, names.right().max(6.0), head, panel.x);
    let mut layout = Layout::new(panel, plot);
    layout.x_range = wide(curve.x_range);
    layout.y_range = y_range;

    let (x_map, y_map) = maps(&layout);
    axis::draw_y(pen, plot, y_map, &ticks)?;
    draw_lines(pen, curve, plot, (x_map, y_map))?;
    pen.title(&title)?;
    draw_names(pen, curve, plot, (x_map, y_map), &names)?;
    draw_marks(pen, curve, plot, (x_map, y_map))?;
    let is_count = curve.per_block >= 1.0 && panel.x.unit == Unit::None;
    axis::draw_x(pen, plot, x_map, panel.x, f64::from(u8::from(is_count)))?;
    if !curve.has_points() {
        pen.note(plot, if curve.note.is_empty() { "No points yet." } else { &curve.note })?;
    }
    Ok(layout)
}

fn maps(layout: &Layout) -> (Map, Map) {
    let plot = layout.plot;
    (
        Map { value: layout.x_range, px: (plot.x, plot.right()) },
        Map { value: layout.y_range, px: (plot.bottom(), plot.y) },
    )
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
    let line = &curve.lines[idx];
    match line.style {
        // Points and expectations have the colour of the main line that they belong to.
        LineStyle::Points | LineStyle::Expected => {
            let before = curve.lines[..idx].iter();
            pen.theme.line(before.filter(|other| other.style == line.style).count())
        }
        LineStyle::Main | LineStyle::Filled | LineStyle::Ticks => {
            let before = curve.lines[..idx].iter();
            pen.theme.line(before.filter(|other| other.style.is_main()).count())
        }
        LineStyle::Member | LineStyle::Band => {
            let mut mains = curve.lines.iter().filter(|line| line.style.is_main());
            match mains.position(|main| main.label == line.label) {
                Some(place) => pen.theme.line(place),
                None => pen.theme.control,
            }
        }
        LineStyle::Behind => pen.theme.control,
        // In ink, which is seen on a main line that it follows.
        LineStyle::Reference if !line.is_level() => pen.theme.ink,
        LineStyle::Faint | LineStyle::Reference => pen.theme.muted,
    }
}

/// Whether there is a band of this name.
fn has_band(curve: &Curve, name: &str) -> bool {
    curve.lines.iter().any(|line| line.style == LineStyle::Band && line.label == name)
}

/// What is to be named.
fn names<DB: DrawingBackend>(pen: &Pen<'_, DB>, curve: &Curve) -> Vec<Name> {
    let name = |(item, line): (usize, &Line)| Name {
        text: line.label.clone(),
        colour: colour(pen, curve, item),
        sample: match line.style {
            LineStyle::Reference | LineStyle::Expected => Sample::Dashes,
            LineStyle::Points => Sample::Ring,
            LineStyle::Faint => Sample::Pale,
            LineStyle::Behind if has_band(curve, &line.label) => Sample::Band,
            LineStyle::Filled => Sample::Area,
            _ => Sample::Line,
        },
        // In the order of the styles, but that what lies behind comes last.
        rank: match line.style {
            LineStyle::Faint | LineStyle::Behind => u8::MAX,
            style => style as u8,
        },
        item,
    };
    named(curve).map(name).collect()
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
        LineStyle::Behind => 0.5,
        LineStyle::Main | LineStyle::Filled | LineStyle::Ticks => 1.0,
        // Dashes leave a main line that follows them to be seen.
        LineStyle::Reference | LineStyle::Expected => 2.0,
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
            LineStyle::Reference => draw_dashed(pen, plot, line, maps, (colour, 1.25))?,
            LineStyle::Expected => {
                draw_dashed(pen, plot, line, maps, (pen.theme.text(colour), 2.0))?;
            }
            LineStyle::Points => draw_points(pen, plot, line, maps, colour)?,
            LineStyle::Behind => {
                let look = Look { thickness: 1.5, colour, alpha: 1.0 };
                lines::draw(pen, plot, points(line, maps), look)?;
            }
            LineStyle::Filled => {
                draw_area(pen, plot, line, maps, colour)?;
                let look = Look { thickness: 1.5, colour, alpha: 1.0 };
                lines::draw(pen, plot, points(line, maps), look)?;
            }
            LineStyle::Ticks => {
                let look = Look { thickness: 1.0, colour, alpha: 1.0 };
                lines::draw(pen, plot, points(line, maps), look)?;
            }
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

fn draw_names<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    curve: &Curve,
    plot: Rect,
    maps: (Map, Map),
    names: &Names,
) -> Result<(), String> {
    let ends = curve
        .lines
        .iter()
        .filter_map(|line| points(line, maps).map(|(x, _)| x).rfind(|x| *x <= plot.right() + 0.5));
    let x = ends.fold(plot.x, f64::max).min(plot.right());
    names.draw(pen, plot, x, &|item| {
        let end = points(&curve.lines[item], maps).rfind(|(x, y)| plot.contains(*x, *y, 0.5));
        end.map_or(f64::NAN, |(_, y)| y)
    })
}

/// Single points, and their names where they hide least.
fn draw_marks<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    curve: &Curve,
    plot: Rect,
    maps: (Map, Map),
) -> Result<(), String> {
    let (x_map, y_map) = maps;
    let mut crowd = Crowd::default();
    for mark in &curve.marks {
        let (x, y) = (x_map.px(f64::from(mark.x)), y_map.px(f64::from(mark.y)));
        crowd.take(Rect { x: x - 4.0, y: y - 4.0, width: 8.0, height: 8.0 });
    }
    let is_behind = |line: &&Line| matches!(line.style, LineStyle::Member | LineStyle::Band);
    for line in curve.lines.iter().filter(|line| !curve.marks.is_empty() && !is_behind(line)) {
        crowd.note_line(points(line, maps));
    }
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
            (right, y - 2.5 * step),
            (left, y - 2.5 * step),
            (right, y - 4.0 * step),
            (right, y + 2.5 * step),
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
    let (x_unit, y_unit) = (layout.x_axis.unit, layout.y_axis.unit);
    let quantity = layout.x_axis.short();
    let space = if quantity.is_empty() { "" } else { " " };
    let head = |x: f32| format!("{quantity}{space}{}", axis::value_text(f64::from(x), x_unit));
    let value = |y: f32| axis::value_text(f64::from(y), y_unit);
    for (idx, mark) in curve.marks.iter().enumerate() {
        let place = (maps.0.px(f64::from(mark.x)), maps.1.px(f64::from(mark.y)));
        if (place.0 - x).abs() <= REACH && (place.1 - y).abs() <= REACH {
            let item = (curve.lines.len() + idx) as u32;
            let text = format!("{}{}", head(mark.x), reading(&mark.label, &value(mark.y)));
            return Some(Hit { text, item, x: place.0, y: place.1 });
        }
    }
    let (item, point, place) = nearest(curve, maps, (x, y))?;
    let at = curve.lines[item].x[point];
    let mut text = head(at);
    for (idx, line) in curve.lines.iter().enumerate() {
        let Some((point, part)) = (if idx == item { Some((point, 0.0)) } else { read(line, at) })
        else {
            continue;
        };
        // Of what lies behind only what the pointer is on.
        let is_behind = matches!(line.style, LineStyle::Faint | LineStyle::Member);
        let has_values = !matches!(line.style, LineStyle::Band | LineStyle::Ticks);
        if (is_behind && idx != item) || !has_values {
            continue;
        }
        let next = line.y.get(point + 1).copied().unwrap_or(0.0);
        let y = line.y[point] + if part > 0.0 { part * (next - line.y[point]) } else { 0.0 };
        if !y.is_finite() || (line.label.is_empty() && idx != item) {
            continue;
        }
        if line.style == LineStyle::Member {
            text += &reading(&format!("one of {}", line.label), &value(y));
        } else {
            text += &reading(&line.label, &value(y));
        }
        if let Some(error) = line.errors.get(point) {
            text += &format!(" ± {}", value(*error));
        }
    }
    Some(Hit { text, item: item as u32, x: place.0, y: place.1 })
}

/// A row of a reading.
fn reading(name: &str, value: &str) -> String {
    if name.is_empty() { format!("\n{value}") } else { format!("\n{name}: {value}") }
}

/// The point of a line at or before a place, and the share of the way to the next; nothing beyond its ends,
/// and for single points nothing between them.
fn read(line: &Line, at: f32) -> Option<(usize, f32)> {
    let num = line.x.len().min(line.y.len());
    let exact = line.x[..num].iter().position(|x| *x == at);
    if exact.is_some() || line.style == LineStyle::Points {
        return exact.map(|point| (point, 0.0));
    }
    let point = line.x[..num].windows(2).position(|pair| pair[0] < at && at < pair[1])?;
    Some((point, (at - line.x[point]) / (line.x[point + 1] - line.x[point])))
}

/// The line and its point that the pointer is at: points are preferred where it is on them, and then main
/// lines; those behind count only where it is on them.
fn nearest(
    curve: &Curve,
    maps: (Map, Map),
    (x, y): (f64, f64),
) -> Option<(usize, usize, (f64, f64))> {
    let mut best: Option<(f64, usize, usize, (f64, f64))> = None;
    for (idx, line) in curve.lines.iter().enumerate() {
        let near = points(line, maps)
            .enumerate()
            .filter(|(_, (px, py))| px.is_finite() && py.is_finite())
            .min_by(|a, b| (a.1.0 - x).abs().total_cmp(&(b.1.0 - x).abs()));
        let Some((point, place)) = near else { continue };
        let far = (place.1 - y).abs();
        let is_point = line.style == LineStyle::Points && (place.0 - x).abs() <= REACH;
        let is_main = line.style.is_main();
        if matches!(line.style, LineStyle::Band | LineStyle::Ticks) {
            continue;
        }
        if !is_main && (far > REACH || line.style == LineStyle::Points && !is_point) {
            continue;
        }
        // A line that has not come as far as the pointer gives way to one that has.
        let short = ((place.0 - x).abs() - REACH).max(0.0);
        let head_start = REACH * f64::from(u8::from(is_main) + 2 * u8::from(is_point));
        let far = far - head_start + 10.0 * short;
        if best.is_none_or(|(least, ..)| far < least) {
            best = Some((far, idx, point, place));
        }
    }
    best.map(|(_, idx, point, place)| (idx, point, place))
}

#[cfg(test)]
mod tests {
    use super::super::shapes::Shapes;
    use super::super::{Theme, samples, svg};
    use super::*;
    use crate::record::Figure;

    #[test]
    fn names_what_it_draws() {
        let figure = samples::curve(12);
        let panel = samples::panel_of(&figure);
        let document = svg(&panel, &figure, None, &Theme::light(), 640, 260).unwrap();
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
        let document = svg(&panel, &figure, None, &Theme::light(), 640, 260).unwrap();
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
        assert_eq!(
            at(2, 1),
            "presentation 10\nΔt = +10 ms: 0.10\nΔt = −10 ms: −0.40\nmeasured, +10 ms: 0.14 ± 0.10\n\
             measured, −10 ms: −0.41 ± 0.10"
        );
        assert!(at(0, 2).contains("measured, +10 ms: 0.29"), "{}", at(0, 2));
    }

    #[test]
    fn counts_have_whole_ticks() {
        let mut figure = samples::curve(0);
        let panel = samples::panel_of(&figure);
        for (per_block, has_half) in [(0.0, true), (1.0, false)] {
            let Figure::Curve(curve) = &mut figure else { unreachable!() };
            (curve.x_range, curve.per_block) = ((0.0, 3.0), per_block);
            let document = svg(&panel, &figure, None, &Theme::light(), 640, 260).unwrap();
            assert_eq!(Shapes::read(&document).has_text("1.5"), has_half);
        }
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
        assert!(hit.text.starts_with("presentation 160\nthis seed: 0."), "{}", hit.text);
        // Levels are read where the pointer is, though they have points at their ends only.
        assert!(hit.text.ends_with("\npublished: 0.94"), "{}", hit.text);
        let mark = &curve.marks[0];
        let hit = at(mark.x, mark.y).unwrap();
        assert!(hit.text.contains("\nfirst A: "), "{}", hit.text);
        assert_eq!(layout.locate(&figure, 1.0, 1.0), None);
    }
}
