//! Rasters: one short upright stroke per spike, rows from the bottom in the colours of their roles, presentations as
//! bands.

use plotters::backend::DrawingBackend;

use super::axis::{self, Map};
use super::names::{Name, Names, Sample};
use super::order::sort_few;
use super::pen::{Align, Pen};
use super::theme::Colour;
use super::{Hit, Layout, Rect};
use crate::lab::{Axis, Panel};
use crate::record::figure::{Raster, RowRole, Span};

/// How near to a spike the pointer has to be.
const REACH: f64 = 6.0;
/// With more rows than this spikes are drawn one by one.
const DENSE: usize = 250;
/// Less high figures have no legend.
const LEAST_FOR_LEGEND: f64 = 150.0;
/// Distance of labels from their rows.
const LABEL: f64 = 10.0;
/// The bar beside rows of a group: its distance from them, and its width.
const BAR: (f64, f64) = (6.0, 3.0);

pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    raster: &Raster,
) -> Result<Layout, String> {
    let title = pen.fitted(&panel.y.text(), pen.inside().width);
    let legend = Names::new(pen, &title, roles(pen, raster));
    let has_head = !title.is_empty() || legend.is_any();
    let title_height = if has_head { legend.num_rows() * pen.row() } else { 0.0 };
    let band_height = if raster.spans.is_empty() { 4.0 } else { pen.row() };
    let label_room = room(pen, raster);
    let plot = axis::plot_rect(pen, label_room, 0.0, title_height + band_height, panel.x);
    let mut layout = Layout::new(panel, plot);
    layout.x_range = axis::usable((raster.start_ms, raster.start_ms + f64::from(raster.width_ms)));
    let num_rows = raster.row_labels.len();
    layout.y_range = (0.0, num_rows.max(1) as f64);
    layout.items = (0..num_rows).map(|row| row_rect(plot, num_rows, row)).collect();

    let map = time_map(&layout);
    draw_spans(pen, raster, plot, map, band_height)?;
    draw_rows(pen, raster, &layout)?;
    draw_spikes(pen, raster, &layout, map)?;
    pen.title(&title)?;
    legend.draw(pen, plot, plot.right(), &|_| f64::NAN)?;
    let axis = if panel.x == Axis::NONE { Axis::TIME } else { panel.x };
    axis::draw_x(pen, plot, map, axis, 0.0)?;
    if raster.times_ms.is_empty() {
        pen.note(plot, "No spikes in this time.")?;
    }
    Ok(layout)
}

fn time_map(layout: &Layout) -> Map {
    Map { value: layout.x_range, px: (layout.plot.x, layout.plot.right()) }
}

fn row_rect(plot: Rect, num_rows: usize, row: usize) -> Rect {
    let height = plot.height / num_rows as f64;
    Rect { x: plot.x, y: plot.bottom() - (row + 1) as f64 * height, width: plot.width, height }
}

/// The roles of the rows for a legend, from the top; none where there is only one, which needs no telling.
fn roles<DB: DrawingBackend>(pen: &Pen<'_, DB>, raster: &Raster) -> Vec<Name> {
    let mut shown: Vec<(u32, RowRole)> = Vec::new();
    for block in raster.blocks.iter().filter(|block| block.role != RowRole::Plain) {
        match shown.iter_mut().find(|(_, role)| *role == block.role) {
            Some((first, _)) => *first = block.first_row.max(*first),
            None => shown.push((block.first_row, block.role)),
        }
    }
    if shown.len() < 2 || pen.height < LEAST_FOR_LEGEND {
        return Vec::new();
    }
    sort_few(&mut shown, &|(first, _)| -f64::from(*first));
    let name = |(item, (_, role)): (usize, &(u32, RowRole))| Name {
        text: role.name().into(),
        colour: pen.theme.row(*role, 0),
        sample: Sample::Spikes,
        rank: 0,
        item,
    };
    shown.iter().enumerate().map(name).collect()
}

/// The colour of each row's spikes.
fn colours<DB: DrawingBackend>(pen: &Pen<'_, DB>, raster: &Raster) -> Vec<Colour> {
    let mut colours = vec![pen.theme.ink; raster.row_labels.len()];
    for block in &raster.blocks {
        let own = colours.iter_mut().skip(block.first_row as usize).take(block.num_rows as usize);
        own.for_each(|colour| *colour = pen.theme.row(block.role, block.shade));
    }
    colours
}

/// Room for row labels.
fn room<DB: DrawingBackend>(pen: &Pen<'_, DB>, raster: &Raster) -> f64 {
    let widest = raster.row_labels.iter().map(|l| pen.text_width(l)).fold(0.0, f64::max);
    if widest > 0.0 { widest.min(0.25 * pen.width) + LABEL } else { 0.0 }
}

