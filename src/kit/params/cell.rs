//! Which neuron, and its constants: one output with many plastic inputs.

use get_size2::GetSize;

use super::ranges::RATE;
use crate::lab::param::{Choice, FloatRange, Params, Problem};
use crate::sim::TimeGrid;
use crate::sim::neuron::SpikeResponse;

/// Which neuron.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum CellKind {
    /// Leaky integrate-and-fire with excitatory and inhibitory conductances (Song, Miller and Abbott).
    #[choice("conductance LIF")]
    Conductance(ConductanceParams),
    /// Fires at a rate that is the weighted sum of its inputs, so that learning has a closed form (Gütig).
    #[choice("linear Poisson")]
    Linear,
    /// A current and a potential that decay in steps of 1 ms (snnTorch's Synaptic).
    #[choice("second order")]
    SecondOrder(AfterSpike),
    /// Every input spike lifts the potential at once; every output spike raises the threshold for a while.
    #[choice("LIF, adaptive threshold")]
    Adaptive(PulseParams, AdaptiveParams),
    /// Every input spike lifts the potential at once; the higher it is, the likelier the neuron fires.
    #[choice("LIF, escape noise")]
    Escape {
        /// The membrane.
        #[nest]
        pulse: PulseParams,
        /// How chance depends on the potential.
        #[param("Escape noise")]
        law: EscapeLaw,
    },
    /// Every input spike adds a potential that rises and falls; an output spike removes them all (Masquelier).
    #[choice("SRM₀")]
    Response(ResponseParams),
}

/// Constants of the conductance neuron. Conductances are in units of the leak.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::rules)]
pub struct ConductanceParams {
    /// Conductance of all plastic synapses together at maximum weight, in units of the leak. One synapse has g_max, the
    /// N-th part.
    #[param("Excitation", symbol = "N g_max", range = log(1.0, 200.0, 0.5), default = 10.0)]
    pub g_total: f64,
    /// How many independent inhibitory inputs. They learn only if "Inhibition learns" is on.
    #[param("Inhibitory inputs", range = 0..=1_000, default = 200)]
    pub num_inhibitory: u32,
    /// Rate of each inhibitory input.
    #[param("Rate of inhibition", unit = Hz, range = RATE, default = 10.0)]
    pub rate_inhibitory_hz: f64,
    /// Conductance that one inhibitory spike adds, in units of the leak.
    #[param("Inhibition", range = linear(0.0, 1.0, 0.01), default = 0.05)]
    pub g_in: f64,
    /// The membrane.
    #[nest]
    pub membrane: MembraneParams,
    /// Inhibitory synapses learn, from the strength above, until the neuron fires at its target rate.
    #[param("Inhibition learns", key = "vogels", default = false)]
    pub is_vogels: bool,
    /// Output rate at which inhibition stops changing.
    #[param("Target rate", symbol = "ρ₀", unit = Hz, range = linear(1.0, 50.0, 0.25), default = 6.25,
            when = self.is_vogels)]
    pub rho_0_hz: f64,
    /// What one pair of spikes adds to an inhibitory weight, in units of the leak.
    #[param("Its learning rate", symbol = "η", range = log(1e-6, 0.1, 1e-6), default = 2e-4,
            when = self.is_vogels)]
    pub eta: f64,
}

/// Constants of a membrane that input spikes lift at once.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct PulseParams {
    /// What all plastic synapses together add at maximum weight. One synapse adds the N-th part.
    #[param("Excitation", symbol = "N J", unit = Mv, range = log(10.0, 2_000.0, 1.0), default = 200.0)]
    pub jump_total_mv: f64,
    /// The membrane.
    #[nest]
    pub membrane: MembraneParams,
}

/// Constants of a membrane in mV.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct MembraneParams {
    /// How fast the potential leaks, without synaptic input.
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = TAU_M, default = 20.0)]
    pub tau_m_ms: f64,
    /// Potential without input. The threshold is −54 mV, the reset potential −60 mV.
    #[param("Resting potential", symbol = "E_L", unit = Mv, range = linear(-90.0, -55.0, 1.0),
            default = -70.0)]
    pub e_l_mv: f64,
    /// What a spike does.
    #[nest]
    pub after: AfterSpike,
}

/// What a spike does to a membrane.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct AfterSpike {
    /// Time after a spike in which the potential stands still and the neuron cannot fire.
    #[param("Refractory time", symbol = "t_ref", unit = Ms, range = T_REF, default = 0.0)]
    pub t_ref_ms: f64,
    /// Where the potential goes after a spike.
    #[param("Reset")]
    pub reset: ResetKind,
}

/// Where a spike leaves the potential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum ResetKind {
    /// To the reset potential. What exceeded the threshold is lost.
    #[choice("hard")]
    Hard,
    /// Down by the distance from threshold to reset. What exceeded the threshold is kept.
    #[choice("soft")]
    Soft,
}

