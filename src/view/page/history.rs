//! Undo and redo, and the entries of the browser's history that go with them.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use super::super::{address, dom};
use super::Page;
use crate::experiments::REGISTRY;
use crate::lab::change;
use crate::lab::link::{self, Link};

/// Changes of one control that follow one another faster than this are one step: a slider that is dragged.
const ONE_STEP_MS: f64 = 1_000.0;

/// No more steps are kept.
const MOST_STEPS: usize = 200;

/// Runs to go back to, each with what was changed there, as a pair: the change in words, and the link. The latest is
/// last.
type Steps = RwSignal<Vec<(String, String)>>;

/// What was changed, and what was taken back.
#[derive(Clone, Copy)]
pub struct History {
    past: Steps,
    future: Steps,
}

/// What was changed last: a parameter by its key, with whether it is that of the second run; or a step through this
/// history.
type Series = (&'static str, bool);

/// The series of steps through this history.
const TRAVEL: Series = ("", false);

thread_local! {
    /// What was changed last, and when.
    static LAST: Cell<Option<(Series, f64)>> = const { Cell::new(None) };
}

impl History {
    pub fn new() -> Self {
        Self { past: RwSignal::new(Vec::new()), future: RwSignal::new(Vec::new()) }
    }
}

impl Page {
    /// Keeps the run of before, after a change to the one of the link at hand, and writes the address. `name` says what
    /// was changed, if it is more than can be seen from the parameters; changes of the same `series` are one entry of
    /// the browser's history. Nothing happens if the run is the same.
    pub(super) fn remember(self, before: &Link, name: Option<String>, series: Option<Series>) {
        if let Some(goes_on) = self.add_step(before, name, series) {
            self.write_address(before, goes_on);
        }
    }

    /// The same after the browser went back or forth, which has an entry for it.
    pub(super) fn remember_visit(self, before: &Link) {
        self.add_step(before, None, None);
    }

    /// Whether the step goes on with the series of the one before; none if there was nothing to take a step for.
    fn add_step(self, before: &Link, name: Option<String>, series: Option<Series>) -> Option<bool> {
        let told = self.link.with_untracked(|now| change::told(before, now))?;
        let told = name.unwrap_or(told);
        let History { past, future } = self.history;
        let (goes_on, is_at_once) = continues(series);
        let is_one_step = is_at_once && future.with_untracked(Vec::is_empty);
        past.update(|steps| match steps.last_mut().filter(|_| is_one_step) {
            Some((last, _)) => *last = told,
            None => {
                steps.push((told, before.print()));
                if steps.len() > MOST_STEPS {
                    steps.remove(0);
                }
            }
        });
        future.update(Vec::clear);
        Some(goes_on)
    }

    /// A new entry for the browser's Back, unless the change goes on with the one before.
    fn write_address(self, before: &Link, goes_on: bool) {
        // In a frame, Back is for the page around.
        if goes_on || dom::is_framed() {
            return address::replace_soon(self.link);
        }
        // The entry that is left holds the run that was on screen, not one before it.
        address::replace(before);
        self.link.with_untracked(address::push);
    }

    /// Goes back to the run before the latest change.
    pub fn undo(self) {
        self.travel(self.history.past, self.history.future, "Undone");
    }

    /// Makes the change again that was taken back last.
    pub fn redo(self) {
        self.travel(self.history.future, self.history.past, "Done again");
    }

    fn travel(self, from: Steps, to: Steps, word: &str) {
        let Some((told, text)) = from.try_update(Vec::pop).flatten() else { return };
        let before = self.link.get_untracked();
        to.update(|steps| steps.push((told.clone(), before.print())));
        let mut link = link::parse(&text, REGISTRY).0;
        link.page = before.page.clone();
        let is_twin = match (&before.twin, &link.twin) {
            (Some(_), Some(_)) => self.edits_twin.get_untracked(),
            (_, twin) => twin.is_some(),
        };
        self.put(link);
        self.edits_twin.set(is_twin);
        let (goes_on, _) = continues(Some(TRAVEL));
        self.write_address(&before, goes_on);
        self.reopen();
        self.announcement.set(format!("{word}: {told}."));
    }

    /// What the next undo takes back, in words.
    pub fn undoes(self) -> Option<String> {
        latest(self.history.past)
    }

    /// What the next redo does again, in words.
    pub fn redoes(self) -> Option<String> {
        latest(self.history.future)
    }

    /// Listens to the keys that undo and redo.
    pub fn follow_keys(self) {
        dom::listen_to(&dom::document(), "keydown", move |event| {
            let event: KeyboardEvent = event.unchecked_into();
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let is_elsewhere = match &target {
                // A frame takes keys only where one of its controls has the focus.
                Some(target) => is_text(target) || (self.is_embed() && !is_control(target)),
                None => true,
            };
            if is_elsewhere || event.default_prevented() {
                return;
            }
            match meant(&event) {
                Some(true) => self.undo(),
                Some(false) => self.redo(),
                None => return,
            }
            event.prevent_default();
        });
    }

    fn is_embed(self) -> bool {
        self.link.with_untracked(|link| link.page.embed)
    }
}

/// Whether a change goes on with what was changed last, and whether it follows at once.
fn continues(series: Option<Series>) -> (bool, bool) {
    let now = dom::now_ms();
    let last = LAST.replace(series.map(|series| (series, now)));
    let last = last.filter(|(last, _)| series == Some(*last));
    (last.is_some(), last.is_some_and(|(_, ms)| now - ms < ONE_STEP_MS))
}

fn latest(steps: Steps) -> Option<String> {
    steps.with(|steps| steps.last().map(|(told, _)| told.clone()))
}

/// Undo (true), redo (false), or neither.
fn meant(event: &KeyboardEvent) -> Option<bool> {
    let is_command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    match event.key().to_ascii_lowercase().as_str() {
        "z" if is_command => Some(!event.shift_key()),
        "y" if is_command && !event.shift_key() => Some(false),
        _ => None,
    }
}

/// A box with an undo of its own.
fn is_text(target: &Element) -> bool {
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "range" | "checkbox" | "radio" | "button"),
        None => target.local_name() == "textarea" || target.has_attribute("contenteditable"),
    }
}

fn is_control(target: &Element) -> bool {
    target.closest("#page").ok().flatten().is_some()
}
