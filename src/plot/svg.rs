//! Figures as SVG documents.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::{IntoDrawingArea, SVGBackend};

use super::{Scale, Theme, draw};
use crate::lab::Panel;
use crate::record::Figure;

/// The backend rounds to whole units, so they are made small and the picture is shown reduced.
pub(super) const UNITS: u32 = 8;

/// A figure as an SVG document of `width` by `height` CSS pixels, of a run that stopped there, if it did.
///
/// # Errors
/// What the backend says.
pub fn svg(
    panel: &Panel,
    figure: &Figure,
    stopped_ms: Option<f64>,
    theme: &Theme,
    width: u32,
    height: u32,
) -> Result<String, String> {
    let units = (width * UNITS, height * UNITS);
    let shown = [width, height].map(|length| length.to_string());
    document((panel, figure, stopped_ms), theme, Scale::svg(f64::from(UNITS)), units, shown)
}

/// A figure as an SVG document of so many units across and down, which its root says are `shown`: two lengths as SVG has
/// them. `scale` says how many units a CSS pixel is.
///
/// # Errors
/// What the backend says.
pub fn document(
    (panel, figure, stopped_ms): (&Panel, &Figure, Option<f64>),
    theme: &Theme,
    scale: Scale,
    units: (u32, u32),
    shown: [String; 2],
) -> Result<String, String> {
    drawn(units, shown, |area| draw(area, panel, figure, stopped_ms, theme, scale).map(|_| ()))
}

/// What is drawn on a surface of so many units, as an SVG document whose root says that it is as large as `shown`.
///
/// # Errors
/// What the backend says.
pub(super) fn drawn(
    units: (u32, u32),
    [width, height]: [String; 2],
    draw: impl FnOnce(&DrawingArea<SVGBackend<'_>, Shift>) -> Result<(), String>,
) -> Result<String, String> {
    let mut document = String::new();
    {
        let area = SVGBackend::with_string(&mut document, units).into_drawing_area();
        draw(&area)?;
        area.present().map_err(|error| error.to_string())?;
    }
    Ok(document.replacen(
        &format!("<svg width=\"{}\" height=\"{}\"", units.0, units.1),
        &format!("<svg width=\"{width}\" height=\"{height}\" stroke-linejoin=\"round\""),
        1,
    ))
}
