//! What an experiment has in all its variants: choices and switches bring parameters and figures of their own.

use std::collections::VecDeque;

use crate::experiments;
use crate::lab::form::{Control, ControlKind, controls};
use crate::lab::{Alternative, Entry, Experiment, Panel, Words, values};

/// A parameter, and the choices that bring it, as a part of a link: empty if it is there without any.
pub struct Row {
    /// Choices as `key=option&key=option`.
    pub with: String,
    /// The parameter with its default there.
    pub control: Control,
}

/// A panel behind the choices that bring it, and before what is to be seen in it.
pub type Shown = (String, Panel, &'static str);

/// Choices that were made, in order.
type Made = Vec<(&'static str, &'static str)>;

/// Every parameter and every panel that a link can have, each with the fewest choices that bring it. One that differs
/// between variants in its default, range or text is there once for each.
pub fn rows_of(entry: &Entry) -> (Vec<Row>, Vec<Shown>) {
    let words = experiments::words(entry);
    let (mut rows, mut panels) = (Vec::new(), Vec::new());
    let mut waiting: VecDeque<(Made, Box<dyn Experiment>)> = VecDeque::new();
    waiting.push_back((Made::new(), (entry.defaults)()));
    while let Some((made, params)) = waiting.pop_front() {
        let with = made.iter().map(|(key, option)| format!("{key}={option}"));
        let with = with.collect::<Vec<_>>().join("&");
        let has_params = add_params(&mut rows, &*params, (&made, &with));
        let found = add_panels(&mut panels, (&*params, words), &with) || has_params;
        // Two choices may bring together what neither brings alone; beyond that, what brings nothing new leads nowhere.
        if !found && made.len() >= 2 {
            continue;
        }
        for control in controls(&*params) {
            let key = control.field.key;
            if made.iter().any(|(known, _)| *known == key) {
                continue;
            }
            for option in options_of(control.kind).filter(|option| *option != control.text) {
                let mut changed = params.boxed_clone();
                // Not every option goes with every other.
                if values::set(&mut changed, key, option).is_ok() {
                    let made = made.iter().copied().chain([(key, option)]).collect();
                    waiting.push_back((made, changed));
                }
            }
        }
    }
    // What takes more choices than that is there where a preset makes them.
    for preset in entry.presets {
        let (mut made, mut params) = (Made::new(), (entry.defaults)());
        for (key, text) in preset.link.split('&').filter_map(|pair| pair.split_once('=')) {
            let option = controls(&*params).into_iter().find(|control| control.field.key == key);
            let is_choice = |option: &&'static str| *option == text;
            let option =
                option.and_then(|it| Some((it.field.key, options_of(it.kind).find(is_choice)?)));
            if values::set(&mut params, key, text).is_ok() {
                made.extend(option);
            }
        }
        let mut chosen = (entry.defaults)();
        let is_there =
            made.iter().all(|(key, option)| values::set(&mut chosen, key, option).is_ok());
        if is_there {
            let with = made.iter().map(|(key, option)| format!("{key}={option}"));
            let with = with.collect::<Vec<_>>().join("&");
            add_params(&mut rows, &*chosen, (&made, &with));
        }
    }
    // Variants of one parameter stand together.
    let keys: Vec<&str> = rows.iter().map(|row: &Row| row.control.field.key).collect();
    let place = |row: &Row| keys.iter().position(|key| *key == row.control.field.key);
    rows.sort_by_cached_key(place);
    (rows, panels)
}

/// The values of a parameter that has few.
fn options_of(kind: ControlKind) -> impl Iterator<Item = &'static str> {
    let (options, switch): (&[Alternative], &[&str]) = match kind {
        ControlKind::Choice(options) => (options, &[]),
        ControlKind::Flag => (&[], &["0", "1"]),
        _ => (&[], &[]),
    };
    options.iter().map(|option| option.key).chain(switch.iter().copied())
}

/// Adds the parameters that are not there yet, and tells whether there were any.
fn add_params(rows: &mut Vec<Row>, params: &dyn Experiment, (made, with): (&Made, &str)) -> bool {
    let before = rows.len();
    for control in controls(params) {
        // What was chosen is no default, and was there before it was chosen.
        let is_made = made.iter().any(|(key, _)| *key == control.field.key);
        if !is_made && !rows.iter().any(|row| is_same(&row.control, &control)) {
            rows.push(Row { with: with.into(), control });
        }
    }
    rows.len() > before
}

fn is_same(one: &Control, other: &Control) -> bool {
    let (a, b) = (&one.field, &other.field);
    let is_described_alike =
        (a.key, a.label, a.unit, a.help, a.live) == (b.key, b.label, b.unit, b.help, b.live);
    let is_alike = match (one.kind, other.kind) {
        (ControlKind::Float(one), ControlKind::Float(other)) => one == other,
        (ControlKind::Int(one), ControlKind::Int(other)) => one == other,
        (ControlKind::Choice(one), ControlKind::Choice(other)) => {
            one.iter().map(|option| option.key).eq(other.iter().map(|option| option.key))
        }
        (ControlKind::Flag, ControlKind::Flag) | (ControlKind::Text(_), ControlKind::Text(_)) => {
            true
        }
        _ => false,
    };
    is_described_alike && is_alike && one.text == other.text
}

/// Adds the panels that are not there yet, and tells whether there were any.
fn add_panels(
    panels: &mut Vec<Shown>,
    (params, words): (&dyn Experiment, &Words),
    with: &str,
) -> bool {
    let before = panels.len();
    for panel in params.panels() {
        let caption = words.caption(panel.key, params);
        let is_same = |(_, other, said): &Shown| {
            (panel.key, panel.title, caption, panel.x, panel.y)
                == (other.key, other.title, *said, other.x, other.y)
        };
        if !panels.iter().any(is_same) {
            panels.push((with.into(), panel, caption));
        }
    }
    panels.len() > before
}
