//! What acts on all plastic weights besides learning, with its builder and its description.

use get_size2::GetSize;

use crate::lab::param::{Choice, FloatRange};
use crate::net;
use crate::sim::TimeGrid;
use crate::sim::plasticity::{Homeostasis, Normalisation, SynapticScaling, SynapticScalingParams};

/// Which homeostasis, with its constants. Weights lie in [0, 1].
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum HomeostasisKind {
    /// Only the learning rule changes weights.
    #[choice("none")]
    None,
    /// Multiplies all weights by one factor: down if the output rate is above its target, up if it is below.
    #[choice("synaptic scaling")]
    Scaling {
        /// Output rate that scaling aims at.
        #[param("Target rate", symbol = "ρ", unit = Hz, range = log(0.5, 100.0, 0.5), default = 10.0)]
        target_rate_hz: f64,
        /// Time constant with which the output rate is estimated.
        #[param("Memory of the rate", symbol = "τ_a", unit = S, range = SECONDS, default = 10.0)]
        tau_rate_s: f64,
        /// Time in which a silent neuron's weights grow by the factor e.
        #[param("Time of scaling", symbol = "τ_w", unit = S, range = SECONDS, default = 100.0)]
        tau_scaling_s: f64,
    },
    /// Keeps the sum of the weights fixed: what one synapse gains, the others lose.
    #[choice("normalisation")]
    Normalisation {
        /// Mean to which the weights are scaled.
        #[param("Mean weight", range = linear(0.01, 1.0, 0.01), default = 0.3)]
        mean_weight: f64,
    },
}

const SECONDS: FloatRange = FloatRange::log(0.1, 1_000.0, 0.1);
/// Weights are scaled so often.
const SCALING_INTERVAL_MS: f64 = 100.0;

impl HomeostasisKind {
    /// The same as plain data.
    pub fn describe(&self, num_inputs: u32) -> Option<net::Homeostasis> {
        let every_ms = SCALING_INTERVAL_MS;
        Some(match *self {
            Self::None => return None,
            Self::Scaling { target_rate_hz, tau_rate_s, tau_scaling_s } => {
                let [tau_rate_ms, tau_scaling_ms] =
                    [tau_rate_s, tau_scaling_s].map(|s| 1_000.0 * s);
                net::Homeostasis::Scaling { target_rate_hz, tau_rate_ms, tau_scaling_ms, every_ms }
            }
            Self::Normalisation { mean_weight } => {
                let total = mean_weight * f64::from(num_inputs);
                net::Homeostasis::NormaliseEvery { total, every_ms }
            }
        })
    }

    /// Of one neuron with so many plastic inputs.
    pub fn build(&self, num_inputs: u32, grid: TimeGrid) -> Homeostasis {
        match *self {
            Self::None => Homeostasis::None,
            Self::Scaling { target_rate_hz, tau_rate_s, tau_scaling_s } => {
                let params = SynapticScalingParams {
                    target_rate_hz,
                    tau_rate_ms: 1_000.0 * tau_rate_s,
                    tau_scaling_ms: 1_000.0 * tau_scaling_s,
                    interval_ms: SCALING_INTERVAL_MS,
                    w_max: 1.0,
                };
                Homeostasis::Scaling(SynapticScaling::new(1, &params, grid))
            }
            Self::Normalisation { mean_weight } => {
                let total = mean_weight * f64::from(num_inputs);
                Homeostasis::Normalisation(Normalisation::new(
                    1,
                    total,
                    1.0,
                    SCALING_INTERVAL_MS,
                    grid,
                ))
            }
        }
    }
}
