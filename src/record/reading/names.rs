//! What a column's name says: `spike_time (seconds)`, `nodeIDs`, `t [µs]`.
//!
//! A name is taken apart into words at everything that is no letter or digit and between a small and a capital letter.
//! Words that add nothing (`spike`, `of`, `id` …) are left out. What remains decides, and one unknown word makes the
//! column unknown: `time_step`, `start time` and `cell_type` are neither times nor neurons.

use super::TimeUnit;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Numbers of neurons.
    Neuron(NeuronName),
    /// Times, and their unit if the name tells it.
    Time(Option<TimeUnit>),
    /// Times, with more than one unit.
    TimeInTwoUnits,
    /// A count of steps or samples.
    Steps,
    /// What a neuron's number is counted in: a population, a trial.
    Origin,
    /// Anything else.
    Other,
}

/// How surely a name means the neuron: of two columns, the one that is more certain is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeuronName {
    /// Where it was recorded: `channel`.
    Place,
    /// A number that may count rows: `index`.
    Index,
    /// A number of something: `id`, `i`.
    Id,
    /// `neuron`, `unit`, `node_ids` …
    Neuron,
    /// `sender`: a recorder's, counted through the whole network.
    Sender,
}

const NEURONS: &[&str] = &[
    "neuron",
    "neurons",
    "node",
    "nodes",
    "unit",
    "units",
    "cell",
    "cells",
    "gid",
    "gids",
    "cluster",
    "clusters",
    "input",
    "inputs",
    "afferent",
    "afferents",
    "nrn",
    "neurone",
    "neurones",
    "neuronen",
    "zelle",
    "zellen",
    "neurona",
    "neuronas",
    "cellule",
    "train",
    "trains",
];
const SENDERS: &[&str] = &["sender", "senders"];
const IDS: &[&str] = &["id", "ids", "i"];
const INDICES: &[&str] = &[
    "index", "indices", "indexes", "idx", "no", "nr", "num", "number", "numbers", "nummer", "row",
];
const PLACES: &[&str] =
    &["channel", "channels", "ch", "electrode", "electrodes", "source", "sources"];
const TIMES: &[&str] = &[
    "time",
    "times",
    "timestamp",
    "timestamps",
    "t",
    "ts",
    "spiketime",
    "spiketimes",
    "stamp",
    "stamps",
    "onset",
    "onsets",
    "zeit",
    "zeiten",
    "zeitpunkt",
    "temps",
    "tiempo",
    "tiempos",
];
/// Words that add nothing.
const FILLING: &[&str] =
    &["spike", "spikes", "spiking", "event", "events", "firing", "in", "of", "the", "at"];
const STEPS: &[&str] = &[
    "step",
    "steps",
    "sample",
    "samples",
    "tick",
    "ticks",
    "frame",
    "frames",
    "bin",
    "bins",
    "timestep",
    "timesteps",
];
const ORIGINS: &[&str] = &[
    "population",
    "populations",
    "pop",
    "layer",
    "area",
    "region",
    "trial",
    "trials",
    "sweep",
    "sweeps",
    "repeat",
    "repetition",
    "run",
    "session",
    "segment",
    "episode",
    "recording",
];

