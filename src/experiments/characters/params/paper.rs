//! Parameters of the paper's model.

use get_size2::GetSize;

use super::shared::{Amplitudes, InitialWeights, WINDOW};
use crate::lab::param::Params;

/// Parameters of the paper's model.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct PaperParams {
    /// How many times every letter is shown in training.
    #[param("Epochs", range = 1..=500, default = 100, main)]
    pub epochs: u32,

    /// 1 ms in the paper. Volleys are 89 ms apart, so an output can only pair with inputs of the same volley.
    #[group("learning", "Learning")]
    #[param("Window of potentiation", symbol = "τ₊", unit = Ms, range = WINDOW, default = 1.0)]
    pub tau_plus_ms: f64,
    /// 1 ms in the paper, with which no weight was ever lowered here.
    #[param("Window of depression", symbol = "τ₋", unit = Ms, range = WINDOW, default = 1.0)]
    pub tau_minus_ms: f64,
    #[nest]
    pub amplitudes: Amplitudes,
    /// The inhibitory weights between outputs, in [−1, 0], learn by the same rule.
    #[param("Plastic inhibition", default = true)]
    pub plastic_inhibition: bool,
    #[nest]
    pub initial: InitialWeights,

    /// Of the outputs' somas.
    #[group("neurons", "Neurons")]
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = log(6.0, 100.0, 0.1),
            default = 30.0)]
    pub tau_m_ms: f64,
    /// Steady potential that an active pixel's current would give its input; the threshold is 10 mV. 10.04 mV gives
    /// three spikes in 300 ms.
    #[param("Input drive", symbol = "R I", unit = Mv, range = linear(10.001, 20.0, 0.001),
            default = 10.04)]
    pub input_drive_mv: f64,
    /// Size of an input spike. 1 is the impulse of the equations: then every output fires at every volley. Ours.
    #[param("Input gain", range = log(0.02, 2.0, 0.01), default = 0.2)]
    pub input_gain: f64,
    /// Strength of the inhibition between outputs. 1 is face value: then every output fires at every volley. Ours.
    #[param("Inhibition gain", range = log(0.1, 100.0, 0.1), default = 15.0)]
    pub inhibition_gain: f64,
    /// A new order of the letters in every epoch.
    #[param("Random order", default = false)]
    pub random_order: bool,
}
