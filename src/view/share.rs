//! Handing the run to somebody else: its link, and its weights.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::address;
use super::dom;
use super::files::load_button;
use super::page::Page;
use super::reactive::{El, button, el};
use super::save;
use super::saved::Button;
use crate::lab::files::kind_of;

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
            .child(el("LABEL").text_of(move || promise(page).into()).child(link))
            .child_if(move || page.is_edited(), move || restart(page))
            .child_if(move || has_files(page), move || files_too(page))
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
        .child(load_button(page, "Load a file"))
        .child(save::note(page, Button::Weights))
        .child_if(move || is_open.get(), card)
}

/// What the link is to the run on screen.
fn promise(page: Page) -> &'static str {
    match page.is_edited() {
        false => "This link replays exactly this run: ",
        true => {
            "You changed this run while it was going, so no link replays it. This one starts a run with the values \
             that it has now: "
        }
    }
}

fn has_files(page: Page) -> bool {
    page.link.with(|link| !link.spec.files.names().is_empty())
}

/// A link carries no file.
fn files_too(page: Page) -> El {
    let told = move || {
        let names = page.link.with(|link| link.spec.files.names());
        let told = names.into_iter().map(|(key, name)| {
            let called = page.file_name(key, name).unwrap_or_default();
            format!("{called} ({} {name})", kind_of(key))
        });
        let told = told.collect::<Vec<_>>().join(" and ");
        format!("The link only names your file. Send it along: {told}.")
    };
    el("P").class("files-too").text_of(told)
}

fn restart(page: Page) -> El {
    button("Restart with these values", move || page.restart_edited())
}
