//! A file of the visitor's: spike trains or weights, told apart by what is in it.

use super::reading::decode;
use super::{SpikeTrains, WeightsFile, spike_trains::TimeUnit};

/// What a visitor brought.
#[derive(Clone, Debug, PartialEq)]
pub enum VisitorFile {
    /// Spikes, and notices on how they were understood: whole sentences.
    Trains(SpikeTrains, Vec<String>),
    /// Weights of a run.
    Weights(WeightsFile),
}

impl VisitorFile {
    /// Reads a file. A `unit` that is given counts more than the header of a file of spikes; weights have none.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    pub fn read(bytes: &[u8], unit: Option<TimeUnit>) -> Result<Self, String> {
        let text = decode::decode(bytes).map_err(|error| error.to_string())?;
        if WeightsFile::is_one(&text) {
            return WeightsFile::of_text(&text).map(Self::Weights);
        }
        let (trains, notices) =
            SpikeTrains::of_text(&text, unit).map_err(|error| error.to_string())?;
        Ok(Self::Trains(trains, notices))
    }

    /// Its name: a hash of what was read, however it was written.
    pub fn fingerprint(&self) -> super::Fingerprint {
        match self {
            Self::Trains(trains, _) => trains.fingerprint(),
            Self::Weights(weights) => weights.fingerprint(),
        }
    }
}
