//! Parameters of the published program.

use get_size2::GetSize;

use super::shared::{Amplitudes, InitialWeights};
use crate::lab::param::{FloatRange, Params};

/// Parameters of the published program.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct CodedParams {
    /// Intervals of 100 ms, one letter each: 100 are the 25 epochs of four letters, 550 the 55 s of the alphabet.
    #[param("Training intervals", range = 1..=20_000, default = 100, main)]
    pub intervals: u32,

    /// The program divides seconds by τ = 1, so that spike times have practically no effect. Off: τ is 1 ms.
    #[group("quirks", "Quirks of the program")]
    #[param("Window in seconds", default = true)]
    pub window_in_seconds: bool,
    /// Pixels without a spike are depressed as if they had spiked 1 ms after the winner.
    #[param("Pairs for silent pixels", default = true)]
    pub pair_silent_pixels: bool,
    /// At the test the dendrites' gain is computed with 0.03 instead of 30 ms, and comes out 4 to 18 times too small.
    #[param("Unit slip at the test", default = true)]
    pub test_gain_slip: bool,
    /// A new order of the letters in every epoch.
    #[param("Random order", default = false)]
    pub random_order: bool,

    /// The program's posReinf, a fixed number: it has no reward.
    #[group("learning", "Learning")]
    #[param("Gain on potentiation", range = GAIN, default = 1.0, live)]
    pub gain_plus: f64,
    /// The program's negReinf, a fixed number.
    #[param("Gain on depression", range = GAIN, default = 2.0, live)]
    pub gain_minus: f64,
    #[nest(default = Amplitudes { eta: 0.2, ..Amplitudes::default() })]
    pub amplitudes: Amplitudes,
    #[nest]
    pub initial: InitialWeights,
}

const GAIN: FloatRange = FloatRange::linear(0.0, 10.0, 0.01);
