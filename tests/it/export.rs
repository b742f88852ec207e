//! What is taken home: every figure for print and as numbers, and the whole run in one zip, from the host and from the
//! command line.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use rayon::prelude::*;
use serde_json::Value;

use stdp_playground::experiments::{self, REGISTRY};
use stdp_playground::lab::link::{self, Link};
use stdp_playground::lab::{Followed, Session, Snapshot, Spec, table};
use stdp_playground::record::look::Look;
use stdp_playground::wire::{Command, Export, Format, RunState, TWIN};

use crate::cli::{folder, output};
use crate::page::Page;
use crate::runs::{finished, link_of, spec_of, with_file};

const SHORT: &str = "demo=characters&v=1&epochs=2";
const PAIR: &str = "demo=characters&v=1&epochs=3&compare=1&b.homeostasis=0";
const ODD: [&str; 4] = [
    "demo=characters&mode=paper&epochs=2",
    "demo=characters&mode=brian",
    "demo=pattern_clustering&duration_s=20",
    "demo=correlated_inputs&duration_s=20&num_inputs=7",
];

/// The files of a zip.
pub fn opened(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let num = archive.len();
    let mut read = |place| {
        let mut file = archive.by_index(place).expect("a file");
        assert_eq!(file.compression(), zip::CompressionMethod::Stored);
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("with the right check sum");
        (file.name().to_string(), bytes)
    };
    (0..num).map(&mut read).collect()
}

fn sources(spec: &Spec) -> String {
    experiments::words(spec.entry).story(&*spec.params).bibtex.join("\n\n")
}

/// What the page's button gives.
fn everything(page: &mut Page) -> Vec<u8> {
    let sources = sources(&link::parse(&page.link, REGISTRY).0.spec);
    take(page, Export::Everything { sources }).2
}

fn take(page: &mut Page, export: Export) -> (String, String, Vec<u8>) {
    page.send(Command::Export(export));
    page.taken.pop().unwrap_or_else(|| panic!("refused: {:?}", page.refused))
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let found = files.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", files.keys()));
    String::from_utf8(found.clone()).expect("UTF-8")
}

fn attribute<'t>(text: &'t str, key: &str) -> &'t str {
    let start = text.find(&format!(" {key}=\"")).unwrap_or_else(|| panic!("{key} in {text}"));
    text[start + key.len() + 3..].split('"').next().unwrap_or_default()
}

/// Holds an SVG to its width, to letters of one size, and to its own area.
fn check_print(svg: &str, width_mm: f64, font_pt: f64, what: &str) {
    assert_eq!(attribute(svg, "width"), format!("{width_mm}mm"), "{what}");
    let view = attribute(svg, "viewBox").split(' ').map(|it| it.parse::<f64>().expect("a number"));
    let [_, _, width, height] = view.collect::<Vec<_>>()[..] else { panic!("{what}: no view") };
    let height_mm: f64 = attribute(svg, "height").trim_end_matches("mm").parse().expect("mm");
    assert!((height_mm / width_mm - height / width).abs() < 1e-4, "{what} is stretched");
    let pt = width_mm / 25.4 * 72.0 / width;
    let inside = |x: f64, y: f64| {
        let is_inside = (-8.0..=width + 8.0).contains(&x) && (-8.0..=height + 8.0).contains(&y);
        assert!(is_inside, "{what}: {x} {y} of {width} by {height}");
    };
    for line in svg.lines().filter(|line| line.starts_with('<')) {
        let number = |key| attribute(line, key).parse::<f64>().expect("a number");
        if line.starts_with("<text") {
            let size = number("font-size") * pt;
            assert!((size - font_pt).abs() < 1e-6, "{what}: {size} pt");
            inside(number("x"), number("y"));
        } else if line.starts_with("<rect") {
            inside(number("x"), number("y"));
            inside(number("x") + number("width"), number("y") + number("height"));
        } else if line.starts_with("<poly") {
            for pair in attribute(line, "points").split_whitespace() {
                let (x, y) = pair.split_once(',').expect("a pair");
                inside(x.parse().expect("x"), y.parse().expect("y"));
            }
        }
    }
    assert!(!svg.contains("NaN") && svg.trim_end().ends_with("</svg>"), "{what}");
}

