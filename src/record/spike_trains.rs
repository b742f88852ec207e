//! The visitor's own spikes: what was read from a file, and its name.

use std::fmt::Write;

use xxhash_rust::xxh64::Xxh64;

use super::Fingerprint;
use super::reading::{ReadError, Rule, decode, spikes};
pub use super::reading::{TimeUnit, spike::Spike};

const NS_PER_MS: f64 = 1e6;

/// Spikes, sorted by time and then by neuron; one that stands twice in the file is there twice.
#[derive(Clone, Debug, PartialEq)]
pub struct SpikeTrains {
    /// Never empty.
    spikes: Vec<Spike>,
    num_neurons: u32,
    max_neuron: u32,
}

impl SpikeTrains {
    /// Reads a file: see [`reading`](super::reading) for what is understood. Also gives notices, whole sentences.
    ///
    /// # Errors
    /// What is not understood: the line, what stands there, the rule that it breaks and what to do.
    pub fn read(bytes: &[u8], unit: Option<TimeUnit>) -> Result<(Self, Vec<String>), ReadError> {
        Self::of_text(&decode::decode(bytes)?, unit)
    }

    /// Reads a file that is text already.
    pub(super) fn of_text(
        text: &str,
        unit: Option<TimeUnit>,
    ) -> Result<(Self, Vec<String>), ReadError> {
        let (spikes, notices) = spikes::read(text, unit)?;
        let trains = Self::new(spikes).ok_or_else(|| ReadError::of_file(Rule::NoSpikes))?;
        Ok((trains, notices))
    }

    /// Spikes in any order; none if there is no spike.
    pub fn new(mut spikes: Vec<Spike>) -> Option<Self> {
        spikes.sort_unstable();
        let max_neuron = spikes.iter().map(|spike| spike.neuron).max()?;
        let mut fires = vec![false; max_neuron as usize + 1];
        for spike in &spikes {
            fires[spike.neuron as usize] = true;
        }
        let num_neurons = fires.iter().filter(|fires| **fires).count() as u32;
        Some(Self { spikes, num_neurons, max_neuron })
    }

    /// A hash of the sorted spikes, so that another way of writing the same spikes has the same name.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Xxh64::new(0);
        for spike in &self.spikes {
            hash.update(&spike.time_ns.to_le_bytes());
            hash.update(&spike.neuron.to_le_bytes());
        }
        Fingerprint(hash.digest() >> 16)
    }

    /// Number of spikes.
    #[expect(clippy::len_without_is_empty, reason = "it never is")]
    pub fn len(&self) -> usize {
        self.spikes.len()
    }

    /// How many different neurons fire.
    pub fn num_neurons(&self) -> u32 {
        self.num_neurons
    }

    /// The largest number of a neuron.
    pub fn max_neuron(&self) -> u32 {
        self.max_neuron
    }

    /// The time of the first spike.
    pub fn first_ms(&self) -> f64 {
        self.spikes.first().map_or(0.0, |spike| ms_from_ns(spike.time_ns))
    }

    /// The time of the last spike.
    pub fn last_ms(&self) -> f64 {
        self.spikes.last().map_or(0.0, |spike| ms_from_ns(spike.time_ns))
    }

    /// Neuron and time in ms of each spike, by time and then by neuron.
    pub fn spikes(&self) -> impl ExactSizeIterator<Item = (u32, f64)> + Clone {
        self.spikes.iter().map(|spike| (spike.neuron, ms_from_ns(spike.time_ns)))
    }

    /// A file that is read back as the same spikes.
    pub fn to_csv(&self) -> String {
        let mut text = String::from("neuron,time_ms\n");
        for (neuron, time_ms) in self.spikes() {
            // Writing into a string cannot fail.
            _ = writeln!(text, "{neuron},{time_ms}");
        }
        text
    }

    /// What is in it: `10,014 spikes of 50 neurons from 0.4 to 9,999.8 ms`.
    pub fn sentence(&self) -> String {
        let counted = super::reading::counted;
        let noun = |count: u64, noun: &str| {
            format!("{} {noun}{}", counted(count), if count == 1 { "" } else { "s" })
        };
        let who = format!(
            "{} of {}",
            noun(self.spikes.len() as u64, "spike"),
            noun(u64::from(self.num_neurons), "neuron")
        );
        let (first, last, unit, digits) = match (self.first_ms(), self.last_ms()) {
            (first, last) if last < 1.0 => (first, last, "ms", 3),
            (first, last) if last < 10_000.0 => (first, last, "ms", 1),
            (first, last) => (first / 1e3, last / 1e3, "s", 1),
        };
        let number = |value: f64| {
            let text = format!("{value:.digits$}");
            let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
            format!("{}.{decimals}", counted(whole.parse().unwrap_or(0)))
        };
        if self.spikes.len() == 1 {
            format!("{who} at {} {unit}", number(last))
        } else {
            format!("{who} from {} to {} {unit}", number(first), number(last))
        }
    }
}

/// The number nearest to it, so that 12.3 ms in a file are 12.3 here.
fn ms_from_ns(time_ns: u64) -> f64 {
    time_ns as f64 / NS_PER_MS
}

#[cfg(test)]
mod tests;
