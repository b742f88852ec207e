//! Files of the caller's: which run reads them, and what is told of them.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::lab::Session;
use crate::lab::files::{DATA, Shelved, WEIGHTS, kind_of};
use crate::lab::link::Link;
use crate::lab::told::{self, FileTold};
use crate::record::spike_trains::TimeUnit;
use crate::record::{VisitorFile, WeightsFile};

/// Files that drive a run, and the one beside it.
#[derive(clap::Args)]
pub struct FileArgs {
    /// Spike trains that drive the inputs, of both runs of a comparison: columns neuron and time, told apart by their
    /// names; without names neuron, then time in ms. Or a picture to be shown, as a PGM file.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Weights to start from, as --save-weights writes them; they go straight to the test. Spike trains are taken too.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// The unit of the times in --data, where its header does not say: s, ms or us.
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    time_unit: Option<TimeUnit>,
}

fn unit(word: &str) -> Result<TimeUnit, String> {
    TimeUnit::parse(word).ok_or_else(|| "write s, ms or us".into())
}

impl FileArgs {
    /// Reads the files and hands them to the run of `link` and the one beside it. What is to be known of how they were
    /// understood goes to standard error.
    ///
    /// # Errors
    /// What is wrong with a file, or which file is missing that the link names.
    pub fn load(&self, link: &mut Link) -> Result<(), String> {
        for (path, is_data) in [(&self.data, true), (&self.weights, false)] {
            let Some(path) = path else { continue };
            let file = self.read(path, is_data)?;
            let named = link.spec.files.name_of(file.key());
            if let Some(named) = named.filter(|named| *named != file.name()) {
                let (kind, name) = (kind_of(file.key()), file.name());
                eprintln!(
                    "stdp: {}: the link names the {kind} {named}; these are {name}, and are used instead.",
                    path.display()
                );
            }
            link.spec.files.put(&file);
            link.twin.iter_mut().for_each(|twin| twin.files.put(&file));
        }
        let specs = std::iter::once(&link.spec).chain(&link.twin);
        if let Some(name) = specs.into_iter().find_map(|spec| spec.missing_asset()) {
            return Err(format!(
                "the run is built from {name}, which the command line does not have"
            ));
        }
        match link.spec.files.missing().first() {
            Some((key, name)) => {
                let kind = kind_of(key);
                let option = if *key == WEIGHTS { WEIGHTS } else { DATA };
                Err(format!("the link needs the {kind} {name}: give the file with --{option} FILE"))
            }
            None => Ok(()),
        }
    }

    fn read(&self, path: &Path, is_data: bool) -> Result<Shelved, String> {
        let at = |what: String| format!("{}: {what}", path.display());
        let bytes =
            std::fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        let is_weights = WeightsFile::is_one(&String::from_utf8_lossy(&bytes));
        let (file, notices) =
            VisitorFile::read(&bytes, self.time_unit).map(Shelved::new).map_err(|what| {
                match is_data || is_weights {
                    true => at(what),
                    false => at(format!("this is not a weights file, and as spike trains: {what}")),
                }
            })?;
        if is_data && file.key() == WEIGHTS {
            return Err(at("these are weights: give them with --weights".into()));
        }
        for notice in notices {
            eprintln!("stdp: {}: {notice}", path.display());
        }
        Ok(file)
    }
}

/// Says on standard error what became of the files in the runs.
///
/// # Errors
/// Where no run can use one of them.
pub fn tell(args: &FileArgs, sessions: &[&Session]) -> Result<(), String> {
    let told: Vec<Vec<FileTold>> = sessions.iter().map(|session| told::told(session)).collect();
    let Some(first) = told.first() else { return Ok(()) };
    for file in first {
        let same: Vec<&FileTold> =
            told.iter().flatten().filter(|other| other.key == file.key).collect();
        if same.iter().all(|file| !file.is_used) {
            let mut reasons = sessions.iter().flat_map(|session| &session.unused);
            let why = reasons.find(|(key, _)| *key == file.key).map_or("", |(_, why)| why);
            let path = if file.key == WEIGHTS { None } else { args.data.as_ref() };
            let path = path
                .or(args.weights.as_ref())
                .map_or(String::new(), |p| format!("{}: ", p.display()));
            return Err(format!("{path}{} {}: {why}", kind_of(&file.key), file.name));
        }
        let is_alike = same.iter().all(|other| other.text == file.text);
        for (side, file) in ["A: ", "B: "].iter().zip(same).take(if is_alike { 1 } else { 2 }) {
            let side = if is_alike { "" } else { side };
            eprintln!("stdp: {side}{} {}: {}", kind_of(&file.key), file.name, file.text);
        }
    }
    Ok(())
}

/// The files of a run as JSON, by their keys.
pub fn as_json(session: &Session) -> Map<String, Value> {
    let of = |file: FileTold| {
        let value = match (&*file.key, &session.spec.files.data) {
            (DATA, Some(named)) => data(session, named.content.as_deref(), &file),
            _ => json!(file.name.to_string()),
        };
        (file.key, value)
    };
    told::told(session).into_iter().map(of).collect()
}

fn data(session: &Session, trains: Option<&crate::record::SpikeTrains>, file: &FileTold) -> Value {
    let counts = session.train_counts.unwrap_or_default();
    json!({
        "name": file.name.to_string(),
        "is_used": file.is_used,
        "spikes": trains.map(|trains| trains.len()),
        "neurons": trains.map(|trains| trains.num_neurons()),
        "first_ms": trains.map(|trains| trains.first_ms()),
        "last_ms": trains.map(|trains| trains.last_ms()),
        "played": counts.played,
        "merged": counts.merged,
        "beyond_end": counts.beyond_end,
        "unknown_inputs": counts.unknown_inputs,
        "text": file.text,
    })
}
