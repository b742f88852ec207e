//! Parameters of our network when it learns from reward.

use get_size2::GetSize;

use super::fixed::FixedParams;
use crate::lab::param::{Choice, FloatRange, Params};

/// Parameters of the reward mode.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct RewardParams {
    /// Output 1 is to learn the first letter, output 2 the second, and so on. This says which verdicts the network
    /// hears.
    #[group("verdicts", "Reward")]
    #[param("Reward", main)]
    pub feedback: Feedback,
    /// From the end of a presentation to its verdict. The next letter is on show meanwhile; its first volley comes
    /// after 90 ms.
    #[param("Delay of the reward", unit = Ms, range = linear(0.0, 1_000.0, 5.0), default = 50.0)]
    pub reward_delay_ms: f64,
    /// How long a synapse remembers what STDP would change (its eligibility): after this time 37 % is left.
    #[param("Memory of a synapse", symbol = "τ_e", unit = Ms, range = log(10.0, 5_000.0, 5.0),
            default = 200.0)]
    pub tau_e_ms: f64,
    /// The verdict when the letter's own neuron won. Each weight changes by the verdict times its eligibility.
    #[param("Size of a reward", symbol = "R₊", range = SIZE, default = 0.6)]
    pub reward: f64,
    /// The verdict, taken negative, when another neuron won, or two won equally.
    #[param("Size of a punishment", symbol = "R₋", range = SIZE, default = 0.3)]
    pub punishment: f64,
    /// The verdict, taken negative, when no neuron fired. Hardly any synapse is eligible then.
    #[param("Punishment of silence", symbol = "R₀", range = SIZE, default = 0.0)]
    pub silence: f64,
    /// The mean of about the last 20 verdicts is subtracted, so that only surprise counts.
    #[param("Baseline", default = false)]
    pub baseline: bool,
    /// In each training presentation every output gets a random current with this standard deviation, so that others
    /// may win too.
    #[param("Exploration", symbol = "σ", unit = Mv, range = linear(0.0, 5.0, 0.05), default = 0.0)]
    pub noise_mv: f64,
    // The mended network, in which the reward matters more than homeostasis here.
    #[nest(behind("homeostasis"))]
    pub net: FixedParams,
}

/// Who gets which verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Feedback {
    /// Reward where a letter's own neuron won, punishment where another did.
    #[choice("for the right winner")]
    Contingent,
    /// As many rewards and punishments, shuffled: those that a rewarded twin on the same seed earned in the epoch
    /// before.
    #[choice("yoked")]
    Yoked,
    /// No verdict ever comes.
    #[choice("none", key = "none")]
    Nothing,
}

const SIZE: FloatRange = FloatRange::linear(0.0, 4.0, 0.05);
