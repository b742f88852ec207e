//! Small pictures side by side: receptive fields, stimuli. A name above each, a caption below.

use plotters::backend::DrawingBackend;

use super::axis;
use super::key::{self, Key};
use super::pen::{Align, Pen};
use super::{Hit, Layout, Rect};
use crate::lab::Panel;
use crate::record::figure::{Field, Fields};

/// A pixel is never drawn larger than this.
const MAX_PIXEL: f64 = 34.0;
/// Pixels at least this large are kept apart by a hairline.
const SEPARATE_FROM: f64 = 8.0;
/// Least distance between two pictures.
const GAP: f64 = 12.0;

/// How pictures are arranged.
#[derive(Clone, Copy, Debug, Default)]
struct Arrangement {
    pixel: f64,
    num_across: usize,
    num_down: usize,
    has_labels: bool,
    has_captions: bool,
    /// From one picture to the next.
    pitch: (f64, f64),
}

pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    fields: &Fields,
) -> Result<Layout, String> {
    let has_key = pen.height >= 150.0 && pen.width >= 240.0;
    let mut inside = pen.inside();
    if has_key {
        draw_key(pen, panel, fields, inside)?;
        inside.y += pen.row() + 6.0;
        inside.height -= pen.row() + 6.0;
    }
    let mut layout = Layout::new(panel, inside);
    let arrangement = arrange(pen, fields, inside);
    if arrangement.pixel <= 0.0 {
        pen.note(inside, "No pictures yet.")?;
        return Ok(layout);
    }
    layout.items = places(pen, fields, inside, arrangement);
    for (field, &picture) in fields.fields.iter().zip(&layout.items) {
        draw_pixels(pen, (panel, fields), field, picture, arrangement.pixel)?;
        let middle = picture.x + picture.width / 2.0;
        let room = arrangement.pitch.0 - 4.0;
        let colour = if field.is_selected { pen.theme.ink } else { pen.theme.muted };
        if arrangement.has_labels {
            let y = picture.y - pen.row() / 2.0 - 1.0;
            pen.write(&pen.fitted(&field.label, room), middle, y, Align::Centre, colour)?;
        }
        if arrangement.has_captions {
            let y = picture.bottom() + pen.row() / 2.0 + 2.0;
            let caption = pen.fitted(&field.caption, room);
            pen.write(&caption, middle, y, Align::Centre, pen.theme.ink)?;
        }
        if field.is_selected {
            let last = separation(pen, arrangement.pixel);
            let around = Rect {
                x: picture.x - 2.0,
                y: picture.y - 2.0,
                width: picture.width + 4.0 - last,
                height: picture.height + 4.0 - last,
            };
            pen.frame(around, 1.5, pen.theme.accent)?;
        }
    }
    Ok(layout)
}

/// The quantity and what the colours mean.
fn draw_key<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    fields: &Fields,
    inside: Rect,
) -> Result<(), String> {
    let key = Key::new(pen, fields.low, fields.high).grey(panel.is_grey);
    let y = inside.y + pen.row() / 2.0 - 1.0;
    let title = pen.fitted(&panel.y.text(), inside.width - key.width(pen) - 14.0);
    pen.write(&title, inside.x, y, Align::Left, pen.theme.muted)?;
    let start = if title.is_empty() { 0.0 } else { pen.text_width(&title) + 14.0 };
    key.draw(pen, inside.x + start, y)
}

/// The arrangement with the largest pixels. Labels, then captions, are given up for it only where
/// pictures could hardly be made out otherwise: captions tell what was learned.
fn arrange<DB: DrawingBackend>(pen: &Pen<'_, DB>, fields: &Fields, inside: Rect) -> Arrangement {
    const READABLE: f64 = 4.0;
    let any = |text: fn(&Field) -> &String| fields.fields.iter().any(|f| !text(f).is_empty());
    let (labels, captions) = (any(|f| &f.label), any(|f| &f.caption));
    let mut best = Arrangement::default();
    for (has_labels, has_captions) in
        [(labels, captions), (labels && !captions, captions), (false, false)]
    {
        for num_across in 1..=fields.fields.len() {
            let candidate = try_across(pen, fields, inside, num_across, (has_labels, has_captions));
            if candidate.pixel > best.pixel {
                best = candidate;
            }
        }
        if best.pixel >= READABLE {
            break;
        }
    }
    best
}

