//! The command line: the same links, the same runs, without a page.
//!
//! Whatever is wrong with the call itself (an unknown experiment, flag or file) is one clear line on
//! standard error and exit code 2. A link with wrong values is repaired as on the page; the notices go
//! to standard error and into the JSON, and `--strict` turns them into exit code 2.

mod bench;
mod clock;
mod list;
mod out;
mod record;
mod recording;
mod render;
mod run;
mod sweep;
mod variants;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::experiments::REGISTRY;
use crate::lab::link::{self, Link};
use crate::lab::{Notice, Spec};

/// See spiking networks learn, without the page.
#[derive(Parser)]
#[command(name = "stdp", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the experiments.
    List(list::Args),
    /// Run a link, or an experiment by its id.
    Run(run::Args),
    /// Draw all figures of a finished run into one SVG file.
    Render(render::Args),
    /// Run a link over values and seeds, on all cores, into a CSV table.
    Sweep(sweep::Args),
    /// Measure simulated seconds per second of every experiment.
    Bench(bench::Args),
}

/// Parses the arguments and does what they say.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::List(args) => list::list(&args),
        Command::Run(args) => run::run(&args),
        Command::Render(args) => render::render(&args),
        Command::Sweep(args) => sweep::sweep(&args),
        Command::Bench(args) => bench::bench(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("stdp: {message}");
            ExitCode::from(2)
        }
    }
}

/// Reads a link, and refuses only an experiment or a preset that does not exist.
fn open(text: &str, seed: Option<u32>) -> Result<(Link, Vec<Notice>), String> {
    let (mut link, notices) = link::parse(text, REGISTRY);
    let is_missing = |n: &&Notice| matches!(&*n.key, "demo" | "preset") && n.rule != link::TWICE;
    if let Some(notice) = notices.iter().find(is_missing) {
        return Err(format!("{}: {}", notice.given, notice.rule));
    }
    if let Some(seed) = seed {
        link.spec.seed = seed;
        link.twin.iter_mut().for_each(|twin| twin.seed = seed);
    }
    Ok((link, notices))
}

/// The link of a run, as it would stand behind the page's `?`.
fn link_of(spec: &Spec) -> String {
    link::print(spec, &link::PageOptions::default())
}

/// A file's text, or what is wrong with the file.
fn read_file(path: &std::path::Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}

/// Writes a file and says so if it cannot.
fn write_file(path: &std::path::Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
