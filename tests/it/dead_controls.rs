//! A control that does nothing under what is chosen elsewhere is not shown.

use std::collections::BTreeSet;

use rayon::prelude::*;

use stdp_playground::experiments::{build, describe};
use stdp_playground::lab::form::{ControlKind, controls};
use stdp_playground::lab::{Session, Spec, values};

use crate::runs::every_preset;

/// What makes no difference in the first steps shows at the latest in the description of the network and its schedule.
const TICKS: u64 = 2_000;

/// A control of something of which there is none: it stays beside the number that says so.
const OF_NONE: [(&str, &str); 2] =
    [("correlation", "correlated_share"), ("correlation_2", "correlated_share_2")];

/// All that a value could change: the network, its schedule, its figures, and what it does at first.
fn seen(spec: &Spec) -> String {
    let description = format!("{:?}", describe(spec));
    let mut session = Session::new(spec.clone(), build);
    let ticks = (session.runner.num_ticks(), session.runner.dt_ms());
    session.advance_to(TICKS);
    let figures = format!("{:?}", session.runner.figures(&|_| true));
    let panels = format!("{:?}", spec.panels());
    let print = session.runner.fingerprint();
    format!("{description}{ticks:?}{panels}{figures}{print}")
}

/// Other values of a control, as texts.
fn others(kind: ControlKind, text: &str) -> Vec<String> {
    let all: Vec<String> = match kind {
        ControlKind::Float(range) => {
            [0.1, 0.5, 0.9].map(|share| range.value_at(share).to_string()).into()
        }
        ControlKind::Int(range) => {
            let (min, max) = (range.min, range.max);
            [
                min,
                min + (max - min) / 3,
                min + 1,
                max.min(text.parse::<u32>().map_or(max, |n| n + 1)),
            ]
            .map(|n| n.to_string())
            .into()
        }
        ControlKind::Flag => vec!["0".into(), "1".into()],
        ControlKind::Choice(options) => options.iter().map(|option| option.key.into()).collect(),
        ControlKind::Text(_) => vec!["ABX".into(), "010010010010010,101101101101101".into()],
    };
    all.into_iter().filter(|other| other != text).collect()
}

/// The controls of a run that change nothing.
fn dead(spec: &Spec) -> Vec<&'static str> {
    let before = seen(spec);
    let is_dead = |key: &str, kind: ControlKind, text: &str| {
        let changed = others(kind, text).into_iter().filter_map(|other| {
            let mut changed = spec.clone();
            values::set(&mut changed.params, key, &other).ok().map(|()| changed)
        });
        let mut is_tried = false;
        let is_same = changed.into_iter().all(|changed| {
            is_tried = true;
            seen(&changed) == before
        });
        is_tried && is_same
    };
    let controls = controls(&*spec.params);
    let is_of_none = |key: &str| {
        let is_zero = |number: &str| {
            controls.iter().any(|control| control.field.key == number && control.text == "0")
        };
        OF_NONE.iter().any(|(known, number)| *known == key && is_zero(number))
    };
    controls
        .par_iter()
        .filter(|control| !is_of_none(control.field.key))
        .filter(|control| is_dead(control.field.key, control.kind, &control.text))
        .map(|control| control.field.key)
        .collect()
}

#[test]
fn no_control_that_is_shown_does_nothing() {
    // Presets that differ in numbers only have the same controls.
    let mut known = BTreeSet::new();
    let mut specs = Vec::new();
    for preset in every_preset() {
        let shape: Vec<String> = controls(&*preset.spec.params)
            .into_iter()
            .map(|control| match control.kind {
                ControlKind::Choice(_) | ControlKind::Flag => {
                    format!("{}={}", control.field.key, control.text)
                }
                _ => control.field.key.into(),
            })
            .collect();
        if known.insert((preset.entry.id, shape)) {
            specs.push((preset.id, preset.spec));
        }
    }
    let dead = specs.into_par_iter().flat_map_iter(|(id, spec)| {
        let told = dead(&spec).into_iter().map(move |key| (id.clone(), key));
        told.collect::<Vec<_>>()
    });
    let dead: Vec<(String, &str)> = dead.collect();
    assert!(dead.is_empty(), "{dead:#?}");
}