/// Constants of a threshold that rises with every spike.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct AdaptiveParams {
    /// What an output spike adds to the threshold.
    #[param("Threshold step", symbol = "θ₊", unit = Mv, range = linear(0.0, 40.0, 0.5), default = 5.0)]
    pub theta_plus_mv: f64,
    /// Factor by which an output spike multiplies the distance from rest to threshold. 1: not at all.
    #[param("Threshold ratio", range = linear(1.0, 7.0, 0.1), default = 1.0)]
    pub theta_ratio: f64,
    /// Time constant with which the threshold sinks back.
    #[param("Threshold memory", symbol = "τ_θ", unit = Ms, range = log(1.0, 10_000.0, 1.0),
            default = 100.0)]
    pub tau_theta_ms: f64,
}

/// How chance depends on the potential, with the constants of a soft threshold.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum EscapeLaw {
    /// A probability per step, however long the step is: with half the step, twice the rate.
    #[choice("as published")]
    Published {
        /// Probability per step and mV above the threshold.
        #[param("Gain", range = log(1e-4, 1.0, 1e-4), default = 0.1)]
        gain: f64,
    },
    /// A rate in proportion to the potential above the threshold, and 0 below it.
    #[choice("linear")]
    Linear {
        /// Rate in Hz per mV above the threshold.
        #[param("Slope", range = log(0.1, 1_000.0, 0.1), default = 20.0)]
        slope_hz_per_mv: f64,
    },
    /// A rate that grows by the factor e with every Δ; below the threshold it is small, not 0.
    #[choice("exponential")]
    #[default]
    Exponential {
        /// Width of the soft threshold.
        #[param("Softness", symbol = "Δ", unit = Mv, range = log(0.1, 20.0, 0.1), default = 2.0)]
        delta_mv: f64,
        /// Mean time until a spike, at the threshold.
        #[param("Escape time", symbol = "τ", unit = Ms, range = log(0.1, 1_000.0, 0.1), default = 10.0)]
        tau_escape_ms: f64,
    },
}

/// Constants of the spike response neuron, which has no units of its own.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::rules)]
pub struct ResponseParams {
    /// Potential at which it fires. A spike of weight 1 makes a peak of 1.
    #[param("Threshold", symbol = "θ", range = log(1.0, 2_000.0, 1.0), default = 500.0)]
    pub threshold: f64,
    /// How fast a potential falls.
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = TAU_M, default = 10.0)]
    pub tau_m_ms: f64,
    /// How fast a potential rises. It must be below the membrane time constant.
    #[param("Synaptic time constant", symbol = "τ_s", unit = Ms, range = log(0.1, 50.0, 0.1),
            default = 2.5)]
    pub tau_s_ms: f64,
    // The default is that of Hathway and Goodman (2018).
    /// Time after a spike in which the neuron cannot fire. The potential goes on.
    #[param("Refractory time", symbol = "t_ref", unit = Ms, range = T_REF, default = 1.0)]
    pub t_ref_ms: f64,
}

const T_REF: FloatRange = FloatRange::linear(0.0, 50.0, 0.1);
const TAU_M: FloatRange = FloatRange::log(2.0, 100.0, 0.5);
/// The step of neurons with a membrane in continuous time.
const DT_MS: f64 = 0.1;

impl CellKind {
    /// The step: 0.1 ms for membranes, 1 ms for neurons that are defined in steps.
    pub fn grid(&self) -> TimeGrid {
        match self {
            Self::Linear | Self::SecondOrder(_) => TimeGrid::new(1.0),
            _ => TimeGrid::new(DT_MS),
        }
    }
}

impl AfterSpike {
    /// Down by the distance from threshold to reset, instead of to the reset.
    pub fn is_soft(&self) -> bool {
        self.reset == ResetKind::Soft
    }
}

impl ConductanceParams {
    fn rules(&self) -> Vec<Problem> {
        if !self.is_vogels || self.num_inhibitory > 0 {
            return Vec::new();
        }
        vec![Problem {
            keys: vec!["vogels", "num_inhibitory"],
            message:
                "there is no inhibition that could learn. Set num_inhibitory to 1000, or vogels=0."
                    .into(),
        }]
    }
}

impl ResponseParams {
    /// A potential that rises faster than it falls, and is below the threshold again before the neuron may fire.
    fn rules(&self) -> Vec<Problem> {
        let Self { threshold: _, tau_m_ms, tau_s_ms, t_ref_ms } = *self;
        let rule = if tau_s_ms >= tau_m_ms {
            "must be below tau_m_ms, or a potential would not rise and fall"
        } else if SpikeResponse::after_spike(tau_m_ms, tau_s_ms, t_ref_ms + DT_MS) >= 1.0 {
            "is so long that what an output spike leaves is still above the threshold when the refractory time, t_ref_ms, is \
             over: the neuron would fire for ever"
        } else {
            return Vec::new();
        };
        let message = format!(
            "tau_s_ms ({tau_s_ms}) {rule}. Take about a quarter of tau_m_ms ({tau_m_ms}), and a t_ref_ms of 1 or more."
        );
        vec![Problem { keys: vec!["tau_s_ms", "tau_m_ms", "t_ref_ms"], message }]
    }
}
