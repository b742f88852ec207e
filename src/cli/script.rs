//! `stdp script`: the network behind a link as a program for another simulator.

use std::path::PathBuf;

use super::out::say;
use super::{Failure, link_of, open};
use crate::experiments;
use crate::export::script::{About, brian2};

#[derive(clap::Args)]
pub struct Args {
    /// A link, its query, or an id such as `balanced_networks/cuba`. Of a comparison, A is written.
    link: String,
    /// For which simulator.
    #[arg(long = "for", value_enum)]
    simulator: Simulator,
    /// Where to write it; without it, to standard output.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The seed of the other simulator; without it, that of the link.
    #[arg(long)]
    seed: Option<u32>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Simulator {
    /// Brian 2, in Python.
    Brian2,
}

pub fn script(args: &Args) -> Result<(), Failure> {
    let (link, notices) = open(&args.link, args.seed)?;
    for notice in &notices {
        eprintln!("stdp: {notice}");
    }
    let (spec, link) = (&link.spec, link_of(&link.spec));
    let about = About { title: spec.entry.title, link: &link, seed: spec.seed };
    let network = experiments::describe(spec);
    let text = match args.simulator {
        Simulator::Brian2 => brian2(&network, &about),
    };
    let text = text.map_err(|why| format!("no script of this run: {why}"))?;
    match &args.out {
        None => say!("{}", text.trim_end()),
        Some(path) => std::fs::write(path, text)
            .map_err(|e| format!("cannot write {}: {e}", path.display()))?,
    }
    Ok(())
}
