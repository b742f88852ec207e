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
        /// The current before and after.
        #[param("Before and after", unit = Mv, range = CURRENT, default = 0.0)]
        base_mv: f64,
    },
    /// Two pulses of the same current.
    #[choice("two pulses", key = "pulses")]
    Pulses {
        /// During a pulse, as R I; of Izhikevich's neurons it is his I.
        #[param("Current", symbol = "R I", unit = Mv, range = CURRENT, main, default = 30.0)]
        current_mv: f64,
        /// The current before, between and after.
        #[param("Between them", unit = Mv, range = CURRENT, default = 0.0)]
        base_mv: f64,
        /// How long a pulse is.
        #[param("Length of a pulse", unit = Ms, range = LENGTH, default = 5.0)]
        pulse_ms: f64,
        /// When the first begins.
        #[param("First at", unit = Ms, range = TIME, default = 100.0)]
        first_ms: f64,
        /// From the beginning of the first to that of the second.
        #[param("Second after", unit = Ms, range = LENGTH, default = 20.0)]
        gap_ms: f64,
    },
    /// Two pairs of pulses, with two distances.
    #[choice("two pairs of pulses", key = "pairs")]
    Pairs {
        /// During a pulse, as R I; of Izhikevich's neurons it is his I.
        #[param("Current", symbol = "R I", unit = Mv, range = CURRENT, main, default = 30.0)]
        current_mv: f64,
        /// How long a pulse is.
        #[param("Length of a pulse", unit = Ms, range = LENGTH, default = 5.0)]
        pulse_ms: f64,
        /// When the first pair begins.
        #[param("First pair at", unit = Ms, range = TIME, default = 100.0)]
        first_ms: f64,
        /// From the beginning of its first pulse to that of its second.
        #[param("Distance in it", unit = Ms, range = LENGTH, default = 20.0)]
        gap_ms: f64,
        /// When the second pair begins.
        #[param("Second pair at", unit = Ms, range = TIME, default = 300.0)]
        again_ms: f64,
        /// From the beginning of its first pulse to that of its second.
        #[param("Distance in the second", unit = Ms, range = LENGTH, default = 40.0)]
        again_gap_ms: f64,
    },
    /// A pulse alone, and the same pulse after one of another current.
    #[choice("a pulse, and one after another", key = "primed")]
    Primed {
        /// During a pulse, as R I; of Izhikevich's neurons it is his I.
        #[param("Current", symbol = "R I", unit = Mv, range = CURRENT, main, default = 30.0)]
        current_mv: f64,
        /// How long each pulse is.
        #[param("Length of a pulse", unit = Ms, range = LENGTH, default = 5.0)]
        pulse_ms: f64,
        /// When the pulse comes alone.
        #[param("Alone at", unit = Ms, range = TIME, default = 100.0)]
        first_ms: f64,
        /// When it comes after another.
        #[param("Again at", unit = Ms, range = TIME, default = 300.0)]
        again_ms: f64,
        /// The current of the other pulse.
        #[param("Other pulse", unit = Mv, range = CURRENT, default = -30.0)]
        other_mv: f64,
        /// How much earlier it begins.
        #[param("It comes earlier by", unit = Ms, range = FloatRange::linear(0.1, 100.0, 0.1), default = 10.0)]
        lead_ms: f64,
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
    /// Grows steadily, from some moment on.
    #[choice("ramp")]
    Ramp {
        /// By how much it grows in a second, as R I; of Izhikevich's neurons it is his I.
        #[param("Growth in a second", symbol = "R I", unit = Mv, range = CURRENT, main, default = 30.0)]
        slope_mv_per_s: f64,
        /// The current until it grows.
        #[param("Begins with", unit = Mv, range = CURRENT, default = 0.0)]
        base_mv: f64,
        /// When it begins to grow.
        #[param("Grows from", unit = Ms, range = TIME, default = 0.0)]
        from_ms: f64,
    },
    /// A slow ramp, and later a steep one.
    #[choice("two ramps", key = "ramps")]
    Ramps {
        /// By how much the first would grow in a second, as R I; of Izhikevich's neurons it is his I.
        #[param("Growth in a second", symbol = "R I", unit = Mv, range = SLOPE, main, default = 100.0)]
        slope_mv_per_s: f64,
        /// How long it grows; then it is off.
        #[param("Grows for", unit = Ms, range = LENGTH, default = 200.0)]
        slow_ms: f64,
        /// When the second begins.
        #[param("Second at", unit = Ms, range = TIME, default = 300.0)]
        again_ms: f64,
        /// By how much the second would grow in a second.
        #[param("Its growth", unit = Mv, range = SLOPE, default = 1_000.0)]
        steep_mv_per_s: f64,
        /// How long it grows; then it is off.
        #[param("Second grows for", unit = Ms, range = LENGTH, default = 20.0)]
        steep_ms: f64,
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

    /// Drawn anew in every step, and the same for all neurons.
    #[choice("noise that all share", key = "common_noise")]
    CommonNoise {
        /// Its mean, as R I; of Izhikevich's neurons it is his I.
        #[param("Mean", symbol = "R I", unit = Mv, range = NOISY, main, default = 15.0)]
        current_mv: f64,
        /// Its standard deviation. In steps half as long it moves a neuron less.
        #[param("Fluctuations", symbol = "σ", unit = Mv, range = FloatRange::linear(0.0, 2_000.0, 1.0),
                default = 100.0)]
        sd_mv: f64,
    },
}

const CURRENT: FloatRange = FloatRange::linear(-100.0, 200.0, 0.1);
const NOISY: FloatRange = FloatRange::linear(-100.0, 3_000.0, 1.0);
const SLOPE: FloatRange = FloatRange::linear(-2_000.0, 2_000.0, 1.0);
const LENGTH: FloatRange = FloatRange::log(0.1, 1_000.0, 0.1);
const TIME: FloatRange = FloatRange::linear(0.0, 10_000.0, 1.0);

impl CurrentKind {
    /// What lasts of it: a constant one or a step, the mean of one that changes, what is there between pulses, else 0.
    pub fn lasting_mv(&self) -> f64 {
        match *self {
            Self::Constant { current_mv }
            | Self::Step { current_mv, .. }
            | Self::Sine { current_mv, .. }
            | Self::Noise { current_mv, .. }
            | Self::CommonNoise { current_mv, .. } => current_mv,
            Self::Pulses { base_mv, .. } | Self::Ramp { base_mv, .. } => base_mv,
            Self::None
            | Self::Staircase { .. }
            | Self::Pairs { .. }
            | Self::Primed { .. }
            | Self::Ramps { .. } => 0.0,
        }
    }

    /// There is one.
    pub fn flows(&self) -> bool {
        !matches!(self, Self::None)
    }
}
