//! Codes and their parameters.

use get_size2::GetSize;

use super::LAMBDA;
use crate::lab::param::Choice;
use crate::sim::encode::codes::Code;

/// The codes.
#[derive(Clone, Copy, Debug, PartialEq, Choice, GetSize)]
pub enum CodeKind {
    /// One spike per pixel, the brighter the earlier.
    #[choice("Time to first spike")]
    Ttfs,
    /// The first spike of a leaky membrane under a current in proportion to brightness.
    #[choice("Latency of a membrane")]
    LifLatency {
        /// Membrane time constant.
        #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = linear(2.0, 200.0, 1.0), default = 40.0)]
        tau_m_ms: f64,
        /// Where white would lift the membrane to, in units of the threshold. Pixels darker than its inverse stay silent.
        #[param("Drive", symbol = "I", range = linear(1.1, 20.0, 0.1), default = 5.0)]
        drive: f64,
    },
    /// One spike per pixel; only the order of spikes counts.
    #[choice("Rank order")]
    RankOrder,
    /// In each step a spike with a probability in proportion to brightness.
    #[choice("Rate, in steps (Bernoulli)")]
    Bernoulli {
        /// Spikes per step of a white pixel.
        #[param("Rate", symbol = "λ", range = LAMBDA, default = 0.09, main)]
        lambda: f64,
        /// What is added to the probability of every pixel.
        #[param("Minimum rate", symbol = "p₀", range = linear(0.0, 0.2, 0.01), default = 0.0)]
        min_rate: f64,
    },
    /// A Poisson process in continuous time.
    #[choice("Rate (Poisson)")]
    Poisson {
        /// Spikes per step of a white pixel.
        #[param("Rate", symbol = "λ", range = LAMBDA, default = 0.09, main)]
        lambda: f64,
    },
    /// One spike per cycle of an oscillation, the brighter the earlier.
    #[choice("Phase of an oscillation")]
    Phase {
        /// Length of a cycle.
        #[param("Cycle", symbol = "P", unit = Ms, range = linear(4.0, 300.0, 1.0), default = 25.0, main)]
        period_ms: f64,
    },
    /// The binary digits of the brightness, one per step.
    #[choice("Weighted spikes")]
    Weighted {
        /// Steps of a cycle.
        #[param("Digits", symbol = "K", range = 1..=16, default = 8, main)]
        bits: u32,
    },
    /// More spikes, and closer together, for brighter pixels.
    #[choice("Burst")]
    Burst {
        /// Spikes of a white pixel.
        #[param("Most spikes", symbol = "N", range = 2..=10, default = 5, main)]
        most: u32,
    },
    /// Several neurons for each pixel, each of which prefers a brightness.
    #[choice("Population")]
    Population {
        /// Neurons for each pixel.
        #[param("Neurons per pixel", symbol = "m", range = 4..=16, default = 8, main)]
        fields: u32,
    },
    /// Time to first spike as in the published program.
    #[choice("Published: first spike")]
    PublishedTtfs {
        /// The program subtracts one step too many, so that step 0 is never used.
        #[param("Off by one", default = true, main)]
        off_by_one: bool,
    },
    /// "Numerical value" of the published program: a burst whose place in time tells the brightness.
    #[choice("Published: position")]
    PublishedPosition {
        /// The program's bursts get longer the more steps there are. Off: the width is 3 greys.
        #[param("Width grows with T", default = true, main)]
        growing: bool,
    },
    /// Intervals drawn from a Poisson distribution, as in the published program. It is not a Poisson process.
    #[choice("Published: \"Poisson\"")]
    PublishedPoisson {
        /// Spikes per step of a white pixel.
        #[param("Rate", symbol = "λ", range = LAMBDA, default = 0.09)]
        lambda: f64,
        /// The program reads its table of spikes by the wrong side, so that every spike lands at another pixel and time.
        #[param("Scrambled raster", default = false, main)]
        scrambled: bool,
    },
}

/// Rate codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum SweepCode {
    /// Intervals drawn from a Poisson distribution, in their right places.
    #[choice("Published: \"Poisson\"")]
    Published,
    /// The same with the program's scrambled raster.
    #[choice("Published, scrambled")]
    Scrambled,
    /// A Poisson process.
    #[choice("Rate (Poisson)")]
    Poisson,
    /// In each step a spike with a probability.
    #[choice("Rate, in steps (Bernoulli)")]
    Bernoulli,
}

impl CodeKind {
    /// The code itself. A step is 1 ms.
    pub fn code(self) -> Code {
        match self {
            Self::Ttfs => Code::Ttfs,
            Self::LifLatency { tau_m_ms, drive } => Code::LifLatency { tau_steps: tau_m_ms, drive },
            Self::RankOrder => Code::RankOrder,
            Self::Bernoulli { lambda, min_rate } => Code::Bernoulli { gain: lambda, min_rate },
            Self::Poisson { lambda } => Code::Poisson { gain: lambda },
            Self::Phase { period_ms } => Code::Phase { period: (period_ms.round() as u32).max(2) },
            Self::Weighted { bits } => Code::Weighted { bits },
            Self::Burst { most } => Code::Burst { most },
            Self::Population { fields } => Code::Population { fields },
            Self::PublishedTtfs { off_by_one } => Code::PublishedTtfs { is_off_by_one: off_by_one },
            Self::PublishedPosition { growing } => Code::PublishedPosition { is_growing: growing },
            Self::PublishedPoisson { lambda, .. } => Code::PublishedIsi { gain: lambda },
        }
    }

    /// Whether spikes land at other pixels.
    pub fn is_scrambled(self) -> bool {
        matches!(self, Self::PublishedPoisson { scrambled: true, .. })
    }

    /// Whether another seed makes other spikes, even without noise.
    pub fn has_chance(self) -> bool {
        matches!(
            self,
            Self::Bernoulli { .. } | Self::Poisson { .. } | Self::PublishedPoisson { .. }
        )
    }

    /// About how many spikes of a pixel there are per step at most.
    pub fn most_per_step(self, steps: f64) -> f64 {
        match self {
            Self::Ttfs | Self::LifLatency { .. } | Self::RankOrder | Self::PublishedTtfs { .. } => {
                1.0 / steps
            }
            Self::Bernoulli { lambda, min_rate } => lambda + min_rate,
            Self::Poisson { lambda } | Self::PublishedPoisson { lambda, .. } => lambda,
            Self::Phase { period_ms } => 1.0 / period_ms,
            Self::Weighted { .. } => 1.0,
            Self::Burst { most } => f64::from(most) / steps,
            Self::Population { .. } => 4.0 / steps,
            Self::PublishedPosition { .. } => 0.2,
        }
    }
}

impl SweepCode {
    /// The code at a rate.
    pub fn code(self, gain: f64) -> Code {
        match self {
            Self::Published | Self::Scrambled => Code::PublishedIsi { gain },
            Self::Poisson => Code::Poisson { gain },
            Self::Bernoulli => Code::Bernoulli { gain, min_rate: 0.0 },
        }
    }
}
