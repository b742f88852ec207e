//! What every experiment promises by being in the registry, checked for every preset.

use std::collections::BTreeSet;

use stdp_playground::experiments::{self, REGISTRY, describe, words};
use stdp_playground::lab::form::{ControlKind, controls};
use stdp_playground::lab::param::{
    Alternative, Field, FloatRange, IntRange, ParamVisitor, TextEditor, TextRule,
};
use stdp_playground::lab::{
    Ask, Entry, Experiment, Group, Interaction, PanelKind, Prediction, Runner, Scale, Spec, Story,
    Test, link, values,
};
use stdp_playground::record::Figure;

use crate::runs::{every_preset, link_of};

const TICKS: u64 = 2_000;
/// Keys of links that are not parameters.
const RESERVED: [&str; 10] =
    ["demo", "v", "seed", "preset", "embed", "show", "hide", "autorun", "theme", "speed"];

fn is_key(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !text.is_empty() && text.chars().all(allowed)
}

fn build(spec: &Spec) -> Box<dyn Runner> {
    experiments::build(spec)
}

fn advance(runner: &mut dyn Runner, ticks: u64) {
    for _ in 0..ticks {
        runner.tick();
    }
}

fn kind_of(figure: &Figure) -> PanelKind {
    match figure {
        Figure::Raster(_) => PanelKind::Raster,
        Figure::Trace(_) => PanelKind::Trace,
        Figure::Fields(_) => PanelKind::Fields,
        Figure::Curve(_) => PanelKind::Curve,
        Figure::Matrix(_) => PanelKind::Matrix,
        Figure::Lamps(_) => PanelKind::Lamps,
    }
}

/// Results that have no value before something has happened.
const LATE: [&str; 14] = [
    "isi_cv_1",
    "first_cap_s",
    "pattern_latency_ms",
    "isi_cv",
    "isi_cv2",
    "isi_lv",
    "synchrony",
    "rhythm_hz",
    "output_rate_hz",
    "tuning",
    "strongest_group",
    "first_spike_ms",
    "first_interval_ms",
    "last_interval_ms",
];

/// The results, those without a value as null: NaN is not equal to itself.
fn told(runner: &dyn Runner) -> serde_json::Value {
    serde_json::json!(runner.summary())
}

#[test]
fn every_preset_links_to_itself_without_a_notice() {
    for preset in every_preset() {
        assert_eq!(preset.notices, [], "{}", preset.id);
        let (again, notices) = link::parse(&link_of(&preset.spec), REGISTRY);
        assert_eq!(again.spec, preset.spec, "{}", preset.id);
        assert_eq!(notices, [], "{}", preset.id);
    }
}

#[test]
fn the_first_preset_is_the_default_and_no_two_are_the_same_run() {
    for entry in REGISTRY.0 {
        assert!(!entry.presets.is_empty(), "{} has no preset", entry.id);
        assert_eq!(entry.presets[0].link, "", "{}", entry.id);
    }
    let links: BTreeSet<String> = every_preset().iter().map(|p| link_of(&p.spec)).collect();
    assert_eq!(links.len(), every_preset().len());
}

#[test]
fn every_preset_runs_without_a_fault() {
    for preset in every_preset() {
        let mut runner = build(&preset.spec);
        assert_eq!(runner.now(), 0);
        assert!(runner.num_ticks() >= 100 && runner.dt_ms() > 0.0, "{}", preset.id);
        let start = runner.fingerprint();
        advance(&mut *runner, TICKS);
        assert_eq!(runner.now(), TICKS);
        assert!(runner.fault().is_none(), "{}: {:?}", preset.id, runner.fault());
        assert_ne!(runner.fingerprint(), start, "{}", preset.id);
        assert!(!runner.phase().is_empty());
        assert!((1..=runner.num_ticks()).contains(&runner.ticks_to_trial_end()), "{}", preset.id);
        for (name, value) in runner.summary() {
            let has_value = value.is_finite() || value.is_nan() && LATE.contains(&name.as_str());
            assert!(is_key(&name) && has_value, "{}: {name} {value}", preset.id);
        }
    }
}