/// The rows of a CSV file, read by another program's rules.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        record.expect("rows of one length").iter().map(String::from).collect()
    };
    reader.records().map(row).collect()
}

/// Holds the weights, data and figures in `folder` of a zip to those of a run.
fn check_figures(files: &BTreeMap<String, Vec<u8>>, folder: &str, run: &Session) {
    let id = run.spec.entry.id;
    let panels = run.spec.panels();
    for (idx, figure) in run.runner.figures(&|_| true) {
        let panel = &panels[usize::from(idx)];
        let what = format!("{id} {folder}{}", panel.key);
        let table = table::of(&figure, panel);
        let expected: Vec<_> = std::iter::once(table.header).chain(table.rows).collect();
        let found = rows(&text(files, &format!("{folder}data/{}.csv", panel.key)));
        assert!(found == expected, "{what}: {} rows", found.len());
        let svg = text(files, &format!("{folder}figures/{}.svg", panel.key));
        check_print(&svg, 85.0, 7.0, &what);
    }
    let weights = text(files, &format!("{folder}weights.csv"));
    if !run.runner.weights().is_empty() {
        with_file(run.spec.clone(), &weights).unwrap_or_else(|why| panic!("{id}: {why}"));
    }
}

/// Holds the network in `folder` of a zip to a run: weights to the last digit, at the start as well.
fn check_network(files: &BTreeMap<String, Vec<u8>>, folder: &str, run: &Session) {
    let what = format!("{} {folder}network", run.spec.entry.id);
    let svg = text(files, &format!("{folder}figures/network.svg"));
    check_print(&svg, 85.0, 7.0, &what);
    let told = rows(&text(files, &format!("{folder}data/network.csv")));
    let header = [
        "projection",
        "pre_population",
        "pre",
        "post_population",
        "post",
        "weight",
        "start_weight",
        "unit",
        "num_synapses",
    ];
    assert_eq!(told[0], header, "{what}");
    let mut start = Session::new(run.spec.clone(), experiments::build);
    let picture = start.follow(experiments::describe);
    let [first, last] = [&start, run].map(|session| crate::runs::arrays(&*session.runner));
    let mut told = told[1..].iter();
    for (projection, sample) in picture.network.projections.iter().zip(&picture.samples) {
        let place = first.iter().position(|array| Some(&array.name) == projection.array.as_ref());
        for synapse in &sample.synapses {
            let row = told.next().expect("a row for each synapse");
            let at = |arrays: &[stdp_playground::record::NamedArray]| {
                arrays[place.expect("an array")].values[synapse.place as usize].to_string()
            };
            let [pre, post] = [(&projection.from, synapse.pre), (&projection.to, synapse.post)]
                .map(|(members, end)| {
                    [members.population.clone(), (members.first + end).to_string()]
                });
            assert_eq!(row[0], projection.name, "{what}");
            assert_eq!(row[8], sample.num_weights.to_string(), "{what}");
            assert_eq!((&row[1..3], &row[3..5]), (&pre[..], &post[..]), "{what}");
            assert_eq!((&row[5], &row[6]), (&at(&last), &at(&first)), "{what}");
        }
    }
    assert_eq!(told.next(), None, "{what}");
    let readme = text(files, "README.txt");
    for path in ["figures/network.svg", "data/network.csv"] {
        assert!(readme.contains(&format!("{folder}{path}")), "{path} is not in\n{readme}");
    }
}

