//! Light or dark: the visitor's choice, else the link's, else the system's.

use leptos::prelude::*;

use super::dom;
use super::page::Page;
use super::reactive::effect;
use crate::lab::link::Theme;

/// The page is dark now.
#[derive(Clone, Copy)]
pub struct IsDark(pub Memo<bool>);

const DARK: &str = "(prefers-color-scheme: dark)";

/// Keeps the document's `data-theme` in step and tells the figures.
pub fn follow(page: Page) -> IsDark {
    let system = RwSignal::new(dom::matches_media(DARK));
    if let Ok(Some(list)) = dom::window().match_media(DARK) {
        dom::listen(&list, "change", move || system.set(dom::matches_media(DARK)));
    }
    let is_dark = Memo::new(move |_| match page.link.with(|link| link.page.theme) {
        Theme::Auto => system.get(),
        Theme::Light => false,
        Theme::Dark => true,
    });
    effect(move || {
        if let Some(root) = dom::document().document_element() {
            _ = root.set_attribute("data-theme", if is_dark.get() { "dark" } else { "light" });
        }
    });
    IsDark(is_dark)
}