#[test]
fn every_figure_is_of_its_panels_kind() {
    for preset in every_preset() {
        let panels = preset.spec.panels();
        let mut runner = build(&preset.spec);
        for _ in 0..3 {
            let figures = runner.figures(&|_| true);
            let idxs: Vec<u16> = figures.iter().map(|(idx, _)| *idx).collect();
            assert_eq!(idxs, (0..panels.len() as u16).collect::<Vec<_>>(), "{}", preset.id);
            for (idx, figure) in &figures {
                let panel = &panels[*idx as usize];
                assert_eq!(kind_of(figure), panel.kind, "{}: {}", preset.id, panel.key);
                assert!(!figure.summary().is_empty());
                check_range(figure, panel.key);
            }
            advance(&mut *runner, TICKS / 2);
        }
        assert_eq!(runner.figures(&|idx| idx == 2).len(), 1, "{}", preset.id);
    }
}

/// Lines lie within their axis; but for a histogram whose caption says that it is cut off.
fn check_range(figure: &Figure, key: &str) {
    let Figure::Curve(curve) = figure else { return };
    let (low, high) = curve.y_range;
    let room = 1e-4 * (high - low);
    let y = curve.lines.iter().flat_map(|line| line.x.iter().zip(&line.y));
    let shown = y.filter(|(x, y)| y.is_finite() && **x <= curve.x_range.1);
    for (x, y) in shown.filter(|_| key != "histogram") {
        assert!(
            low - room <= *y && *y <= high + room,
            "{key}: {y} at {x} is not in {low} to {high}"
        );
    }
}

#[test]
fn looking_changes_nothing() {
    for preset in every_preset() {
        let (mut watched, mut alone) = (build(&preset.spec), build(&preset.spec));
        let panels = preset.spec.panels().len() as u16;
        for _ in 0..20 {
            advance(&mut *alone, TICKS / 20);
            advance(&mut *watched, TICKS / 20);
            let before = watched.fingerprint();
            watched.figures(&|_| true);
            watched.summary();
            watched.learning_curve();
            for panel in 0..panels {
                watched.interact(&Interaction::Pick { panel, item: 1 });
            }
            assert_eq!(watched.fingerprint(), before, "{}", preset.id);
        }
        assert_eq!(watched.fingerprint(), alone.fingerprint(), "{}", preset.id);
        assert_eq!(told(&*watched), told(&*alone), "{}", preset.id);
    }
}

#[test]
fn pickable_panels_take_a_pick_and_no_other() {
    for preset in every_preset() {
        let mut runner = build(&preset.spec);
        for (panel, data) in (0..).zip(preset.spec.panels()) {
            let taken = runner.interact(&Interaction::Pick { panel, item: 1 });
            assert_eq!(taken, data.pickable, "{}: {}", preset.id, data.key);
            assert!(!runner.interact(&Interaction::Pick { panel, item: u32::MAX }), "{}", data.key);
        }
    }
}

#[test]
fn what_was_learned_is_whole_and_finite() {
    for preset in every_preset() {
        let mut runner = build(&preset.spec);
        advance(&mut *runner, TICKS);
        let arrays = runner.weights();
        // Inputs alone learn nothing, and networks whose synapses are fixed.
        let learns = describe(&preset.spec).projections.iter().any(|it| it.array.is_some());
        assert_eq!(arrays.is_empty(), !learns, "{}", preset.id);
        for array in arrays {
            let size: u32 = array.shape.iter().product();
            assert_eq!(array.values.len(), size as usize, "{}: {}", preset.id, array.name);
            assert!(array.values.iter().all(f32::is_finite), "{}: {}", preset.id, array.name);
        }
    }
}

/// Checks each parameter as it is visited, and gathers keys.
#[derive(Default)]
struct Inspector {
    groups: Vec<&'static str>,
    keys: Vec<&'static str>,
    num_main: usize,
}

impl Inspector {
    fn field(&mut self, field: Field) {
        assert!(is_key(field.key), "'{}' is not a key", field.key);
        assert!(!RESERVED.contains(&field.key), "'{}' is reserved", field.key);
        assert!(!field.label.is_empty(), "{} has no label", field.key);
        assert!(field.help.ends_with('.'), "the help of {} is not a sentence", field.key);
        assert!(!self.groups.is_empty(), "{} stands in no group", field.key);
        self.num_main += usize::from(field.main);
        self.keys.push(field.key);
    }
}

impl ParamVisitor for Inspector {
    fn group(&mut self, group: Group) {
        assert!(is_key(group.key) && !group.label.is_empty(), "{group:?}");
        self.groups.push(group.key);
    }

    fn float(&mut self, field: Field, range: FloatRange, value: &mut f64) {
        self.field(field);
        assert!(range.min < range.max && range.step > 0.0, "{}: {range:?}", field.key);
        assert!(range.scale == Scale::Linear || range.min > 0.0, "{}: {range:?}", field.key);
        assert!((range.min..=range.max).contains(value), "{}: {value} {range:?}", field.key);
    }

