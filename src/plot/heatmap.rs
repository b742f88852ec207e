//! Heat maps: a labelled table of numbers as colours, with the numbers written in where they fit.

use plotters::backend::DrawingBackend;

use super::axis;
use super::key::Key;
use super::pen::{Align, Pen};
use super::{Hit, Layout, Rect};
use crate::lab::{Panel, Unit};
use crate::record::figure::Matrix;

/// Cells are never drawn larger than this.
const MAX_CELL: (f64, f64) = (84.0, 56.0);
/// Cells at least this high and wide are kept apart by a hairline.
const SEPARATE_FROM: f64 = 5.0;
/// Zeros are written in tables of at most so many cells, and left out of larger ones.
const MAX_WITH_ZEROS: usize = 100;

pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    matrix: &Matrix,
) -> Result<Layout, String> {
    let (num_rows, num_columns) = (matrix.row_labels.len(), matrix.column_labels.len());
    let inside = pen.inside();
    let widest = matrix.row_labels.iter().map(|l| pen.text_width(l)).fold(0.0, f64::max);
    let label_room = widest.min(0.3 * inside.width) + 8.0;
    let title = title(panel);
    let head = if title.is_empty() { 0.0 } else { pen.row() + 4.0 };
    let foot = pen.row() + 4.0;
    let room = (inside.width - label_room, inside.height - head - foot);
    let cell = cell_size(pen, room, (num_columns, num_rows));
    let size = (cell.0 * num_columns as f64, cell.1 * num_rows as f64);
    // The block of labels and cells stands in the middle.
    let left = inside.x + label_room + (room.0 - size.0) / 2.0;
    let top = inside.y + head + (room.1 - size.1) / 2.0;
    let (x, y) = (pen.snap_down(left), pen.snap_down(top));
    let plot = Rect { x, y, width: size.0, height: size.1 };
    let mut layout = Layout::new(panel, plot);
    layout.x_range = (0.0, num_columns as f64);
    layout.y_range = (num_rows as f64, 0.0);
    layout.items = (0..num_rows)
        .map(|row| Rect { x, y: y + row as f64 * cell.1, width: size.0, height: cell.1 })
        .collect();

    let start = (x - label_room).max(inside.x);
    let title = pen.fitted(&title, inside.right() - start);
    let middle = y - head + pen.row() / 2.0 - 1.0;
    pen.write(&title, start, middle, Align::Left, pen.theme.muted)?;
    let key = Key::new(pen, 0.0, matrix.high);
    let key_start = plot.right() - key.width(pen);
    // Where numbers are written the colours explain themselves.
    let is_needed = head > 0.0 && cell.1 < pen.font * 1.2;
    if is_needed && start + pen.text_width(&title) + 14.0 <= key_start {
        key.draw(pen, key_start, middle)?;
    }
    draw_cells(pen, matrix, plot, cell)?;
    draw_labels(pen, matrix, plot, cell, label_room)?;
    if let Some((row, column)) = matrix.marked {
        let (x, y) = (plot.x + f64::from(column) * cell.0, plot.y + f64::from(row) * cell.1);
        let marked = Rect { x, y, width: cell.0, height: cell.1 };
        pen.frame(marked, pen.snap_down(3.0), pen.theme.ink)?;
    }
    if matrix.values.iter().all(|value| *value == 0.0) {
        pen.note(plot, "Nothing counted yet.")?;
    }
    Ok(layout)
}

/// What rows and columns are, in the direction they run.
fn title(panel: &Panel) -> String {
    let name = |text: String, arrow: &str| {
        if text.is_empty() { None } else { Some(format!("{text} {arrow}")) }
    };
    // Rows run downwards, but what they stand for may grow upwards.
    let grows_up = panel.plane.is_some_and(|plane| plane.step[1] < 0.0);
    let down = if grows_up { "↑" } else { "↓" };
    let parts = [name(panel.y.text(), down), name(panel.x.text(), "→")];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\u{2003}")
}

/// Whole device pixels, and not too far from square.
fn cell_size<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    room: (f64, f64),
    (columns, rows): (usize, usize),
) -> (f64, f64) {
    let width = (room.0 / columns.max(1) as f64).clamp(0.0, MAX_CELL.0);
    let height = (room.1 / rows.max(1) as f64).clamp(0.0, MAX_CELL.1);
    let height = height.min(1.2 * width);
    let width = width.min((1.9 * height).max(14.0));
    (pen.snap_down(width), pen.snap_down(height))
}

