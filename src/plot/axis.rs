//! Axes: where ticks go, what they are called, and how axes are drawn.
//!
//! Horizontal axes are a hairline with short ticks, and their title stands in a row of its own below the
//! numbers, at the right end; vertical axes are faint grid lines with labels, and their title stands above them, where it
//! can be read without tilting the head.

use plotters::backend::DrawingBackend;

use super::Rect;
use super::pen::{Align, PAD, Pen};
use crate::lab::{Axis, Unit};

/// Length of a tick.
const TICK: f64 = 4.0;
/// Room between labels and what they belong to.
const GAP: f64 = 6.0;
/// Less high figures have numbers at their axis and no title.
const LEAST_FOR_TITLE: f64 = 100.0;
/// Times beyond this many milliseconds are told in seconds.
const LONG_MS: f64 = 20_000.0;

/// A linear map from values to pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Map {
    pub value: (f64, f64),
    pub px: (f64, f64),
}

impl Map {
    pub fn px(&self, value: f64) -> f64 {
        let share = (value - self.value.0) / (self.value.1 - self.value.0);
        self.px.0 + share * (self.px.1 - self.px.0)
    }

    pub fn value(&self, px: f64) -> f64 {
        let share = (px - self.px.0) / (self.px.1 - self.px.0);
        self.value.0 + share * (self.value.1 - self.value.0)
    }
}

/// Round values along an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// Distance between two.
    pub step: f64,
    /// Digits after the point.
    decimals: usize,
    /// Labels are seconds although values are milliseconds.
    in_seconds: bool,
    /// The values inside the range.
    pub values: Vec<f64>,
}

impl Ticks {
    /// Steps of 1, 2 or 5 that cut the range into at most `max_count` pieces.
    pub fn new(range: (f64, f64), max_count: usize, unit: Unit) -> Self {
        let step = nice_step((range.1 - range.0) / max_count.max(1) as f64);
        let in_seconds = unit == Unit::Ms && (step >= 1000.0 || range.1 >= LONG_MS);
        let shown_step = if in_seconds { step / 1000.0 } else { step };
        // Rounding errors must not drop a tick that falls on an edge.
        let first = (range.0 / step - 1e-6).ceil();
        let count = ((range.1 / step + 1e-6).floor() - first + 1.0).clamp(0.0, 200.0) as u32;
        let values = (0..count).map(|i| (first + f64::from(i)) * step).collect();
        Self { step, decimals: decimals_for(shown_step), in_seconds, values }
    }

    /// What is written beside a tick.
    pub fn label(&self, value: f64) -> String {
        number(if self.in_seconds { value / 1000.0 } else { value }, self.decimals)
    }

    /// The axis title with the unit that the labels have.
    pub fn title(&self, axis: Axis) -> String {
        Axis { unit: if self.in_seconds { Unit::S } else { axis.unit }, ..axis }.text()
    }

