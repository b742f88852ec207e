//! Figures on any plotters backend: a canvas in the page, SVG on the command line and in tests.
//!
//! [`draw`] paints one [`Figure`] and gives back a [`Layout`], which knows where everything went and so
//! answers what lies below the pointer. All lengths outside this module are CSS pixels; only the pen
//! knows how many device pixels those are.
//!
//! Text is never measured, because the canvas backend inserts a DOM node per measurement: widths are
//! estimated from a table of letters. Every call crosses into JavaScript, so a row of spikes, a dashed
//! line or a trace is one primitive each. Nothing here panics on empty, ragged or non-finite data.

mod axis;
mod curve;
mod heatmap;
mod key;
mod lamps;
mod lines;
mod marked;
mod names;
pub mod network;
mod order;
mod paths;
mod pen;
mod png;
mod raster;
mod receptive_field;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
pub(crate) mod shapes;
mod svg;
pub mod theme;
mod trace;

use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

pub use marked::mark;
pub use svg::{document, svg};
pub use theme::Theme;

use crate::lab::{Axis, Panel, Unit};
use crate::record::Figure;
use pen::{Align, Pen};

/// How large a CSS pixel and a letter are on the surface drawn on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Device pixels per CSS pixel.
    pub device: f64,
    /// What a font size has to be multiplied by on top of that.
    pub text: f64,
    /// The font size in CSS pixels; by the width of the figure if there is none.
    pub font: Option<f64>,
    /// What the thickness of lines has to be multiplied by.
    pub stroke: f64,
}

impl Scale {
    /// A canvas with so many device pixels per CSS pixel.
    pub const fn canvas(device: f64) -> Self {
        Self { device, text: 1.0, font: None, stroke: 1.0 }
    }

    /// The SVG backend, which writes a font size divided by 1.24.
    pub const fn svg(device: f64) -> Self {
        Self { text: 1.24, ..Self::canvas(device) }
    }
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// Right edge.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// Whether a point lies inside, or no further outside than `slack`.
    pub fn contains(self, x: f64, y: f64, slack: f64) -> bool {
        x >= self.x - slack
            && x <= self.right() + slack
            && y >= self.y - slack
            && y <= self.bottom() + slack
    }
}

/// Where a figure was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The area that the data fill.
    pub plot: Rect,
    /// Values at its left and right edge. Milliseconds count from the start of the run.
    pub x_range: (f64, f64),
    /// Values at its lower and upper edge.
    pub y_range: (f64, f64),
    /// Where each item is that can be picked: rows of a raster, pictures, rows of a matrix. Lines
    /// have none.
    pub items: Vec<Rect>,
    x_axis: Axis,
    y_axis: Axis,
}

/// What lies below the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What there is to read about it.
    pub text: String,
    /// Which item it is, as a pick in this panel names it: a row of a raster, a line of a trace or a
    /// curve, a picture, a row of a matrix.
    pub item: u32,
    /// Where it is, in CSS pixels: a spike or a sample near the pointer rather than the pointer.
    pub x: f64,
    /// The same, downwards.
    pub y: f64,
}

impl Layout {
    fn new(panel: &Panel, plot: Rect) -> Self {
        Self {
            plot,
            x_range: (0.0, 1.0),
            y_range: (0.0, 1.0),
            items: Vec::new(),
            x_axis: panel.x,
            y_axis: panel.y,
        }
    }

    /// The horizontal value at a place in CSS pixels.
    pub fn x_at(&self, px: f64) -> f64 {
        self.x_map().value(px)
    }

    /// The place of a horizontal value in CSS pixels.
    pub fn px_of(&self, x: f64) -> f64 {
        self.x_map().px(x)
    }

    fn x_map(&self) -> axis::Map {
        axis::Map { value: self.x_range, px: (self.plot.x, self.plot.right()) }
    }

    /// What lies at a point given in CSS pixels. `figure` is the one that was drawn.
    pub fn locate(&self, figure: &Figure, x: f64, y: f64) -> Option<Hit> {
        match figure {
            Figure::Raster(raster) => raster::locate(self, raster, x, y),
            Figure::Trace(trace) => trace::locate(self, trace, x, y),
            Figure::Fields(fields) => receptive_field::locate(self, fields, x, y),
            Figure::Curve(curve) => curve::locate(self, curve, x, y),
            Figure::Matrix(matrix) => heatmap::locate(self, matrix, x, y),
            Figure::Lamps(lamps) => lamps::locate(self, lamps, x, y),
        }
    }
}

