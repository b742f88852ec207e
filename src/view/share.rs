//! Handing the run to somebody else: its link, and its weights.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::address;
use super::dom;
use super::page::Page;
use super::reactive::{El, button, el};
use super::save;

/// Share, and weights in and out.
pub fn share(page: Page) -> El {
    let is_open = RwSignal::new(false);
    let copied = RwSignal::new(String::new());
    let url = move || page.link.with(address::absolute);
    let copy = move || {
        leptos::task::spawn_local(async move {
            let done = dom::copy(url()).await;
            // Clipboards need permission, which frames often lack; the text can still be selected.
            copied.set(save::copy_note(done, "the link"));
        });
    };
    let toggle = move || {
        is_open.update(|open| *open = !*open);
        if is_open.get_untracked() {
            copy();
        }
    };
    let card = move || {
        let link = el("INPUT")
            .attr("type", "text")
            .attr("name", "link")
            .attr("readonly", "")
            .value(url)
            .on("focus", |event| event_target::<HtmlInputElement>(&event).select());
        el("DIV")
            .class("share-card")
            .child(el("LABEL").text("This link replays exactly this run: ").child(link))
            .child(el("OUTPUT").text_of(move || copied.get()))
    };
    el("SECTION")
        .class("share")
        .attr("aria-label", "Share")
        .child(
            button("Share", toggle)
                .attr_of("aria-expanded", move || Some(is_open.get().to_string())),
        )
        .child(button("Save weights", move || page.save_weights()))
        .child(load_file(page))
        .child(save::note(page, save::Button::Weights))
        .child_if(move || is_open.get(), card)
}

fn load_file(page: Page) -> El {
    let take = move |input: HtmlInputElement| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file can be chosen again.
        input.set_value("");
        leptos::task::spawn_local(async move {
            if let Ok(text) = JsFuture::from(file.text()).await {
                page.load_file(text.as_string().unwrap_or_default());
            }
        });
    };
    let file = el("INPUT")
        .attr("type", "file")
        .attr("name", "weights")
        .attr("accept", ".csv,text/csv")
        .class("visually-hidden")
        .on("change", move |event| take(event_target(&event)));
    el("LABEL")
        .class("button")
        .text("Load a file")
        .attr("title", "Weights that were saved, or spike trains: neuron,time in ms")
        .child(file)
}
