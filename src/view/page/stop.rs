//! The film stops once, where its story says, and asks: only of who has answered the first question.

use leptos::prelude::*;

use super::super::dom;
use super::Page;

impl Page {
    /// The film that comes next stops there.
    pub fn plan_stop(self, at_ms: f64) {
        self.kept().stop_ms.set(at_ms);
    }

    /// Whether the film comes to its stop on the way between two moments. Then it rests there, and the question is shown.
    pub(super) fn stops_between(self, from_ms: f64, to_ms: f64) -> bool {
        let stop_ms = self.kept().stop_ms.get();
        // Without a stop it is no number, and nothing lies between.
        if !(from_ms < stop_ms && stop_ms <= to_ms) {
            return false;
        }
        self.kept().stop_ms.set(f64::NAN);
        if !self.asks_now() {
            return false;
        }
        self.rest_at(stop_ms);
        self.asks.set(true);
        true
    }

    /// The run on screen is the one that the question is about, and the question can be seen and has not been asked yet.
    fn asks_now(self) -> bool {
        let find = |selector: &str| dom::document().query_selector(selector).ok().flatten();
        let card = find("#predict:not(.hidden) .prediction:not([hidden])");
        let preset = card.and_then(|card| card.get_attribute("data-preset"));
        let stop = find(".stop:not([hidden]):not([data-asked])");
        let is_it = stop.is_some() && preset.as_deref() == self.preset_id();
        // Once, whatever is answered.
        if let Some(stop) = stop.filter(|_| is_it) {
            _ = stop.set_attribute("data-asked", "");
        }
        is_it
    }
}
