//! The picture that a demo's page shows before its program has come: a figure before anything was learned, since the result
//! would spoil the prediction. It is drawn again here; `STDP_POSTERS=write` replaces those in `public/posters`.

use std::fs;

use stdp_playground::experiments::{REGISTRY, build};
use stdp_playground::lab::{Session, Spec};
use stdp_playground::plot::{self, Theme};

/// Which figure, after how many milliseconds: where it shows activity, a moment before anything has changed.
const POSTERS: [(&str, &str, f64); 7] = [
    ("characters", "weights", 0.0),
    ("stdp_window", "spikes", 30.0),
    ("correlated_inputs", "histogram", 0.0),
    ("xor_reward", "spikes", 1_000.0),
    ("distal_reward", "spikes", 1_000.0),
    ("reward_baseline", "fields", 0.0),
    ("pattern_clustering", "spikes", 1_000.0),
];
const SIZE: (u32, u32) = (720, 400);
/// More would come late on a slow connection; a raster is zipped to a tenth.
const MAX_BYTES: usize = 120_000;

fn poster(id: &str, key: &str, at_ms: f64) -> String {
    let mut session = Session::new(Spec::of(REGISTRY.find(id).expect("a demo")), build);
    let ticks = (at_ms / session.runner.dt_ms()).round() as u64;
    while session.runner.now() < ticks {
        session.runner.tick();
    }
    let panels = session.spec.panels();
    let place = panels.iter().position(|panel| panel.key == key);
    let place = place.unwrap_or_else(|| panic!("{id} has no figure {key}")) as u16;
    let figures = session.runner.figures(&|idx| idx == place);
    let (panel, figure) = (&panels[place as usize], &figures[0].1);
    let svg = plot::svg(panel, figure, None, &Theme::light(), SIZE.0, SIZE.1).expect("a picture");
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
    pairs.extend(light.palette.into_iter().zip(dark.palette));
    let rules = pairs.into_iter().map(|((r, g, b), (dr, dg, db))| {
        let (from, to) = (format!("#{r:02X}{g:02X}{b:02X}"), format!("#{dr:02X}{dg:02X}{db:02X}"));
        format!("[fill=\"{from}\"]{{fill:{to}}}[stroke=\"{from}\"]{{stroke:{to}}}")
    });
    let rules: String = rules.collect();
    format!("<style>@media (prefers-color-scheme: dark) {{{rules}}}</style>")
}

#[test]
fn every_demo_has_the_poster_that_is_drawn_of_it() {
    let is_written = std::env::var("STDP_POSTERS").is_ok_and(|what| what == "write");
    assert_eq!(POSTERS.len(), REGISTRY.0.len());
    for (id, key, at_ms) in POSTERS {
        let (file, drawn) = (format!("public/posters/{id}.svg"), poster(id, key, at_ms));
        assert!(drawn.len() < MAX_BYTES, "{id}: {} bytes", drawn.len());
        // What is not there in light colours is not turned dark.
        assert!(drawn.contains("fill=\"#FFFFFF\"") && drawn.contains("fill:#171B22"), "{id}");
        if is_written {
            fs::write(&file, &drawn).expect("public/posters is writable");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == drawn, "{file} is not what is drawn; STDP_POSTERS=write makes it anew");
    }
}
