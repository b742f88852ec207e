//! A figure for print: an SVG with a width in millimetres and letters of so many points, on white.
//!
//! On paper a CSS pixel is 1/96 inch, that is 0.75 points. The title is left out, since captions say it; axes, units and
//! legends are there.

use crate::lab::panel::{PanelKind, Width};
use crate::lab::{Notice, Panel};
use crate::lab::{Picture, Snapshot};
use crate::plot::network::{self, Legend, Scene};
use crate::plot::{self, Scale, Theme};
use crate::record::Figure;

const MM_PER_INCH: f64 = 25.4;
/// CSS pixels per inch, and points.
const PX_PER_INCH: f64 = 96.0;
const PT_PER_INCH: f64 = 72.0;
/// The backend rounds to whole units: so many per CSS pixel are finer than any printer.
const UNITS: f64 = 16.0;
/// Thinner lines than on screen, where they stand beside larger letters: 1 px becomes 0.56 points.
const STROKE: f64 = 0.75;
/// Millimetres of a figure's width.
const WIDTHS: (f64, f64) = (50.0, 400.0);
/// Points of its letters.
const FONTS: (f64, f64) = (5.0, 14.0);
/// A network has room for so many letters one below the other, at least.
const NETWORK_ROWS: f64 = 22.0;
/// What programs for drawing and typesetting find, unlike the font of a screen.
const FONT: &str = "Helvetica, Arial, sans-serif";

/// How a figure is printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Print {
    /// Its width in millimetres, from 50 to 400.
    pub width_mm: f64,
    /// The size of all its letters in points, from 5 to 14.
    pub font_pt: f64,
    /// Light on dark, for slides.
    pub is_dark: bool,
}

impl Default for Print {
    /// One column of a journal.
    fn default() -> Self {
        Self { width_mm: 85.0, font_pt: 7.0, is_dark: false }
    }
}

impl Print {
    /// Whether a figure can be made like this.
    ///
    /// # Errors
    /// What is wrong, and what to give instead.
    pub fn check(&self) -> Result<(), Notice> {
        let wrong = |key: &str, given: f64, rule: String| {
            let (key, given) = (key.into(), given.to_string());
            Err(Notice { key, given, used: String::new(), rule })
        };
        if !(WIDTHS.0..=WIDTHS.1).contains(&self.width_mm) {
            let rule = format!(
                "a figure is {} to {} mm wide; give a width in that range.",
                WIDTHS.0, WIDTHS.1
            );
            return wrong("width_mm", self.width_mm, rule);
        }
        if !(FONTS.0..=FONTS.1).contains(&self.font_pt) {
            let rule =
                format!("text is {} to {} pt high; give a size in that range.", FONTS.0, FONTS.1);
            return wrong("font_pt", self.font_pt, rule);
        }
        Ok(())
    }

    /// The figure as an SVG document, of a run that a fault stopped at `stopped_ms`, if one did.
    ///
    /// # Errors
    /// What cannot be drawn; not for a print that passes [`Print::check`].
    pub fn svg(
        &self,
        panel: &Panel,
        figure: &Figure,
        stopped_ms: Option<f64>,
    ) -> Result<String, String> {
        let (width, font) = self.size();
        let sheet = self.sheet(height_of(panel, figure, width, font));
        let Sheet { theme, scale, units, shown } = sheet;
        plot::document((panel, figure, stopped_ms), &theme, scale, units, shown)
    }

    /// A network as an SVG document, with its legend below it.
    ///
    /// # Errors
    /// What cannot be drawn; not for a print that passes [`Print::check`].
    pub fn network(&self, picture: &Picture, snapshot: &Snapshot) -> Result<String, String> {
        let (width, font) = self.size();
        let column = Print::default().width_mm * PX_PER_INCH / MM_PER_INCH;
        // Narrow ones are higher in proportion: neurons stand in columns, and labels above and below them.
        let height = 0.75 * width.min(column) + 0.5 * (width - column).max(0.0);
        let size = (width, height.max(NETWORK_ROWS * font));
        let scene = Scene::with_font(picture, size, font);
        let legend = Legend::below(&scene);
        let Sheet { theme, scale, units, shown } = self.sheet(legend.size().1);
        network::document((&scene, Some(&legend)), snapshot, &theme, scale, (units, shown))
    }

    /// Width and font size in CSS pixels.
    fn size(&self) -> (f64, f64) {
        let px_per_mm = PX_PER_INCH / MM_PER_INCH;
        (self.width_mm * px_per_mm, self.font_pt * PX_PER_INCH / PT_PER_INCH)
    }

