//! The command line: the same links, the same runs, without a page.
//!
//! Whatever is wrong with the call itself (an unknown experiment, flag or file) is one clear line on
//! standard error and exit code 2. A link with wrong values is repaired as on the page; the notices go
//! to standard error and into the JSON, and `--strict` turns them into exit code 2. A run that a fault stopped is told
//! on standard error and by exit code 3, after everything that was asked for has been written.

mod bench;
mod clock;
mod describe;
mod files;
mod list;
mod out;
mod record;
mod recording;
mod render;
mod run;
mod script;
mod sweep;
mod take;
mod variants;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::experiments::REGISTRY;
use crate::lab::link::{self, Link};
use crate::lab::{Notice, Session, Spec, notice};

/// See spiking networks learn, without the page.
#[derive(Parser)]
#[command(name = "stdp", version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the experiments.
    List(list::Args),
    /// Describe the network behind a link: who fires, how they are connected and learn, with every constant.
    Describe(describe::Args),
    /// Run a link, or an experiment by its id.
    Run(run::Args),
    /// Draw all figures of a finished run into one SVG file.
    Render(render::Args),
    /// Write the network of a link as a program for another simulator.
    Script(script::Args),
    /// Run a link over values and seeds, on all cores, into a CSV table.
    Sweep(sweep::Args),
    /// Measure simulated seconds per second of every experiment.
    Bench(bench::Args),
}

const EXIT_CODES: &str = "Exit codes: 0 done; 2 the call, a file, or with --strict the link is wrong; 3 a run was stopped by a fault \
(non-finite values, runaway rate), with everything written up to there.";

/// Why the program does not end with exit code 0.
enum Failure {
    /// The call or a file is wrong, or something cannot be written.
    Wrong(String),
    /// Everything was done, but a fault stopped a run.
    Stopped(String),
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Wrong(message)
    }
}

/// Parses the arguments and does what they say.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::List(args) => list::list(&args).map_err(Failure::from),
        Command::Describe(args) => describe::describe(&args),
        Command::Run(args) => run::run(&args),
        Command::Render(args) => render::render(&args),
        Command::Script(args) => script::script(&args),
        Command::Sweep(args) => sweep::sweep(&args),
        Command::Bench(args) => bench::bench(&args).map_err(Failure::from),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let (message, code) = match failure {
                Failure::Wrong(message) => (message, 2),
                Failure::Stopped(message) => (message, 3),
            };
            eprintln!("stdp: {message}");
            ExitCode::from(code)
        }
    }
}

/// Reads a link, and refuses only an experiment or a preset that does not exist.
fn open(text: &str, seed: Option<u32>) -> Result<(Link, Vec<Notice>), String> {
    let (mut link, notices) = link::parse(text, REGISTRY);
    let is_missing = |n: &&Notice| matches!(&*n.key, "demo" | "preset") && n.rule != notice::TWICE;
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

/// Which of two runs stopped, and why, if one did.
fn stopped(sessions: &[&Session]) -> Result<(), Failure> {
    let is_pair = sessions.len() > 1;
    let told = |(side, session): (&str, &&Session)| {
        let fault = session.runner.fault()?;
        let side = if is_pair { format!("run {side}") } else { "the run".into() };
        Some(format!("{side} stopped after {} ms: {fault}", session.sim_ms()))
    };
    let told: Vec<String> = ["A", "B"].into_iter().zip(sessions).filter_map(told).collect();
    if told.is_empty() { Ok(()) } else { Err(Failure::Stopped(told.join("\nstdp: "))) }
}

/// Writes a file and says so if it cannot.
fn write_file(path: &std::path::Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
