//! The README of a bundle: what each file is, what happened to the run, and how to replay it.

use super::told::SIDES;
use crate::lab::Session;
use crate::lab::files::kind_of;

const FILES: &str = "\
Files
  link.txt              the link of the run
  run.json              version, seed, moment and fingerprint
  parameters.csv        every parameter, with its key in links
  results.csv           every result
  citation.bib          how to cite this software with this run, and the sources
";

const OF_EACH: [(&str, &str); 7] = [
    ("weights.csv", "everything learned; loads again with \"Load a file\" or --weights"),
    (
        "network_brian2.py",
        "the network as a program for Brian 2, of networks that can be written so",
    ),
    ("network_nest.py", "the same for NEST 3"),
    ("data/NAME.csv", "the numbers behind each figure, one value per row"),
    ("figures/NAME.svg", "each figure for print: 85 mm wide, text of 7 pt"),
    (
        "data/network.csv",
        "the synapses in the network's picture (of very many a sample), with weight now and at the start",
    ),
    ("figures/network.svg", "the network at that moment, for print"),
];

/// The text of `README.txt`. `link` is that of the whole.
pub(super) fn readme(runs: &[&Session], link: &str) -> String {
    let spec = &runs[0].spec;
    let mut text = format!(
        "STDP Playground {}: {}\n\nSeed {}, revision {} of the model.\n",
        env!("CARGO_PKG_VERSION"),
        spec.entry.title,
        spec.seed,
        spec.entry.revision
    );
    for (run, side) in runs.iter().zip(SIDES) {
        let name = if runs.len() > 1 { format!("Run {side}") } else { "The run".into() };
        text += &format!("{name} {}\n", story(run));
    }
    text += &format!("\n{FILES}");
    let folders = if runs.len() > 1 { &SIDES[..] } else { &[""] };
    for folder in folders {
        for (file, what) in OF_EACH {
            let path = if folder.is_empty() { file.into() } else { format!("{folder}/{file}") };
            text += &format!("  {path:21} {what}\n");
        }
    }
    if runs.len() > 1 {
        text += "Folder a is the link's own run, b the one that it is compared with.\n";
    }
    text += &format!("\nReplay\n{}", replay(runs, link));
    text
}

/// Where a run stands, and why.
fn story(run: &Session) -> String {
    let (now, total) = (run.sim_ms(), run.total_ms());
    let mut text = match run.runner.fault() {
        Some(fault) => format!("was stopped by a fault at {now} ms of {total} ms: {fault}."),
        None if run.is_finished() => format!("is finished: {total} ms of simulated time."),
        None => format!("is shown at {now} ms of {total} ms."),
    };
    match run.edited_at_ms() {
        Some(ms) => text += &format!(" It was edited under way, first at {ms} ms."),
        None => text += &format!(" Fingerprint: {}.", run.runner.fingerprint()),
    }
    text
}

/// How to come to the same state again.
fn replay(runs: &[&Session], link: &str) -> String {
    if is_edited(runs) {
        return "No link replays a run that was edited under way. link.txt starts a new run with the values \
                that it had at last.\n"
            .into();
    }
    let mut text = format!("  On the page: put this behind its address.\n    ?{link}\n");
    let at = moment(runs).map_or(String::new(), |ms| format!(" --at {ms}"));
    // The command line shows two runs at the same time only.
    if at.is_empty() || runs.iter().all(|run| !run.is_over()) {
        let files = runs[0].spec.files.names().into_iter();
        let files: String = files.map(|(key, _)| format!(" --{key} FILE")).collect();
        text +=
            &format!("  On the command line:\n    stdp run \"{link}\"{files}{at} --out run.zip\n");
    }
    for (key, name) in runs[0].spec.files.names() {
        let kind = kind_of(key);
        text += &format!("  It needs your file with the {kind} {name}, which is not in here.\n");
    }
    text + "  The fingerprint must be the same.\n"
}

/// The simulated time at which the runs are shown, if that is before their end.
pub(super) fn moment(runs: &[&Session]) -> Option<f64> {
    let is_under_way = |run: &&&Session| !run.is_over();
    runs.iter().find(is_under_way).map(|run| run.sim_ms())
}

/// A run was changed while it was going.
pub(super) fn is_edited(runs: &[&Session]) -> bool {
    runs.iter().any(|run| run.edited_at().is_some())
}

/// The fingerprints of the runs, as far as they have one.
pub(super) fn fingerprints(runs: &[&Session]) -> String {
    let prints = runs.iter().map(|run| run.runner.fingerprint().to_string());
    prints.collect::<Vec<_>>().join(" and ")
}

/// The text of `link.txt`.
pub(super) fn link_file(runs: &[&Session], link: &str) -> String {
    if is_edited(runs) {
        return format!(
            "This run was edited under way: no link replays it. With the values that it had at last a new run \
             starts:\n?{link}\n"
        );
    }
    format!("?{link}\n")
}
