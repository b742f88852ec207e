//! Lamps side by side, as bright as an answer, with a ring where one should be lit, and below each the lamp of a copy.

use plotters::backend::DrawingBackend;

use super::axis;
use super::pen::{Align, Pen};
use super::theme::{Colour, mix};
use super::{Hit, Layout, Rect};
use crate::lab::Panel;
use crate::record::figure::{Lamp, Lamps};

/// Lamps are never drawn larger than this.
const MAX_RADIUS: f64 = 44.0;
/// Smaller ones could not be made out.
const MIN_RADIUS: f64 = 4.0;
/// A copy's lamp, as a share of the one above it.
const COPY: f64 = 0.72;
/// The ring: its distance from the lamp, and its thickness.
const RING: (f64, f64) = (2.5, 3.0);
/// Room around a lamp and its ring.
const AIR: f64 = 3.0;

/// Where lamps go.
struct Places {
    left: f64,
    pitch: f64,
    /// Radius and middle of both rows.
    rows: [(f64, f64); 2],
    /// Middle of the row of labels.
    labels: f64,
}

pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    lamps: &Lamps,
) -> Result<Layout, String> {
    let inside = pen.inside();
    draw_head(pen, panel, inside)?;
    let mut layout = Layout::new(panel, inside);
    let Some(places) = places(pen, panel, lamps, inside) else {
        pen.note(inside, "No answers yet.")?;
        return Ok(layout);
    };
    let muted = pen.theme.muted;
    let side = places.left - 8.0;
    let name = pen.fitted(&panel.x.text(), side - inside.x);
    pen.write(&name, side, places.labels, Align::Right, muted)?;
    let colours = [pen.theme.output, pen.theme.control];
    for ((name, (_, y)), colour) in lamps.names.iter().zip(places.rows).zip(colours) {
        let name = pen.fitted(name, side - inside.x);
        pen.write(&name, side, y, Align::Right, pen.theme.text(colour))?;
    }
    for (lamp, place) in lamps.lamps.iter().zip(0_u32..) {
        let x = places.left + (f64::from(place) + 0.5) * places.pitch;
        let label = pen.fitted(&lamp.label, places.pitch - 4.0);
        pen.write(&label, x, places.labels, Align::Centre, pen.theme.ink)?;
        for ((value, (radius, y)), colour) in lamp.values.iter().zip(places.rows).zip(colours) {
            if lamp.is_target {
                let outer = radius + RING.0 + RING.1;
                pen.disc(x, y, outer, pen.theme.reward)?;
                pen.disc(x, y, radius + RING.0, pen.theme.surface)?;
            }
            draw_lamp(pen, (x, y, radius), f64::from(*value), (f64::from(lamps.high), colour))?;
        }
        let (x, y) = (x - places.pitch / 2.0, places.labels - pen.row() / 2.0);
        let height = inside.bottom() - y;
        layout.items.push(Rect { x, y, width: places.pitch, height });
    }
    Ok(layout)
}

/// What lamps show, and what the ring means.
fn draw_head<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    inside: Rect,
) -> Result<(), String> {
    let key = "should be lit";
    let start = inside.right() - pen.text_width(key);
    let y = inside.y + pen.row() / 2.0 - 1.0;
    pen.disc(start - 9.0, y, 5.0, pen.theme.reward)?;
    pen.disc(start - 9.0, y, 3.0, pen.theme.surface)?;
    pen.write(key, start, y, Align::Left, pen.theme.muted)?;
    let title = pen.fitted(&panel.y.text(), start - 26.0 - inside.x);
    pen.title(&title)
}

/// As large as the room allows, and in its middle; none where there is no room or no lamp.
fn places<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    panel: &Panel,
    lamps: &Lamps,
    inside: Rect,
) -> Option<Places> {
    let num = lamps.lamps.len() as f64;
    let texts = lamps.names.iter().map(|name| pen.text_width(name));
    let widest = texts.fold(pen.text_width(&panel.x.text()), f64::max);
    let side = widest.min(0.3 * inside.width) + 8.0;
    let head = pen.row() + 2.0;
    let around = RING.0 + RING.1 + AIR;
    let room = (inside.width - side, inside.height - head - pen.row());
    let by_width = room.0 / num / 2.0 - around;
    let by_height = (room.1 - 4.0 * around) / (2.0 + 2.0 * COPY);
    let radius = by_width.min(by_height).min(MAX_RADIUS);
    // Also where there is no lamp, and so no width.
    if num < 1.0 || radius.is_nan() || radius < MIN_RADIUS {
        return None;
    }
    let pitch = (room.0 / num).min(3.2 * (radius + around));
    let copy = COPY * radius;
    let height = pen.row() + 2.0 * (radius + copy) + 4.0 * around;
    let top = inside.y + head + (inside.height - head - height) * 0.5;
    let first = top + pen.row() + around + radius;
    let second = first + radius + 2.0 * around + copy;
    Some(Places {
        left: inside.x + side + (room.0 - num * pitch) / 2.0,
        pitch,
        rows: [(radius, first), (copy, second)],
        labels: top + pen.row() / 2.0,
    })
}