/// The words of a name, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_small = false;
    for c in name.chars() {
        let starts_word = was_small && c.is_uppercase();
        if (!c.is_alphanumeric() || starts_word) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A word without a number's name at its end: `nodeids` is `node`.
fn without_number(word: &str) -> &str {
    let ends = ["ids", "id", "idx", "index", "nr", "no"];
    let core = ends.iter().find_map(|end| word.strip_suffix(end));
    core.filter(|core| NEURONS.contains(core) || SENDERS.contains(core)).unwrap_or(word)
}

/// What a column of this name holds.
pub fn role(name: &str) -> Role {
    let mut words = words(name);
    words.retain(|word| !FILLING.contains(&word.as_str()));
    if words.is_empty() {
        return Role::Other;
    }
    let is_in = |list: &[&str], word: &String| list.contains(&without_number(word));
    let is_number = |word: &String| is_in(IDS, word) || is_in(INDICES, word);
    if words.iter().all(|word| is_in(ORIGINS, word) || is_number(word))
        && words.iter().any(|word| is_in(ORIGINS, word))
    {
        return Role::Origin;
    }
    if let Some(name) = neuron(&words) {
        return Role::Neuron(name);
    }
    let is_time = |word: &String| is_in(TIMES, word);
    let is_unit = |word: &String| TimeUnit::parse(word).is_some();
    if words.iter().all(|word| is_time(word) || is_unit(word)) {
        let mut units: Vec<_> = words.iter().filter_map(|word| TimeUnit::parse(word)).collect();
        units.dedup();
        return if units.len() > 1 {
            Role::TimeInTwoUnits
        } else {
            Role::Time(units.first().copied())
        };
    }
    let is_step = |word: &String| is_in(STEPS, word);
    if words.iter().all(|word| is_step(word) || is_time(word) || word == "offset") {
        return Role::Steps;
    }
    Role::Other
}

fn neuron(words: &[String]) -> Option<NeuronName> {
    let kind = |word: &String| {
        let core = without_number(word);
        let kinds = [
            (SENDERS, NeuronName::Sender),
            (NEURONS, NeuronName::Neuron),
            (IDS, NeuronName::Id),
            (INDICES, NeuronName::Index),
            (PLACES, NeuronName::Place),
        ];
        kinds.iter().find(|(list, _)| list.contains(&core)).map(|(_, kind)| *kind)
    };
    let kinds: Vec<_> = words.iter().map(kind).collect::<Option<_>>()?;
    // A channel's id is a channel; a sender's id a sender.
    if kinds.contains(&NeuronName::Place) && kinds.iter().all(|k| *k < NeuronName::Neuron) {
        return Some(NeuronName::Place);
    }
    kinds.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_many_names() {
        for name in
            ["time", "t", "Times", "timestamps", "spike_times", "spikeTime", "Zeit", "spiketimes"]
        {
            assert_eq!(role(name), Role::Time(None), "{name}");
        }
        for (name, unit) in [
            ("time (ms)", TimeUnit::Ms),
            ("time_ms", TimeUnit::Ms),
            ("t [s]", TimeUnit::S),
            ("time/ms", TimeUnit::Ms),
            ("timestamps_us", TimeUnit::Us),
            ("spike_time (seconds)", TimeUnit::S),
            ("Spike time in µs", TimeUnit::Us),
            ("timeMs", TimeUnit::Ms),
            ("ms", TimeUnit::Ms),
            ("t_s", TimeUnit::S),
            ("Zeit (Sekunden)", TimeUnit::S),
        ] {
            assert_eq!(role(name), Role::Time(Some(unit)), "{name}");
        }
        assert_eq!(role("time_s (ms)"), Role::TimeInTwoUnits);
        assert_eq!(role("time_step"), Role::Steps);
        assert_eq!(role("samples"), Role::Steps);
    }

    #[test]
    fn neurons_have_many_names() {
        use NeuronName::{Id, Index, Neuron, Place, Sender};
        for (name, certainty) in [
            ("neuron", Neuron),
            ("Neuron ID", Neuron),
            ("neuronId", Neuron),
            ("node_ids", Neuron),
            ("unit", Neuron),
            ("spike_clusters", Neuron),
            ("cellid", Neuron),
            ("neuron #", Neuron),
            ("gid", Neuron),
            ("sender", Sender),
            ("senders", Sender),
            ("id", Id),
            ("i", Id),
            ("index", Index),
            ("channel_id", Place),
        ] {
            assert_eq!(role(name), Role::Neuron(certainty), "{name}");
        }
    }

    #[test]
    fn other_names_are_neither() {
        for name in
            ["", "cell_type", "start_time", "time (0.1 ms)", "weight", "spikes", "time/h", "V_m"]
        {
            assert_eq!(role(name), Role::Other, "{name}");
        }
        assert_eq!((role("population"), role("trial_id")), (Role::Origin, Role::Origin));
    }
}