    /// Width of the widest label.
    fn width<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>) -> f64 {
        self.values.iter().map(|v| pen.text_width(&self.label(*v))).fold(0.0, f64::max)
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least`.
fn nice_step(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 1.0;
    }
    let mut power = 1.0;
    while power > least && power > 1e-12 {
        power /= 10.0;
    }
    while power * 10.0 <= least && power < 1e12 {
        power *= 10.0;
    }
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * power >= least * 0.999_999);
    factor.unwrap_or(10.0) * power
}

fn decimals_for(step: f64) -> usize {
    let mut decimals = 0;
    let mut scaled = step;
    while decimals < 9 && (scaled - scaled.round()).abs() > 1e-6 * scaled.abs().max(1.0) {
        scaled *= 10.0;
        decimals += 1;
    }
    decimals
}

/// A number with a true minus sign.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let is_zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    if value < 0.0 && !is_zero { format!("−{text}") } else { text }
}

/// A value as it is read out: whole numbers without a point, others with two or three digits.
pub(super) fn value_text(value: f64, unit: Unit) -> String {
    let size = value.abs();
    let decimals = if (value - value.round()).abs() < 1e-4 * size.max(0.1) {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 0.1 {
        2
    } else {
        3
    };
    let decimals = if unit == Unit::Ms { 1 } else { decimals };
    let symbol = unit.symbol();
    let space = if symbol.is_empty() { "" } else { " " };
    format!("{}{space}{symbol}", number(value, decimals))
}

/// A time as it is read out: in the unit in which an axis over this range is labelled.
pub(super) fn time_text(time_ms: f64, range: (f64, f64)) -> String {
    if range.1 < LONG_MS {
        return value_text(time_ms, Unit::Ms);
    }
    format!("{} s", number(time_ms / 1000.0, 3))
}

/// The range if it can be drawn, otherwise one that can.
pub(super) fn usable(range: (f64, f64)) -> (f64, f64) {
    let (low, high) = range;
    if !low.is_finite() || !high.is_finite() {
        return (0.0, 1.0);
    }
    if high - low > 1e-9 * low.abs().max(high.abs()) && high > low {
        return range;
    }
    (low, low + low.abs().max(1.0))
}

/// The area left for data between the axes. `head` is kept free above it and `right` beside it.
pub(super) fn plot_rect<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    left: f64,
    right: f64,
    head: f64,
    x_axis: Axis,
) -> Rect {
    let inside = pen.inside();
    let foot = TICK + pen.row() * if has_title(pen, x_axis) { 2.0 } else { 1.0 };
    Rect {
        x: inside.x + left,
        y: inside.y + head,
        width: (inside.width - left - right).max(1.0),
        height: (inside.height - head - foot).max(1.0),
    }
}

/// A title never stands where a number should. Where there is no height for both, numbers are worth more.
fn has_title<DB: DrawingBackend>(pen: &Pen<'_, DB>, axis: Axis) -> bool {
    !axis.label.is_empty() && pen.height >= LEAST_FOR_TITLE
}

/// Room for the labels of a vertical axis.
pub(super) fn y_room<DB: DrawingBackend>(pen: &Pen<'_, DB>, ticks: &Ticks) -> f64 {
    ticks.width(pen) + GAP
}

/// How many ticks a vertical axis has room for.
pub(super) fn y_count(height: f64) -> usize {
    ((height / 34.0) as usize).clamp(1, 6)
}

/// Grid lines with labels to the left of the plot.
pub(super) fn draw_y<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: Rect,
    map: Map,
    ticks: &Ticks,
) -> Result<(), String> {
    for &value in &ticks.values {
        let y = map.px(value);
        pen.across((plot.x, plot.right()), y, pen.theme.grid)?;
        pen.write(&ticks.label(value), plot.x - GAP, y, Align::Right, pen.theme.muted)?;
    }
    Ok(())
}

/// The axis below the plot. Ticks are at least `least_step` apart, which is 1 where things are counted.
pub(super) fn draw_x<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: Rect,
    map: Map,
    axis: Axis,
    least_step: f64,
) -> Result<(), String> {
    let ends = [map.value.0, map.value.1].map(|v| pen.text_width(&value_text(v, Unit::None)));
    let pitch = (ends[0].max(ends[1]) + 18.0).max(46.0);
    let mut num_ticks = ((plot.width / pitch) as usize).clamp(1, 10);
    if least_step > 0.0 {
        num_ticks = num_ticks.min(((map.value.1 - map.value.0) / least_step) as usize).max(1);
    }
    let ticks = Ticks::new(map.value, num_ticks, axis.unit);
    let y = plot.bottom() + TICK + pen.row() / 2.0;
    pen.across((plot.x, plot.right()), plot.bottom(), pen.theme.axis)?;
    let places = ticks.values.iter().map(|v| map.px(*v));
    pen.comb(places, (plot.bottom(), plot.bottom() + TICK), 1.0, pen.theme.axis, 1.0)?;
    for &value in &ticks.values {
        let label = ticks.label(value);
        let half = pen.text_width(&label) / 2.0;
        let x = map.px(value).max(half);
        // A number at the right end stays inside.
        let x = x.min(pen.width - half);
        pen.write(&label, x, y, Align::Centre, pen.theme.muted)?;
    }
    if !has_title(pen, axis) {
        return Ok(());
    }
    let title = pen.fitted(&ticks.title(axis), plot.right() - PAD);
    pen.write(&title, plot.right(), y + pen.row(), Align::Right, pen.theme.muted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(range: (f64, f64), count: usize, unit: Unit) -> Vec<String> {
        let ticks = Ticks::new(range, count, unit);
        ticks.values.iter().map(|v| ticks.label(*v)).collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(labels((0.0, 1.0), 5, Unit::Share), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels((-70.0, -50.0), 4, Unit::Mv), ["−70", "−65", "−60", "−55", "−50"]);
        assert_eq!(labels((0.1, 0.3), 2, Unit::None), ["0.1", "0.2", "0.3"]);
        assert_eq!(labels((-1.0, 1.0), 2, Unit::None), ["−1", "0", "1"]);
        assert_eq!(labels((0.0, 900.0), 5, Unit::Ms), ["0", "200", "400", "600", "800"]);
    }

    #[test]
    fn long_times_are_seconds() {
        assert_eq!(labels((0.0, 4000.0), 4, Unit::Ms), ["0", "1", "2", "3", "4"]);
        let late = labels((3_600_000.0, 3_600_100.0), 2, Unit::Ms);
        assert_eq!(late, ["3600.00", "3600.05", "3600.10"]);
        assert_eq!(Ticks::new((0.0, 4000.0), 4, Unit::Ms).title(Axis::TIME), "time (s)");
    }

    #[test]
    fn odd_ranges_survive() {
        assert_eq!(usable((f64::NAN, 1.0)), (0.0, 1.0));
        assert_eq!(usable((5.0, 5.0)), (5.0, 10.0));
        assert_eq!(usable((2.0, -2.0)), (2.0, 4.0));
        assert!(Ticks::new((0.0, 1e-30), 5, Unit::None).values.len() <= 200);
        assert!(Ticks::new((-1e30, 1e30), 5, Unit::None).values.len() <= 200);
    }

    #[test]
    fn values_read_well() {
        assert_eq!(value_text(3.0, Unit::None), "3");
        assert_eq!(value_text(0.8333, Unit::Share), "0.83");
        assert_eq!(value_text(-61.25, Unit::Mv), "−61.2 mV");
        assert_eq!(value_text(-0.0004, Unit::None), "0.000");
        assert_eq!(value_text(212.0, Unit::Ms), "212.0 ms");
        assert_eq!(time_text(212.0, (0.0, 900.0)), "212.0 ms");
        assert_eq!(time_text(59_566.0, (59_000.0, 60_000.0)), "59.566 s");
    }
}