#[test]
fn the_network_comes_as_it_is_shown() {
    let mut page = Page::open(PAIR);
    page.finish();
    let network = |page: &mut Page, is_twin, shown: Option<&Snapshot>, format| {
        let shown = shown.map(|shown| Box::new(shown.clone()));
        let (name, mime, bytes) = take(page, Export::Network { is_twin, shown, format });
        (name, mime, String::from_utf8(bytes).expect("UTF-8"))
    };
    let svg = Format::Svg { width_mm: 174.0, font_pt: 8.5, is_dark: false };
    for (is_twin, side) in [(false, "a"), (true, "b")] {
        let (name, mime, own) = network(&mut page, is_twin, None, svg);
        assert_eq!((&*name, &*mime), (&*format!("characters-network-{side}.svg"), "image/svg+xml"));
        check_print(&own, 174.0, 8.5, &name);
        let (name, mime, csv) = network(&mut page, is_twin, None, Format::Csv);
        assert_eq!((&*name, &*mime), (&*format!("characters-network-{side}.csv"), "text/csv"));
        assert!(csv.lines().count() > 60, "{csv}");
        // As somebody sees it: another moment, with a neuron followed.
        let picture = &page.networks[0].1;
        let mut shown = Snapshot { shown: "t = 7 s".into(), ..Snapshot::at_start(picture) };
        let seen = network(&mut page, is_twin, Some(&shown), svg).2;
        assert!(seen != own && seen.contains("t = 7 s"));
        shown.followed = Some(Followed::Neuron { population: 1, neuron: 2 });
        assert_ne!(network(&mut page, is_twin, Some(&shown), svg).2, seen, "who is followed shows");
        let weight = |csv: &str| rows(csv)[1][5..7].to_vec();
        let start = weight(&network(&mut page, is_twin, Some(&shown), Format::Csv).2);
        assert_eq!(start[0], start[1]);
        assert_ne!(weight(&csv)[0], weight(&csv)[1], "it has learned");
    }
    let mut single = Page::open(SHORT);
    for (is_twin, format, part) in [
        (true, Format::Csv, "no picture of its network"),
        (false, Format::Svg { width_mm: 9.0, font_pt: 7.0, is_dark: false }, "50 to 400 mm wide"),
    ] {
        single.send(Command::Export(Export::Network { is_twin, shown: None, format }));
        let told = single.refused.pop().expect("a refusal").to_string();
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn every_experiment_is_taken_home_and_replays() {
    let defaults = REGISTRY.0.iter().map(|entry| link_of(&Spec::of(entry)));
    let links: Vec<String> = defaults.chain(ODD.map(String::from)).collect();
    links.par_iter().for_each(|given| {
        let mut page = Page::open(given);
        page.finish();
        let files = opened(&everything(&mut page));
        let link = text(&files, "link.txt");
        let run = finished(&spec_of(link.trim()));
        let told: Value = serde_json::from_str(&text(&files, "run.json")).expect("JSON");
        assert_eq!(told["runs"][0]["fingerprint"], run.runner.fingerprint().to_string(), "{given}");
        assert_eq!(told["runs"][0]["is_finished"], true);
        check_figures(&files, "", &run);
        check_network(&files, "", &run);
        // Not every network can be written for every simulator.
        let scripts = ["network_brian2.py", "network_nest.py"]
            .into_iter()
            .filter(|file| files.contains_key(*file));
        let own = 9 + 2 * run.spec.panels().len() + scripts.count();
        assert_eq!(files.len(), own, "{given}: {:?}", files.keys());
        let readme = text(&files, "README.txt");
        for part in [link.trim(), &run.runner.fingerprint().to_string(), "is finished"] {
            assert!(readme.contains(part), "{part} is not in\n{readme}");
        }
        let bib = text(&files, "citation.bib");
        for entry in experiments::words(run.spec.entry).story(&*run.spec.params).bibtex {
            assert!(bib.contains(entry), "{given}: {entry}");
        }
        assert!(bib.starts_with("@software{stdp_playground,") && bib.contains("fingerprint"));
        let results = rows(&text(&files, "results.csv"));
        assert_eq!(results.len(), 1 + run.runner.summary().len());
        let parameters = rows(&text(&files, "parameters.csv"));
        assert_eq!(parameters[0], ["key", "label", "value", "unit"]);
        assert!(parameters.len() > 3, "{given}: {parameters:?}");
    });
}

#[test]
fn host_and_command_line_give_the_same_bytes() {
    let written = |link: &str, more: &[&str], name: &str| {
        let path = folder("take").join(name);
        let path = path.to_str().expect("UTF-8");
        output(&[&["run", link, "--out", path], more].concat());
        std::fs::read(path).expect("a zip")
    };
    for (link, name) in [(SHORT, "one.zip"), (PAIR, "two.zip"), ("demo=stdp_window", "window.zip")]
    {
        let mut page = Page::open(link);
        page.finish();
        assert!(everything(&mut page) == written(link, &[], name), "{link}");
    }
    for (link, name) in [(SHORT, "at.zip"), (PAIR, "both-at.zip")] {
        let mut page = Page::open(link);
        page.send(Command::Run);
        (0..4).for_each(|_| _ = page.work());
        let at = page.pause().to_string();
        let zip = everything(&mut page);
        assert!(zip == written(link, &["--at", &at], name), "{link} at {at} ms");
        let readme = text(&opened(&zip), "README.txt");
        assert!(readme.contains(&format!("is shown at {at} ms of")), "{readme}");
        assert!(readme.contains(&format!("--at {at} --out run.zip")), "{readme}");
        let (link, notices) = link::parse(text(&opened(&zip), "link.txt").trim(), REGISTRY);
        assert_eq!((link.page.moment_ms.map(|ms| ms.to_string()), notices), (Some(at), vec![]));
    }
}

#[test]
fn two_runs_are_taken_home_side_by_side() {
    let mut page = Page::open(PAIR);
    page.finish();
    let files = opened(&everything(&mut page));
    let (Link { spec, twin, .. }, notices) = link::parse(text(&files, "link.txt").trim(), REGISTRY);
    assert_eq!(notices, []);
    let (a, b) = (finished(&spec), finished(&twin.expect("a second run")));
    check_figures(&files, "a/", &a);
    check_figures(&files, "b/", &b);
    check_network(&files, "a/", &a);
    check_network(&files, "b/", &b);
    let parameters = rows(&text(&files, "parameters.csv"));
    let value = |run: &str| {
        let found = parameters.iter().find(|row| row[0] == run && row[1] == "homeostasis");
        found.expect("the parameter")[3].clone()
    };
    assert_eq!((&*value("a"), &*value("b")), ("1", "0"));
    let told: Value = serde_json::from_str(&text(&files, "run.json")).expect("JSON");
    assert_eq!(told["runs"][1]["fingerprint"], b.runner.fingerprint().to_string());
}

#[test]
fn an_edited_run_says_so_and_has_no_link() {
    let mut page = Page::open("demo=characters&v=1&epochs=6");
    page.send(Command::Run);
    page.work();
    let at = page.pause();
    let (key, value) = ("eta".into(), "0.05".into());
    page.send(Command::Set { key, value, is_twin: false });
    page.finish();
    let files = opened(&everything(&mut page));
    let told: Value = serde_json::from_str(&text(&files, "run.json")).expect("JSON");
    assert!(told["link"].is_null() && told["runs"][0]["fingerprint"].is_null());
    assert_eq!(told["runs"][0]["edited_at_ms"], at);
    for (path, part) in [
        ("README.txt", "No link replays a run that was edited"),
        ("link.txt", "no link replays it"),
        ("citation.bib", "no link replays it"),
        ("weights.csv", "this link gives other weights"),
    ] {
        assert!(text(&files, path).contains(part), "{path}: {}", text(&files, path));
    }
    assert!(text(&files, "link.txt").contains("eta=0.05"), "the values that it had at last");
}

#[test]
fn a_fault_is_told() {
    let link = "demo=characters&v=1&mode=brian&tau_m_ms=1&v_th_mv=-1&v_reset_mv=-1.1";
    let mut page = Page::open(link);
    page.send(Command::Run);
    let stopped = page.work_until(RunState::Failed).clone();
    let files = opened(&everything(&mut page));
    let told: Value = serde_json::from_str(&text(&files, "run.json")).expect("JSON");
    let fault = stopped.fault.expect("a fault");
    assert_eq!(told["runs"][0]["fault"], fault);
    assert_eq!(told["runs"][0]["sim_ms"], stopped.sim_ms);
    let readme = text(&files, "README.txt");
    let part = format!("was stopped by a fault at {} ms", stopped.sim_ms);
    assert!(readme.contains(&part) && readme.contains(&fault), "{readme}");
    let is_marked =
        |path: &&String| path.ends_with(".svg") && text(&files, path).contains("stopped");
    assert!(files.keys().any(|path| is_marked(&path)), "no figure marks the stop");
}

#[test]
fn a_run_with_the_visitors_file_asks_for_it() {
    let trains = include_str!("../golden/trains.csv");
    let link = "demo=correlated_inputs&v=1&num_inputs=50&duration_s=2";
    let mut page = Page::open(link);
    page.load(trains);
    assert_eq!(page.refused, []);
    page.finish();
    let files = opened(&everything(&mut page));
    let readme = text(&files, "README.txt");
    let name = &page.read[0].1.to_string();
    assert!(readme.contains("--data FILE") && readme.contains(name), "{readme}");
}

#[test]
fn one_figure_comes_as_it_is_shown() {
    let mut page = Page::open(PAIR);
    page.send(Command::Watch((0..8).chain(TWIN..TWIN + 8).collect()));
    page.finish();
    page.work_until_idle();
    let figures = page.frame().figures.clone();
    let spec = link::parse(PAIR, REGISTRY).0.spec;
    let panels = spec.panels();
    assert!(figures.len() > 8);
    for (idx, figure) in figures {
        let panel = panels[usize::from(idx % TWIN)];
        let side = if idx < TWIN { "a" } else { "b" };
        let format = Format::Svg { width_mm: 174.0, font_pt: 8.5, is_dark: false };
        let (name, mime, svg) = take(&mut page, Export::Figure { panel: idx, shown: None, format });
        assert_eq!(name, format!("characters-{}-{side}.svg", panel.key));
        assert_eq!(mime, "image/svg+xml");
        check_print(&String::from_utf8(svg).expect("UTF-8"), 174.0, 8.5, &name);
        // A stretch of it, as somebody looks at it.
        let mut look = Look::default();
        look.stretch(0.25, 0.5);
        let Some(part) = look.of(&figure) else { continue };
        let expected = table::of(&part, &panel);
        let shown = Some(Box::new(part));
        let wish = Export::Figure { panel: idx, shown, format: Format::Csv };
        let (name, _, bytes) = take(&mut page, wish);
        assert_eq!(name, format!("characters-{}-{side}.csv", panel.key));
        let found = rows(&String::from_utf8(bytes).expect("UTF-8"));
        assert_eq!(found[0], expected.header);
        assert_eq!(found[1..], expected.rows);
    }
}

#[test]
fn a_figure_that_cannot_be_is_refused_with_a_reason() {
    let mut page = Page::open(SHORT);
    let svg = |width_mm, font_pt| Format::Svg { width_mm, font_pt, is_dark: false };
    for (panel, format, part) in [
        (0, svg(3.0, 7.0), "width_mm=3: a figure is 50 to 400 mm wide"),
        (0, svg(85.0, f64::NAN), "font_pt=NaN: text is 5 to 14 pt high"),
        (99, Format::Csv, "figure=99: this run has no such figure"),
        (TWIN, Format::Csv, "this run has no such figure"),
    ] {
        page.send(Command::Export(Export::Figure { panel, shown: None, format }));
        let told = page.refused.pop().expect("a refusal").to_string();
        assert!(told.contains(part), "{told}");
    }
    assert!(page.taken.is_empty());
}

/// `EXPORT_SAMPLES=folder cargo test --features cli --test it -- export::figures_to_look_at`
#[test]
fn figures_to_look_at() {
    let Ok(folder) = std::env::var("EXPORT_SAMPLES") else { return };
    let defaults = REGISTRY.0.iter().map(|entry| link_of(&Spec::of(entry)));
    let links: Vec<String> = defaults.chain(ODD.map(String::from)).collect();
    links.par_iter().enumerate().for_each(|(number, link)| {
        let mut page = Page::open(link);
        page.finish();
        let spec = link::parse(link, REGISTRY).0.spec;
        for width_mm in [85.0, 174.0] {
            let format = Format::Svg { width_mm, font_pt: 7.0, is_dark: false };
            let wish = Export::Network { is_twin: false, shown: None, format };
            let (name, _, svg) = take(&mut page, wish);
            std::fs::write(format!("{folder}/{number}-{width_mm}-{name}"), svg).expect("written");
        }
        for panel in 0..spec.panels().len() as u16 {
            for width_mm in [85.0, 174.0] {
                let format = Format::Svg { width_mm, font_pt: 7.0, is_dark: false };
                let (name, _, svg) = take(&mut page, Export::Figure { panel, shown: None, format });
                std::fs::write(format!("{folder}/{number}-{width_mm}-{name}"), svg)
                    .expect("written");
            }
        }
    });
}
