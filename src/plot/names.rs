//! Names of lines: at their right ends where there is room, otherwise in rows above the plot, each behind a
//! sample of its line. All of them are written, and never over what is drawn.

use plotters::backend::DrawingBackend;

use super::Rect;
use super::order::sort_few;
use super::pen::{Align, Pen};
use super::theme::{Colour, mix};

/// Distance between the end of a line and its name.
const GAP: f64 = 8.0;
/// Width of the sample of a line, and its distance from the name.
const SAMPLE: (f64, f64) = (12.0, 4.0);
/// Distance between two names in a row.
const BETWEEN: f64 = 12.0;

/// What the sample before a name looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sample {
    Line,
    /// A line that lies behind.
    Pale,
    Dashes,
    Ring,
    /// What lies between two edges, with a line in the middle.
    Band,
    /// What is filled below a line.
    Area,
    /// The spikes of a raster.
    Spikes,
}

impl Sample {
    /// Names that are no ends of lines stand above the plot.
    fn is_above(self) -> bool {
        matches!(self, Self::Area | Self::Spikes)
    }
}

/// The name of a line.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub text: String,
    pub colour: Colour,
    pub sample: Sample,
    /// Those of a lower one come first.
    pub rank: u8,
    /// Which line it belongs to, as its figure counts them.
    pub item: usize,
}

/// All names of a figure, and where they go.
pub(super) struct Names {
    names: Vec<Name>,
    /// Width that they need beside the plot, if they go there.
    right: Option<f64>,
    /// Left end and row of each, if they go above.
    spots: Vec<(f64, f64)>,
}

impl Names {
    /// Finds places beside or below the title, which is written in the first row.
    pub fn new<DB: DrawingBackend>(pen: &Pen<'_, DB>, title: &str, names: Vec<Name>) -> Self {
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.retain(|idx| !names[*idx].text.is_empty());
        sort_few(&mut order, &|idx| f64::from(names[*idx].rank));
        let mut names: Vec<Name> = order.iter().map(|idx| names[*idx].clone()).collect();
        let widest = names.iter().map(|n| pen.text_width(&n.text)).fold(0.0, f64::max);
        let fits_beside = !names.iter().any(|name| name.sample.is_above())
            && pen.width >= 440.0
            && widest <= 0.3 * pen.width
            && names.len() as f64 * pitch(pen) <= pen.height - 4.0 * pen.row();
        if names.is_empty() || fits_beside {
            let right = Some(if widest > 0.0 { widest + GAP } else { 0.0 });
            return Self { names, right, spots: Vec::new() };
        }
        let inside = pen.inside();
        let room = SAMPLE.0 + SAMPLE.1;
        let (mut x, mut row) = (inside.x, 0.0);
        if !title.is_empty() {
            x += pen.text_width(title) + BETWEEN + 4.0;
        }
        let mut spots = Vec::new();
        for name in &mut names {
            name.text = pen.fitted(&name.text, inside.width - room);
            let own = room + pen.text_width(&name.text);
            if x > inside.x && x + own > inside.right() + 0.01 {
                (x, row) = (inside.x, row + 1.0);
            }
            spots.push((x, row));
            x += own + BETWEEN;
        }
        Self { names, right: None, spots }
    }

    /// Room that they need beside the plot.
    pub fn right(&self) -> f64 {
        self.right.unwrap_or(0.0)
    }

    /// Whether there is anything to name.
    pub fn is_any(&self) -> bool {
        !self.names.is_empty()
    }

    /// Rows of text above the plot, that of the title included.
    pub fn num_rows(&self) -> f64 {
        1.0 + self.spots.last().map_or(0.0, |spot| spot.1)
    }

