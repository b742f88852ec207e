//! A file of the visitor's: spike trains, weights or a picture, told apart by what is in it.

use super::reading::decode;
use super::{GreyPicture, SpikeTrains, WeightsFile, spike_trains::TimeUnit};

/// What a visitor brought.
#[derive(Clone, Debug, PartialEq)]
pub enum VisitorFile {
    /// Spikes, and notices on how they were understood: whole sentences.
    Trains(SpikeTrains, Vec<String>),
    /// Weights of a run.
    Weights(WeightsFile),
    /// A picture.
    Picture(GreyPicture),
}

impl VisitorFile {
    /// Reads a file. A `unit` that is given counts more than the header of a file of spikes; weights have none.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    pub fn read(bytes: &[u8], unit: Option<TimeUnit>) -> Result<Self, String> {
        if GreyPicture::is_one(bytes) {
            return GreyPicture::read(bytes).map(Self::Picture);
        }
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
            Self::Picture(picture) => picture.fingerprint(),
        }
    }
}