    /// A surface so many CSS pixels high.
    fn sheet(&self, height: f64) -> Sheet {
        let theme = if self.is_dark { Theme::dark() } else { Theme::light() };
        let (width, font) = self.size();
        let units = ((width * UNITS).round() as u32, (height * UNITS).round() as u32);
        // What rounding to whole units leaves over must not change the size of the letters.
        let device = f64::from(units.0) / width;
        let height = f64::from(units.1) / device;
        let height_mm = height * MM_PER_INCH / PX_PER_INCH;
        let shown = [self.width_mm, (height_mm * 1_000.0).round() / 1_000.0];
        Sheet {
            theme: Theme { font: FONT, ..theme },
            scale: Scale { font: Some(font), stroke: STROKE, ..Scale::svg(device) },
            units,
            shown: shown.map(|length| format!("{length}mm")),
        }
    }
}

/// What a figure is printed on.
struct Sheet {
    theme: Theme,
    scale: Scale,
    /// Its size in units of the document.
    units: (u32, u32),
    /// Width and height as an SVG has them.
    shown: [String; 2],
}

/// The height of a figure in CSS pixels: in proportion to its width, with room for its rows.
fn height_of(panel: &Panel, figure: &Figure, width: f64, font: f64) -> f64 {
    let share = match (panel.kind, panel.width) {
        (PanelKind::Matrix, Width::Narrow | Width::Half) => 0.7,
        (_, Width::Narrow | Width::Half) => 0.6,
        (_, Width::Wide) => 0.5,
        (_, Width::Full) => 0.42,
    };
    // Beyond one column figures grow more in width than in height, as on screen.
    let column = Print::default().width_mm * PX_PER_INCH / MM_PER_INCH;
    let height = share * (width.min(column) + 0.35 * (width - column).max(0.0));
    let (rows, most) = match figure {
        Figure::Matrix(matrix) => (matrix.row_labels.len() + 4, 26.0),
        Figure::Trace(trace) => (trace.series.len() + 10, f64::MAX),
        // Pictures are of one size, however much room there is.
        Figure::Fields(_) | Figure::Lamps(_) => (12, 20.0),
        _ => (12, f64::MAX),
    };
    // Rows beyond that are drawn closer, as on screen.
    let least = rows.clamp(12, 30) as f64 * font * 1.3;
    height.min(most * font).max(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::samples::gallery;
    use crate::plot::shapes::{Shapes, attribute};

    /// Millimetres and points: the narrowest, one and two columns, and a poster.
    const PRINTS: [(f64, f64); 6] =
        [(50.0, 5.0), (50.0, 9.0), (85.0, 7.0), (174.0, 7.0), (174.0, 12.0), (400.0, 14.0)];

    fn number(text: &str, key: &str) -> f64 {
        attribute(text, key).trim_end_matches("mm").parse().unwrap()
    }

    #[test]
    fn figures_have_their_size_on_paper() {
        for (panel, figure) in gallery() {
            for (width_mm, font_pt) in PRINTS {
                let print = Print { width_mm, font_pt, is_dark: false };
                let svg = print.svg(&panel, &figure, None).unwrap();
                assert_eq!(attribute(&svg, "width"), format!("{width_mm}mm"));
                let units = attribute(&svg, "viewBox").split(' ').nth(2).unwrap();
                let pt_per_unit =
                    width_mm / MM_PER_INCH * PT_PER_INCH / units.parse::<f64>().unwrap();
                let what = format!("{} {width_mm} mm {font_pt} pt", panel.key);
                for text in svg.lines().filter(|line| line.starts_with("<text")) {
                    let size = number(text, "font-size") * pt_per_unit;
                    assert!((size - font_pt).abs() < 1e-6, "{what}: {size} pt");
                }
                for line in svg.lines().filter(|line| line.starts_with("<polyline")) {
                    let thickness = number(line, "stroke-width") * pt_per_unit;
                    assert!(thickness >= 0.5, "{what}: a line of {thickness} pt");
                }
            }
        }
    }

    #[test]
    fn nothing_is_outside_and_no_text_on_another() {
        for (panel, figure) in gallery() {
            for (width_mm, font_pt) in PRINTS {
                let print = Print { width_mm, font_pt, is_dark: true };
                let svg = print.svg(&panel, &figure, None).unwrap();
                let shapes = Shapes::read(&svg);
                let px = |key: &str| (number(&svg, key) * PX_PER_INCH / MM_PER_INCH).ceil() as u32;
                let outside = shapes.outside(px("width"), px("height"));
                let what = format!("{} {width_mm} mm {font_pt} pt", panel.key);
                assert!(outside.is_empty(), "{what}: {outside:?}");
                assert!(
                    shapes.overlapping_texts().is_empty(),
                    "{what}: {:?}",
                    shapes.overlapping_texts()
                );
            }
        }
    }

    #[test]
    fn sizes_that_nothing_can_be_read_at_are_refused() {
        let refused = |width_mm, font_pt| {
            Print { width_mm, font_pt, is_dark: false }.check().expect_err("a refusal").to_string()
        };
        assert_eq!(
            refused(10.0, 7.0),
            "width_mm=10: a figure is 50 to 400 mm wide; give a width in that range."
        );
        assert!(refused(85.0, f64::NAN).starts_with("font_pt=NaN: text is 5 to 14 pt high"));
        assert_eq!(Print::default().check(), Ok(()));
    }
}
