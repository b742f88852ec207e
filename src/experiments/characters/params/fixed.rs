//! Parameters of our model.

use get_size2::GetSize;

use super::shared::{ETA, WINDOW};
use crate::lab::param::{Params, Problem};

/// Parameters of our model.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::problems)]
pub struct FixedParams {
    /// How many times every letter is shown in training.
    #[param("Epochs", range = 1..=500, default = 40, main)]
    pub epochs: u32,

    /// Every spike of an output raises its threshold, and time lowers it, so that the others get a turn. Off: one
    /// neuron wins letter after letter.
    #[group("mends", "What makes it work")]
    #[param("Homeostasis", default = true, main)]
    pub homeostasis: bool,
    /// The input weights of a neuron keep their sum: a synapse grows at the cost of the others.
    #[param("Normalisation", default = true)]
    pub normalise: bool,
    /// Each pixel has a second input, which fires when the first is silent, so that a blank pixel counts as evidence.
    /// This tells a letter from another one that contains it.
    #[param("Complement coding", default = true)]
    pub complement: bool,
    /// The first output to reach its threshold inhibits the others (lateral inhibition). Off: several outputs may learn
    /// the same letter.
    #[param("Winner-take-all", default = true)]
    pub competition: bool,

    /// Share of the way to its maximum that a full pairing moves a weight.
    #[group("learning", "Learning")]
    #[param("Learning rate", symbol = "η", range = ETA, default = 0.02, live)]
    pub eta: f64,
    /// Strength of depression relative to potentiation.
    #[param("Depression", symbol = "A₋/A₊", range = linear(0.0, 3.0, 0.05), default = 0.5)]
    pub depression: f64,
    /// An input that fired this long before the output still counts 37 %.
    #[param("Window of potentiation", symbol = "τ₊", unit = Ms, range = WINDOW, default = 20.0)]
    pub tau_plus_ms: f64,
    /// An input that fires this long after the output is still weakened by 37 % of the maximum.
    #[param("Window of depression", symbol = "τ₋", unit = Ms, range = WINDOW, default = 20.0)]
    pub tau_minus_ms: f64,
    /// What one spike adds to an output's threshold.
    #[param("Threshold step", symbol = "θ₊", unit = Mv, range = log(0.001, 5.0, 0.001),
            default = 0.16, live, when = self.homeostasis)]
    pub theta_plus_mv: f64,

    /// How long an output remembers its input (37 % is left after this time).
    #[group("neurons", "Neurons")]
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = log(6.0, 100.0, 0.1),
            default = 20.0)]
    pub tau_m_ms: f64,
    /// Potential at which an output fires at first; homeostasis moves it. A volley (one spike of each active input)
    /// gives 20 mV if all weights match.
    #[param("Threshold", symbol = "V_th", unit = Mv, range = linear(2.0, 19.0, 0.1), default = 10.0)]
    pub v_th_mv: f64,
    /// What the winner takes from every other output's potential.
    #[param("Lateral inhibition", unit = Mv, range = linear(0.0, 60.0, 0.5), default = 20.0)]
    pub inhibition_mv: f64,

    /// How long a letter is shown; 300 ms give three volleys.
    #[group("input", "Input")]
    #[param("Presentation", unit = Ms, range = linear(100.0, 1_000.0, 10.0), default = 300.0)]
    pub presentation_ms: f64,
    /// Inputs start each presentation at a random potential up to this value, so that they no longer fire together.
    /// Their threshold is 20 mV.
    #[param("Input jitter", unit = Mv, range = linear(0.0, 15.0, 0.1), default = 0.0)]
    pub input_jitter_mv: f64,
    /// A new order of the letters in every epoch.
    #[param("Random order", default = true)]
    pub random_order: bool,
}

impl FixedParams {
    fn problems(&self) -> Vec<Problem> {
        let Self { theta_plus_mv, v_th_mv, .. } = *self;
        let step = Problem::when(theta_plus_mv > v_th_mv, &["theta_plus_mv", "v_th_mv"], || {
            format!(
                "a spike raises the threshold by {theta_plus_mv} mV, more than the threshold itself ({v_th_mv} mV). \
                 Use a smaller theta_plus_mv."
            )
        });
        step.into_iter().collect()
    }
}
