//! What a run tells and shows at one moment, short enough for a golden file: its results to the digit, and a digest of
//! each figure.
//!
//! Fingerprints hold spikes and weights. What is computed from them, results and figures, can be wrong while every
//! fingerprint is right; this is what holds it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use stdp_playground::lab::Session;
use stdp_playground::record::{Figure, Fingerprint};
use stdp_playground::sim::Tick;

/// Results and figures after so many ticks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    pub tick: Tick,
    /// In full digits; "none" for what has no value yet.
    pub results: BTreeMap<String, String>,
    /// By the panel's key: a digest of the numbers, and one of the words within the figure.
    pub figures: BTreeMap<String, [String; 2]>,
}

impl Moment {
    /// Of a run as it stands.
    pub fn of(session: &Session) -> Self {
        let panels = session.spec.panels();
        let figures = session.runner.figures(&|_| true);
        let digest = |(idx, figure)| (panels[idx as usize].key.to_string(), digests(&figure));
        let text = |value: f64| if value.is_nan() { "none".into() } else { value.to_string() };
        let results = session.runner.summary().into_iter();
        Self {
            tick: session.runner.now(),
            results: results.map(|(name, value)| (name, text(value))).collect(),
            figures: figures.into_iter().map(digest).collect(),
        }
    }

    /// It has all that the other has, with the same numbers; and perhaps more results and figures.
    pub fn holds(&self, other: &Self) -> bool {
        let (mut own, other) = (self.numbers(), other.numbers());
        own.results.retain(|name, _| other.results.contains_key(name));
        own.figures.retain(|key, _| other.figures.contains_key(key));
        own == other
    }

    /// The same, without the words: they may be improved without the model's revision being raised.
    pub fn numbers(&self) -> Self {
        let mut moment = self.clone();
        moment.figures.values_mut().for_each(|[_, words]| words.clear());
        moment
    }
}

/// Digests of a figure's numbers and of its words, in the order in which they stand.
fn digests(figure: &Figure) -> [String; 2] {
    let mut value = serde_json::to_value(figure).expect("plain data");
    let mut words = String::new();
    take_words(&mut value, &mut words);
    [value.to_string(), words].map(|text| Fingerprint::of_text(&text).to_string())
}

/// Moves all text of `value` to `words`. What is left still tells where there was any.
fn take_words(value: &mut Value, words: &mut String) {
    match value {
        Value::String(text) => {
            words.push_str(&std::mem::take(text));
            words.push('\n');
        }
        Value::Array(items) => items.iter_mut().for_each(|item| take_words(item, words)),
        Value::Object(fields) => {
            // What a figure may have and this one has not came after the first digests.
            fields.retain(|name, value| !(name == "marked" && value.is_null()));
            fields.values_mut().for_each(|item| take_words(item, words));
        }
        _ => {}
    }
}

#[test]
fn numbers_and_words_have_a_digest_each() {
    use stdp_playground::record::figure::{Curve, Line, LineStyle};
    let figure = |label: &str, y: f32| {
        let lines = vec![Line::new(label, vec![0.0], vec![y], LineStyle::Main)];
        digests(&Figure::Curve(Curve { lines, ..Curve::default() }))
    };
    let [numbers, words] = figure("a", 1.0);
    assert_eq!(figure("b", 1.0)[0], numbers);
    assert_eq!(figure("a", f32::from_bits(1.0_f32.to_bits() + 1))[1], words);
    assert_ne!(figure("a", f32::from_bits(1.0_f32.to_bits() + 1))[0], numbers);
    assert_ne!(figure("b", 1.0)[1], words);
}
