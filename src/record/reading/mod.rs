//! Reading the visitor's tables, in one place for page and command line.
//!
//! ```text
//! bytes ─► decode (text) ─► lines ─► separator (cells) ─► columns (who is neuron, who is time, which unit)
//!                                                             │
//!                                       numbers ─► spikes ─► seconds (are these milliseconds at all?)
//! ```
//! Programs write the same table in many ways, and spreadsheets rewrite it. What has one meaning is read;
//! what has two is refused, with the line, what stands there, and the rule, so that nothing is misread in silence.

pub mod columns;
pub mod decode;
mod error;
pub mod lines;
pub mod names;
pub mod numbers;
pub mod seconds;
pub mod separator;
pub mod spike;
pub mod spikes;
pub mod unit;

pub use error::{ReadError, Rule, counted};
pub use unit::TimeUnit;

/// Most neurons that a file may number, from 0.
pub const MAX_NEURONS: u32 = 10_000;
/// Most spikes of a file.
pub const MAX_SPIKES: usize = 1_000_000;
/// Latest time of a spike: one day.
pub const MAX_TIME_NS: u64 = 86_400_000_000_000;