    /// Writes them. `x` is where the lines end, and `y_of` the height at which one does.
    pub fn draw<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        plot: Rect,
        x: f64,
        y_of: &dyn Fn(usize) -> f64,
    ) -> Result<(), String> {
        if self.right.is_some() {
            return self.draw_at_ends(pen, plot, x, y_of);
        }
        let top = pen.inside().y + pen.row() / 2.0 - 1.0;
        for (name, (x, row)) in self.names.iter().zip(&self.spots) {
            let (y, end) = (top + row * pen.row(), x + SAMPLE.0);
            match name.sample {
                Sample::Line | Sample::Pale => {
                    let rect = Rect { x: *x, y: y - 1.0, width: SAMPLE.0, height: 2.0 };
                    let is_pale = name.sample == Sample::Pale;
                    pen.fill(rect, if is_pale { pen.theme.axis } else { name.colour })?;
                }
                Sample::Band | Sample::Area => {
                    let half = mix(name.colour, pen.theme.surface, 0.7);
                    let top = if name.sample == Sample::Band { y - 1.0 } else { y - 4.0 };
                    pen.fill(Rect { x: *x, y: y - 4.0, width: SAMPLE.0, height: 8.0 }, half)?;
                    pen.fill(Rect { x: *x, y: top, width: SAMPLE.0, height: 2.0 }, name.colour)?;
                }
                Sample::Spikes => {
                    let ticks = [1.0, 5.0, 9.0].into_iter().map(|off| x + off);
                    pen.comb(ticks, (y - 4.0, y + 4.0), 1.5, name.colour, 1.0)?;
                }
                Sample::Dashes => pen.dashes((*x, end), y - 0.5, name.colour)?,
                Sample::Ring => {
                    pen.dot(x + 6.0, y, 4.0, name.colour)?;
                    pen.dot(x + 6.0, y, 2.5, pen.theme.surface)?;
                }
            }
            let colour = pen.theme.text(name.colour);
            pen.write(&name.text, end + SAMPLE.1, y, Align::Left, colour)?;
        }
        Ok(())
    }

    /// Beside the ends of their lines, moved apart where they would touch.
    fn draw_at_ends<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        plot: Rect,
        x: f64,
        y_of: &dyn Fn(usize) -> f64,
    ) -> Result<(), String> {
        let ends: Vec<f64> = self.names.iter().map(|name| y_of(name.item)).collect();
        let mut order: Vec<usize> = (0..ends.len()).filter(|idx| ends[*idx].is_finite()).collect();
        sort_few(&mut order, &|idx| ends[*idx]);
        let mut places: Vec<f64> = order.iter().map(|idx| ends[*idx]).collect();
        // The lowest stays clear of the axis.
        let bottom = (plot.bottom() - 0.4 * pen.font).max(plot.y);
        spread(&mut places, pitch(pen), (plot.y, bottom));
        for (idx, y) in order.iter().zip(places) {
            let name = &self.names[*idx];
            pen.write(&name.text, x + GAP, y, Align::Left, pen.theme.text(name.colour))?;
        }
        Ok(())
    }
}

/// Least distance between names below one another.
fn pitch<DB: DrawingBackend>(pen: &Pen<'_, DB>) -> f64 {
    pen.font * 1.25
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

/// Texts inside a plot that must not lie on one another, and that keep away from lines where they can.
#[derive(Default)]
pub(super) struct Crowd {
    taken: Vec<Rect>,
    ink: Vec<[(f64, f64); 2]>,
}

impl Crowd {
    /// Keeps a place free of texts.
    pub fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Notes a line that is drawn.
    pub fn note_line(&mut self, points: impl Iterator<Item = (f64, f64)>) {
        let mut before = None;
        for point in points.filter(|(x, y)| x.is_finite() && y.is_finite()) {
            self.ink.extend(before.map(|before| [before, point]));
            before = Some(point);
        }
    }

    /// Writes a text on a plate at the one of some places that is inside the plot, free, and crossed by the
    /// fewest lines; nowhere if all are taken. A place is the left end and the middle of the text.
    pub fn write<DB: DrawingBackend>(
        &mut self,
        pen: &Pen<'_, DB>,
        text: &str,
        plot: Rect,
        places: &[(f64, f64)],
        colour: Colour,
    ) -> Result<(), String> {
        let (width, height) = (pen.text_width(text), pen.font * 1.2);
        let mut best: Option<(usize, Rect)> = None;
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
                let crossed = self.ink.iter().filter(|[a, b]| crosses(rect, *a, *b)).count();
                if best.is_none_or(|(least, _)| crossed < least) {
                    best = Some((crossed, rect));
                }
            }
        }
        let Some((crossed, rect)) = best else { return Ok(()) };
        self.taken.push(rect);
        if crossed > 0 {
            pen.fill(Rect { x: rect.x - 2.0, width: width + 4.0, ..rect }, pen.theme.surface)?;
        }
        pen.write(text, rect.x, rect.y + height / 2.0, Align::Left, colour)
    }
}

/// Whether a stretch of a line runs through a rectangle.
fn crosses(rect: Rect, a: (f64, f64), b: (f64, f64)) -> bool {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let across = (a.0, b.0 - a.0, rect.x, rect.right());
    let down = (a.1, b.1 - a.1, rect.y, rect.bottom());
    for (start, way, low, high) in [across, down] {
        if way.abs() > 1e-9 {
            let (first, second) = ((low - start) / way, (high - start) / way);
            from = from.max(first.min(second));
            to = to.min(first.max(second));
        } else if start < low || start > high {
            return false;
        }
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cross_rectangles() {
        let rect = Rect { x: 10.0, y: 10.0, width: 20.0, height: 10.0 };
        assert!(crosses(rect, (0.0, 0.0), (40.0, 30.0)));
        assert!(crosses(rect, (0.0, 15.0), (40.0, 15.0)));
        assert!(crosses(rect, (15.0, 12.0), (16.0, 13.0)));
        assert!(!crosses(rect, (0.0, 15.0), (9.0, 15.0)));
        assert!(!crosses(rect, (0.0, 25.0), (40.0, 25.0)));
        assert!(!crosses(rect, (0.0, 16.0), (16.0, 32.0)));
    }

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
