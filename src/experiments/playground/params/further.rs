//! A further group of inputs, with a rate and a manner of its own.

use get_size2::GetSize;

use super::drawn::{RatePoints, SpikePoints, rates_rule, spikes_rule};
use crate::kit::params::RATE;
use crate::lab::param::Choice;
use crate::net::{Counting, Drive, Recipe};

/// Further inputs, after those of the first two groups. They reach the same neurons through synapses that learn alike.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum FurtherKind {
    /// No others.
    #[choice("none", key = "none")]
    None,
    /// Each on its own.
    #[choice("independent")]
    Independent {
        /// How many.
        #[param("Inputs of it", range = 1..=1_000, default = 20)]
        added_num: u32,
        /// Mean rate of each.
        #[param("Its rate", unit = Hz, range = RATE, default = 40.0)]
        added_rate_hz: f64,
    },
    /// They fire together now and then, but not with the first group.
    #[choice("fires together", key = "together")]
    Together {
        /// How many.
        #[param("Inputs of it", range = 1..=1_000, default = 20)]
        added_num: u32,
        /// Mean rate of each.
        #[param("Its rate", unit = Hz, range = RATE, default = 20.0)]
        added_rate_hz: f64,
        /// Correlation of the spike counts of two of them.
        #[param("Its correlation", range = linear(0.0, 1.0, 0.05), default = 0.2)]
        added_correlation: f64,
    },
    /// All of them at once, again and again.
    #[choice("volleys")]
    Volleys {
        /// How many.
        #[param("Inputs of it", range = 1..=1_000, default = 20)]
        added_num: u32,
        /// Time between two volleys.
        #[param("Volley every", unit = Ms, range = log(1.0, 10_000.0, 1.0), default = 100.0)]
        added_period_ms: f64,
    },
    /// A rate that you draw.
    #[choice("rate drawn by hand", key = "rate")]
    Rate {
        /// How many.
        #[param("Inputs of it", range = 1..=1_000, default = 20)]
        added_num: u32,
        /// Up to 16 points, each a time in s, a colon and a rate in Hz; straight between them.
        #[param("Points of the rate", text = rates_rule, default = "0:5 20:60 40:60 60:5")]
        added_rates: String,
    },
    /// Spikes that you write down.
    #[choice("spikes drawn by hand", key = "spikes")]
    Spikes {
        /// How many.
        #[param("Inputs of it", range = 1..=1_000, default = 5)]
        added_num: u32,
        /// Up to 60 spikes, each a number of an input (from 0), @ and a time in ms.
        #[param("Spikes", text = spikes_rule, default = "0@10 1@15 2@20 3@25 4@30")]
        added_spikes: String,
        /// They are repeated after this time. 0: they come once.
        #[param("Again after", unit = Ms, range = linear(0.0, 10_000.0, 1.0), default = 200.0)]
        added_every_ms: f64,
    },
}

/// Pieces of a drawn rate.
const PIECES: u32 = 500;

impl FurtherKind {
    /// How many inputs it adds.
    pub fn num(&self) -> u32 {
        match *self {
            Self::None => 0,
            Self::Independent { added_num, .. }
            | Self::Together { added_num, .. }
            | Self::Volleys { added_num, .. }
            | Self::Rate { added_num, .. }
            | Self::Spikes { added_num, .. } => added_num,
        }
    }

    /// What makes them fire in a run of this length.
    pub fn drive(&self, duration_ms: f64) -> Option<Drive> {
        let counting = Counting::OncePerStep;
        Some(match self {
            Self::None => return None,
            &Self::Independent { added_rate_hz: rate_hz, .. } => {
                Drive::Poisson { rate_hz, counting }
            }
            &Self::Together { added_rate_hz: rate_hz, added_correlation, .. } => {
                match added_correlation > 0.0 {
                    false => Drive::Poisson { rate_hz, counting },
                    true => Drive::CommonSource {
                        recipe: Recipe::SqrtC,
                        rate_hz,
                        correlation: added_correlation,
                        late_ms: 0.0,
                    },
                }
            }
            &Self::Volleys { added_period_ms, .. } => {
                Drive::Periodic { period_ms: added_period_ms }
            }
            Self::Rate { added_rates, .. } => {
                let points = RatePoints::read(added_rates).unwrap_or_default();
                let step_ms = (duration_ms / f64::from(PIECES)).max(1.0);
                let num = (duration_ms / step_ms).ceil() as u32;
                let middle_s = |piece: u32| (f64::from(piece) + 0.5) * step_ms / 1_000.0;
                let stage = |piece| (f64::from(piece) * step_ms, points.at(middle_s(piece)));
                Drive::Stages { stages: (0..num).map(stage).collect() }
            }
            Self::Spikes { added_spikes, added_every_ms, .. } => {
                let points = SpikePoints::read(added_spikes).unwrap_or_default();
                Drive::SpikeTimes { spikes: points.repeated(*added_every_ms, duration_ms) }
            }
        })
    }
}
