//! Handing the run to somebody else: as a link, inside another page, or in a list of references; and its weights as a file.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

mod cite;
mod copied;
mod embed;
mod link;
mod preview;

pub use copied::copy_button;

use super::dom;
use super::files::load_button;
use super::page::Page;
use super::reactive::{El, button, el};
use super::save;
use super::saved::Button;
use super::take;

/// The parts of the card, in order: a name of each, and what it makes.
const PARTS: [&str; 3] = ["Link", "Embed", "Data and citation"];

/// Share, and weights in and out.
pub fn share(page: Page) -> El {
    let is_open = RwSignal::new(false);
    let part = RwSignal::new(PARTS[0].to_string());
    let copied = RwSignal::new(String::new());
    let form = embed::Form::new(page);
    let toggle = move || {
        is_open.update(|open| *open = !*open);
        if is_open.get_untracked() {
            part.set(PARTS[0].into());
            link::copy(page, copied);
        }
    };
    let is_on = move |name: &'static str| move || part.with(|part| part == name);
    let card = move || {
        el("DIV")
            .class("share-card")
            .child(choice(part))
            .child_if(is_on(PARTS[0]), move || link::link(page, copied))
            .child_if(is_on(PARTS[1]), move || embed::embed(form))
            .child_if(is_on(PARTS[2]), move || take::everything(page))
            .child_if(is_on(PARTS[2]), move || cite::cite(page))
    };
    el("SECTION")
        .class("share")
        .attr("aria-label", "Share")
        .child(
            button("Share", toggle)
                .class("opens")
                .attr_of("aria-expanded", move || Some(is_open.get().to_string())),
        )
        .child(
            button("Save weights", move || page.save_weights())
                .attr_if("hidden", move || !page.has_weights()),
        )
        .child(load_button(page, "Load a file"))
        .child(save::note(page, Button::Weights))
        .child_if(move || is_open.get(), card)
}

/// The way there from the head of the page.
pub fn way_there() -> El {
    button("Share ▾", || {
        let opens = dom::document().query_selector(".share .opens").ok().flatten();
        if let Some(opens) = opens.map(|opens| opens.unchecked_into::<HtmlElement>()) {
            if opens.get_attribute("aria-expanded").as_deref() == Some("false") {
                opens.click();
            }
            _ = opens.focus();
        }
        dom::show(".share");
    })
    .class("way-to-share")
}

/// Which part of the card is shown. Radio buttons: the arrow keys go from one to the next.
fn choice(part: RwSignal<String>) -> El {
    let option = move |name: &'static str| {
        let radio = el("INPUT")
            .attr("type", "radio")
            .attr("name", "share-part")
            .attr("value", name)
            .checked(move || part.with(|part| part == name))
            .on("change", move |_| part.set(name.into()));
        el("LABEL").child(radio).child(el("SPAN").text(name))
    };
    el("FIELDSET")
        .class("parts")
        .child(el("LEGEND").class("visually-hidden").text("What to share"))
        .children(PARTS.map(option))
}

/// A select with a label before it; `chosen` is one of the options, each a value and its text.
fn select(
    label: &'static str,
    name: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: copied::Text,
    set: Box<dyn FnMut(String)>,
) -> El {
    let option = move |(value, text): (&'static str, &'static str)| {
        let chosen = chosen.clone();
        el("OPTION").attr("value", value).attr_if("selected", move || chosen() == value).text(text)
    };
    let select =
        el("SELECT").attr("name", name).on_change(set).children(options.into_iter().map(option));
    el("LABEL").class("field").child(el("SPAN").text(label)).child(select)
}
