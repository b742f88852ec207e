//! Traces: state variables over time, with levels such as a threshold, and spikes as ticks above.
//!
//! The vertical range follows the data in whole tick steps, so it stays put while values only wobble.

use plotters::backend::DrawingBackend;

use super::axis::{self, Map, Ticks};
use super::lines::{self, Look};
use super::names::{Name, Names, Sample};
use super::order::sort_few;
use super::pen::Pen;
use super::theme::Colour;
use super::{Hit, Layout, Rect};
use crate::lab::{Axis, Panel, Unit};
use crate::record::figure::{Level, Series, Trace};

/// Height of the strip with spikes, and its distance from the plot.
const STRIP: (f64, f64) = (7.0, 4.0);
/// With more lines than this only selected ones are named and coloured.
const MAX_NAMED: usize = 8;

pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    trace: &Trace,
) -> Result<Layout, String> {
    let title = pen.fitted(&panel.y.text(), pen.inside().width);
    let names = Names::new(pen, &title, names(pen, trace));
    let head = pen.row() * names.num_rows() + STRIP.0 + STRIP.1;
    let ticks = y_ticks(trace, axis::y_count(pen.height - head - 50.0), panel.y.unit);
    let left = axis::y_room(pen, &ticks);
    let plot = axis::plot_rect(pen, left, names.right().max(2.0), head, panel.x);
    let mut layout = Layout::new(panel, plot);
    layout.x_range = axis::usable((trace.start_ms, trace.start_ms + f64::from(trace.width_ms)));
    let (first, last) = (ticks.values[0], ticks.values[ticks.values.len() - 1]);
    layout.y_range = (first, last);

    let (x_map, y_map) = maps(&layout);
    axis::draw_y(pen, plot, y_map, &ticks)?;
    for level in named_levels(trace).filter(|level| level.value.is_finite()) {
        let y = y_map.px(f64::from(level.value));
        pen.dashes((plot.x, plot.right()), y, level_colour(pen, trace, level))?;
    }
    draw_series(pen, panel, trace, plot, (x_map, y_map))?;
    pen.title(&title)?;
    let num_series = trace.series.len();
    names.draw(pen, plot, plot.right(), &|item| {
        let value = match item.checked_sub(num_series) {
            None => trace.series[item].values.iter().rev().find(|v| v.is_finite()),
            Some(level) => named_levels(trace).nth(level).map(|level| &level.value),
        };
        value.map_or(f64::NAN, |value| y_map.px(f64::from(*value)))
    })?;
    let axis = if panel.x == Axis::NONE { Axis::TIME } else { panel.x };
    axis::draw_x(pen, plot, x_map, axis, 0.0)?;
    let is_empty = trace.series.iter().all(|series| series.values.is_empty());
    match (trace.note.as_str(), is_empty) {
        ("", true) => pen.note(plot, "No values yet.")?,
        (note, _) => pen.note(plot, note)?,
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

/// Ticks whose first and last enclose all values and levels.
fn y_ticks(trace: &Trace, count: usize, unit: Unit) -> Ticks {
    let values = trace.series.iter().flat_map(|s| &s.values);
    let (low, high) = values
        .chain(trace.levels.iter().map(|level| &level.value))
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(f64::from(*value)), high.max(f64::from(*value)))
        });
    let (low, high) = axis::usable((low, high));
    let step = Ticks::new((low, high), count, unit).step;
    let range = ((low / step).floor() * step, (high / step).ceil() * step);
    let ticks = Ticks::new(range, count + 1, unit);
    if ticks.values.len() >= 2 { ticks } else { Ticks::new((low, low + step), 1, unit) }
}

/// Levels without a name only widen the axis.
fn named_levels(trace: &Trace) -> impl Iterator<Item = &Level> {
    trace.levels.iter().filter(|level| !level.label.is_empty())
}

fn has_selection(trace: &Trace) -> bool {
    trace.series.iter().any(|s| s.is_selected)
}

fn is_named(trace: &Trace, series: &Series) -> bool {
    series.is_selected || trace.series.len() <= MAX_NAMED
}

