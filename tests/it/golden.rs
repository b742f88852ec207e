//! Golden fingerprints: every preset does what it did when its revision was published.
//!
//! `tests/golden/fingerprints.json` is read by the tests in node and in browsers too, so that all platforms are held
//! to the same runs. `moments.json` beside it holds the results and the figures of the same runs, a third of the way and
//! at the end. `UPDATE_GOLDEN=1` writes both again, but only where a revision was raised; the words within figures are
//! free, and results and figures may be added.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use stdp_playground::experiments::{REGISTRY, build};
use stdp_playground::lab::{Session, Spec};
use stdp_playground::sim::Tick;

use crate::moments::Moment;
use crate::runs::{Named, every_preset, link_of};

const FINGERPRINTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/fingerprints.json");
const MOMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/moments.json");

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
const WITHOUT_CHANCE: [&str; 37] = [
    "stdp_window/",
    // A neuron alone under a current.
    "playground/tonic",
    "playground/adapting",
    "playground/initial_burst",
    "playground/bursting",
    "playground/accelerating",
    "playground/transient",
    "playground/irregular",
    "playground/regular_spiking",
    "playground/intrinsically_bursting",
    "playground/chattering",
    "playground/fast_spiking",
    "playground/low_threshold",
    "playground/leaky",
    "playground/adaptive_threshold",
    "playground/hodgkin_huxley",
    "playground/staircase",
    "playground/delayed_bursting",
    "playground/thalamocortical",
    "playground/resonator",
    "playground/izh_",
    "playground/simple_set",
    "playground/realistic_set",
    "playground/elif",
    "playground/aelif_",
    "playground/drawn_spikes",
    // Volleys through weights that are all the same.
    "playground/synaptic_volleys",
    // Codes without chance, without noise.
    "neural_coding/lif_latency",
    "neural_coding/rank_order",
    "neural_coding/phase",
    "neural_coding/weighted",
    "neural_coding/burst",
    "neural_coding/population",
    "neural_coding/drawn",
    "neural_coding/published_ttfs",
    "neural_coding/published_position",
    "neural_coding/first_spike",
];

type Goldens = BTreeMap<String, Golden>;
/// Results and figures with seed 1: a third of the way to the tick of the fingerprints, and there.
type Moments = BTreeMap<String, [Moment; 2]>;

/// What a preset does.
struct Outcome {
    golden: Golden,
    moments: [Moment; 2],
    /// What its results and those of its controls are called.
    names: Vec<String>,
}

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

fn outcome_of(preset: &Named) -> Outcome {
    let tick = build(&preset.spec).num_ticks().min(MOST_TICKS);
    let at_end = |session: &mut Session| {
        session.advance_to(tick);
        let runner = &session.runner;
        assert!(runner.fault().is_none() && runner.now() == tick, "{}", preset.id);
        runner.fingerprint().to_string()
    };
    let with_seed = |seed| Session::new(Spec { seed, ..preset.spec.clone() }, build);
    let mut first = with_seed(1);
    first.advance_to(tick / 3);
    let third = Moment::of(&first);
    let seed_1 = at_end(&mut first);
    let moments = [third, Moment::of(&first)];
    // Its controls may have results of their own.
    let controls = preset.spec.controls().into_iter().map(|(_, control)| build(&control));
    let summaries = controls.chain([first.runner]).flat_map(|runner| runner.summary());
    let names = summaries.map(|(name, _)| name).collect();
    let golden = Golden {
        tick,
        revision: preset.entry.revision,
        link: link_of(&preset.spec),
        seed_1,
        seed_7: at_end(&mut with_seed(7)),
    };
    Outcome { golden, moments, names }
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

fn read<T: Default + serde::de::DeserializeOwned>(file: &str) -> T {
    let Ok(text) = std::fs::read_to_string(file) else { return T::default() };
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn write<T: Serialize>(file: &str, content: &T) {
    let text = serde_json::to_string_pretty(content).expect("plain data");
    std::fs::write(file, text + "\n").unwrap_or_else(|e| panic!("{file}: {e}"));
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

/// The same revision of the same link must give the same results and the same figures, but for their words.
fn check_moments(goldens: &Goldens, old: &Moments, new: &Moments) -> Result<(), String> {
    let before = read::<Goldens>(FINGERPRINTS);
    let mut wrong = Vec::new();
    for (id, new) in new {
        let (Some(old), Some(golden)) = (old.get(id), before.get(id)) else { continue };
        let is_same_run =
            golden.link == goldens[id].link && golden.revision == goldens[id].revision;
        for (old, new) in old.iter().zip(new).filter(|_| is_same_run) {
            if !new.holds(old) {
                wrong.push(format!("{}\n{}", advice(id), difference(old, new)));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The first result or figure that is another one.
fn difference(old: &Moment, new: &Moment) -> String {
    let results = new.results.iter().filter(|(name, value)| old.results.get(*name) != Some(value));
    let figures =
        new.figures.iter().filter(|(key, _)| old.figures.get(*key) != new.figures.get(*key));
    let results = results
        .map(|(name, value)| format!("result {name} was {:?}, is {value}", old.results.get(name)));
    let all: Vec<String> = results.chain(figures.map(|(key, _)| format!("figure {key}"))).collect();
    format!("at tick {} (was {}): {}", new.tick, old.tick, all.join("; "))
}

#[test]
fn every_preset_keeps_its_fingerprint_its_results_and_its_figures() {
    let run = |preset: Named| (preset.id.clone(), outcome_of(&preset));
    let outcomes: Vec<(String, Outcome)> = every_preset().into_par_iter().map(run).collect();
    let (mut new, mut moments, mut names) = (Goldens::new(), Moments::new(), BTreeMap::new());
    for (id, outcome) in outcomes {
        new.insert(id.clone(), outcome.golden);
        moments.insert(id.clone(), outcome.moments);
        names.insert(id, outcome.names);
    }
    check_measures(&names);
    check_revisions(&read(FINGERPRINTS), &new).unwrap_or_else(|message| panic!("{message}"));
    check_moments(&new, &read(MOMENTS), &moments).unwrap_or_else(|message| panic!("{message}"));
    if is_update() {
        write(FINGERPRINTS, &new);
        write(MOMENTS, &moments);
    }
    hold(&read::<Goldens>(FINGERPRINTS), &new);
    hold(&read::<Moments>(MOMENTS), &moments);
}

/// What is in the file is what was found.
fn hold<T: PartialEq + std::fmt::Debug>(now: &BTreeMap<String, T>, new: &BTreeMap<String, T>) {
    let hint = "run the tests with UPDATE_GOLDEN=1";
    assert!(now.keys().eq(new.keys()), "presets came or went: {hint}");
    for (id, found) in new {
        assert_eq!(&now[id], found, "{id}: {hint}");
    }
}

#[test]
fn seeds_and_presets_differ() {
    let goldens: Goldens = read(FINGERPRINTS);
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
