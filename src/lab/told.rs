//! What became of the visitor's files in a run, for people.

use serde::{Deserialize, Serialize};

use super::files::{DATA, IMAGE, Named, WEIGHTS};
use super::{Session, Spec, values};
use crate::record::reading::counted;
use crate::record::{Fingerprint, SpikeTrains};
use crate::sim::encode::TrainCounts;

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
    if let Some(Named { name, content: Some(picture) }) = &files.image {
        let text = match unused(IMAGE) {
            Some(why) => format!("{}; {}", picture.sentence(), kept(why)),
            None => format!("{}.", picture.sentence()),
        };
        let is_used = unused(IMAGE).is_none();
        told.push(FileTold { key: IMAGE.into(), name: *name, text, is_used, fits: Vec::new() });
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