fn colour<DB: DrawingBackend>(pen: &Pen<'_, DB>, trace: &Trace, idx: usize) -> Colour {
    match trace.series.len() {
        0..=MAX_NAMED => pen.theme.line(idx),
        _ if trace.series[idx].is_selected => pen.theme.accent,
        _ => pen.theme.muted,
    }
}

/// Faint lines first, selected ones in front, and the spikes of each in the strip above.
fn draw_series<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    trace: &Trace,
    plot: Rect,
    (x_map, y_map): (Map, Map),
) -> Result<(), String> {
    let strip = (plot.y - STRIP.1 - STRIP.0, plot.y - STRIP.1);
    let mut order: Vec<usize> = (0..trace.series.len()).collect();
    sort_few(&mut order, &|idx| f64::from(u8::from(trace.series[*idx].is_selected)));
    for idx in order {
        let series = &trace.series[idx];
        let (thickness, alpha) = match (series.is_selected, has_selection(trace)) {
            (true, _) => (2.0, 1.0),
            (false, false) => (1.25, if trace.series.len() <= MAX_NAMED { 0.9 } else { 0.4 }),
            (false, true) => (1.0, if trace.series.len() <= MAX_NAMED { 0.5 } else { 0.25 }),
        };
        let look = Look { thickness, colour: colour(pen, trace, idx), alpha };
        let points = series.values.iter().enumerate();
        let points = points.map(|(i, v)| (x_map.px(time(trace, i)), y_map.px(f64::from(*v))));
        lines::draw(pen, plot, points, look)?;
        let spikes = series.spikes.iter().map(|i| x_map.px(time(trace, *i as usize)));
        let spikes = spikes.filter(|x| *x <= plot.right());
        if panel.drag.is_some() {
            // What can be dragged reaches down to the axis and has a knob.
            let down = (strip.0, plot.bottom());
            pen.comb(spikes.clone(), down, 1.25, look.colour, 0.6)?;
            for x in spikes {
                pen.dot(x, strip.1 - 3.0, 5.0, look.colour)?;
            }
        } else {
            pen.comb(spikes, strip, thickness.max(1.25), look.colour, alpha.max(0.6))?;
        }
    }
    Ok(())
}

fn time(trace: &Trace, sample: usize) -> f64 {
    trace.start_ms + sample as f64 * f64::from(trace.step_ms)
}

/// A level has the colour of the line that it belongs to.
fn level_colour<DB: DrawingBackend>(pen: &Pen<'_, DB>, trace: &Trace, level: &Level) -> Colour {
    let line = level.of.map(|idx| idx as usize).filter(|idx| *idx < trace.series.len());
    line.map_or(pen.theme.muted, |idx| colour(pen, trace, idx))
}

/// Lines and levels that are to be named.
fn names<DB: DrawingBackend>(pen: &Pen<'_, DB>, trace: &Trace) -> Vec<Name> {
    let named = trace.series.iter().enumerate().filter(|(_, s)| is_named(trace, s));
    let mut names: Vec<Name> = named
        .map(|(item, series)| Name {
            text: series.label.clone(),
            colour: colour(pen, trace, item),
            sample: Sample::Line,
            rank: u8::from(!series.is_selected),
            item,
        })
        .collect();
    names.extend(named_levels(trace).enumerate().map(|(idx, level)| Name {
        text: level.label.clone(),
        colour: level_colour(pen, trace, level),
        sample: Sample::Dashes,
        rank: 2,
        item: trace.series.len() + idx,
    }));
    names
}

