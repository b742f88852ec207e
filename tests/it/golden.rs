//! Golden fingerprints: every preset does what it did when its revision was published.
//!
//! `tests/golden/fingerprints.json` is read by the tests in node and in browsers too, so that all platforms are held
//! to the same runs. `UPDATE_GOLDEN=1` writes it again, but only where a revision was raised.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use stdp_playground::experiments::{REGISTRY, build};
use stdp_playground::lab::{Session, Spec};
use stdp_playground::sim::Tick;

use crate::runs::{Named, every_preset, link_of};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/fingerprints.json");

/// Long runs are held to their fingerprint at this tick: what differs at all differs by then.
const MOST_TICKS: Tick = 1_000_000;

/// One preset's fingerprints at the end of its run, or at a tick that a test can wait for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Golden {
    /// Of the experiment.
    revision: u32,
    /// Without a seed.
    link: String,
    /// The tick of the fingerprints.
    tick: Tick,
    seed_1: String,
    seed_7: String,
}

/// Experiments in which nothing is drawn at random, so that the seed changes nothing.
const WITHOUT_CHANCE: [&str; 1] = ["stdp_window/"];

type Goldens = BTreeMap<String, Golden>;

/// Whether golden files are to be written instead of compared with.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1")
}

/// What to do when a fingerprint differs from the golden one of the same revision.
pub fn advice(id: &str) -> String {
    format!(
        "{id} has another fingerprint than its revision had. If the model was meant to change: raise `revision` in \
         its Entry, add a line to CHANGELOG.md, and run the tests with UPDATE_GOLDEN=1."
    )
}

/// The fingerprints, and what the results at that tick are called.
fn golden_of(preset: &Named) -> (Golden, Vec<String>) {
    let tick = build(&preset.spec).num_ticks().min(MOST_TICKS);
    let mut names = Vec::new();
    let mut with_seed = |seed| {
        let mut session = Session::new(Spec { seed, ..preset.spec.clone() }, build);
        session.advance_to(tick);
        let runner = session.runner;
        assert!(runner.fault().is_none() && runner.now() == tick, "{}", preset.id);
        // Its controls may have results of their own.
        let controls = preset.spec.controls().into_iter().map(|(_, control)| build(&control));
        let fingerprint = runner.fingerprint().to_string();
        for runner in controls.chain([runner]) {
            names.extend(runner.summary().into_iter().map(|(name, _)| name));
        }
        fingerprint
    };
    let golden = Golden {
        tick,
        revision: preset.entry.revision,
        link: link_of(&preset.spec),
        seed_1: with_seed(1),
        seed_7: with_seed(7),
    };
    (golden, names)
}

/// Every result is explained, and nothing else.
fn check_measures(of: &BTreeMap<String, Vec<String>>) {
    for entry in REGISTRY.0 {
        let presets = entry.presets.iter().map(|preset| format!("{}/{}", entry.id, preset.id));
        let told: BTreeSet<&str> = presets.flat_map(|id| &of[&id]).map(String::as_str).collect();
        let explained: BTreeSet<&str> = entry.measures.iter().map(|measure| measure.name).collect();
        assert_eq!(
            told, explained,
            "{}: results that are told, and those that are explained",
            entry.id
        );
        assert_eq!(explained.len(), entry.measures.len(), "{}: twice the same name", entry.id);
    }
}

fn read() -> Goldens {
    let Ok(text) = std::fs::read_to_string(FILE) else { return Goldens::new() };
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{FILE}: {e}"))
}

fn write(goldens: &Goldens) {
    let text = serde_json::to_string_pretty(goldens).expect("plain data");
    std::fs::write(FILE, text + "\n").unwrap_or_else(|e| panic!("{FILE}: {e}"));
}

/// The same revision of the same link must give the same fingerprints.
fn check_revisions(old: &Goldens, new: &Goldens) -> Result<(), String> {
    for (id, new) in new {
        let Some(old) = old.get(id) else { continue };
        let is_same_run = old.link == new.link && old.revision == new.revision;
        if is_same_run && old != new {
            return Err(advice(id));
        }
        if new.revision < old.revision {
            return Err(format!("{id}: revision {} is behind {}", new.revision, old.revision));
        }
    }
    Ok(())
}

#[test]
fn every_preset_keeps_its_fingerprint() {
    let run = |preset: Named| {
        let (golden, names) = golden_of(&preset);
        ((preset.id.clone(), golden), (preset.id, names))
    };
    let (new, names): (Vec<_>, Vec<_>) = every_preset().into_par_iter().map(run).unzip();
    let new = Goldens::from_iter(new);
    check_measures(&BTreeMap::from_iter(names));
    let old = read();
    check_revisions(&old, &new).unwrap_or_else(|message| panic!("{message}"));
    if is_update() {
        write(&new);
    }
    let hint = "run the tests with UPDATE_GOLDEN=1";
    let ids = |goldens: &Goldens| goldens.keys().cloned().collect::<Vec<_>>();
    let now = read();
    assert_eq!(ids(&now), ids(&new), "presets came or went: {hint}");
    for (id, golden) in &new {
        assert_eq!(&now[id], golden, "{id}: {hint}");
    }
}

#[test]
fn seeds_and_presets_differ() {
    let goldens = read();
    let has_chance = |id: &str| WITHOUT_CHANCE.iter().all(|name| !id.starts_with(name));
    let prints = |(id, golden): (&String, &'_ Golden)| {
        let both = [golden.seed_1.clone(), golden.seed_7.clone()];
        assert!(has_chance(id) || both[0] == both[1], "{id} has no chance in it");
        both.into_iter().take(if has_chance(id) { 2 } else { 1 })
    };
    let mut all: Vec<String> = goldens.iter().flat_map(prints).collect();
    let num = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), num, "two runs with the same fingerprint");
}

#[test]
fn an_update_is_refused_without_a_new_revision() {
    let golden = |revision, link: &str, seed_1: &str| Golden {
        revision,
        link: link.into(),
        tick: 1,
        seed_1: seed_1.into(),
        seed_7: "lusab-babad-babab".into(),
    };
    let one = |golden| Goldens::from([("a/b".to_string(), golden)]);
    let old = one(golden(1, "demo=a", "babab-babab-babab"));
    let check = |new| check_revisions(&old, &one(new));
    assert_eq!(check(golden(1, "demo=a", "babab-babab-babab")), Ok(()));
    let error = check(golden(1, "demo=a", "babad-babab-babab")).expect_err("refused");
    assert!(error.contains("a/b") && error.contains("CHANGELOG.md"), "{error}");
    assert_eq!(check(golden(2, "demo=a", "babad-babab-babab")), Ok(()));
    assert_eq!(check(golden(1, "demo=a&eta=1", "babad-babab-babab")), Ok(()));
    assert!(check(golden(0, "demo=a", "babab-babab-babab")).is_err());
}
