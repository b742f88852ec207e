//! What figures are drawn on: light or dark, by the visitor's choice, else the link's, else the system's; and how fine. Paper
//! is always light.

use leptos::prelude::*;

use super::address;
use super::dom;
use super::page::Page;
use super::reactive::{El, effect, el};
use crate::lab::link::Theme;

/// What the page is shown on now.
#[derive(Clone, Copy)]
pub struct Surface {
    /// Figures are drawn for dark surroundings.
    pub is_dark: Memo<bool>,
    /// The page is being printed, or shown as it would be.
    pub is_printed: RwSignal<bool>,
    /// The screen's pixels per CSS pixel.
    pub ratio: RwSignal<f64>,
}

const DARK: &str = "(prefers-color-scheme: dark)";

/// Keeps the document's `data-theme` in step and tells the figures.
pub fn follow(page: Page) -> Surface {
    let system = RwSignal::new(dom::matches_media(DARK));
    dom::watch_media(DARK, move |is_dark| system.set(is_dark));
    let is_printed = RwSignal::new(false);
    // Often two tell the same, and figures are drawn once.
    let print = move |now| {
        if is_printed.get_untracked() != now {
            is_printed.set(now);
        }
    };
    dom::listen(&dom::window(), "beforeprint", move || print(true));
    dom::listen(&dom::window(), "afterprint", move || print(false));
    dom::watch_media("print", print);
    let ratio = RwSignal::new(dom::window().device_pixel_ratio());
    dom::watch_ratio(move |now| ratio.set(now));
    let is_dark = Memo::new(move |_| match page.link.with(|link| link.page.theme) {
        _ if is_printed.get() => false,
        Theme::Auto => system.get(),
        Theme::Light => false,
        Theme::Dark => true,
    });
    effect(move || {
        if let Some(root) = dom::document().document_element() {
            _ = root.set_attribute("data-theme", if is_dark.get() { "dark" } else { "light" });
        }
    });
    Surface { is_dark, is_printed, ratio }
}

/// Light, dark, or as the system is.
pub fn choice(page: Page) -> El {
    let set = move |word: String| {
        page.link.update(|link| {
            link.page.theme = match word.as_str() {
                "light" => Theme::Light,
                "dark" => Theme::Dark,
                _ => Theme::Auto,
            }
        });
        address::replace_soon(page.link);
    };
    let option = move |theme: Theme| {
        el("OPTION")
            .attr("value", theme.word())
            .attr_if("selected", move || page.link.with(|link| link.page.theme) == theme)
            .text(theme.word())
    };
    let select = el("SELECT")
        .attr("name", "theme")
        .on_change(set)
        .children([Theme::Auto, Theme::Light, Theme::Dark].map(option));
    el("LABEL").class("inline").text("Theme ").child(select)
}