pub(super) fn locate(layout: &Layout, trace: &Trace, x: f64, y: f64) -> Option<Hit> {
    if !layout.plot.contains(x, y, 4.0) || trace.step_ms <= 0.0 {
        return None;
    }
    let (x_map, y_map) = maps(layout);
    let num_samples = trace.series.iter().map(|s| s.values.len()).max()?;
    let place = (x_map.value(x) - trace.start_ms) / f64::from(trace.step_ms);
    let sample = (place.round().max(0.0) as usize).min(num_samples.checked_sub(1)?);
    let (item, value) = trace
        .series
        .iter()
        .enumerate()
        .filter_map(|(idx, s)| Some((idx, f64::from(*s.values.get(sample)?))))
        .filter(|(_, value)| value.is_finite())
        .min_by(|a, b| {
            let far = |(idx, value): &(usize, f64)| {
                // Where lines lie together the selected one is meant.
                let head_start = if trace.series[*idx].is_selected { 4.0 } else { 0.0 };
                (y_map.px(*value) - y).abs() - head_start
            };
            far(a).total_cmp(&far(b))
        })?;
    // Of many lines the one that is meant and the selected ones; of few all.
    let mut text = axis::time_text(time(trace, sample), layout.x_range);
    for (idx, series) in trace.series.iter().enumerate() {
        let value = series.values.get(sample).filter(|value| value.is_finite());
        let Some(value) = value.filter(|_| idx == item || is_named(trace, series)) else {
            continue;
        };
        let value = axis::value_text(f64::from(*value), layout.y_axis.unit);
        text += &match series.label.as_str() {
            "" => format!("\n{}: {value}", idx + 1),
            name => format!("\n{name}: {value}"),
        };
        if series.spikes.contains(&(sample as u32)) {
            text += ", spike";
        }
    }
    for level in named_levels(trace) {
        let value = axis::value_text(f64::from(level.value), layout.y_axis.unit);
        text += &format!("\n{}: {value}", level.label);
    }
    Some(Hit { text, item: item as u32, x: x_map.px(time(trace, sample)), y: y_map.px(value) })
}

#[cfg(test)]
mod tests {
    use super::super::shapes::Shapes;
    use super::super::{Theme, samples, svg};
    use super::*;
    use crate::record::Figure;

    #[test]
    fn one_stroke_per_line() {
        let figure = samples::trace(4);
        let panel = samples::panel_of(&figure);
        let document = svg(&panel, &figure, None, &Theme::light(), 640, 260).unwrap();
        let shapes = Shapes::read(&document);
        assert_eq!(shapes.strokes, 4);
        for text in ["n1", "n4", "threshold", "time (ms)", "membrane potential (mV)", "−60"] {
            assert!(shapes.has_text(text), "{text}");
        }
    }

    #[test]
    fn gaps_in_the_data_are_gaps_in_the_line() {
        let mut figure = samples::trace(1);
        let Figure::Trace(trace) = &mut figure else { unreachable!() };
        trace.series[0].values[200] = f32::NAN;
        trace.series[0].values[400] = f32::INFINITY;
        let document =
            svg(&samples::panel_of(&figure), &figure, None, &Theme::light(), 640, 260).unwrap();
        assert_eq!(Shapes::read(&document).strokes, 3);
    }

    #[test]
    fn finds_samples_where_they_were_drawn() {
        let figure = samples::trace(4);
        let Figure::Trace(trace) = &figure else { unreachable!() };
        let layout = samples::layout_of(&figure, 640, 260);
        let (x_map, y_map) = maps(&layout);
        for (idx, series) in trace.series.iter().enumerate() {
            let value = f64::from(series.values[250]);
            let hit = layout.locate(&figure, x_map.px(time(trace, 250)), y_map.px(value)).unwrap();
            assert!((hit.y - y_map.px(value)).abs() < 4.1);
            if hit.item == idx as u32 {
                assert!(hit.text.starts_with("125.0 ms\nn1: −"), "{}", hit.text);
                for other in &trace.series {
                    assert!(hit.text.contains(&format!("\n{}: −", other.label)), "{}", hit.text);
                }
                assert!(hit.text.ends_with("\nthreshold: −54 mV"), "{}", hit.text);
            }
        }
    }

    #[test]
    fn the_range_is_whole_steps() {
        let trace = Trace {
            series: vec![Series { values: vec![-70.0, -51.2], ..Series::default() }],
            ..Trace::default()
        };
        let ticks = y_ticks(&trace, 4, Unit::Mv);
        assert_eq!((ticks.values[0], ticks.step), (-70.0, 5.0));
        assert_eq!(ticks.values.last(), Some(&-50.0));
    }
}
