//! The visitor's files as part of a run: spike trains of its inputs, and weights.
//!
//! A link names them by a hash of what was read (`data=`, `weights=`); their content is added by whoever has it: the
//! page's worker, or the command line. They stay with the run through changes of parameters, seed and comparison, and
//! a part of an experiment that takes none keeps them and says so.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Session, Spec, values};
use crate::record::reading::counted;
use crate::record::{Fingerprint, SpikeTrains, VisitorFile, WeightsFile};
use crate::sim::encode::TrainCounts;

/// The key of spike trains in links.
pub const DATA: &str = "data";
/// The key of weights in links.
pub const WEIGHTS: &str = "weights";

/// A file that a run needs: its name, and its content where that is at hand. Files of the same name are the same.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// A hash of what was read.
    pub name: Fingerprint,
    /// What was read.
    pub content: Option<Arc<T>>,
}

impl<T> PartialEq for Named<T> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// The files that a run needs. Both runs of a comparison use the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    /// Spike trains of the inputs.
    pub data: Option<Named<SpikeTrains>>,
    /// Weights learned elsewhere.
    pub weights: Option<Named<WeightsFile>>,
}

impl Files {
    /// Keys and names, as in links.
    pub fn names(&self) -> Vec<(&'static str, Fingerprint)> {
        let data = self.data.as_ref().map(|file| (DATA, file.name));
        let weights = self.weights.as_ref().map(|file| (WEIGHTS, file.name));
        data.into_iter().chain(weights).collect()
    }

    /// The name of the file that this key of links stands for.
    pub fn name_of(&self, key: &str) -> Option<Fingerprint> {
        self.names().into_iter().find_map(|(known, name)| (known == key).then_some(name))
    }

    /// Names a file, or none, in place of the one of this key. False if that is no key of a file.
    pub fn set(&mut self, key: &str, name: Option<Fingerprint>) -> bool {
        match key {
            DATA => self.data = name.map(|name| Named { name, content: None }),
            WEIGHTS => self.weights = name.map(|name| Named { name, content: None }),
            _ => return false,
        }
        true
    }

    /// Puts a file in the place of the one of its kind.
    pub fn put(&mut self, file: &Shelved) {
        match file {
            Shelved::Trains(name, content) => {
                self.data = Some(Named { name: *name, content: Some(content.clone()) });
            }
            Shelved::Weights(name, content) => {
                self.weights = Some(Named { name: *name, content: Some(content.clone()) });
            }
        }
    }

    /// Adds the contents of the files that are on the shelf.
    pub fn fill(&mut self, shelf: &[Shelved]) {
        for file in shelf {
            if self.name_of(file.key()) == Some(file.name()) {
                self.put(file);
            }
        }
    }

    /// Keys and names of those whose content is not at hand.
    pub fn missing(&self) -> Vec<(&'static str, Fingerprint)> {
        let data = self.data.as_ref().filter(|file| file.content.is_none());
        let weights = self.weights.as_ref().filter(|file| file.content.is_none());
        let data = data.map(|file| (DATA, file.name));
        data.into_iter().chain(weights.map(|file| (WEIGHTS, file.name))).collect()
    }
}

/// A file that was read, with its name.
#[derive(Clone, Debug)]
pub enum Shelved {
    /// Spike trains.
    Trains(Fingerprint, Arc<SpikeTrains>),
    /// Weights.
    Weights(Fingerprint, Arc<WeightsFile>),
}

impl Shelved {
    /// The file, and notices on how it was understood.
    pub fn new(file: VisitorFile) -> (Self, Vec<String>) {
        let name = file.fingerprint();
        match file {
            VisitorFile::Trains(trains, notices) => (Self::Trains(name, trains.into()), notices),
            VisitorFile::Weights(weights) => (Self::Weights(name, weights.into()), Vec::new()),
        }
    }

    /// Its key in links.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Trains(..) => DATA,
            Self::Weights(..) => WEIGHTS,
        }
    }

    /// Its name in links.
    pub fn name(&self) -> Fingerprint {
        match self {
            Self::Trains(name, _) | Self::Weights(name, _) => *name,
        }
    }
}

/// What a file of this key is called.
pub fn kind_of(key: &str) -> &'static str {
    if key == DATA { "spike trains" } else { "weights" }
}

/// What a run that reads no spikes from a file says.
pub const TAKES_NO_TRAINS: &str = "this run takes no spike trains of yours";

