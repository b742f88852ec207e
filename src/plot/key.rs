//! What the colours of the ramp mean: the least value, the ramp, the greatest value, in one line.

use plotters::backend::DrawingBackend;

use super::Rect;
use super::axis;
use super::pen::{Align, Pen};
use super::theme::Colour;
use crate::lab::Unit;

/// Pieces that the ramp is drawn in.
const STEPS: u32 = 12;
/// Room between the ramp and the numbers.
const GAP: f64 = 6.0;

/// A key for values from `low` to `high`.
pub(super) struct Key {
    texts: [String; 2],
    step: f64,
    is_grey: bool,
}

/// The colour of a share: of the ramp, or a grey between black and white.
pub(super) fn colour<DB: DrawingBackend>(pen: &Pen<'_, DB>, share: f64, is_grey: bool) -> Colour {
    if is_grey {
        let grey = (share.clamp(0.0, 1.0) * 255.0).round() as u8;
        return (grey, grey, grey);
    }
    pen.theme.ramp_at(share)
}

impl Key {
    pub fn new<DB: DrawingBackend>(pen: &Pen<'_, DB>, low: f32, high: f32) -> Self {
        let texts = [low, high].map(|v| axis::value_text(f64::from(v), Unit::None));
        Self { texts, step: pen.snap_down(5.0), is_grey: false }
    }

    /// In greys.
    pub fn grey(self, is_grey: bool) -> Self {
        Self { is_grey, ..self }
    }

    pub fn width<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>) -> f64 {
        let [low, high] = &self.texts;
        pen.text_width(low) + pen.text_width(high) + f64::from(STEPS) * self.step + 2.0 * GAP
    }

    /// Draws it from `x` on, in the row whose middle is `y`.
    pub fn draw<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        x: f64,
        y: f64,
    ) -> Result<(), String> {
        let [low, high] = &self.texts;
        pen.write(low, x, y, Align::Left, pen.theme.muted)?;
        let start = x + pen.text_width(low) + GAP;
        for i in 0..STEPS {
            let colour = colour(pen, f64::from(i) / f64::from(STEPS - 1), self.is_grey);
            let x = start + f64::from(i) * self.step;
            pen.fill(Rect { x, y: y - 3.0, width: self.step, height: 6.0 }, colour)?;
        }
        let end = start + f64::from(STEPS) * self.step + GAP;
        pen.write(high, end, y, Align::Left, pen.theme.muted)
    }
}