    fn int(&mut self, field: Field, range: IntRange, value: &mut u32) {
        self.field(field);
        assert!(range.min < range.max, "{}: {range:?}", field.key);
        assert!((range.min..=range.max).contains(value), "{}: {value} {range:?}", field.key);
    }

    fn flag(&mut self, field: Field, _: &mut bool) {
        self.field(field);
    }

    fn choice(&mut self, field: Field, options: &'static [Alternative], value: &mut usize) {
        self.field(field);
        assert!(*value < options.len() && options.len() > 1, "{}", field.key);
        let keys: BTreeSet<&str> = options.iter().map(|option| option.key).collect();
        assert_eq!(keys.len(), options.len(), "{}: an option is there twice", field.key);
        for option in options {
            assert!(is_key(option.key), "{}: '{}'", field.key, option.key);
            assert!(!option.label.is_empty() && !option.help.is_empty(), "{}", option.key);
        }
    }

    fn text(&mut self, field: Field, _: TextEditor, rule: TextRule, value: &mut String) {
        self.field(field);
        assert_eq!(rule(value).as_ref(), Ok(&*value), "{}: not its canonical text", field.key);
    }
}

/// The parameters of every experiment with every option of every choice.
fn every_variant() -> Vec<(String, Box<dyn Experiment>)> {
    let mut all = Vec::new();
    for entry in REGISTRY.0 {
        for control in controls(&*(entry.defaults)()) {
            let ControlKind::Choice(options) = control.kind else { continue };
            for option in options {
                let mut params = (entry.defaults)();
                let name = format!("{}, {} {}", entry.id, control.field.key, option.key);
                match values::set(&mut params, control.field.key, option.key) {
                    Ok(()) => all.push((name, params)),
                    // What needs another choice first says so.
                    Err(refused) => {
                        let told = refused.rule.to_lowercase();
                        assert!(told.contains("choose another"), "{name}: {told}");
                    }
                }
            }
        }
        all.push((entry.id.into(), (entry.defaults)()));
    }
    all
}

#[test]
fn every_parameter_is_described_and_its_default_allowed() {
    for (name, mut params) in every_variant() {
        let mut inspector = Inspector::default();
        params.visit(&mut inspector);
        let unique: BTreeSet<&str> = inspector.keys.iter().copied().collect();
        assert_eq!(unique.len(), inspector.keys.len(), "{name}: a key is there twice");
        assert!((2..=5).contains(&inspector.num_main), "{name}: {} main", inspector.num_main);
        assert_eq!(params.check(), [], "{name}");
    }
}

#[test]
fn every_panel_is_described_and_has_a_name_of_its_own() {
    for (name, mut params) in every_variant() {
        let mut inspector = Inspector::default();
        params.visit(&mut inspector);
        let mut taken: BTreeSet<&str> = inspector.keys.iter().copied().collect();
        taken.extend(&inspector.groups);
        for panel in params.panels() {
            assert!(is_key(panel.key), "{name}: '{}'", panel.key);
            // show= and hide= name panels, groups and parameters alike.
            assert!(taken.insert(panel.key), "{name}: '{}' names two things", panel.key);
            assert!(!panel.title.is_empty(), "{}", panel.key);
        }
    }
}

fn check_story(story: &Story, id: &str) {
    for text in [story.about, story.question] {
        assert!(text.len() > 20, "{}: '{text}'", id);
    }
    let notice: Vec<_> = story.notice.iter().map(|seen| seen.text).collect();
    for list in [story.try_first, &notice, story.deviations] {
        assert!(!list.is_empty() && list.iter().all(|t| t.ends_with('.')), "{list:?}");
    }
    for (latex, sentence) in story.equations {
        assert!(!latex.is_empty() && sentence.ends_with('.'), "{latex}: '{sentence}'");
        let count = |c| latex.matches(c).count();
        assert_eq!(count('{'), count('}'), "{latex}");
    }
    assert!(!story.equations.is_empty() && !story.sources.is_empty());
    for (text, address) in story.sources {
        // A book may have no address.
        let is_address = address.is_empty() || address.starts_with("https://");
        assert!(text.len() > 20 && is_address, "{text} {address}");
    }
    let Prediction { ask, preset } = story.predict;
    for Ask { options, answer, .. } in std::iter::once(ask).chain(story.stop.map(|stop| stop.ask)) {
        assert!(options.len() > 1 && answer < options.len(), "{id}");
    }
    assert!(is_key(preset), "{id}");
}

