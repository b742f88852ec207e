//! `stdp list`: what there is to run.

use super::out::say;
use super::variants::{Row, rows_of};
use crate::experiments::REGISTRY;
use crate::lab::form::{Control, ControlKind};
use crate::lab::parts::{CARDS, SECTIONS, title_of};
use crate::lab::{Entry, Measure, Panel, values};

#[derive(clap::Args)]
pub struct Args {
    /// List the presets too, as ids that `run` takes.
    #[arg(long)]
    presets: bool,
    /// List what the results are called, with their units and what they mean.
    #[arg(long)]
    results: bool,
    /// List every parameter of an experiment, or of all, as a table: its key in links, label, unit, range, default,
    /// whether it may change while the network runs, and which choices bring it.
    #[arg(long, value_name = "ID", num_args = 0..=1, conflicts_with_all = ["presets", "results", "panels"])]
    params: Option<Option<String>>,
    /// List what `show=` and `hide=` can name in an experiment, or in all, as a table: every figure, with its key and what
    /// it shows, cards, sections, and groups of parameters. (The parameters themselves: --params.)
    #[arg(long, value_name = "ID", num_args = 0..=1, conflicts_with_all = ["presets", "results"])]
    panels: Option<Option<String>>,
}

pub fn list(args: &Args) -> Result<(), String> {
    if let Some(id) = &args.params {
        return list_params(&entries(id.as_deref())?);
    }
    if let Some(id) = &args.panels {
        return list_panels(&entries(id.as_deref())?);
    }
    for entry in REGISTRY.0 {
        say!("{}\t{}", entry.id, entry.title);
        if args.presets {
            for preset in entry.presets {
                say!("{}/{}\t{}", entry.id, preset.id, preset.label);
            }
        }
        if args.results {
            for Measure { name, label, unit, help, .. } in entry.measures {
                say!("{}\t{name}\t{}\t{label}: {help}", entry.id, unit.word());
            }
        }
    }
    Ok(())
}

/// The experiment of this id, or all.
fn entries(id: Option<&str>) -> Result<Vec<&'static Entry>, String> {
    let Some(id) = id else { return Ok(REGISTRY.0.iter().collect()) };
    if let Some(entry) = REGISTRY.find(id) {
        return Ok(vec![entry]);
    }
    let ids = || REGISTRY.0.iter().map(|entry| entry.id);
    let cure = match values::nearest(id, ids()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", ids().collect::<Vec<_>>().join(", ")),
    };
    Err(format!("{id}: no such experiment; {cure}"))
}

fn list_params(entries: &[&'static Entry]) -> Result<(), String> {
    say!("experiment\tkey\tlabel\tunit\trange\tdefault\tlive\twith\thelp");
    for entry in entries {
        for Row { with, control, .. } in rows_of(entry).0 {
            let Control { field, text, kind, .. } = control;
            let live = if field.live { "live" } else { "restarts" };
            say!(
                "{}\t{}\t{}\t{}\t{}\t{text}\t{live}\t{with}\t{}",
                entry.id,
                field.key,
                field.label,
                field.unit.word(),
                range(kind),
                field.help
            );
        }
    }
    Ok(())
}

/// What a link may say.
fn range(kind: ControlKind) -> String {
    match kind {
        ControlKind::Float(range) => format!("{}..{}", range.min, range.max),
        ControlKind::Int(range) => format!("{}..{}", range.min, range.max),
        ControlKind::Flag => "0|1".into(),
        ControlKind::Choice(options) => {
            options.iter().map(|option| option.key).collect::<Vec<_>>().join("|")
        }
        ControlKind::Text(_) => "text".into(),
    }
}

fn list_panels(entries: &[&'static Entry]) -> Result<(), String> {
    say!("experiment\tkey\ttitle\tkind\tx\ty\twith\tshows");
    for entry in entries {
        for (with, Panel { key, title, kind, x, y, .. }, caption) in rows_of(entry).1 {
            let kind = format!("{kind:?}").to_lowercase();
            let (x, y) = (x.text(), y.text());
            say!("{}\t{key}\t{title}\t{kind}\t{x}\t{y}\t{with}\t{caption}", entry.id);
        }
        let named = |kind, names: &'static [&'static str]| {
            names.iter().map(move |name| (*name, title_of(name), kind, String::new()))
        };
        let mut others: Vec<_> = named("card", &CARDS).chain(named("section", SECTIONS)).collect();
        for Row { with, control } in rows_of(entry).0 {
            let group = control.group;
            let is_told =
                others.iter().any(|(key, _, kind, _)| (*key, *kind) == (group.key, "group"));
            if !group.key.is_empty() && !is_told {
                others.push((group.key, group.label, "group", with));
            }
        }
        for (key, title, kind, with) in others {
            say!("{}\t{key}\t{title}\t{kind}\t\t\t{with}\t", entry.id);
        }
    }
    Ok(())
}
