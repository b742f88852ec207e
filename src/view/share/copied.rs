//! Text to be taken along: shown, and copied by a button or, where the browser refuses that, selected for the keyboard.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::view::dom;
use crate::view::reactive::{El, ElRef, button, effect, el};

/// Text that follows the page.
pub type Text = Arc<dyn Fn() -> String + Send + Sync>;

/// A text under its label, with a button that copies it. The label says what the text is.
pub fn copied(label: &'static str, name: &'static str, text: Text) -> El {
    let place = ElRef::new();
    let note = RwSignal::new(String::new());
    let [shown, taken, watched] = [text.clone(), text.clone(), text];
    // What was said of the text before is not true of another.
    effect(move || {
        _ = watched();
        note.set(String::new());
    });
    let area = el("TEXTAREA")
        .attr("name", name)
        .attr("readonly", "")
        .attr("rows", "3")
        .attr("spellcheck", "false")
        .value(move || shown())
        .place(place);
    el("DIV")
        .class("copied")
        .child(el("LABEL").child(el("SPAN").text(label)).child(area))
        .child(copy_button(label, place, note, taken))
        .child(el("OUTPUT").text_of(move || note.get()))
}

/// Copies `text`, which stands at `place`, and says so in `note`.
pub fn copy_button(what: &'static str, place: ElRef, note: RwSignal<String>, text: Text) -> El {
    let copy = move || {
        let text = text();
        leptos::task::spawn_local(async move {
            let is_copied = dom::copy(text).await;
            if !is_copied && let Some(place) = place.get_untracked() {
                // A text area selects like an input.
                let place: HtmlInputElement = place.unchecked_into();
                _ = place.focus();
                place.select();
            }
            note.set(selected_note(is_copied));
        });
    };
    button("Copy", copy).class("small").attr("aria-label", format!("Copy: {what}"))
}

fn selected_note(is_copied: bool) -> String {
    let why = if dom::is_framed() { "This frame may not use the clipboard. " } else { "" };
    match is_copied {
        true => "Copied.".into(),
        false => format!("{why}It is selected: press Ctrl+C, or ⌘C."),
    }
}
