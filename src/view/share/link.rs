//! The link of the run: what it promises, the link itself, and the same for a telephone.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::copied::copy_button;
use crate::lab::files::kind_of;
use crate::lab::link::{MAX_LENGTH, Theme};
use crate::lab::qr::Qr;
use crate::view::address;
use crate::view::dom;
use crate::view::page::Page;
use crate::view::reactive::{El, ElRef, button, el};
use crate::view::save;

/// The link of the run on screen. Light or dark is the visitor's own affair, unless it is to go along.
fn url(page: Page, is_with_theme: bool) -> String {
    page.link.with(|link| {
        let mut link = link.clone();
        if !is_with_theme {
            link.page.theme = Theme::Auto;
        }
        address::absolute(&link)
    })
}

/// Copies the link and says in `note` whether that worked.
pub fn copy(page: Page, note: RwSignal<String>) {
    let url = untrack(|| url(page, false));
    leptos::task::spawn_local(async move {
        // Clipboards need permission, which frames often lack; the text can still be selected.
        note.set(save::copy_note(dom::copy(url).await, "the link"));
    });
}

/// The link, what it is, and its QR code.
pub fn link(page: Page, note: RwSignal<String>) -> El {
    let is_with_theme = RwSignal::new(false);
    let url = move || url(page, is_with_theme.get());
    let place = ElRef::new();
    let input = el("INPUT")
        .attr("type", "text")
        .attr("name", "link")
        .attr("readonly", "")
        .value(url)
        .place(place)
        .on("focus", |event| event_target::<HtmlInputElement>(&event).select());
    let has_theme = move || page.link.with(|link| link.page.theme != Theme::Auto);
    let told = el("DIV")
        .class("told")
        .child(el("LABEL").text_of(move || promise(page).into()).child(input))
        .child(copy_button("link", place, note, Arc::new(url)))
        .child(el("OUTPUT").text_of(move || note.get()))
        .child_if(has_theme, move || theme(page, is_with_theme))
        .child_if(move || page.is_edited(), move || restart(page))
        .child_if(move || has_files(page), move || files_too(page))
        .child_if(
            move || url().len() > MAX_LENGTH,
            || {
                el("P")
                    .class("help")
                    .text("This link is long: mail programs and course sites may cut it.")
            },
        );
    el("DIV").class("link").child(told).children_of(move || [code(&url())])
}

/// The link for a camera.
fn code(url: &str) -> El {
    let figure = el("FIGURE").class("qr");
    match Qr::of(url) {
        Some(qr) => figure
            .child(el("IMG").attr("src", qr.picture()).attr("alt", "QR code of this link"))
            .child(el("FIGCAPTION").text("Point a phone's camera at it.")),
        None => figure.child(el("FIGCAPTION").text(format!(
            "No QR code: the link has {} characters, and a phone reads at most 1,273.",
            url.len()
        ))),
    }
}

fn theme(page: Page, is_with_theme: RwSignal<bool>) -> El {
    let text =
        move || page.link.with(|link| format!("Open it in the {} theme", link.page.theme.word()));
    let tick = el("INPUT")
        .attr("type", "checkbox")
        .attr("name", "with-theme")
        .checked(move || is_with_theme.get())
        .on("change", move |event| is_with_theme.set(event_target_checked(&event)));
    el("LABEL").class("switch").child(tick).child(el("SPAN").text_of(text))
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