fn draw_cells<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    matrix: &Matrix,
    plot: Rect,
    cell: (f64, f64),
) -> Result<(), String> {
    let (num_rows, num_columns) = (matrix.row_labels.len(), matrix.column_labels.len());
    let theme = pen.theme;
    // All cells at once in the colour of zero; only others are painted over it.
    pen.fill(plot, theme.ramp_at(0.0))?;
    let least = cell.0.min(cell.1);
    if least >= SEPARATE_FROM {
        for column in 1..num_columns {
            let x = plot.x + column as f64 * cell.0 - pen.snap_down(1.0);
            let width = pen.snap_down(1.0);
            pen.fill(Rect { x, width, ..plot }, theme.surface)?;
        }
        for row in 1..num_rows {
            let y = plot.y + row as f64 * cell.1 - pen.snap_down(1.0);
            pen.fill(Rect { y, height: pen.snap_down(1.0), ..plot }, theme.surface)?;
        }
    }
    let separation = if least >= SEPARATE_FROM { pen.snap_down(1.0) } else { 0.0 };
    let cells = matrix.values.iter().take(num_rows * num_columns).enumerate();
    for (idx, value) in cells.filter(|(_, value)| value.is_finite()) {
        let rect = Rect {
            x: plot.x + (idx % num_columns) as f64 * cell.0,
            y: plot.y + (idx / num_columns) as f64 * cell.1,
            width: cell.0 - separation,
            height: cell.1 - separation,
        };
        let colour = theme.ramp_at(f64::from(*value) / f64::from(matrix.high));
        if colour != theme.ramp[0] {
            pen.fill(rect, colour)?;
        }
        if *value == 0.0 && num_rows * num_columns > MAX_WITH_ZEROS {
            continue;
        }
        let text = axis::value_text(f64::from(*value), Unit::None);
        if pen.text_width(&text) + 4.0 <= rect.width && pen.font * 1.2 <= rect.height {
            let ink = if *value == 0.0 { theme.muted } else { theme.on(colour) };
            let (x, y) = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
            pen.write(&text, x, y, Align::Centre, ink)?;
        }
    }
    Ok(())
}

/// Every label, or every second, fifth … where they would touch.
fn draw_labels<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    matrix: &Matrix,
    plot: Rect,
    cell: (f64, f64),
    label_room: f64,
) -> Result<(), String> {
    let muted = pen.theme.muted;
    let stride = |pitch: f64, need: f64| {
        [1, 2, 5, 10, 20, 50].into_iter().find(|s| *s as f64 * pitch >= need).unwrap_or(100)
    };
    let rows = matrix.row_labels.iter().enumerate();
    for (row, label) in rows.step_by(stride(cell.1, pen.font * 1.1)) {
        let y = plot.y + (row as f64 + 0.5) * cell.1;
        let label = pen.fitted(label, label_room - 8.0);
        pen.write(&label, plot.x - 8.0, y, Align::Right, muted)?;
    }
    let columns = matrix.column_labels.iter().enumerate();
    let longest = pen.font * 8.0;
    let widest = matrix.column_labels.iter().map(|l| pen.text_width(l)).fold(0.0, f64::max);
    let widest = widest.min(longest);
    for (column, label) in columns.step_by(stride(cell.0, widest + 2.0)) {
        let x = plot.x + (column as f64 + 0.5) * cell.0;
        let y = plot.bottom() + 4.0 + pen.row() / 2.0;
        let label = pen.fitted(label, longest);
        if x + pen.text_width(&label) / 2.0 <= pen.width {
            pen.write(&label, x, y, Align::Centre, muted)?;
        }
    }
    Ok(())
}

pub(super) fn locate(layout: &Layout, matrix: &Matrix, x: f64, y: f64) -> Option<Hit> {
    let row = layout.items.iter().position(|rect| rect.contains(x, y, 0.0))?;
    let num_columns = matrix.column_labels.len();
    let plot = layout.plot;
    let column = ((x - plot.x) / plot.width * num_columns as f64) as usize;
    let column = column.min(num_columns.checked_sub(1)?);
    let value = f64::from(*matrix.values.get(row * num_columns + column)?);
    let value = if value.is_finite() { axis::value_text(value, Unit::None) } else { "none".into() };
    let text = format!("{}–{}: {value}", matrix.row_labels.get(row)?, matrix.column_labels[column]);
    let rect = layout.items[row];
    let x = plot.x + (column as f64 + 0.5) * plot.width / num_columns as f64;
    Some(Hit { text, item: row as u32, x, y: rect.y + rect.height / 2.0 })
}

#[cfg(test)]
mod tests {
    use super::super::shapes::Shapes;
    use super::super::{Theme, samples, svg};
    use crate::record::Figure;

    #[test]
    fn writes_numbers_where_they_fit() {
        let small = samples::matrix(4);
        let document =
            svg(&samples::panel_of(&small), &small, None, &Theme::light(), 640, 260).unwrap();
        let shapes = Shapes::read(&document);
        for text in ["A", "n4", "letter ↓\u{2003}neuron →", "0", "12"] {
            assert!(shapes.has_text(text), "{text}");
        }
        let large = samples::matrix(26);
        let document =
            svg(&samples::panel_of(&large), &large, None, &Theme::light(), 360, 200).unwrap();
        let shapes = Shapes::read(&document);
        let num_twelves = shapes.texts.iter().filter(|(text, _)| text == "12").count();
        assert_eq!(num_twelves, 1, "only the key says what the strongest colour is");
    }

    #[test]
    fn finds_each_cell_where_it_was_drawn() {
        let figure = samples::matrix(26);
        let Figure::Matrix(matrix) = &figure else { unreachable!() };
        let layout = samples::layout_of(&figure, 640, 260);
        let plot = layout.plot;
        for row in 0..26 {
            for column in 0..26 {
                let x = plot.x + (column as f64 + 0.4) * plot.width / 26.0;
                let y = plot.y + (row as f64 + 0.6) * plot.height / 26.0;
                let hit = layout.locate(&figure, x, y).unwrap();
                let value = matrix.values[row * 26 + column];
                let (r, c) = (&matrix.row_labels[row], &matrix.column_labels[column]);
                assert_eq!(hit.text, format!("{r}–{c}: {value}"));
                assert_eq!(hit.item, row as u32);
            }
        }
    }
}