/// Parameters that spike trains have to fit: keys of the number of inputs, and of the length of the run in s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataKeys {
    /// How many inputs there are.
    pub num_inputs: &'static str,
    /// How long the run is.
    pub duration_s: &'static str,
}

/// A change of a parameter that makes the run fit the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// What it does, as the label of a button.
    pub label: String,
    /// The parameter.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// What became of a file in a run, for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileTold {
    /// Its key in links.
    pub key: String,
    /// Its name in links.
    pub name: Fingerprint,
    /// What was read, and what of it the run does not use.
    pub text: String,
    /// The run uses it.
    pub is_used: bool,
    /// How the run would use all of it.
    pub fits: Vec<Fit>,
}

/// What became of the files of a run.
pub fn told(session: &Session) -> Vec<FileTold> {
    let files = &session.spec.files;
    let unused = |key| session.unused.iter().find(|(of, _)| *of == key).map(|(_, why)| why);
    let kept = |why: &String| format!("{why}. The file is kept, and not used here.");
    let mut told = Vec::new();
    if let Some(Named { name, content: Some(trains) }) = &files.data {
        let text = match (unused(DATA), session.train_counts) {
            (None, Some(counts)) => {
                let run = length_of(session);
                format!("{}; {run}.{}", trains.sentence(), left_out(&counts))
            }
            (why, _) => format!("{}; {}", trains.sentence(), why.map_or(String::new(), kept)),
        };
        let fits = fits(&session.spec, trains);
        let is_used = unused(DATA).is_none();
        told.push(FileTold { key: DATA.into(), name: *name, text, is_used, fits });
    }
    if let Some(Named { name, content: Some(weights) }) = &files.weights {
        let values: usize = weights.arrays.iter().map(|array| array.values.len()).sum();
        let values = counted(values as u64);
        let from = &weights.experiment;
        let text = match unused(WEIGHTS) {
            Some(why) => format!("{values} weights of {from}; {}", kept(why)),
            None => format!("{values} weights of {from}."),
        };
        let is_used = unused(WEIGHTS).is_none();
        told.push(FileTold { key: WEIGHTS.into(), name: *name, text, is_used, fits: Vec::new() });
    }
    told
}

/// `the run lasts 400 s and has 100 inputs`.
fn length_of(session: &Session) -> String {
    let seconds = short(session.total_ms() / 1_000.0);
    let keys = session.spec.params.data_keys();
    let num = keys.and_then(|keys| value_of(&session.spec, keys.num_inputs));
    match num {
        Some(num) => format!("the run lasts {seconds} s and has {num} inputs"),
        None => format!("the run lasts {seconds} s"),
    }
}

fn short(number: f64) -> String {
    let rounded = (number * 1e4).round() / 1e4;
    rounded.to_string()
}

/// Spikes that are not played, and why.
fn left_out(counts: &TrainCounts) -> String {
    let parts = [
        (counts.merged, "merged: their input fires twice in one step"),
        (counts.beyond_end, "not played: they lie beyond the run"),
        (counts.unknown_inputs, "not played: they name a neuron that is not there"),
    ];
    let told = parts.iter().filter(|(num, _)| *num > 0);
    told.map(|(num, what)| {
        let noun = if *num == 1 { "spike" } else { "spikes" };
        format!(" {} {noun} {what}.", counted(u64::from(*num)))
    })
    .collect()
}

fn value_of(spec: &Spec, key: &str) -> Option<String> {
    let pairs = values::pairs(&*spec.params);
    pairs.into_iter().find_map(|(known, value)| (known == key).then_some(value))
}

/// How to make the run as long as the data, and give it as many inputs, where it is not so.
fn fits(spec: &Spec, trains: &SpikeTrains) -> Vec<Fit> {
    let Some(keys) = spec.params.data_keys() else { return Vec::new() };
    // To the next tenth of a second, so that the last spike is in it.
    let duration_s = (libm::floor(trains.last_ms() / 100.0) + 1.0) / 10.0;
    let wanted = [
        ("Run as long as the data", keys.duration_s, duration_s.to_string()),
        ("Use as many inputs as the data", keys.num_inputs, (trains.max_neuron() + 1).to_string()),
    ];
    let fits = wanted.into_iter().filter_map(|(label, key, value)| {
        let mut fitted = spec.clone();
        // A length or a number that the experiment cannot have is not proposed.
        values::set(&mut fitted.params, key, &value).ok()?;
        let is_new = values::pairs(&*fitted.params) != values::pairs(&*spec.params);
        is_new.then(|| Fit { label: label.into(), key: key.into(), value })
    });
    fits.collect()
}
