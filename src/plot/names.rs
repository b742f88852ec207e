//! Names of lines: at their right ends where there is room, otherwise in a row above the plot. There is
//! no legend box to look up.

use plotters::backend::DrawingBackend;

use super::Rect;
use super::order::sort_few;
use super::pen::{Align, Pen};
use super::theme::Colour;

/// Distance between the end of a line and its name.
const GAP: f64 = 8.0;

/// The name of a line.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub text: String,
    pub colour: Colour,
    /// Where its line ends.
    pub y: f64,
    /// Less important ones give way first.
    pub rank: u8,
    /// Its line is level all along, so that the name can stand anywhere on it.
    pub is_level: bool,
}

/// Width that names at the right need; nothing if they have to go above.
pub(super) fn room_at_right<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    texts: impl Iterator<Item = String>,
) -> Option<f64> {
    let widest = texts.map(|t| pen.text_width(&t)).fold(0.0, f64::max);
    (widest == 0.0 || (pen.width >= 440.0 && widest <= 0.3 * pen.width))
        .then_some(if widest > 0.0 { widest + GAP } else { 0.0 })
}

/// Writes names beside the ends of their lines, moved apart where they would touch.
pub(super) fn draw_at_ends<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    mut names: Vec<Name>,
    x: f64,
    plot: Rect,
) -> Result<(), String> {
    names.retain(|n| !n.text.is_empty() && n.y.is_finite());
    let pitch = pen.font * 1.25;
    sort_few(&mut names, &|name| f64::from(name.rank));
    names.truncate((plot.height / pitch) as usize + 1);
    sort_few(&mut names, &|name| name.y);
    let mut places: Vec<f64> = names.iter().map(|n| n.y).collect();
    spread(&mut places, pitch, (plot.y, plot.bottom()));
    for (name, y) in names.iter().zip(places) {
        pen.write(&name.text, x + GAP, y, Align::Left, pen.theme.text(name.colour))?;
    }
    Ok(())
}

/// Moves ascending places at least `pitch` apart and, as far as possible, into the range: each cluster
/// that touches is centred on where its members wanted to be.
fn spread(places: &mut [f64], pitch: f64, range: (f64, f64)) {
    let wanted = places.to_vec();
    // Clusters as (first member, mean of the wanted place of the first).
    let mut clusters: Vec<(usize, usize, f64)> = Vec::new();
    let last_start = |len: usize| (range.1 - (len - 1) as f64 * pitch).max(range.0);
    for (idx, want) in wanted.iter().enumerate() {
        let mut cluster = (idx, 1, want.clamp(range.0, last_start(1)));
        while let Some(&(first, len, start)) = clusters.last() {
            if start + len as f64 * pitch <= cluster.2 {
                break;
            }
            clusters.pop();
            let total = len + cluster.1;
            let mean = (0..total).map(|i| wanted[first + i] - i as f64 * pitch).sum::<f64>();
            let start = (mean / total as f64).clamp(range.0, last_start(total));
            cluster = (first, total, start);
        }
        clusters.push(cluster);
    }
    for (first, len, start) in clusters {
        for i in 0..len {
            places[first + i] = start + i as f64 * pitch;
        }
    }
}

/// Writes names of levels on their lines, and the others in the row `y` from the right edge leftwards
/// as far as `left_end`, each behind a short piece of line.
pub(super) fn draw_above<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    names: Vec<Name>,
    left_end: f64,
    y: f64,
    plot: Rect,
    crowd: &mut Crowd,
) -> Result<(), String> {
    const SWATCH: f64 = 10.0;
    let (levels, mut names): (Vec<Name>, Vec<Name>) =
        names.into_iter().filter(|n| !n.text.is_empty()).partition(|n| n.is_level);
    for name in levels {
        let right = plot.right() - pen.text_width(&name.text) - 2.0;
        let (above, below) = (name.y - 0.7 * pen.font, name.y + 0.8 * pen.font);
        let left = plot.x + 2.0;
        let places = [(left, above), (left, below), (right, above), (right, below)];
        crowd.write(pen, &name.text, plot, &places, pen.theme.muted)?;
    }
    sort_few(&mut names, &|name| f64::from(name.rank));
    let inside = pen.inside();
    let mut width = 0.0;
    let mut count = 0;
    for name in &names {
        let own = SWATCH + 4.0 + pen.text_width(&name.text) + if count > 0 { 12.0 } else { 0.0 };
        if inside.right() - width - own < left_end + 12.0 {
            break;
        }
        width += own;
        count += 1;
    }
    let mut x = inside.right() - width;
    for name in &names[..count] {
        pen.fill(Rect { x, y: y - 1.0, width: SWATCH, height: 2.0 }, name.colour)?;
        pen.write(&name.text, x + SWATCH + 4.0, y, Align::Left, pen.theme.text(name.colour))?;
        x += SWATCH + 4.0 + pen.text_width(&name.text) + 12.0;
    }
    Ok(())
}

/// Texts inside a plot that must not lie on one another.
#[derive(Default)]
pub(super) struct Crowd {
    taken: Vec<Rect>,
}

impl Crowd {
    /// Writes a text at the first of some places where it is inside the plot and free; nowhere if all
    /// are taken. A place is the left end and the middle of the text.
    pub fn write<DB: DrawingBackend>(
        &mut self,
        pen: &Pen<'_, DB>,
        text: &str,
        plot: Rect,
        places: &[(f64, f64)],
        colour: Colour,
    ) -> Result<(), String> {
        let (width, height) = (pen.text_width(text), pen.font * 1.2);
        for &(x, y) in places {
            let rect = Rect { x, y: y - height / 2.0, width, height };
            let fits = rect.x >= plot.x
                && rect.right() <= plot.right()
                && rect.y >= plot.y - 4.0
                && rect.bottom() <= plot.bottom();
            let free = self.taken.iter().all(|other| {
                other.x >= rect.right()
                    || other.right() <= rect.x
                    || other.y >= rect.bottom()
                    || other.bottom() <= rect.y
            });
            if fits && free {
                self.taken.push(rect);
                return pen.write(text, x, y, Align::Left, colour);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_distance() {
        let mut places = vec![10.0, 50.0, 51.0, 52.0, 99.0, 100.0];
        spread(&mut places, 12.0, (0.0, 100.0));
        assert_eq!(places, [10.0, 39.0, 51.0, 63.0, 88.0, 100.0]);
        let mut places = vec![0.0, 0.0, 0.0];
        spread(&mut places, 12.0, (0.0, 100.0));
        assert_eq!(places, [0.0, 12.0, 24.0]);
    }
}
