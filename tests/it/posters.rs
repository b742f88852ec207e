//! The pictures of demos that are there before any program has come: a poster for each page, from before anything was learned,
//! since the result would spoil the prediction; a smaller one for each card of the home page; and the still in its hero. They are
//! drawn again here; `STDP_POSTERS=write` replaces those in `public/posters`.

use std::collections::BTreeSet;
use std::fs;

use stdp_playground::experiments::{REGISTRY, build};
use stdp_playground::lab::link::parse;
use stdp_playground::lab::{Session, Spec};
use stdp_playground::plot::theme::NUM_SHADES;
use stdp_playground::plot::{self, Theme};
use stdp_playground::record::Figure;
use stdp_playground::record::figure::RowRole;

use crate::still;

/// Which figure, after how many milliseconds: where it shows activity, a moment before anything has changed.
const POSTERS: [(&str, &str, f64); 10] = [
    ("characters", "weights", 0.0),
    ("stdp_window", "spikes", 30.0),
    ("correlated_inputs", "histogram", 0.0),
    ("xor_reward", "spikes", 1_000.0),
    ("distal_reward", "spikes", 1_000.0),
    ("reward_baseline", "fields", 0.0),
    ("pattern_clustering", "spikes", 1_000.0),
    ("balanced_networks", "spikes", 500.0),
    ("playground", "spikes", 1_000.0),
    ("neural_coding", "spikes", 60.0),
];
/// The cards of the home page: demo or `demo-preset`, figure, time.
const CARDS: [(&str, &str, f64); 19] = [
    ("characters", "weights", TO_THE_END),
    ("characters-as_coded", "weights", TO_THE_END),
    ("stdp_window", "window", 30.0),
    ("correlated_inputs", "spikes", 1_000.0),
    ("correlated_inputs-masquelier", "spikes", 1_000.0),
    ("correlated_inputs-song_10hz", "potential", 1_000.0),
    ("xor_reward", "spikes", 1_000.0),
    ("distal_reward", "memory", 20_000.0),
    ("reward_baseline", "fields", 0.0),
    ("reward_baseline-biofeedback", "dopamine", 3_000.0),
    ("balanced_networks", "spikes", 500.0),
    ("balanced_networks-ai", "activity", 200.0),
    ("balanced_networks-learned", "tuning", TO_THE_END),
    ("neural_coding", "spikes", 70.0),
    ("neural_coding-race", "error_time", TO_THE_END),
    ("playground", "histogram", TO_THE_END),
    ("playground-adapting", "potential", TO_THE_END),
    ("pattern_clustering", "spikes", 1_000.0),
    ("pattern_clustering-published_stdp", "potential", TO_THE_END),
];
/// Roles whose colours differ in the dark.
const ROLES: [RowRole; 6] = [
    RowRole::Input,
    RowRole::Excitation,
    RowRole::Output,
    RowRole::Inhibition,
    RowRole::Reward,
    RowRole::Control,
];
const TO_THE_END: f64 = f64::INFINITY;
const POSTER: (u32, u32) = (720, 400);
const CARD: (u32, u32) = (360, 200);
/// More would come late on a slow connection; a raster is zipped to a tenth.
const MAX_BYTES: usize = 120_000;

/// The run of a demo or `demo-preset` at a moment.
fn session_at(name: &str, at_ms: f64) -> Session {
    let (id, preset) = name.split_once('-').unwrap_or((name, ""));
    let spec = match preset {
        "" => Spec::of(REGISTRY.find(id).expect("a demo")),
        preset => parse(&format!("demo={id}&preset={preset}"), REGISTRY).0.spec,
    };
    let mut session = Session::new(spec, build);
    let end = session.runner.num_ticks();
    let ticks = ((at_ms / session.runner.dt_ms()).round() as u64).min(end);
    while session.runner.now() < ticks {
        session.runner.tick();
    }
    session
}

fn figure(session: &Session, name: &str, key: &str) -> (usize, Figure) {
    let place = session.spec.panels().iter().position(|panel| panel.key == key);
    let place = place.unwrap_or_else(|| panic!("{name} has no figure {key}"));
    (place, session.runner.figures(&|idx| idx == place as u16).remove(0).1)
}