fn draw_spans<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    raster: &Raster,
    plot: Rect,
    map: Map,
    head: f64,
) -> Result<(), String> {
    let pitch = match raster.spans[..] {
        [ref first, ref second, ..] => second.from_ms - first.from_ms,
        [ref only] => only.to_ms - only.from_ms,
        [] => return Ok(()),
    };
    let pitch = f64::from(pitch).max(1e-3);
    for span in &raster.spans {
        let (from, to) = absolute(raster, span);
        let left = map.px(from).clamp(plot.x, plot.right());
        let right = map.px(to).clamp(plot.x, plot.right());
        if right - left < 0.5 || right.is_nan() || left.is_nan() {
            continue;
        }
        // Counted from the start of the run, so that a band keeps its shade while it moves.
        let turn = usize::from((from / pitch).round() % 2.0 != 0.0);
        let theme = pen.theme;
        let colour = if span.is_test { theme.test[turn] } else { theme.band[turn] };
        let (y, height) = (plot.y - head, plot.height + head);
        pen.fill(Rect { x: left, y, width: right - left, height }, colour)?;
        if pen.text_width(&span.label) + 4.0 <= right - left {
            let middle = (left + right) / 2.0;
            let ink = if span.is_test { theme.ink } else { theme.muted };
            pen.write(&span.label, middle, y + head / 2.0, Align::Centre, ink)?;
        }
    }
    Ok(())
}

fn absolute(raster: &Raster, span: &Span) -> (f64, f64) {
    let start = raster.start_ms;
    (start + f64::from(span.from_ms), start + f64::from(span.to_ms))
}

/// Row labels, and hairlines between rows that are tall enough.
fn draw_rows<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    raster: &Raster,
    layout: &Layout,
) -> Result<(), String> {
    let Some(first) = layout.items.first() else { return Ok(()) };
    let stride = [1, 2, 5, 10, 20, 50, 100, 200, 500]
        .into_iter()
        .find(|s| f64::from(*s) * first.height >= pen.font * 1.2)
        .unwrap_or(1000) as usize;
    if (7.0..60.0).contains(&first.height) && layout.items.len() <= 60 {
        for rect in layout.items.iter().skip(1) {
            pen.across((rect.x, rect.right()), rect.bottom(), pen.theme.grid)?;
        }
    }
    let groups = raster.blocks.iter().filter(|b| b.num_rows > 1 && b.role != RowRole::Plain);
    for block in groups {
        let last = (block.first_row + block.num_rows - 1) as usize;
        let ends = (layout.items.get(last), layout.items.get(block.first_row as usize));
        if let (Some(top), Some(bottom)) = ends {
            let height = (bottom.bottom() - top.y - 1.0).max(1.0);
            let bar = Rect { x: top.x - BAR.0, y: top.y, width: BAR.1, height };
            pen.fill(bar, pen.theme.row(block.role, block.shade))?;
        }
    }
    let colours = colours(pen, raster);
    let mut free_below = f64::INFINITY;
    let labels = raster.row_labels.iter().zip(labelled_rows(&raster.row_labels, stride));
    for (((label, is_labelled), rect), colour) in labels.zip(&layout.items).zip(colours) {
        let middle = rect.y + rect.height / 2.0;
        if !is_labelled || middle > free_below {
            continue;
        }
        free_below = middle - pen.font * 1.15;
        let label = pen.fitted(label, 0.25 * pen.width);
        let colour = if colour == pen.theme.ink { pen.theme.muted } else { pen.theme.text(colour) };
        pen.write(&label, rect.x - LABEL, middle, Align::Right, colour)?;
    }
    Ok(())
}

/// Which rows are labelled where not all can be: round numbers, and the first of a group of like names
/// that has none.
fn labelled_rows(labels: &[String], stride: usize) -> Vec<bool> {
    let stem = |label: &String| label.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    labels
        .chunk_by(|a, b| a[..stem(a)] == b[..stem(b)])
        .flat_map(|group| {
            let num_rows = group.len();
            group.iter().enumerate().map(move |(idx, label)| {
                let number = label[stem(label)..].parse().unwrap_or(idx);
                !label.is_empty() && (number % stride == 0 || (idx == 0 && num_rows < stride))
            })
        })
        .collect()
}

fn draw_spikes<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    raster: &Raster,
    layout: &Layout,
    map: Map,
) -> Result<(), String> {
    let colours = colours(pen, raster);
    // In a dense raster most rows have one spike or none: a rectangle each is less than an outline.
    if layout.items.len() > DENSE {
        for (row, time_ms) in shown_spikes(raster) {
            let (rect, x) = (layout.items[row], map.px(time_ms));
            let height = (rect.height * 0.7).max(1.0);
            let y = rect.y + (rect.height - height) / 2.0;
            if x <= layout.plot.right() {
                pen.fill(Rect { x: x - 0.5, y, width: 1.25, height }, colours[row])?;
            }
        }
        return Ok(());
    }
    let mut by_row: Vec<Vec<f64>> = vec![Vec::new(); layout.items.len()];
    for (row, time_ms) in shown_spikes(raster) {
        by_row[row].push(map.px(time_ms));
    }
    for ((places, rect), colour) in by_row.into_iter().zip(&layout.items).zip(colours) {
        let height = (rect.height * 0.7).clamp(1.0, 18.0);
        let middle = rect.y + rect.height / 2.0;
        let y = (middle - height / 2.0, middle + height / 2.0);
        let inside = places.into_iter().filter(|x| *x <= layout.plot.right());
        pen.comb(inside, y, 1.25, colour, 1.0)?;
    }
    Ok(())
}

