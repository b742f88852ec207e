//! Parameters of the network that does what the authors set out to do.

use get_size2::GetSize;

use crate::lab::param::{Choice, FloatRange, Params};

/// Parameters of our network.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct OursParams {
    /// Share of a pattern's inputs that also belong to the other. At 1 both are the same pattern.
    #[param("Overlap", symbol = "o", unit = Share, range = linear(0.0, 1.0, 0.125), default = 0.25,
            main)]
    pub overlap: f64,
    /// How far a spike of one output lowers the potential of the other. 0 switches it off.
    #[param("Lateral inhibition", unit = Mv, range = linear(0.0, 60.0, 1.0), default = 20.0, live,
            main, key = "inhibition")]
    pub inhibition_mv: f64,
    /// An output that fires too often gets a higher threshold, and the sum of each output's weights stays constant.
    #[param("Homeostasis", default = true, main)]
    pub homeostasis: bool,
    /// What happens to the changes that spike times suggest.
    #[param("Reward", main)]
    pub reward: Reward,

    /// One pattern at a time, in random order. Off: both at once, as published; the test still shows one at a time.
    #[group("patterns", "Patterns")]
    #[param("Patterns take turns", default = true)]
    pub alternating: bool,
    /// Inputs of one pattern. There are twice as many inputs in all.
    #[param("Pattern size", symbol = "K", range = 2..=32, default = 8)]
    pub pattern_size: u32,
    /// Rate of the inputs of the pattern that is shown.
    #[param("Rate in a pattern", unit = Hz, range = linear(5.0, 200.0, 5.0), default = 50.0, live)]
    pub rate_hz: f64,
    /// Rate of all other inputs.
    #[param("Background of inputs", unit = Hz, range = BACKGROUND, default = 3.0, live)]
    pub background_hz: f64,
    /// How often noise alone makes an output fire.
    #[param("Background of outputs", unit = Hz, range = BACKGROUND, default = 1.0, live)]
    pub background_out_hz: f64,
    /// Adds an input that never fires, and an output whose threshold is never reached.
    #[param("Silent neurons", default = false)]
    pub silent: bool,
    /// How long a pattern is shown. A pause of 50 ms with background only follows.
    #[param("Presentation", unit = Ms, range = linear(50.0, 1_000.0, 10.0), default = 200.0)]
    pub presentation_ms: f64,
    /// Presentations with learning.
    #[param("Training", range = 20..=2_000, default = 200)]
    pub num_training: u32,
    /// Presentations of each pattern in the test, without learning.
    #[param("Test", range = 5..=200, default = 20)]
    pub num_test: u32,

    /// Change of a weight (0 to 1) by a pair of spikes without a lag.
    #[group("learning", "Learning")]
    #[param("Potentiation", symbol = "A₊", range = log(0.000_1, 0.1, 0.000_1), default = 0.015,
            live)]
    pub a_plus: f64,
    /// Amplitude of depression, divided by that of potentiation.
    #[param("Depression over potentiation", symbol = "A₋/A₊", range = linear(0.0, 2.0, 0.05),
            default = 0.8, live)]
    pub ratio: f64,
    /// Spikes much further apart than this hardly change anything. At 10,000 ms the rule counts spikes, as the published
    /// one does.
    #[param("Time window", symbol = "τ", unit = Ms, range = log(2.0, 10_000.0, 1.0), default = 20.0)]
    pub tau_ms: f64,
    /// How long a suggested change waits for its reward.
    #[param("Memory of the eligibility", symbol = "τ_c", unit = Ms, range = log(20.0, 2_000.0, 10.0),
            default = 200.0, when = self.reward != Reward::None)]
    pub tau_c_ms: f64,
}

/// What becomes of a change that the timing of spikes suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Reward {
    /// No reward: spike times change the weights at once.
    #[choice("None: STDP")]
    None,
    /// Output 1 should answer ▲, and output 2 ■: reward if it does, punishment if the other one does.
    #[choice("On the response")]
    Response,
    /// The same reward whatever the outputs do, as in the published program.
    #[choice("Constant")]
    Constant,
    /// Reward or punishment at random, whatever the outputs do.
    #[choice("By a coin")]
    Coin,
}

const BACKGROUND: FloatRange = FloatRange::linear(0.0, 20.0, 0.5);

impl OursParams {
    /// Inputs that belong to both patterns.
    pub fn num_shared(&self) -> u32 {
        (self.overlap * f64::from(self.pattern_size)).round() as u32
    }
}