#[test]
fn every_story_is_told() {
    for entry in REGISTRY.0 {
        assert!(is_key(entry.id) && !entry.title.is_empty() && entry.revision > 0);
        check_story(&words(entry).story, entry.id);
        for preset in entry.presets {
            let (link, _) = link::parse(&format!("{}/{}", entry.id, preset.id), REGISTRY);
            check_story(words(entry).story(&*link.spec.params), preset.id);
            for panel in link.spec.panels() {
                let caption = words(entry).caption(panel.key, &*link.spec.params);
                assert!(caption.ends_with('.'), "{}: {}: '{caption}'", preset.id, panel.key);
            }
        }
        let has_answer = entry.measures.iter().any(|measure| measure.main);
        assert!(has_answer, "{}: no result answers its question", entry.id);
        for measure in entry.measures {
            assert!(is_key(measure.name) && !measure.label.is_empty(), "{}", measure.name);
            assert!(measure.help.ends_with('.'), "{}: '{}'", measure.name, measure.help);
        }
        for preset in entry.presets {
            assert!(is_key(preset.id) && !preset.label.is_empty(), "{}", preset.id);
            assert!(preset.help.ends_with('.'), "{}: '{}'", preset.id, preset.help);
        }
    }
}

/// Whether a preset of `entry` has a parameter with this key that `is_so`.
fn has_parameter(entry: &Entry, key: &str, is_so: impl Fn(&ControlKind) -> bool) -> bool {
    let presets = every_preset().into_iter().filter(|preset| preset.entry.id == entry.id);
    let mut controls = presets.flat_map(|preset| controls(&*preset.spec.params));
    controls.any(|found| found.field.key == key && is_so(&found.kind))
}

/// The demo's story and those of its parts.
fn stories(entry: &'static Entry) -> impl Iterator<Item = &'static Story> {
    let words = words(entry);
    std::iter::once(&words.story).chain(words.parts.iter().map(|(_, story)| story))
}

#[test]
fn every_condition_names_parameters_and_options_that_there_are() {
    for entry in REGISTRY.0 {
        let notice = stories(entry).flat_map(|story| story.notice).filter_map(|seen| seen.when);
        let words = words(entry);
        let captions = words.captions.iter().filter_map(|caption| caption.when);
        let conditions = notice.chain(words.parts.iter().map(|part| part.0)).chain(captions);
        for test in conditions.flat_map(|condition| condition.0.concat()) {
            let is_there = has_parameter(entry, test.key(), |kind| match (test, kind) {
                (Test::OneOf(_, words), ControlKind::Choice(options)) => {
                    words.iter().all(|word| options.iter().any(|option| option.key == *word))
                }
                (Test::OneOf(_, words), ControlKind::Flag) => {
                    words.iter().all(|word| ["0", "1"].contains(word))
                }
                (
                    Test::Above(..) | Test::Below(..),
                    ControlKind::Float(_) | ControlKind::Int(_),
                ) => true,
                _ => false,
            });
            assert!(is_there, "{}: {test:?}", entry.id);
        }
    }
}

#[test]
fn every_story_is_told_by_a_preset() {
    let name = |story: &Story| (story.about, story.notice[0].text);
    let told: BTreeSet<_> = every_preset()
        .iter()
        .map(|preset| name(words(preset.entry).story(&*preset.spec.params)))
        .collect();
    for entry in REGISTRY.0 {
        for story in stories(entry) {
            assert!(told.contains(&name(story)), "{}: never told: {:?}", entry.id, name(story));
        }
    }
}

#[test]
fn every_run_has_a_control_that_is_another_run() {
    for preset in every_preset() {
        let controls = preset.spec.controls();
        let (name, control) = controls.first().unwrap_or_else(|| panic!("{} has none", preset.id));
        // A control is no use if nothing that it changes is used.
        let print_of = |spec: &Spec| {
            let mut run = build(spec);
            let ticks = run.num_ticks().min(300_000);
            advance(&mut *run, ticks);
            run.fingerprint()
        };
        assert_ne!(print_of(&preset.spec), print_of(control), "{} and {name}", preset.id);
        let mut names: Vec<_> = controls.iter().map(|(name, _)| name).collect();
        names.dedup();
        assert_eq!(names.len(), controls.len(), "{}", preset.id);
    }
}
