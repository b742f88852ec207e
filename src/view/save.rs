//! Handing files and text to the visitor. Inside somebody else's page both may be forbidden, and for files nobody is told:
//! so the page says it, and where to go instead.

use leptos::prelude::*;

use super::address;
use super::dom;
use super::page::Page;
use super::reactive::{El, el};
use super::saved::Button;

/// What became of a file, beside its button: in a page of its own the browser shows that itself.
pub fn note(page: Page, button: Button) -> El {
    let told = move || {
        let saved = page.saved.get().filter(|saved| saved.button == button)?;
        let file = saved.file;
        match saved.is_taken {
            false => Some(el("P").text(format!("The browser refused to save {file}."))),
            true if dom::is_framed() => {
                let text = format!("If {file} was not saved, this frame may not save files: ");
                Some(el("P").text(text).child(full_version(page, "use the full version")).text("."))
            }
            true => None,
        }
    };
    el("DIV").class("saved").attr("role", "status").children_of(told)
}

/// From an embed to the whole page, with the same run.
pub fn full_version(page: Page, text: &'static str) -> El {
    let url = move || {
        page.link.with(|link| {
            let mut full = link.clone();
            full.page = Default::default();
            address::absolute(&full)
        })
    };
    el("A")
        .attr_of("href", move || Some(url()))
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(text)
}

/// What became of a text that was to be copied; `what` is it that can be selected instead.
pub fn copy_note(is_copied: bool, what: &str) -> String {
    match is_copied {
        true => "Copied.".into(),
        false if dom::is_framed() => {
            format!("This frame may not use the clipboard. Select {what} and copy it.")
        }
        false => format!("Select {what} and copy it."),
    }
}