/// When a row spikes, in the run.
pub(super) fn times_of(raster: &Raster, row: u32) -> impl Iterator<Item = f64> {
    shown_spikes(raster).filter(move |spike| spike.0 == row as usize).map(|(_, time)| time)
}

/// Row and time in the run of each spike that is inside the window.
fn shown_spikes(raster: &Raster) -> impl Iterator<Item = (usize, f64)> {
    let window = 0.0..=raster.width_ms;
    let num_rows = raster.row_labels.len();
    raster
        .times_ms
        .iter()
        .zip(&raster.rows)
        .filter(move |(time, row)| window.contains(*time) && (**row as usize) < num_rows)
        .map(|(time, row)| (*row as usize, raster.start_ms + f64::from(*time)))
}

pub(super) fn locate(layout: &Layout, raster: &Raster, x: f64, y: f64) -> Option<Hit> {
    let row = layout.items.iter().position(|rect| rect.contains(x, y, 0.0))?;
    let map = time_map(layout);
    let nearest = shown_spikes(raster)
        .filter(|spike| spike.0 == row)
        .map(|(_, time)| (map.px(time), time))
        .filter(|(px, _)| (px - x).abs() <= REACH)
        .min_by(|a, b| (a.0 - x).abs().total_cmp(&(b.0 - x).abs()));
    let (place, time) = nearest.unwrap_or((x, map.value(x)));
    let label = match raster.row_labels.get(row)?.as_str() {
        // Between groups there are rows of nobody.
        "" if nearest.is_none() => return None,
        "" => format!("neuron {row}"),
        label => label.into(),
    };
    let mut text = format!("{}, {label}", axis::time_text(time, layout.x_range));
    let span = raster.spans.iter().find(|span| {
        let (from, to) = absolute(raster, span);
        (from..to).contains(&time) && !span.label.is_empty()
    });
    if let Some(span) = span {
        text += &format!(", during {}", span.label);
    }
    if nearest.is_none() {
        text += ": no spike";
    }
    let rect = layout.items[row];
    Some(Hit { text, item: row as u32, x: place, y: rect.y + rect.height / 2.0 })
}

#[cfg(test)]
mod tests {
    use super::super::shapes::Shapes;
    use super::super::{Theme, samples, svg};
    use super::*;
    use crate::record::Figure;

    #[test]
    fn draws_every_spike() {
        let figure = samples::raster(4);
        let Figure::Raster(raster) = &figure else { unreachable!() };
        let document =
            svg(&samples::panel_of(&figure), &figure, None, &Theme::light(), 1800, 500).unwrap();
        let ink = samples::hex(Theme::light().ink);
        let strokes: usize = Shapes::read(&document)
            .polygons
            .iter()
            .filter(|polygon| polygon.fill == ink)
            .map(|polygon| polygon.points.len() / 4)
            .sum();
        assert_eq!(strokes, raster.times_ms.len());
        for text in ["input 1", "A–n1", "700", "time (ms)", "B"] {
            assert!(Shapes::read(&document).has_text(text), "{text}");
        }
    }

    #[test]
    fn draws_every_spike_of_many_rows() {
        let raster = Raster {
            width_ms: 100.0,
            row_labels: vec![String::new(); 2 * DENSE],
            times_ms: (0..2 * DENSE).map(|row| (row % 100) as f32).collect(),
            rows: (0..2 * DENSE as u32).collect(),
            ..Raster::default()
        };
        let figure = Figure::Raster(raster);
        let document =
            svg(&samples::panel_of(&figure), &figure, None, &Theme::light(), 640, 260).unwrap();
        let ink = samples::hex(Theme::light().ink);
        let is_spike = |line: &&str| line.starts_with("<rect") && line.contains(&ink);
        assert_eq!(document.lines().filter(is_spike).count(), 2 * DENSE);
    }

    #[test]
    fn finds_each_spike_where_it_was_drawn() {
        let figure = samples::raster(4);
        let Figure::Raster(raster) = &figure else { unreachable!() };
        let layout = samples::layout_of(&figure, 1800, 500);
        let map = time_map(&layout);
        for (row, time) in shown_spikes(raster) {
            let rect = layout.items[row];
            let hit = layout.locate(&figure, map.px(time) + 0.2, rect.y + 2.0).unwrap();
            let start = format!("{time:.1} ms, {}", raster.row_labels[row]);
            assert!(hit.text.starts_with(&start), "{} {start}", hit.text);
            assert_eq!(hit.item, row as u32);
        }
        assert_eq!(layout.locate(&figure, 2.0, 2.0), None);
    }
}
