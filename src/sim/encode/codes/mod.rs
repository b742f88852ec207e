//! Neural codes: what the greys of a picture become in spikes, and how they are read back.
//!
//! A grey g from 0 to 255 stands for a brightness x = g/256 (so the published programs have it). A presentation has T
//! steps. A [`Code`] is plain data; a [`Coder`] makes the spikes of a pixel with it, a [`Reader`] hears spikes step by step
//! and says at any time what it takes each pixel for, and a [`Presentation`] brings both together, with [`Noise`] in
//! between. Readers know the code, T and, unless noise hides it, when the picture came on; they know nothing of the
//! picture.
//!
//! Each code is described in its file, with its source. Codes without chance give the same spikes for the same grey, so
//! these are worked out once for each of 256 greys.

pub mod burst;
mod coder;
mod inverse;
pub mod isi;
pub mod latency;
pub mod noise;
pub mod phase;
pub mod population;
pub mod position;
mod presentation;
pub mod rank;
mod reader;
pub mod weighted;

use get_size2::GetSize;

pub use coder::Coder;
pub use noise::Noise;
pub use presentation::Presentation;
pub use reader::Reader;

/// Greys that there are.
pub const NUM_GREYS: usize = 256;

/// A spike of a pixel: which of the pixel's neurons, and in which step after the picture came on.
pub type CodedSpike = (u32, u32);

/// The brightness of a grey.
pub fn brightness(grey: u8) -> f64 {
    f64::from(grey) / NUM_GREYS as f64
}

/// A code with its parameters. Times are in steps.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub enum Code {
    /// One spike, the brighter the earlier, in equal steps: [`latency`].
    Ttfs,
    /// The first spike of a leaky integrate-and-fire neuron under a constant current: [`latency`].
    LifLatency {
        /// Membrane time constant.
        tau_steps: f64,
        /// What a brightness of 1 would lift the membrane to, in units of the threshold.
        drive: f64,
    },
    /// One spike; only the order counts: [`rank`].
    RankOrder,
    /// At most one spike per step, with probability `gain` x + `min_rate`.
    Bernoulli {
        /// Probability at a brightness of 1.
        gain: f64,
        /// Probability that is added for every pixel.
        min_rate: f64,
    },
    /// A Poisson process in continuous time with `gain` x spikes per step.
    Poisson {
        /// Spikes per step at a brightness of 1.
        gain: f64,
    },
    /// One spike per cycle of an oscillation, the brighter the earlier: [`phase`].
    Phase {
        /// Steps of a cycle.
        period: u32,
    },
    /// The binary digits of the brightness, again and again: [`weighted`].
    Weighted {
        /// Digits of a cycle.
        bits: u32,
    },
    /// A burst, with more spikes and shorter intervals for brighter pixels: [`burst`].
    Burst {
        /// Spikes of the brightest.
        most: u32,
    },
    /// Several neurons per pixel, each for some greys: [`population`].
    Population {
        /// Neurons per pixel.
        fields: u32,
    },
    /// The published time to first spike: [`latency`].
    PublishedTtfs {
        /// Subtract one step too many, as published.
        is_off_by_one: bool,
    },
    /// The published "numerical value": [`position`].
    PublishedPosition {
        /// The width grows with T, as published; otherwise it is 3 greys.
        is_growing: bool,
    },
    /// The published "Poisson" code, which draws intervals from a Poisson distribution: [`isi`].
    PublishedIsi {
        /// Spikes per step at a brightness of 1, if intervals were continuous.
        gain: f64,
    },
}

impl Code {
    /// Neurons of each pixel.
    pub fn neurons_per_pixel(&self) -> u32 {
        match self {
            Self::Population { fields } => *fields,
            _ => 1,
        }
    }

    /// Whether the same picture gives other spikes from seed to seed.
    pub fn has_chance(&self) -> bool {
        matches!(self, Self::Bernoulli { .. } | Self::Poisson { .. } | Self::PublishedIsi { .. })
    }

    /// Whether its spikes are timed by an oscillation that goes on whatever is shown, and not by the picture's onset.
    pub fn is_clocked(&self) -> bool {
        matches!(self, Self::Phase { .. } | Self::Weighted { .. })
    }
}

#[cfg(test)]
mod tests;
