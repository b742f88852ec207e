//! What can be changed. Keys and defaults are part of the link contract.

use get_size2::GetSize;

use crate::lab::param::{Choice, FloatRange, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct XorReward {
    /// How the inputs tell a 0 from a 1.
    #[group("task", "Task")]
    #[param("Coding", main, split)]
    pub coding: Coding,
    /// MSTDP: reward acts on this time step only. MSTDPET: also on recent pairs.
    #[param("Rule", main)]
    pub rule: Rule,
    /// How far one rewarded spike pair moves a weight.
    #[param("Learning rate", symbol = "γ", unit = Mv, range = linear(0.0, 2.0, 0.005), live, main,
            by_choice(coding, rule) = self.published_gamma_mv())]
    pub gamma_mv: f64,
    /// What an output spike is rewarded for.
    #[param("Reward", main)]
    pub reward: Reward,
    /// Each epoch shows the four patterns once, in random order.
    #[param("Epochs", range = 1..=1_000, default = 200)]
    pub epochs: u32,
    /// Epochs after learning in which the weights stay fixed, to see whether XOR still works.
    #[param("Then frozen for", range = 0..=200, default = 0)]
    pub test_epochs: u32,
    /// How long each pattern is shown.
    #[param("Presentation", unit = Ms, range = 100..=2_000, default = 500)]
    #[variant_of(coding)]
    pub presentation_ms: u32,

    /// Change by an input spike before an output spike.
    #[group("learning", "Learning")]
    #[param("Before", symbol = "A₊", range = AMPLITUDE, default = 1.0)]
    pub a_plus: f64,
    /// Change by an input spike after an output spike.
    #[param("After", symbol = "A₋", range = AMPLITUDE, default = -1.0)]
    pub a_minus: f64,
    /// Time constant for input before output.
    #[param("Window before", symbol = "τ₊", unit = Ms, range = WINDOW, default = 20.0)]
    pub tau_plus_ms: f64,
    /// Time constant for input after output.
    #[param("Window after", symbol = "τ₋", unit = Ms, range = WINDOW, default = 20.0)]
    pub tau_minus_ms: f64,
    /// How long a spike pair waits for a reward.
    #[param("Eligibility trace", symbol = "τ_z", unit = Ms, range = log(1.0, 1_000.0, 0.5),
            default = 25.0, when = self.has_trace())]
    pub tau_z_ms: f64,

    /// Between inputs and output, all connected to all.
    #[group("network", "Network")]
    #[param("Hidden neurons", range = 1..=200,
            by_choice(coding, rule) = if self.is_rate() { 60 } else { 20 })]
    pub num_hidden: u32,
    /// Maximum weight from inputs; weights start anywhere below. With spike times they may be as negative; with rates
    /// half of the inputs are inhibitory.
    #[param("Weight from inputs", unit = Mv, range = WEIGHT,
            by_choice(coding, rule) = self.published_w_max_mv())]
    pub w_in_max_mv: f64,
    /// Maximum weight from hidden neurons, which excite; weights start anywhere below.
    #[param("Weight to output", unit = Mv, range = WEIGHT,
            by_choice(coding, rule) = self.published_w_max_mv())]
    pub w_out_max_mv: f64,
    /// Rest and reset are −70 mV, the threshold −54 mV.
    #[param("Membrane time constant", symbol = "τ", unit = Ms, range = log(2.0, 100.0, 0.5),
            default = 20.0)]
    pub tau_m_ms: f64,
}

/// How inputs stand for 0 and 1.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Coding {
    /// 30 inputs for each bit, half of them inhibitory: silent for 0, firing for 1.
    #[choice("rate (60–60–1)")]
    Rate {
        /// Rate of every input of a bit that is 1.
        #[param("Input rate", unit = Hz, range = linear(1.0, 200.0, 1.0), default = 40.0)]
        rate_hz: f64,
    },
    /// One input for each bit, which fires one of two fixed spike trains.
    #[choice("spike times (2–20–1)")]
    Temporal {
        /// Number of spikes, at random steps of 1 ms.
        #[param("Spikes of a train", range = 1..=100, default = 50)]
        num_spikes: u32,
    },
}

/// How far a reward reaches back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Rule {
    /// Reward acts only on spike pairs that end in the rewarded step.
    #[choice("MSTDP")]
    Mstdp,
    /// An eligibility trace keeps recent spike pairs for rewards to come.
    #[choice("MSTDPET")]
    #[default]
    Mstdpet,
}

/// What the reward depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Reward {
    /// Every output spike earns +1 where the two bits differ, and −1 where they do not.
    #[choice("XOR")]
    Xor,
    /// As many patterns are rewarded and punished, but which ones is drawn anew in every epoch.
    #[choice("yoked")]
    Yoked,
    /// No reward, so nothing changes.
    #[choice("none", key = "none")]
    Off,
}

const WINDOW: FloatRange = FloatRange::log(1.0, 200.0, 0.5);
const WEIGHT: FloatRange = FloatRange::linear(0.5, 30.0, 0.5);
const AMPLITUDE: FloatRange = FloatRange::linear(-2.0, 2.0, 0.05);

impl XorReward {
    /// The rule is the one with an eligibility trace.
    pub fn has_trace(&self) -> bool {
        self.rule == Rule::Mstdpet
    }

    /// Inputs stand for 0 and 1 by their rates.
    pub fn is_rate(&self) -> bool {
        matches!(self.coding, Coding::Rate { .. })
    }

    fn published_gamma_mv(&self) -> f64 {
        match (self.is_rate(), self.rule) {
            (true, Rule::Mstdp) => 0.1,
            (true, Rule::Mstdpet) => 0.625,
            (false, Rule::Mstdp) => 0.01,
            (false, Rule::Mstdpet) => 0.25,
        }
    }

    fn published_w_max_mv(&self) -> f64 {
        if self.is_rate() { 5.0 } else { 10.0 }
    }
}
