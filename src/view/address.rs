//! The address bar: it always holds the link of the run on screen.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::dom::{self, after_ms, window};
use crate::experiments::REGISTRY;
use crate::lab::Notice;
use crate::lab::link::{self, Link};

/// Browsers stop taking history changes that come too fast.
const DEBOUNCE_MS: i32 = 400;

thread_local! {
    static LATEST: Cell<u32> = const { Cell::new(0) };
    /// When the address was written last, in milliseconds since the page began.
    static WRITTEN_MS: Cell<f64> = const { Cell::new(0.0) };
}

/// The query in the address bar, with what the browser took for a fragment behind it: of a link out of a page's
/// source, `&#38;seed=7`, that is all the rest.
fn query() -> String {
    let location = window().location();
    match location.search() {
        // By itself it is a place on the page.
        Ok(search) if !search.is_empty() => search + &location.hash().unwrap_or_default(),
        _ => String::new(),
    }
}

/// The whole address of a run. It is one of the demo whose page this is, under whatever name the host has it.
pub fn absolute(link: &Link) -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    format!("{origin}{path}?{}", link.query())
}

/// The whole address of another file of the site.
pub fn beside(file: &str) -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{origin}{folder}/{file}")
}

/// The link in the address bar, read as one of the demo whose page this is; another demo's page is gone to.
pub fn read() -> (Link, Vec<Notice>) {
    let here = dom::page().and_then(|page| page.get_attribute("data-demo"));
    let here = here.and_then(|id| REGISTRY.find(&id)).unwrap_or(REGISTRY.first());
    let (link, notices) = link::parse_at(here, &query(), REGISTRY);
    if link.spec.entry.id != here.id {
        // start.js goes there before anything is loaded, but does not understand all that is understood here.
        _ = window().location().replace(&format!("{}.html{}", link.spec.entry.id, query()));
    }
    (link, notices)
}

/// Puts the link into the address bar: at once if that has not been done for a moment, so that the entry is right for
/// whoever goes back; else a moment after the last change.
pub fn replace_soon(link: RwSignal<Link>) {
    let turn = LATEST.get().wrapping_add(1);
    LATEST.set(turn);
    if dom::now_ms() - WRITTEN_MS.get() > f64::from(DEBOUNCE_MS) {
        return link.with_untracked(replace);
    }
    after_ms(DEBOUNCE_MS, move || {
        if LATEST.get() == turn {
            link.with_untracked(replace);
        }
    });
}

/// Puts the link into the address bar.
pub fn replace(link: &Link) {
    let query = format!("?{}", link.query());
    if query != window().location().search().unwrap_or_default() {
        write(&query, false);
    }
}

/// Adds the link to the history, for going back.
pub fn push(link: &Link) {
    LATEST.set(LATEST.get().wrapping_add(1));
    write(&format!("?{}", link.query()), true);
}

fn write(query: &str, is_new: bool) {
    WRITTEN_MS.set(dom::now_ms());
    // Sandboxed frames may refuse; the run goes on without an address.
    if let Ok(history) = window().history() {
        _ = match is_new {
            true => history.push_state_with_url(&JsValue::NULL, "", Some(query)),
            false => history.replace_state_with_url(&JsValue::NULL, "", Some(query)),
        };
    }
}