fn try_across<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    fields: &Fields,
    inside: Rect,
    num_across: usize,
    (has_labels, has_captions): (bool, bool),
) -> Arrangement {
    let (columns, rows) = (f64::from(fields.columns.max(1)), f64::from(fields.rows.max(1)));
    let widest = |text: fn(&Field) -> &String| {
        fields.fields.iter().map(|f| pen.text_width(text(f))).fold(0.0, f64::max)
    };
    // Very long texts are shortened rather than given all the room.
    let longest = pen.font * 8.0;
    let label_width = if has_labels { widest(|f| &f.label).min(longest) } else { 0.0 };
    let caption_width = if has_captions { widest(|f| &f.caption).min(longest) } else { 0.0 };
    let text_width = label_width.max(caption_width);
    let num_down = fields.fields.len().div_ceil(num_across);
    let text_height = pen.row() * (f64::from(has_labels) + f64::from(has_captions)) + 3.0;
    let room = (inside.width / num_across as f64, inside.height / num_down as f64);
    // The text needs its width whatever the picture needs.
    let across = if text_width + 6.0 <= room.0 { room.0 - GAP } else { 0.0 };
    let down = room.1 - text_height - 4.0;
    let pixel = pen.snap_down((across / columns).min(down / rows).clamp(0.0, MAX_PIXEL));
    let gap = (pixel * 0.8).clamp(GAP, 28.0);
    let pitch_x = (pixel * columns + gap).max(text_width + 8.0);
    let pitch_y = pixel * rows + text_height + if num_down > 1 { 24.0 } else { 0.0 };
    let pitch = (pitch_x.min(room.0), pitch_y.min(room.1));
    Arrangement { pixel, num_across, num_down, has_labels, has_captions, pitch }
}

/// Where each picture goes: as a block in the middle of the area, its last row from the left.
fn places<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    fields: &Fields,
    inside: Rect,
    arrangement: Arrangement,
) -> Vec<Rect> {
    let Arrangement { pixel, num_across, num_down, pitch, .. } = arrangement;
    let width = pixel * f64::from(fields.columns);
    let height = pixel * f64::from(fields.rows);
    let label_height = if arrangement.has_labels { pen.row() + 2.0 } else { 2.0 };
    let left = inside.x + (inside.width - pitch.0 * num_across as f64) / 2.0;
    let top = inside.y + (inside.height - pitch.1 * num_down as f64) * 0.4;
    (0..fields.fields.len())
        .map(|idx| {
            let (column, row) = ((idx % num_across) as f64, (idx / num_across) as f64);
            let x = left + column * pitch.0 + (pitch.0 - width) / 2.0;
            Rect {
                x: pen.snap_down(x),
                y: pen.snap_down(top + row * pitch.1 + label_height),
                width,
                height,
            }
        })
        .collect()
}

/// Free room at the right and lower end of a pixel.
fn separation<DB: DrawingBackend>(pen: &Pen<'_, DB>, pixel: f64) -> f64 {
    if pixel >= SEPARATE_FROM { pen.snap_down(1.0) } else { 0.0 }
}

