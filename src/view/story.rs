//! The words around the run. They are HTML that was there before the program (made of `page.md`, see the library in
//! `pages`): what is here shows what belongs to the run on screen and hides the rest.

use leptos::prelude::*;
use web_sys::Element;

use super::dom;
use super::page::Page;
use super::reactive::effect;
use crate::lab::condition::holds;
use crate::lab::link::Link;
use crate::lab::parts::{SECTIONS, shows_section};
use crate::lab::{Spec, values};

/// The story that is told where no part has one of its own.
const DEMO: &str = "demo";

/// Keeps the words in step with the link.
pub fn follow(page: Page) {
    let Some(main) = dom::page() else { return };
    let words = main.clone();
    effect(move || page.link.with(|link| show(&words, link)));
}

/// What to see in a figure of this run.
pub fn caption(spec: &Spec, figure: &str) -> String {
    let pairs = values::pairs(&*spec.params);
    let (mut own, mut for_all) = (None, None);
    each(&format!("#captions [data-figure=\"{figure}\"]"), |caption| {
        match caption.get_attribute("data-when") {
            None => for_all = caption.text_content(),
            Some(when) if own.is_none() && holds(&when, &pairs) => own = caption.text_content(),
            Some(_) => {}
        }
    });
    own.or(for_all).unwrap_or_default()
}

fn each(selector: &str, f: impl FnMut(&Element)) {
    if let Some(main) = dom::page() {
        dom::each(&main, selector, f);
    }
}

/// Shows the sections, the story and the observations of a link's run.
fn show(main: &Element, link: &Link) {
    for section in SECTIONS {
        if let Some(element) = dom::document().get_element_by_id(section) {
            _ = element.class_list().toggle_with_force("hidden", !shows_section(link, section));
        }
    }
    let pairs = values::pairs(&*link.spec.params);
    let is_for_this = |element: &Element| {
        element.get_attribute("data-when").is_none_or(|when| holds(&when, &pairs))
    };
    let mut told = None;
    dom::each(main, "#stories li", |part| {
        if told.is_none() && is_for_this(part) {
            told = part.get_attribute("data-story");
        }
    });
    let told = told.unwrap_or(DEMO.into());
    dom::each(main, "[data-of]", |version| {
        let story = version.get_attribute("data-story").unwrap_or_default();
        let of = version.get_attribute("data-of").unwrap_or_default();
        // What the story of a part has not got is the demo's.
        let own = format!("[data-of=\"{of}\"][data-story=\"{told}\"]");
        let is_told =
            story == told || (story == DEMO && main.query_selector(&own).ok().flatten().is_none());
        set_hidden(version, !is_told);
    });
    let own = ".closing li[data-when], .equations [data-when]";
    dom::each(main, own, |seen| set_hidden(seen, !is_for_this(seen)));
}

fn set_hidden(element: &Element, is_hidden: bool) {
    _ = element.toggle_attribute_with_force("hidden", is_hidden);
}
