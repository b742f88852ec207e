//! The prediction: an answer plays the film of what was asked about, and when that has come to its end the feedback is
//! given. On the way the film may stop once and ask again; that answer is told at once, and the film goes on. The forms
//! are part of the document.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use super::address;
use super::dom;
use super::page::Page;
use super::reactive::effect;
use crate::lab::Notice;

/// Listens to the form, and answers what a link has answered already.
pub fn follow(page: Page) {
    let Some(main) = dom::page() else { return };
    dom::each(&main, ".prediction .skip", |skip| set_hidden(skip, false));
    for event in ["change", "click"] {
        dom::listen_to(&main, event, move |event| take(page, &event));
    }
    // A link brings the answer, and Back takes it away.
    let answer = Memo::new(move |_| page.link.with(|link| link.page.answer));
    effect(move || {
        let answer = answer.get();
        if !choose(answer) {
            page.link.update(|link| link.page.answer = None);
            let given = answer.unwrap_or_default().to_string();
            let rule = "this page's question has no such answer.".into();
            let (key, used) = ("answer".into(), "none".into());
            page.notices.update(|notices| notices.push(Notice { key, given, used, rule }));
        }
    });
    effect(move || {
        page.film.track();
        let is_at_end = page.shown_ms.get() >= page.computed_ms() - 1e-6;
        let answer = page.link.with(|link| link.page.answer);
        if is_at_end && !page.is_playing.get() && page.is_computed() && answer.is_some() {
            feedback(page);
        }
    });
    effect(move || show_stop(page.asks.get()));
    effect(move || {
        page.film.track();
        let is_result = page.shown_ms.get() >= page.computed_ms() - 1e-6;
        if page.is_result.get_untracked() != is_result {
            page.is_result.set(is_result);
        }
    });
}

/// Ticks an answer, counted from 1, and no other. Says whether there is such an answer.
fn choose(answer: Option<u32>) -> bool {
    let Some(main) = dom::page() else { return true };
    let mut is_there = answer.is_none();
    dom::each(&main, ".prediction:not([hidden])", |card| {
        dom::each(card, "input[type=radio]", |input| {
            let place = input.get_attribute("value").and_then(|place| place.parse::<u32>().ok());
            let is_it = answer.is_some() && place.map(|place| place + 1) == answer;
            is_there |= is_it;
            input.unchecked_ref::<HtmlInputElement>().set_checked(is_it);
        });
        if answer.is_none() {
            tell(card, "");
        }
    });
    is_there
}

/// The second question takes the place of the first.
fn show_stop(asks: bool) {
    let Some(section) = dom::document().get_element_by_id("predict") else { return };
    let held_focus = section.contains(dom::document().active_element().as_deref());
    _ = section.class_list().toggle_with_force("asks", asks);
    dom::each(&section, ".stop .go", |go| set_hidden(go, !asks));
    let card = section.query_selector(".stop:not([hidden])").ok().flatten();
    // Whoever has answered by keyboard goes on from there; Space still plays.
    if let (true, Some(card)) = (asks, card) {
        // On a phone the film is looked at with the question out of sight.
        into_sight(&card);
        if held_focus {
            _ = card.unchecked_into::<HtmlElement>().focus();
        }
    }
}

/// Scrolls to what is not in the window.
fn into_sight(element: &Element) {
    let rect = element.get_bounding_client_rect();
    let height = dom::window().inner_height().ok().and_then(|height| height.as_f64());
    let is_seen = rect.top() >= 0.0 && height.is_none_or(|height| rect.bottom() <= height);
    if !is_seen {
        element.scroll_into_view_with_bool(rect.top() < 0.0);
    }
}

fn set_hidden(element: &Element, is_hidden: bool) {
    _ = element.toggle_attribute_with_force("hidden", is_hidden);
}

/// An answer was chosen, or a button pressed.
fn take(page: Page, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let Some(card) = target.closest(".prediction, .stop").ok().flatten() else { return };
    let is = |class: &str| target.class_list().contains(class);
    let is_stop = card.class_list().contains("stop");
    match &*event.type_() {
        "click" if is("go") => page.play(),
        "change" if is_stop => {
            if let Some(verdict) = verdict(&card) {
                tell(&card, &verdict);
            }
            _ = card.class_list().add_1("answered");
            page.play();
            // It stays in sight, to be read while the film shows it.
            page.asks.set(true);
        }
        "click" if is("skip") => {
            set_hidden(&target, true);
            page.play();
        }
        "click" if is("see") => see(page, &card),
        "change" if target.get_attribute("type").as_deref() == Some("radio") => {
            tell(&card, "");
            plan_stop(page, &card);
            see(page, &card);
            if let Some(network) = dom::document().query_selector(".act .net").ok().flatten() {
                into_sight(&network);
            }
            // After that: Back leads to where nothing was answered yet.
            let place = target.get_attribute("value").and_then(|value| value.parse::<u32>().ok());
            page.link.update(|link| link.page.answer = place.map(|place| place + 1));
            address::replace_soon(page.link);
        }
        _ => {}
    }
}

/// Shows what was asked about.
fn see(page: Page, card: &Element) {
    match card.get_attribute("data-preset").filter(|preset| !preset.is_empty()) {
        Some(preset) => page.see_preset(&preset),
        None => page.play(),
    }
}

/// The film of what was asked about stops where the same story says. Once: not where it has been answered.
fn plan_stop(page: Page, card: &Element) {
    let story = card.get_attribute("data-story").unwrap_or_default();
    let Some(main) = dom::page() else { return };
    dom::each(&main, ".stop", |stop| {
        let is_same = stop.get_attribute("data-story").as_ref() == Some(&story);
        let at_ms = stop.get_attribute("data-at-ms").and_then(|ms| ms.parse().ok());
        if let (true, None, Some(at_ms)) = (is_same, chosen(stop), at_ms) {
            page.plan_stop(at_ms);
        }
    });
}

fn chosen(card: &Element) -> Option<Element> {
    card.query_selector("input:checked").ok().flatten()
}

/// Says something of an answer to those who see the card and those who do not.
fn tell(card: &Element, verdict: &str) {
    let status = card.query_selector("[role=status]").ok().flatten();
    if let Some(status) = status.filter(|it| it.text_content().as_deref() != Some(verdict)) {
        status.set_text_content(Some(verdict));
    }
}

/// What is to be said of the answer that was chosen: whether it is right, and why.
fn verdict(card: &Element) -> Option<String> {
    let text = |selector: &str| {
        let found = card.query_selector(selector).ok().flatten();
        found.and_then(|it| it.text_content()).unwrap_or_default()
    };
    let is_right = chosen(card)?.get_attribute("value") == card.get_attribute("data-answer");
    Some(match is_right {
        true => format!("Right. {}", text(".because")),
        false => format!("No: {}. {}", text(".answer"), text(".because")),
    })
}

/// What is right, and why, of the run that was asked about; of another one the button leads there.
fn feedback(page: Page) {
    let Some(main) = dom::page() else { return };
    dom::each(&main, ".prediction:not([hidden])", |card| {
        let Some(verdict) = verdict(card) else { return };
        let show = |selector: &str, is_hidden| {
            if let Some(button) = card.query_selector(selector).ok().flatten() {
                set_hidden(&button, is_hidden);
            }
        };
        show(".see", false);
        let preset = card.get_attribute("data-preset").unwrap_or_default();
        if preset.is_empty() || page.preset_id() == Some(&*preset) {
            tell(card, &verdict);
            show(".skip", true);
        }
    });
}
