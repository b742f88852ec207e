//! Currents. They are given as R I, in mV: what they would move a leaky membrane by, if they lasted. Of Izhikevich's neurons
//! it is his I.

use get_size2::GetSize;

use crate::lab::param::{Choice, FloatRange};

/// How a current goes on.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum CurrentKind {
    /// No current.
    #[choice("none", key = "none")]
    None,
    /// The same all the time.
    #[choice("constant")]
    Constant {
        /// As R I; of Izhikevich's neurons it is his I.
        #[param("Current", symbol = "R I", unit = Mv, range = CURRENT, main, default = 30.0)]
        current_mv: f64,
    },
    /// Switched on, and off again.
    #[choice("step")]
    Step {
        /// As R I; of Izhikevich's neurons it is his I.
        #[param("Current", symbol = "R I", unit = Mv, range = CURRENT, main, default = 30.0)]
        current_mv: f64,
        /// When it is switched on.
        #[param("On at", unit = Ms, range = TIME, default = 100.0)]
        on_ms: f64,
        /// When it is switched off.
        #[param("Off at", unit = Ms, range = TIME, default = 900.0)]
        off_ms: f64,
    },
    /// Step upon step.
    #[choice("staircase")]
    Staircase {
        /// What each step adds, as R I; of Izhikevich's neurons it is his I.
        #[param("Each step adds", symbol = "R I", unit = Mv, range = CURRENT, main, default = 5.0)]
        stair_mv: f64,
        /// How long each holds.
        #[param("Each holds for", unit = Ms, range = FloatRange::log(1.0, 10_000.0, 1.0), default = 200.0)]
        hold_ms: f64,
    },
    /// Grows steadily.
    #[choice("ramp")]
    Ramp {
        /// By how much it grows in a second, as R I; of Izhikevich's neurons it is his I.
        #[param("Growth in a second", symbol = "R I", unit = Mv, range = CURRENT, main, default = 30.0)]
        slope_mv_per_s: f64,
    },
    /// Follows a sine.
    #[choice("sine")]
    Sine {
        /// Its mean, as R I; of Izhikevich's neurons it is his I.
        #[param("Mean", symbol = "R I", unit = Mv, range = CURRENT, main, default = 15.0)]
        current_mv: f64,
        /// How far it goes from there.
        #[param("Amplitude", unit = Mv, range = FloatRange::linear(0.0, 100.0, 0.5), default = 10.0)]
        amplitude_mv: f64,
        /// How often.
        #[param("Frequency", unit = Hz, range = FloatRange::log(0.1, 200.0, 0.1), default = 5.0)]
        frequency_hz: f64,
    },
    /// Wanders around its mean (Ornstein–Uhlenbeck), for every neuron on its own.
    #[choice("noise")]
    Noise {
        /// Its mean, as R I; of Izhikevich's neurons it is his I.
        #[param("Mean", symbol = "R I", unit = Mv, range = CURRENT, main, default = 15.0)]
        current_mv: f64,
        /// Its standard deviation.
        #[param("Fluctuations", symbol = "σ", unit = Mv, range = FloatRange::linear(0.0, 100.0, 0.5),
                default = 10.0)]
        sd_mv: f64,
        /// How long it remembers itself.
        #[param("Correlation time", symbol = "τ_c", unit = Ms, range = FloatRange::log(1.0, 1_000.0, 0.5),
                default = 5.0)]
        tau_c_ms: f64,
    },
}

const CURRENT: FloatRange = FloatRange::linear(-100.0, 200.0, 0.1);
const TIME: FloatRange = FloatRange::linear(0.0, 10_000.0, 1.0);

impl CurrentKind {
    /// What lasts of it: a constant one or a step, the mean of one that changes, else 0.
    pub fn lasting_mv(&self) -> f64 {
        match *self {
            Self::Constant { current_mv }
            | Self::Step { current_mv, .. }
            | Self::Sine { current_mv, .. }
            | Self::Noise { current_mv, .. } => current_mv,
            Self::None | Self::Staircase { .. } | Self::Ramp { .. } => 0.0,
        }
    }

    /// There is one.
    pub fn flows(&self) -> bool {
        !matches!(self, Self::None)
    }
}
