//! What is told of runs: parameters and results as tables, and the run itself as JSON.

use serde::Serialize;

use crate::lab::form::{ControlKind, controls};
use crate::lab::{Session, Table, link};

/// Names of the two runs, in tables and as folders.
pub(super) const SIDES: [&str; 2] = ["a", "b"];

/// A table with these columns; of two runs, the first column says of which.
fn table(
    columns: &[&str],
    runs: &[&Session],
    rows: impl Fn(&Session) -> Vec<Vec<String>>,
) -> Table {
    let is_pair = runs.len() > 1;
    let side = |side: &str| is_pair.then(|| side.to_string());
    let header = side("run").into_iter().chain(columns.iter().map(|it| it.to_string())).collect();
    let mut table = Table { header, rows: Vec::new() };
    for (run, name) in runs.iter().zip(SIDES) {
        let rows = rows(run).into_iter();
        table.rows.extend(rows.map(|row| side(name).into_iter().chain(row).collect::<Vec<_>>()));
    }
    table
}

/// Every parameter, in the order of the page.
pub(super) fn parameters(runs: &[&Session]) -> Table {
    table(&["key", "label", "value", "unit"], runs, |run| {
        let controls = controls(&*run.spec.params).into_iter();
        let row = |control: crate::lab::form::Control| {
            let unit = match control.kind {
                ControlKind::Float(_) | ControlKind::Int(_) => control.field.unit.symbol(),
                _ => "",
            };
            vec![control.field.key.into(), control.field.label.into(), control.text, unit.into()]
        };
        controls.map(row).collect()
    })
}

/// Every result. What a run has no value for stays empty.
pub(super) fn results(runs: &[&Session]) -> Table {
    table(&["name", "label", "value", "unit"], runs, |run| {
        let row = |(name, value): (String, f64)| {
            let measure = run.spec.entry.measures.iter().find(|measure| measure.name == name);
            let (label, unit) = measure.map_or(("", ""), |it| (it.label, it.unit.symbol()));
            let value = if value.is_nan() { String::new() } else { value.to_string() };
            vec![name, label.into(), value, unit.into()]
        };
        run.runner.summary().into_iter().map(row).collect()
    })
}

#[derive(Serialize)]
struct Run<'r> {
    program: &'r str,
    version: &'r str,
    demo: &'r str,
    title: &'r str,
    /// Of the model: it counts changes that change spikes.
    revision: u32,
    link_version: u32,
    seed: u32,
    /// None of a run that was edited: no link replays it.
    link: Option<&'r str>,
    runs: Vec<Side<'r>>,
}

#[derive(Serialize)]
struct Side<'r> {
    run: &'r str,
    sim_ms: f64,
    total_ms: f64,
    is_finished: bool,
    /// None of a run that was edited.
    fingerprint: Option<String>,
    edited_at_ms: Option<f64>,
    fault: Option<String>,
    data: Option<String>,
    weights: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
}

/// The runs as JSON.
pub(super) fn run(runs: &[&Session], link: &str) -> String {
    let spec = &runs[0].spec;
    let side = |(run, name): (&&'_ Session, &'static str)| {
        let edited_at_ms = run.edited_at_ms();
        let file = |key| run.spec.files.name_of(key).map(|name| name.to_string());
        Side {
            run: name,
            sim_ms: run.sim_ms(),
            total_ms: run.total_ms(),
            is_finished: run.is_finished(),
            fingerprint: edited_at_ms.is_none().then(|| run.runner.fingerprint().to_string()),
            edited_at_ms,
            fault: run.runner.fault().map(|fault| fault.to_string()),
            data: file(crate::lab::files::DATA),
            weights: file(crate::lab::files::WEIGHTS),
            image: file(crate::lab::files::IMAGE),
        }
    };
    let is_edited = runs.iter().any(|run| run.edited_at().is_some());
    let told = Run {
        program: "STDP Playground",
        version: env!("CARGO_PKG_VERSION"),
        demo: spec.entry.id,
        title: spec.entry.title,
        revision: spec.entry.revision,
        link_version: link::VERSION,
        seed: spec.seed,
        link: (!is_edited).then_some(link),
        runs: runs.iter().zip(SIDES).map(side).collect(),
    };
    let text = serde_json::to_string_pretty(&told).expect("names and numbers");
    text + "\n"
}