fn poster(name: &str, key: &str, at_ms: f64, (width, height): (u32, u32)) -> String {
    let session = session_at(name, at_ms);
    let (place, figure) = figure(&session, name, key);
    let panel = &session.spec.panels()[place];
    let svg = plot::svg(panel, &figure, None, &Theme::light(), width, height).expect("a picture");
    let end = svg.find('>').expect("an element") + 1;
    format!("{}{}{}", &svg[..end], in_the_dark(), &svg[end..])
}

/// A picture in a page knows what the system is set to, so one file does for light and dark.
fn in_the_dark() -> String {
    let (light, dark) = (Theme::light(), Theme::dark());
    let mut pairs = vec![
        (light.background, dark.background),
        (light.surface, dark.surface),
        (light.ink, dark.ink),
        (light.muted, dark.muted),
        (light.grid, dark.grid),
        (light.axis, dark.axis),
    ];
    pairs.extend(light.band.into_iter().zip(dark.band));
    pairs.extend(light.test.into_iter().zip(dark.test));
    let roles = ROLES.into_iter().flat_map(|role| (0..NUM_SHADES).map(move |s| (role, s)));
    let rows = roles.map(|(role, shade)| (light.row(role, shade), dark.row(role, shade)));
    let lines = light.palette.into_iter().zip(dark.palette).chain(rows).collect::<Vec<_>>();
    pairs.extend(lines.iter().flat_map(|(l, d)| [(*l, *d), (light.text(*l), dark.text(*d))]));
    let mut known = BTreeSet::new();
    pairs.retain(|(from, _)| known.insert(*from));
    let rules = pairs.into_iter().map(|((r, g, b), (dr, dg, db))| {
        let (from, to) = (format!("#{r:02X}{g:02X}{b:02X}"), format!("#{dr:02X}{dg:02X}{db:02X}"));
        format!("[fill=\"{from}\"]{{fill:{to}}}[stroke=\"{from}\"]{{stroke:{to}}}")
    });
    let rules: String = rules.collect();
    format!("<style>@media (prefers-color-scheme: dark) {{{rules}}}</style>")
}

/// Keeps what is drawn if that is asked for, and compares it with what is kept.
fn check(file: &str, drawn: &str) {
    assert!(drawn.len() < MAX_BYTES, "{file}: {} bytes", drawn.len());
    let file = format!("public/posters/{file}.svg");
    if std::env::var("STDP_POSTERS").is_ok_and(|what| what == "write") {
        fs::write(&file, drawn).expect("public/posters is writable");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == drawn, "{file} is not what is drawn; STDP_POSTERS=write makes it anew");
}

/// What is not there in light colours is not turned dark.
fn assert_turns_dark(name: &str, drawn: &str) {
    assert!(drawn.contains("fill=\"#FFFFFF\"") && drawn.contains("fill:#171B22"), "{name}");
}

#[test]
fn every_demo_has_the_poster_that_is_drawn_of_it() {
    assert_eq!(POSTERS.len(), REGISTRY.0.len());
    for (id, key, at_ms) in POSTERS {
        let drawn = poster(id, key, at_ms, POSTER);
        assert_turns_dark(id, &drawn);
        check(id, &drawn);
    }
}

#[test]
fn every_card_has_the_picture_that_is_drawn_of_it() {
    for entry in REGISTRY.0 {
        assert!(CARDS.iter().any(|(name, ..)| *name == entry.id), "no card of {}", entry.id);
    }
    for (name, key, at_ms) in CARDS {
        let drawn = poster(name, key, at_ms, CARD);
        assert_turns_dark(name, &drawn);
        check(&format!("card-{name}"), &drawn);
    }
}

#[test]
fn the_still_on_the_home_page_is_the_network_that_has_learned() {
    let session = session_at("characters", TO_THE_END);
    let (_, Figure::Fields(learned)) = figure(&session, "characters", "weights") else {
        panic!("weights are fields")
    };
    let drawn = still::network(&learned);
    // Fifteen pixels, and a picture of fifteen for each output.
    assert_eq!(drawn.matches("<rect").count(), 15 + 4 * 15);
    check("home", &drawn);
}