/// A disc with a hairline around it, and the number in it.
fn draw_lamp<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    (x, y, radius): (f64, f64, f64),
    value: f64,
    (high, colour): (f64, Colour),
) -> Result<(), String> {
    let share = if value.is_finite() && high > 0.0 { (value / high).clamp(0.0, 1.0) } else { 0.0 };
    let dark = mix(pen.theme.surface, colour, 0.06);
    let lit = mix(dark, colour, share);
    pen.disc(x, y, radius, mix(colour, pen.theme.surface, 0.4))?;
    pen.disc(x, y, radius - 1.0, lit)?;
    let text = if value.is_finite() { axis::number(value, 0) } else { "–".into() };
    if pen.text_width(&text) <= 2.0 * radius && pen.font <= 1.6 * radius {
        pen.write(&text, x, y, Align::Centre, pen.theme.on(lit))?;
    }
    Ok(())
}

pub(super) fn locate(layout: &Layout, lamps: &Lamps, x: f64, y: f64) -> Option<Hit> {
    let item = layout.items.iter().position(|rect| rect.contains(x, y, 0.0))?;
    let Lamp { label, values, is_target } = lamps.lamps.get(item)?;
    let unit = layout.y_axis.unit;
    let answer = |value: f32| match value.is_finite() {
        true => axis::value_text(f64::from(value), unit),
        false => "no answer yet".into(),
    };
    let [own, copy] = &lamps.names;
    let target = if *is_target { "should be lit" } else { "should be dark" };
    let [ours, others] = values.map(answer);
    let quantity = layout.x_axis.short();
    let space = if quantity.is_empty() { "" } else { " " };
    let text = format!("{quantity}{space}{label}: {target}\n{own}: {ours}\n{copy}: {others}");
    let rect = layout.items[item];
    let middle = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
    Some(Hit { text, item: item as u32, x: middle.0, y: middle.1 })
}

#[cfg(test)]
mod tests {
    use super::super::shapes::Shapes;
    use super::super::{Theme, samples, svg};
    use crate::record::Figure;

    fn document(figure: &Figure, size: (u32, u32)) -> String {
        svg(&samples::panel_of(figure), figure, None, &Theme::light(), size.0, size.1).unwrap()
    }

    #[test]
    fn reads_at_the_size_of_a_card() {
        let figure = samples::lamps();
        let drawn = document(&figure, (300, 200));
        let shapes = Shapes::read(&drawn);
        let texts = ["00", "01", "10", "11", "output", "frozen twin", "34", "2", "should be lit"];
        for text in texts {
            assert!(shapes.has_text(text), "{text}");
        }
        // Two rings in each row, and one in the key.
        let ring = samples::hex(Theme::light().reward);
        let is_ring = |line: &&str| line.starts_with("<circle") && line.contains(&ring);
        assert_eq!(drawn.lines().filter(is_ring).count(), 5);
    }

    #[test]
    fn brighter_is_more() {
        let Figure::Lamps(mut lamps) = samples::lamps() else { unreachable!() };
        let full = samples::hex(Theme::light().output);
        lamps.lamps[1].values[0] = lamps.high;
        let lit = document(&Figure::Lamps(lamps.clone()), (640, 260)).matches(&full).count();
        lamps.lamps[1].values[0] = 0.5 * lamps.high;
        let half = document(&Figure::Lamps(lamps), (640, 260)).matches(&full).count();
        assert_eq!(lit, half + 1);
    }

    #[test]
    fn tells_both_answers_and_what_was_wanted() {
        let figure = samples::lamps();
        let layout = samples::layout_of(&figure, 640, 260);
        let rect = layout.items[1];
        let hit = layout.locate(&figure, rect.x + 3.0, rect.bottom() - 3.0).unwrap();
        assert_eq!(hit.text, "pattern 01: should be lit\noutput: 34 Hz\nfrozen twin: 21 Hz");
        assert_eq!(hit.item, 1);
        assert_eq!(layout.locate(&figure, 1.0, 1.0), None);
    }
}
