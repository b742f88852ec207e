//! Numbers: a box to type into and a slider to feel with.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use super::super::reactive::{El, el};
use super::parts::Parts;
use crate::lab::param::{FloatRange, Scale};
use crate::lab::{decimal, reading};

/// Steps of a logarithmic slider.
const LOG_STEPS: f64 = 400.0;

/// A box to type into and a slider to feel with. A double click on the slider goes back to the default.
pub fn number(parts: Parts, range: FloatRange, is_whole: bool, input: El) -> El {
    let Parts { page, field, text, .. } = parts;
    let is_refused = move || parts.error().is_some();
    // While the slider moves, the box shows where it is; the value counts when it is let go, so that one movement
    // makes one new run. Where it changes a run that is going, it counts at once.
    let sliding = RwSignal::new(None::<String>);
    let shown = move || sliding.get().unwrap_or_else(|| text.get());
    let slider = Slider::new(range, is_whole);
    let place = move || slider.place(decimal::parse(&text.get()).unwrap_or(range.min));
    let value_at = move |place: String| slider.value(decimal::parse(&place).unwrap_or(0.0));
    let slide = move |event| {
        let value = value_at(event_target_value(&event));
        match field.live && page.is_edited_live() {
            true => parts.set(&value),
            false => sliding.set(Some(value)),
        }
    };
    let release = move |place| {
        sliding.set(None);
        parts.set(&value_at(place));
    };
    let bar = el("INPUT")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", slider.steps.to_string())
        .attr("step", "1")
        .attr("aria-label", format!("{}, slider", field.label))
        .attr_of("aria-valuetext", move || Some(shown()))
        .value(move || place().to_string())
        .on("input", slide)
        .on_change(release)
        .on("dblclick", move |_| parts.set_default());
    let step_by = move |event: Event| {
        let typed = reading::number(&event_target_value(&event));
        if let (Some(steps), Ok(value)) = (steps_of(event.unchecked_ref()), typed) {
            // The caret would move otherwise.
            event.prevent_default();
            let text = stepped(value, steps, range).to_string();
            event_target::<HtmlInputElement>(&event).set_value(&text);
            parts.set(&text);
        }
    };
    // The pads of numbers that telephones show have no minus.
    let pad = if range.min < 0.0 { "text" } else { "decimal" };
    let input = input
        .attr("type", "text")
        .attr("inputmode", pad)
        .attr("autocomplete", "off")
        .attr("title", format!("{} to {}", range.min, range.max))
        .typed(shown, is_refused, move |text| parts.set(&text))
        .on("keydown", step_by);
    let unit = match field.unit.symbol() {
        "" => None,
        unit => Some(el("SPAN").class("unit").attr("aria-hidden", "true").text(unit)),
    };
    el("DIV").class("number").child(input).maybe(unit).child(bar)
}

/// Steps up that a key means in a number box.
fn steps_of(event: &KeyboardEvent) -> Option<f64> {
    let is_else = event.shift_key() || event.alt_key() || event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "ArrowUp" if !is_else => Some(1.0),
        "ArrowDown" if !is_else => Some(-1.0),
        _ => None,
    }
}

/// `value` so many steps on, without the noise that sums of decimal fractions have.
fn stepped(value: f64, steps: f64, range: FloatRange) -> f64 {
    let sum = ((value + steps * range.step) * 1e9).round() / 1e9;
    sum.clamp(range.min, range.max)
}

/// Places on a slider and the values they stand for.
#[derive(Clone, Copy)]
struct Slider {
    range: FloatRange,
    steps: f64,
    is_whole: bool,
}

impl Slider {
    fn new(range: FloatRange, is_whole: bool) -> Self {
        let steps = match range.scale {
            Scale::Linear => ((range.max - range.min) / range.step).round(),
            Scale::Log => LOG_STEPS,
        };
        Self { range, steps, is_whole }
    }

    fn place(self, value: f64) -> f64 {
        (self.range.share_of(value) * self.steps).round()
    }

    fn value(self, place: f64) -> String {
        let value = self.range.value_at(place / self.steps);
        if self.is_whole {
            return value.round().to_string();
        }
        // Three significant digits are as fine as a hand can be, and they keep links short.
        let digits = 2 - libm::floor(libm::log10(value.abs().max(1e-9))) as i32;
        let scale = libm::pow(10.0, f64::from(digits));
        ((value * scale).round() / scale).clamp(self.range.min, self.range.max).to_string()
    }
}
