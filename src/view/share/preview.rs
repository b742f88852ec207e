//! An embed as its readers will see it, scaled down to fit.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::copied::Text;
use crate::view::dom;
use crate::view::reactive::{El, ElRef, effect, el};

/// Each change starts the embed anew; ticks that follow each other quickly start it once.
const WAIT_MS: i32 = 400;

/// The embed at this address, of this width and height in CSS pixels.
pub fn preview(src: Text, width: RwSignal<f64>, height: RwSignal<f64>) -> El {
    let shown = RwSignal::new(untrack(|| src()));
    let latest = Rc::new(Cell::new(0_u32));
    effect(move || {
        let src = src();
        let turn = latest.get().wrapping_add(1);
        latest.set(turn);
        let latest = latest.clone();
        dom::after_ms(WAIT_MS, move || {
            // The form may be gone by now.
            if latest.get() == turn && shown.try_with_untracked(|shown| *shown != src) == Some(true)
            {
                shown.set(src);
            }
        });
    });
    let [outer, inner] = [ElRef::new(), ElRef::new()];
    let room = RwSignal::new(0.0);
    effect(move || {
        if let Some(outer) = outer.get() {
            dom::watch_size(outer.unchecked_ref(), move |width, _| _ = room.try_set(width));
        }
    });
    effect(move || {
        let (Some(outer), Some(inner)) = (outer.get(), inner.get()) else { return };
        let (width, height) = (width.get(), height.get());
        let scale = (room.get() / width).min(1.0);
        set_style(outer.unchecked_ref(), "max-width", &dom::px(width));
        set_style(outer.unchecked_ref(), "height", &dom::px(height * scale));
        set_style(inner.unchecked_ref(), "width", &dom::px(width));
        set_style(inner.unchecked_ref(), "height", &dom::px(height));
        set_style(inner.unchecked_ref(), "transform", &format!("scale({scale})"));
    });
    effect(move || {
        let src = shown.get();
        if let Some(inner) = inner.get() {
            _ = put_frame(inner.unchecked_ref(), &src);
        }
    });
    el("DIV")
        .class("preview")
        // To be looked at: nobody has to go through all of its controls to get out again.
        .attr("inert", "")
        .place(outer)
        .child(el("DIV").place(inner))
}

/// A new frame each time: one that is sent elsewhere would put a step into the browser's history.
fn put_frame(place: &HtmlElement, src: &str) -> Result<(), JsValue> {
    let frame = dom::document().create_element("iframe")?;
    frame.set_attribute("src", src)?;
    frame.set_attribute("title", "Preview of the embed")?;
    place.set_inner_html("");
    place.append_child(&frame)?;
    Ok(())
}

fn set_style(element: &HtmlElement, name: &str, value: &str) {
    _ = element.style().set_property(name, value);
}
