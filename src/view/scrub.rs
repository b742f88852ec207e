//! The bar over the run's time: the film as something to take hold of. And the keys that do the same.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::dom;
use super::page::Page;
use super::reactive::{El, el};
use super::told::seconds;

/// Places on the bar.
const PLACES: f64 = 1_000.0;
/// How far an arrow key goes, as a share of the bar.
const KEY_SHARE: f64 = 0.01;
/// Rewards and punishments that are marked.
const MOST_PEAKS: usize = 40;

/// The bar, with marks.
pub fn bar(page: Page) -> El {
    let value = move || {
        page.film.track();
        (page.film_share(page.shown_ms.get()) * PLACES).round()
    };
    let told = move || {
        let shown_ms = page.shown_ms.get();
        let phase = page.phase_at(shown_ms).unwrap_or_default();
        Some(format!("{} s, {phase}", seconds(shown_ms)))
    };
    let input = el("INPUT")
        .attr("type", "range")
        .attr("name", "moment")
        .attr("min", "0")
        .attr("max", PLACES.to_string())
        .attr("step", "1")
        .attr("aria-label", "Moment of the run")
        .attr_of("aria-valuetext", told)
        .value(move || value().to_string())
        .on("input", move |event| {
            if let Ok(place) = event_target_value(&event).parse::<f64>() {
                page.scrub(page.moment_at(place / PLACES));
            }
        })
        .on_change(move |place| {
            if let Ok(place) = place.parse::<f64>() {
                page.rest_at(page.moment_at(place / PLACES));
            }
        });
    let marks = move || {
        page.film.track();
        page.marks(MOST_PEAKS).into_iter().map(|mark| {
            el("I")
                .class("mark")
                .attr("data-kind", mark.kind)
                .attr("title", mark.label)
                .style("left", format!("{:.2}%", 100.0 * mark.share))
        })
    };
    let done = move || {
        let whole = page.frame.with(|frame| frame.total_ms).max(1e-9);
        format!("{:.2}%", (100.0 * page.computed_ms() / whole).min(100.0))
    };
    let computed = move || {
        page.film.track();
        [el("I").class("computed").style("width", done())]
    };
    el("DIV")
        .class("bar")
        .children_of(computed)
        .child(el("DIV").class("marks").attr("aria-hidden", "true").children_of(marks))
        .child(input)
}

/// The keys, listed.
pub fn keys() -> El {
    let key = |(keys, what): (&'static str, &'static str)| {
        el("LI").child(el("KBD").text(keys)).text(format!(" {what}"))
    };
    let all = [
        ("Space", "plays and pauses"),
        ("← →", "go back and forth"),
        ("Home, End", "go to the start and the end"),
        ("Tab, then ← →", "in the network: another neuron to follow"),
        ("← →, Enter", "in a figure over time: reads it, and goes to that moment"),
        ("Ctrl Z", "takes back a change"),
    ];
    el("DETAILS")
        .class("keys")
        .child(el("SUMMARY").text("Keys"))
        .child(el("UL").children(all.map(key)))
}

/// Listens to the keys: everywhere on the page, but not where a control takes them. In an embed only within it.
pub fn follow_keys(page: Page) {
    dom::listen_to(&dom::document(), "keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let takes_keys =
            "input, select, textarea, button, summary, a, canvas, [tabindex]:not(fieldset)";
        let is_taken = target
            .as_ref()
            .is_some_and(|target| target.closest(takes_keys).ok().flatten().is_some());
        let is_bar = target.as_ref().is_some_and(|target| {
            target.get_attribute("name").as_deref() == Some("moment") && event.key() == " "
        });
        // The arrows of a question are its own: the film does not leave it.
        let is_of_question = event.key().starts_with("Arrow")
            && target.as_ref().is_some_and(|it| it.closest("#predict").ok().flatten().is_some());
        let is_taken = (is_taken && !is_bar) || is_of_question;
        let has_command = event.ctrl_key() || event.meta_key() || event.alt_key();
        if is_taken || has_command || event.default_prevented() {
            return;
        }
        let share = page.film_share(page.shown_ms.get_untracked());
        let to = |share: f64| page.rest_at(page.moment_at(share.clamp(0.0, 1.0)));
        match &*event.key() {
            " " if page.is_going() => page.pause(),
            " " => page.play(),
            "ArrowLeft" => to(share - KEY_SHARE),
            "ArrowRight" => to(share + KEY_SHARE),
            "Home" => page.reset(),
            "End" => page.finish(),
            "Escape" if page.followed.with_untracked(Option::is_some) => {
                page.follow_in_network(0, None);
            }
            _ => return,
        }
        event.prevent_default();
    });
}
