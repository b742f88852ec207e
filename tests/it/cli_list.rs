//! What `stdp list` and `stdp sweep` say to scripts and refuse.

use std::collections::BTreeSet;

use stdp_playground::experiments::{REGISTRY, words};
use stdp_playground::lab::form::{ControlKind, controls};
use stdp_playground::lab::link;
use stdp_playground::lab::parts::{CARDS, SECTIONS};
use stdp_playground::lab::{Experiment, Spec, values};

use crate::cli::{SHORT, one_line, output};
use crate::runs::{every_preset, spec_of};

/// The table that a call prints, its header first.
fn table(args: &[&str]) -> Vec<Vec<String>> {
    let printed = output(args);
    let rows = printed.lines().map(|line| line.split('\t').map(String::from).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{args:?}: a ragged table");
    rows
}

/// The parameters of every preset, and of every experiment with every option of every choice, with two choices made.
fn every_variant() -> Vec<(&'static str, Box<dyn Experiment>)> {
    let mut all = Vec::new();
    for preset in every_preset() {
        all.push((preset.entry.id, preset.spec.params.boxed_clone()));
    }
    for entry in REGISTRY.0 {
        let mut found = vec![(entry.defaults)()];
        for _ in 0..2 {
            let changed = found.iter().flat_map(|params| with_each_option(&**params));
            found = changed.collect();
            all.extend(found.iter().map(|params| (entry.id, params.boxed_clone())));
        }
    }
    all
}

fn with_each_option(params: &dyn Experiment) -> Vec<Box<dyn Experiment>> {
    let mut all = Vec::new();
    for control in controls(params) {
        let ControlKind::Choice(options) = control.kind else { continue };
        for option in options {
            let mut changed = params.boxed_clone();
            if values::set(&mut changed, control.field.key, option.key).is_ok() {
                all.push(changed);
            }
        }
    }
    all
}

/// The run of an experiment with these choices.
fn spec_with(id: &str, with: &str) -> Spec {
    let link = format!("demo={id}&{with}");
    spec_of(link.trim_end_matches('&'))
}

#[test]
fn list_tells_every_parameter_that_a_link_can_have() {
    let rows = table(&["list", "--params"]);
    let header = ["experiment", "key", "label", "unit", "range", "default", "live", "with", "help"];
    assert_eq!(rows[0], header);
    let told: BTreeSet<(&str, &str)> =
        rows[1..].iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    let variants = every_variant();
    assert!(variants.len() > 200, "{}", variants.len());
    for (id, params) in variants {
        for control in controls(&*params) {
            assert!(told.contains(&(id, control.field.key)), "{id}: {}", control.field.key);
        }
    }
    // What stands there is a link: the choices bring the parameter, with this default.
    for row in &rows[1..] {
        let (spec, key) = (spec_with(&row[0], &row[7]), &row[1]);
        let controls = controls(&*spec.params);
        let own = controls.iter().find(|control| control.field.key == key);
        let own = own.unwrap_or_else(|| panic!("{} {key}: not with {}", row[0], row[7]));
        let live = if own.field.live { "live" } else { "restarts" };
        assert_eq!(
            (&own.text, own.field.unit.word(), live),
            (&row[5], &*row[3], &*row[6]),
            "{row:?}"
        );
    }
    let own = table(&["list", "--params", "characters"]);
    assert!(own.len() > 10 && own[1..].iter().all(|row| row[0] == "characters"));
    let eta = own.iter().find(|row| row[1] == "eta").expect("a learning rate");
    assert!(eta[4].contains("..") && !eta[8].is_empty(), "{eta:?}");
}

fn caption_of(id: &str, figure: &str, params: &dyn Experiment) -> &'static str {
    words(REGISTRY.find(id).expect("an experiment")).caption(figure, params)
}

#[test]
fn list_tells_every_figure_and_what_it_shows() {
    let rows = table(&["list", "--panels"]);
    assert_eq!(rows[0], ["experiment", "key", "title", "kind", "x", "y", "with", "shows"]);
    for (id, params) in every_variant() {
        for panel in params.panels() {
            let caption = caption_of(id, panel.key, &*params);
            let is_it = |row: &&Vec<String>| {
                (&*row[0], &*row[1], &*row[2], &*row[7]) == (id, panel.key, panel.title, caption)
            };
            let row = rows.iter().find(is_it);
            let row = row.unwrap_or_else(|| panic!("{id}: no {} '{caption}'", panel.key));
            assert!(!row[7].is_empty(), "{row:?}");
        }
    }
    let is_figure = |row: &&Vec<String>| !["card", "section", "group"].contains(&&*row[3]);
    for row in rows[1..].iter().filter(is_figure) {
        let spec = spec_with(&row[0], &row[6]);
        assert!(spec.panels().iter().any(|panel| panel.key == row[1]), "{row:?}");
        assert_eq!(caption_of(&row[0], &row[1], &*spec.params), row[7], "{row:?}");
    }
    let own = table(&["list", "--panels", "stdp_window"]);
    let window = own.iter().find(|row| row[1] == "window").expect("the window");
    assert_eq!(
        window[3..6],
        ["curve", "output minus input, Δt = t_post − t_pre (ms)", "change of the weight"]
    );
}

#[test]
fn an_unknown_experiment_is_refused_with_the_nearest() {
    assert!(one_line(&["list", "--params", "charcters"]).contains("did you mean characters?"));
    assert!(one_line(&["list", "--panels", "zzz"]).contains("there are characters, stdp_window"));
}

#[test]
fn what_a_sweep_would_run_twice_is_refused() {
    let sweep = |args: &[&str]| one_line(&[&["sweep", SHORT], args].concat());
    let message = sweep(&["--over", "eta=0.01", "--over", "eta=0.05"]);
    assert!(message.contains("--over eta: given twice"), "{message}");
    let message = sweep(&["--over", "eta=0.01,0.05,0.010"]);
    assert!(message.contains("0.010 stands there twice"), "{message}");
    let message = sweep(&["--seeds", "4,2,4"]);
    assert!(message.contains("--seeds 4,2,4: 4 stands there twice"), "{message}");
    // Both sides get the values, so a comparison of this very parameter compares nothing.
    let link = "demo=characters&epochs=1&b.eta=0.05";
    let message = one_line(&["sweep", link, "--over", "eta=0.01,0.02"]);
    assert!(message.contains("--over sets eta=0.01 in A and in B"), "{message}");
    let table = output(&["sweep", link, "--over", "letters=AB,ABC", "--seeds", "1..2"]);
    let sides: Vec<&str> = table.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    assert_eq!(sides, ["A", "A", "A", "A", "B", "B", "B", "B"], "{table}");
}

#[test]
fn list_names_everything_that_a_link_can_show_or_hide() {
    let rows = table(&["list", "--panels"]);
    for row in &rows[1..] {
        let text = format!("demo={}&show={}&{}", row[0], row[1], row[6]);
        let (_, notices) = link::parse(text.trim_end_matches('&'), REGISTRY);
        assert_eq!(notices, [], "{row:?}");
    }
    for (id, params) in every_variant() {
        let told = |name: &str| rows.iter().any(|row| row[0] == id && row[1] == name);
        let groups = controls(&*params).into_iter().map(|control| control.group.key);
        let names = groups.chain(SECTIONS.iter().copied()).chain(CARDS);
        let missing: Vec<&str> = names.filter(|name| !name.is_empty() && !told(name)).collect();
        assert!(missing.is_empty(), "{id}: {missing:?}");
    }
}