/// Draws a figure over the whole area, background included, of a run that stopped before its end at `stopped_ms`,
/// if it did. Fails only where the backend does.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    panel: &Panel,
    figure: &Figure,
    stopped_ms: Option<f64>,
    theme: &Theme,
    scale: Scale,
) -> Result<Layout, String> {
    let pen = Pen::new(area, theme, scale)?;
    if !pen.has_room() {
        return Ok(Layout::new(panel, Rect::default()));
    }
    let layout = match figure {
        Figure::Raster(raster) => raster::draw(&pen, panel, raster),
        Figure::Trace(trace) => trace::draw(&pen, panel, trace),
        Figure::Fields(fields) => receptive_field::draw(&pen, panel, fields),
        Figure::Curve(curve) => curve::draw(&pen, panel, curve),
        Figure::Matrix(matrix) => heatmap::draw(&pen, panel, matrix),
        Figure::Lamps(lamps) => lamps::draw(&pen, panel, lamps),
    }?;
    if let Some(stopped_ms) = stopped_ms {
        mark_stop(&pen, &layout, stopped_ms)?;
    }
    Ok(layout)
}

/// Marks where the run stopped before its end, in figures over time.
fn mark_stop<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    layout: &Layout,
    stopped_ms: f64,
) -> Result<(), String> {
    let time = match layout.x_axis.unit {
        _ if layout.x_axis.label != Axis::TIME.label => return Ok(()),
        Unit::S => stopped_ms / 1_000.0,
        _ => stopped_ms,
    };
    let (plot, ink) = (layout.plot, pen.theme.ink);
    let x = layout.px_of(time);
    if !(plot.x..=plot.right() + 1.0).contains(&x) {
        return Ok(());
    }
    // Most figures end where the run does.
    let x = x.min(plot.right() - 1.0);
    pen.fill(Rect { x: x - 1.0, width: 2.0, ..plot }, ink)?;
    let middle = (plot.x + plot.right()) / 2.0;
    let (side, x) = if x > middle { (Align::Right, x - 4.0) } else { (Align::Left, x + 4.0) };
    pen.write("stopped", x, plot.y + pen.row() / 2.0, side, ink)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::figure::*;
    use samples::*;
    use shapes::Shapes;

    const SIZES: [(u32, u32); 5] = [(300, 120), (360, 200), (640, 260), (1100, 320), (1800, 500)];

    #[test]
    fn everything_stays_inside_at_every_size() {
        for (panel, figure) in gallery() {
            for (width, height) in SIZES {
                for theme in [Theme::light(), Theme::dark()] {
                    let document = svg(&panel, &figure, None, &theme, width, height).unwrap();
                    let outside = Shapes::read(&document).outside(width, height);
                    assert!(outside.is_empty(), "{} {width}x{height}: {outside:?}", panel.key);
                }
            }
        }
    }

    #[test]
    fn texts_do_not_overlap() {
        for (panel, figure) in gallery() {
            for (width, height) in SIZES {
                let document = svg(&panel, &figure, None, &Theme::light(), width, height).unwrap();
                let shapes = Shapes::read(&document);
                let overlaps = shapes.overlapping_texts();
                assert!(overlaps.is_empty(), "{} {width}x{height}: {overlaps:?}", panel.key);
            }
        }
    }

    #[test]
    fn a_stop_is_marked_where_it_is_in_figures_over_time_only() {
        for (panel, figure) in gallery() {
            let (start_ms, width_ms) = match &figure {
                Figure::Raster(raster) => (raster.start_ms, f64::from(raster.width_ms)),
                Figure::Trace(trace) => (trace.start_ms, f64::from(trace.width_ms)),
                _ => (0.0, 1_000.0),
            };
            let whole = svg(&panel, &figure, None, &Theme::light(), 640, 260).unwrap();
            let whole = whole.trim_end().trim_end_matches("</svg>").trim_end();
            let is_marked = |stopped_ms: f64| {
                let stop = Some(stopped_ms);
                let document = svg(&panel, &figure, stop, &Theme::light(), 640, 260).unwrap();
                let outside = Shapes::read(&document).outside(640, 260);
                assert!(outside.is_empty(), "{}: {outside:?}", panel.key);
                // On top of everything else.
                let mark = document.strip_prefix(whole).expect("what was drawn stays");
                mark.contains("stopped")
            };
            let is_over_time = panel.x.label == Axis::TIME.label;
            for share in [0.0, 0.5, 1.0] {
                assert_eq!(is_marked(start_ms + share * width_ms), is_over_time, "{}", panel.key);
            }
            assert!(!is_marked(start_ms + 1.1 * width_ms), "{}", panel.key);
        }
    }

    #[test]
    fn every_line_is_named_whatever_the_room() {
        let (panel, figure) = crowded_curve();
        let trace_4 = trace(4);
        let (trace_panel, measured) = (panel_of(&trace_4), measured_curve());
        let wanted: [(&Panel, &Figure, &[&str]); 3] = [
            (
                &panel,
                &figure,
                &[
                    "with lateral inhibition",
                    "without lateral inhibition",
                    "published",
                    "other seeds",
                ],
            ),
            (&trace_panel, &trace_4, &["n1", "n2", "n3", "n4", "threshold"]),
            (&measured.0, &measured.1, &["Δt = +10 ms", "measured, +10 ms", "measured, −10 ms"]),
        ];
        for (panel, figure, names) in wanted {
            for (width, height) in SIZES {
                let shapes = Shapes::read(
                    &svg(panel, figure, None, &Theme::light(), width, height).unwrap(),
                );
                for name in names {
                    assert!(shapes.has_text(name), "{name} at {width}x{height}");
                }
            }
        }
    }

    #[test]
    fn empty_figures_say_so() {
        let text_of = |figure: &Figure| {
            let document = svg(&panel_of(figure), figure, None, &Theme::light(), 640, 260).unwrap();
            Shapes::read(&document).texts.pop().unwrap().0
        };
        assert_eq!(text_of(&Figure::Raster(Raster::default())), "No spikes in this time.");
        assert_eq!(text_of(&Figure::Trace(Trace::default())), "No values yet.");
        assert_eq!(text_of(&Figure::Curve(Curve::default())), "No points yet.");
        let note = "Nothing is learned any more.".to_string();
        assert_eq!(text_of(&Figure::Trace(Trace { note: note.clone(), ..Trace::default() })), note);
    }

    #[test]
    fn empty_figures_draw() {
        let empty = [
            Figure::Raster(Raster::default()),
            Figure::Trace(Trace::default()),
            Figure::Fields(Fields::default()),
            Figure::Curve(Curve::default()),
            Figure::Matrix(Matrix::default()),
            Figure::Lamps(Lamps::default()),
        ];
        for figure in &empty {
            for (width, height) in SIZES.into_iter().chain([(1, 1), (30, 20)]) {
                let document =
                    svg(&panel_of(figure), figure, None, &Theme::light(), width, height).unwrap();
                assert!(document.ends_with("</svg>\n"));
            }
        }
    }

    #[test]
    fn poisoned_figures_draw() {
        for (panel, mut figure) in gallery() {
            poison(&mut figure);
            let document = svg(&panel, &figure, None, &Theme::dark(), 640, 260).unwrap();
            assert!(Shapes::read(&document).outside(640, 260).is_empty(), "{}", panel.key);
        }
    }

    #[test]
    fn few_primitives() {
        for (panel, figure) in gallery() {
            let document = svg(&panel, &figure, None, &Theme::light(), 1100, 320).unwrap();
            let count = document.lines().filter(|l| l.starts_with('<')).count();
            let limit =
                if matches!(figure, Figure::Fields(_) | Figure::Matrix(_)) { 700 } else { 160 };
            assert!(count < limit, "{}: {count}", panel.key);
        }
    }

    /// `PLOT_SAMPLES=folder cargo test --features cli plot::tests::gallery_to_look_at`
    #[test]
    fn gallery_to_look_at() {
        let Ok(folder) = std::env::var("PLOT_SAMPLES") else { return };
        for (panel, figure) in gallery() {
            for (width, height) in SIZES {
                for (name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
                    let document = svg(&panel, &figure, None, &theme, width, height).unwrap();
                    let path = format!("{folder}/{}-{width}-{name}.svg", panel.key);
                    std::fs::write(path, document).unwrap();
                }
            }
        }
    }
}