fn draw_pixels<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    (panel, fields): (&Panel, &Fields),
    field: &Field,
    picture: Rect,
    pixel: f64,
) -> Result<(), String> {
    let columns = fields.columns as usize;
    let separation = separation(pen, pixel);
    let range = f64::from(fields.high) - f64::from(fields.low);
    let cells = field.values.iter().take(columns * fields.rows as usize).enumerate();
    for (idx, value) in cells.filter(|(_, value)| value.is_finite()) {
        let share = (f64::from(*value) - f64::from(fields.low)) / range;
        let rect = Rect {
            x: picture.x + (idx % columns) as f64 * pixel,
            y: picture.y + (idx / columns) as f64 * pixel,
            width: pixel - separation,
            height: pixel - separation,
        };
        pen.fill(rect, key::colour(pen, share, panel.is_grey))?;
    }
    Ok(())
}

pub(super) fn locate(layout: &Layout, fields: &Fields, x: f64, y: f64) -> Option<Hit> {
    // The name and the caption belong to the picture.
    let item = layout.items.iter().position(|r| r.contains(x, y, 0.0)).or_else(|| {
        layout.items.iter().position(|r| r.contains(x, r.y, 4.0) && r.contains(r.x, y, 18.0))
    })?;
    let (field, rect) = (fields.fields.get(item)?, layout.items[item]);
    let name = match (field.label.as_str(), field.caption.as_str()) {
        ("", "") => (item + 1).to_string(),
        ("", caption) => caption.into(),
        (label, "") => label.into(),
        (label, caption) => format!("{label} ({caption})"),
    };
    let (columns, rows) = (fields.columns as usize, fields.rows as usize);
    let column = ((x - rect.x) / rect.width * columns as f64).floor();
    let row = ((y - rect.y) / rect.height * rows as f64).floor();
    let is_pixel = column >= 0.0 && row >= 0.0 && column < columns as f64 && row < rows as f64;
    let (column, row) = (column.max(0.0) as usize, row.max(0.0) as usize);
    let value = field.values.get(row * columns + column).filter(|_| is_pixel);
    let text = match value {
        Some(value) if value.is_finite() => format!(
            "{name}, pixel row {} column {}: {}",
            row + 1,
            column + 1,
            axis::value_text(f64::from(*value), layout.y_axis.unit)
        ),
        _ => name,
    };
    Some(Hit { text, item: item as u32, x, y })
}

#[cfg(test)]
mod tests {
    use super::super::shapes::Shapes;
    use super::super::{Theme, samples, svg};
    use crate::record::Figure;

    #[test]
    fn draws_each_pixel_and_each_name() {
        for (num, captions) in [(4, true), (26, true), (32, false)] {
            let mut figure = samples::fields(num);
            if let (Figure::Fields(fields), false) = (&mut figure, captions) {
                fields.fields.iter_mut().for_each(|f| f.caption.clear());
            }
            let panel = samples::panel_of(&figure);
            let layout = samples::layout_of(&figure, 360, 200);
            assert_eq!(layout.items.len(), num);
            let document = svg(&panel, &figure, None, &Theme::light(), 360, 200).unwrap();
            let shapes = Shapes::read(&document);
            assert!(shapes.rects >= num * 15, "{num}: {}", shapes.rects);
            assert!(shapes.has_text("n1") && shapes.has_text(&format!("n{num}")), "{num}");
        }
    }

    #[test]
    fn finds_each_pixel_where_it_was_drawn() {
        let figure = samples::fields(26);
        let layout = samples::layout_of(&figure, 640, 260);
        for (idx, rect) in layout.items.iter().enumerate() {
            let (x, y) = (rect.x + rect.width / 6.0, rect.y + rect.height * 0.3);
            let hit = layout.locate(&figure, x, y).unwrap();
            assert_eq!(hit.item, idx as u32);
            assert!(hit.text.contains("pixel row 2 column 1: "), "{}", hit.text);
        }
        let first = layout.items[0];
        let hit = layout.locate(&figure, first.x + 1.0, first.y - 8.0).unwrap();
        assert_eq!((hit.item, hit.text.as_str()), (0, "n1 (A)"));
        assert_eq!(layout.locate(&figure, 0.0, 0.0), None);
    }
}
