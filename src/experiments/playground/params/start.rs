//! Where weights begin.

use get_size2::GetSize;

use crate::lab::param::{Choice, FloatRange};
use crate::net::Draw;

/// Where weights begin, as shares of the greatest.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum StartKind {
    /// Each equally likely between two ends.
    #[choice("uniform")]
    Uniform {
        /// Lower end of the uniform distribution of initial weights.
        #[param("Initial weights from", range = WEIGHT, default = 0.2)]
        w_init_min: f64,
        /// Upper end of the uniform distribution of initial weights.
        #[param("Initial weights to", range = WEIGHT, default = 0.8)]
        w_init_max: f64,
    },
    /// Normal; what falls outside 0 to 1 is moved to that end.
    #[choice("normal")]
    Normal {
        /// The mean.
        #[param("Mean of the initial weights", range = WEIGHT, default = 0.5)]
        w_init_mean: f64,
        /// The standard deviation.
        #[param("Their standard deviation", range = WEIGHT, default = 0.1)]
        w_init_sd: f64,
    },
    /// Uniform from 0 to 1, over the number of inputs of a neuron.
    #[choice("uniform over N", key = "over_n")]
    OverN,
    /// Uniform, then scaled so that every neuron has the same sum.
    #[choice("each neuron the same sum", key = "normalised")]
    Normalised {
        /// The mean over a neuron's synapses after that. What ends above 1 is cut off.
        #[param("Mean of the initial weights", range = WEIGHT, default = 0.5)]
        w_init_mean: f64,
    },
    /// The slower an input, the larger: at first all contribute alike, up to weights of 1.
    #[choice("by the inverse rate", key = "inverse_rate")]
    InverseRate {
        /// Weight of an input that fires at the mean rate of all.
        #[param("Initial weight at the mean rate", range = WEIGHT, default = 0.3)]
        w_init_mean: f64,
    },
}

const WEIGHT: FloatRange = FloatRange::linear(0.0, 1.0, 0.01);

impl StartKind {
    /// The same as plain data, for so many inputs, of which each has a mean rate, and neurons with so many of them each.
    pub fn draw(&self, num: u32, num_of_each: f64, rate_hz: impl Fn(u32) -> f64) -> Draw {
        match *self {
            Self::Uniform { w_init_min: low, w_init_max: high } if low == high => {
                Draw::Fixed { value: low }
            }
            Self::Uniform { w_init_min: low, w_init_max: high } => Draw::Uniform { low, high },
            Self::Normal { w_init_mean: mean, w_init_sd: sd } => {
                Draw::Normal { mean, sd, low: Some(0.0), high: Some(1.0) }
            }
            Self::OverN => Draw::Uniform { low: 0.0, high: 1.0 / num_of_each.max(1.0) },
            Self::Normalised { w_init_mean: mean } => Draw::Scaled { low: 0.0, high: 1.0, mean },
            Self::InverseRate { w_init_mean } => {
                let rates: Vec<f64> = (0..num).map(rate_hz).collect();
                let mean_hz = rates.iter().sum::<f64>() / rates.len() as f64;
                let own = |rate_hz: f64| (w_init_mean * mean_hz / rate_hz.max(1e-9)).min(1.0);
                Draw::BySender { values: rates.into_iter().map(own).collect() }
            }
        }
    }
}
