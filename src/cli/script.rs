//! `stdp script`: the network behind a link as a program for another simulator.

use std::path::{Path, PathBuf};

use super::out::say;
use super::recording::SpikesFile;
use super::{Failure, link_of, open, write_file};
use crate::experiments;
use crate::export::script::{About, recorded, script as written};
use crate::lab::built::{ListedSynapse, listed};
use crate::lab::session::SliceEnd;
use crate::lab::{Session, Simulator, Spec};
use crate::net::Network;

#[derive(clap::Args)]
pub struct Args {
    /// A link, its query, or an id such as `balanced_networks/cuba`. Of a comparison, A is written.
    link: String,
    /// For which simulator.
    #[arg(long = "for", value_enum)]
    simulator: For,
    /// Where to write it; without it, to standard output. With --recorded a folder, or the script's name in one.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The seed of the other simulator; without it, that of the link.
    #[arg(long)]
    seed: Option<u32>,
    /// Let the script read inputs, wiring and start weights of the run from files, which are written beside it, instead of
    /// drawing them; it then tells how many spikes come in the same step, and how far the weights are apart.
    #[arg(long, requires = "out")]
    recorded: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum For {
    /// Brian 2, in Python.
    Brian2,
    /// NEST 3, in Python.
    Nest,
}

pub fn script(args: &Args) -> Result<(), Failure> {
    let (link, notices) = open(&args.link, args.seed)?;
    for notice in &notices {
        eprintln!("stdp: {notice}");
    }
    let (spec, link) = (&link.spec, link_of(&link.spec));
    let is_recorded = args.recorded;
    let about = About { title: spec.entry.title, link: &link, seed: spec.seed, is_recorded };
    let network = experiments::describe(spec);
    let simulator = match args.simulator {
        For::Brian2 => Simulator::Brian2,
        For::Nest => Simulator::Nest,
    };
    let text = written(&network, &about, simulator);
    let text = text.map_err(|why| format!("no script of this run: {why}"))?;
    match &args.out {
        None => say!("{}", text.trim_end()),
        Some(path) if is_recorded => {
            let is_script = path.extension().is_some_and(|ending| ending == "py");
            let script = if is_script { path.clone() } else { path.join(simulator.file()) };
            let folder = script.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder)
                .map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
            record(spec, &network, folder)?;
            write_file(&script, &text)?;
        }
        Some(path) => write_file(path, &text)?,
    }
    Ok(())
}

/// Writes the files that such a script reads: all spikes of the run, and its synapses.
fn record(spec: &Spec, network: &Network, folder: &Path) -> Result<(), Failure> {
    let mut session = Session::new(spec.clone(), experiments::build);
    let plastic: Vec<usize> = (0..network.projections.len())
        .filter(|place| recorded::is_read(&network.projections[*place]))
        .collect();
    let mut synapses = Vec::new();
    for &place in &plastic {
        synapses.push(own_synapses(&session, network, place)?);
    }
    let mut spikes = SpikesFile::begin(folder, &mut session, u64::MAX)?;
    loop {
        let end = session.advance_to(session.runner.now() + 1_024);
        spikes.drain(&mut session)?;
        if end != SliceEnd::Target {
            break;
        }
    }
    spikes.finish()?;
    for (&place, listed) in plastic.iter().zip(&synapses) {
        let at_end = kept(&session, network, place);
        // A dense table has a place for every pair, also where there is no synapse.
        let at_end = if at_end.len() == listed.len() { at_end } else { Vec::new() };
        let path = folder.join(recorded::synapses_file(place));
        write_file(&path, &recorded::synapses_csv(listed, &at_end))?;
    }
    Ok(())
}

/// The synapses of a projection at the start of this run.
fn own_synapses(
    session: &Session,
    network: &Network,
    place: usize,
) -> Result<Vec<ListedSynapse>, Failure> {
    let told = listed(network, place, session.spec.seed);
    let mut synapses = told.map_err(|why| format!("no script of this run: {why}"))?;
    // The run has the last word on its weights.
    let start = kept(session, network, place);
    if start.len() == synapses.len() {
        for (synapse, weight) in synapses.iter_mut().zip(start) {
            synapse.weight = weight;
        }
    }
    Ok(synapses)
}

/// What a run keeps of the weights of a projection; empty where it keeps none.
fn kept(session: &Session, network: &Network, place: usize) -> Vec<f32> {
    let Some(name) = &network.projections[place].array else { return Vec::new() };
    let weights = session.runner.weights();
    let own = weights.iter().find(|array| array.name == *name);
    own.map_or_else(Vec::new, |array| array.values.iter().collect())
}
