//! What the page asks for to take home: a figure, or everything.

use crate::export::{Bundle, Print, csv, zip};
use crate::lab::{Describe, Notice, Session, Simulator, Snapshot, Spec, snapshot, table};
use crate::record::Figure;
use crate::wire::{Event, Export, Format, NETWORK, SCRIPT, TWIN};

/// A file: its name, its kind, its content.
type Made = (String, &'static str, Vec<u8>);

/// The answer to a wish: a file, or why there is none.
pub(super) fn event(
    run_id: u32,
    (session, twin): (&Session, Option<&Session>),
    describe: Describe,
    export: Export,
) -> Event {
    let panel = match &export {
        Export::Figure { panel, .. } => Some(*panel),
        Export::Network { is_twin, .. } => Some(NETWORK + if *is_twin { TWIN } else { 0 }),
        Export::Everything { .. } | Export::Script { .. } => None,
    };
    let made = match export {
        Export::Figure { panel, shown, format } => {
            figure(session, twin, panel, shown.as_deref(), format)
        }
        Export::Network { is_twin, shown, format } => {
            network(session, twin, is_twin, shown.as_deref(), format)
        }
        Export::Everything { sources } => {
            everything(&Bundle { session, twin, sources: &sources, describe })
        }
        Export::Script { simulator } => script(session, describe, simulator),
    };
    match made {
        Ok((name, mime, bytes)) => {
            Event::Exported { run_id, panel, name, mime: mime.into(), bytes }
        }
        Err(notice) => Event::Refused { run_id, notice },
    }
}

fn everything(bundle: &Bundle<'_>) -> Result<Made, Notice> {
    let files = bundle.files().map_err(|why| refusal("all", why))?;
    Ok((format!("{}.zip", bundle.name()), "application/zip", zip(&files)))
}

/// Of two runs that are compared the first.
fn script(session: &Session, describe: Describe, simulator: Simulator) -> Result<Made, Notice> {
    let Spec { entry, seed, .. } = &session.spec;
    match crate::export::script(&session.spec, describe, simulator) {
        Ok(text) => {
            let name = format!("{}-seed-{seed}-{}.py", entry.id, simulator.key());
            Ok((name, "text/x-python", text.into_bytes()))
        }
        Err(why) => Err(Notice { key: SCRIPT.into(), ..refusal("", why) }),
    }
}

fn figure(
    session: &Session,
    twin: Option<&Session>,
    idx: u16,
    shown: Option<&Figure>,
    format: Format,
) -> Result<Made, Notice> {
    let is_twin = idx >= TWIN;
    let run = if is_twin { twin } else { Some(session) };
    let there = run.and_then(|run| {
        let panel = *run.spec.panels().get(usize::from(idx % TWIN))?;
        Some((run, panel))
    });
    let none = || refusal(&idx.to_string(), "this run has no such figure.".into());
    let (run, panel) = there.ok_or_else(none)?;
    let own = match shown {
        Some(_) => None,
        None => run.runner.figures(&|wanted| wanted == idx % TWIN).pop().map(|(_, figure)| figure),
    };
    let figure = shown.or(own.as_ref()).ok_or_else(none)?;
    let side = side_of(twin, is_twin);
    let name = format!("{}-{}{side}", run.spec.entry.id, panel.key);
    match format {
        Format::Csv => {
            let text = csv(&table::of(figure, &panel));
            Ok((name + ".csv", "text/csv", text.into_bytes()))
        }
        Format::Svg { width_mm, font_pt, is_dark } => {
            let print = Print { width_mm, font_pt, is_dark };
            print.check()?;
            let svg = print.svg(&panel, figure, run.stopped_ms());
            let svg = svg.map_err(|why| refusal(panel.key, why))?;
            Ok((name + ".svg", "image/svg+xml", svg.into_bytes()))
        }
    }
}

fn network(
    session: &Session,
    twin: Option<&Session>,
    is_twin: bool,
    shown: Option<&Snapshot>,
    format: Format,
) -> Result<Made, Notice> {
    let run = if is_twin { twin } else { Some(session) };
    let there = run.and_then(|run| Some((run, run.snapshot()?)));
    let none = || refusal("network", "this run has no picture of its network.".into());
    let (run, (picture, own)) = there.ok_or_else(none)?;
    let snapshot = shown.unwrap_or(&own);
    let name = format!("{}-network{}", run.spec.entry.id, side_of(twin, is_twin));
    match format {
        Format::Csv => {
            let text = csv(&snapshot::table(picture, &snapshot.weights));
            Ok((name + ".csv", "text/csv", text.into_bytes()))
        }
        Format::Svg { width_mm, font_pt, is_dark } => {
            let print = Print { width_mm, font_pt, is_dark };
            print.check()?;
            let svg = print.network(picture, snapshot);
            let svg = svg.map_err(|why| refusal("network", why))?;
            Ok((name + ".svg", "image/svg+xml", svg.into_bytes()))
        }
    }
}

/// What the names of files of one of two runs end with.
fn side_of(twin: Option<&Session>, is_twin: bool) -> &'static str {
    match (twin, is_twin) {
        (None, _) => "",
        (_, false) => "-a",
        (_, true) => "-b",
    }
}

fn refusal(given: &str, rule: String) -> Notice {
    Notice { key: "figure".into(), given: given.into(), used: String::new(), rule }
}
