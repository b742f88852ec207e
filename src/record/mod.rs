//! Looking at a run without touching it: what is kept, and the shapes it is shown in.
//!
//! Nothing in here changes state or draws a random number, so a run that is watched is the run that
//! is not.

pub mod array;
pub mod changes;
mod crc32;
pub mod figure;
pub mod fingerprint;
pub mod grey_picture;
pub mod intervals;
pub mod level_watch;
pub mod local_variation;
pub mod look;
pub mod meter;
pub mod middle;
pub mod pattern_watch;
pub mod raster_log;
pub mod reading;
pub mod spectrum;
pub mod spike;
pub mod spike_trains;
mod told;
pub mod trace_log;
pub mod visitor_file;
pub mod watch;
pub mod weights;

pub use array::{ArrayView, NamedArray, Values};
pub use changes::Changes;
pub use crc32::crc32;
pub use figure::Figure;
pub use fingerprint::{Fingerprint, Hasher};
pub use grey_picture::GreyPicture;
pub use intervals::Intervals;
pub use level_watch::{LevelWatch, SeenLevel};
pub use local_variation::LocalVariation;
pub use meter::Meter;
pub use pattern_watch::PatternWatch;
pub use raster_log::RasterLog;
pub use spectrum::Spectrum;
pub use spike::Spike;
pub use spike_trains::{SpikeTrains, TimeUnit};
pub use trace_log::TraceLog;
pub use visitor_file::VisitorFile;
pub use watch::{SeenSpikes, SpikeWatch};
pub use weights::WeightsFile;
