//! Trains of spikes that come in, and the synapses through which they do.

use get_size2::GetSize;

use super::further::FurtherKind;
use super::start::StartKind;
use crate::kit::params::{Generator, HomeostasisKind, LearningParams, RATE};
use crate::lab::param::{Choice, FloatRange, Params};

/// Inputs and their synapses.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct SpikeParams {
    /// How many excitatory inputs.
    #[param("Inputs", symbol = "N", range = 0..=2_000, default = 100)]
    pub num_inputs: u32,
    /// Mean rate of each input.
    #[param("Input rate", symbol = "r", unit = Hz, range = RATE, default = 20.0,
            when = self.num_inhibitory > 0 || self.num_inputs > 0 && !self.generator.is_periodic())]
    pub rate_hz: f64,
    /// How spikes are made.
    #[nest(behind("recipe"), when = self.num_inputs > 0)]
    pub generator: Generator,
    /// Correlation of the spike counts of two inputs of the group.
    #[param("Correlation", symbol = "c", range = SHARE, main, default = 0.2, when = self.generator.is_of_groups() && self.num_inputs > 0)]
    pub correlation: f64,
    /// Share of the inputs in the group, or in the pattern: the first ones.
    #[param("Share in the group", range = SHARE, default = 0.5,
            when = !self.generator.is_of_one() && self.num_inputs > 0)]
    pub correlated_share: f64,
    /// Further inputs, of a third group.
    #[param("Another group")]
    pub added: FurtherKind,
    /// Further inputs that inhibit, at the same rate. They are independent and do not learn.
    #[param("Inhibitory inputs", range = 0..=1_000, default = 0)]
    pub num_inhibitory: u32,
    /// Strength of an inhibitory synapse, as a multiple of an excitatory one at maximum weight.
    #[param("Inhibition over excitation", symbol = "g", range = linear(0.0, 10.0, 0.1), default = 1.0,
            when = self.num_inhibitory > 0)]
    pub g: f64,

    /// Who is connected to whom.
    #[group("connections", "Wiring and weights")]
    #[param("Wiring")]
    pub wiring: WiringKind,
    /// How long a spike is under way. 0: one step.
    #[param("Delay", symbol = "d", unit = Ms, range = linear(0.0, 50.0, 0.1), default = 0.0)]
    pub delay_ms: f64,
    /// Delays are drawn uniformly, from the delay to so much more.
    #[param("Spread of delays", unit = Ms, range = linear(0.0, 50.0, 0.1), default = 0.0)]
    pub delay_spread_ms: f64,
    /// Where weights begin.
    #[param("Initial weights")]
    pub w_init: StartKind,
    /// What spikes do to those after them, whatever the neuron does.
    #[param("Short-term plasticity")]
    pub short_term: ShortTermKind,
    /// The learning rule.
    #[nest(behind("ratio", "mu", "a_minus", "noise", "points", "on_input", "on_output"))]
    pub learning: LearningParams,
    /// What holds the output rate or the sum of the weights, besides the learning rule.
    #[param("Homeostasis")]
    pub homeostasis: HomeostasisKind,
}

/// What a spike does.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum SynapseKind {
    /// It lifts the potential at once.
    #[choice("lifts the potential", key = "jump")]
    Jump {
        /// What all synapses together add at maximum weight. One adds the N-th part.
        #[param("Excitation", symbol = "N J", unit = Mv, range = log(1.0, 2_000.0, 1.0), default = 100.0)]
        jump_total_mv: f64,
    },
    /// It brings a current that decays.
    #[choice("current")]
    Current {
        /// The current of all synapses together at maximum weight, as R I. One brings the N-th part.
        #[param("Excitation", symbol = "N R I", unit = Mv, range = log(1.0, 5_000.0, 1.0), default = 400.0)]
        current_total_mv: f64,
        /// How long it lasts.
        #[param("Synaptic time constant", symbol = "τ_s", unit = Ms, range = log(1.0, 200.0, 0.1), default = 5.0)]
        tau_s_ms: f64,
    },
    /// It opens a conductance, whose effect depends on the potential. For leaky neurons.
    #[choice("conductance")]
    Conductance {
        /// The conductance of all synapses together at maximum weight, in units of the leak. One has the N-th part.
        #[param("Excitation", symbol = "N g_max", range = log(0.1, 200.0, 0.1), default = 10.0)]
        g_total: f64,
        /// How long it lasts.
        #[param("Synaptic time constant", symbol = "τ_s", unit = Ms, range = log(1.0, 200.0, 0.1), default = 5.0)]
        tau_s_ms: f64,
        /// The potential that it pulls towards. At the threshold or below, no excitation can make the neuron fire.
        #[param("Reversal potential", symbol = "E_e", unit = Mv, range = linear(-100.0, 50.0, 0.5), default = 0.0)]
        e_rev_mv: f64,
    },
}

/// Who is connected to whom.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum WiringKind {
    /// Every input reaches every neuron.
    #[choice("all to all", key = "all")]
    All,
    /// Each pair is connected by chance.
    #[choice("by chance", key = "chance")]
    Chance {
        /// Of a connection.
        #[param("Probability", symbol = "p", unit = Share, range = linear(0.01, 1.0, 0.01), default = 0.5)]
        connected: f64,
    },
    /// Every neuron has equally many inputs, drawn among all.
    #[choice("fixed in-degree", key = "in_degree")]
    InDegree {
        /// How many.
        #[param("Inputs of each neuron", range = 1..=2_000, default = 20)]
        in_degree: u32,
    },
    /// Each input reaches one neuron, in turn: with as many inputs as neurons one to one.
    #[choice("each to one", key = "one_to_one")]
    OneToOne,
}

/// What spikes do to those after them.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum ShortTermKind {
    /// Nothing.
    #[choice("none", key = "none")]
    None,
    /// They use up resources, which recover, and raise the share that is used (Tsodyks and Markram).
    #[choice("depression and facilitation", key = "tsodyks_markram")]
    TsodyksMarkram {
        /// Share of the resources that a spike uses after a long silence.
        #[param("Used by a spike", symbol = "U", unit = Share, range = linear(0.01, 1.0, 0.01), default = 0.5)]
        stp_u: f64,
        /// Time in which resources recover: depression.
        #[param("Recovery", symbol = "τ_D", unit = Ms, range = log(1.0, 5_000.0, 1.0), default = 800.0)]
        stp_tau_d_ms: f64,
        /// Time in which the share sinks back: facilitation.
        #[param("Facilitation", symbol = "τ_F", unit = Ms, range = log(1.0, 5_000.0, 1.0), default = 1.0)]
        stp_tau_f_ms: f64,
    },
}

const SHARE: FloatRange = FloatRange::linear(0.0, 1.0, 0.05);

impl SpikeParams {
    /// Excitatory inputs of all groups.
    pub fn num_all(&self) -> u32 {
        self.num_inputs + self.added.num()
    }

    /// Inputs of the group, or of the pattern: the first so many.
    pub fn num_correlated(&self) -> u32 {
        if self.generator.is_of_one() {
            return self.num_inputs;
        }
        (f64::from(self.num_inputs) * self.correlated_share).round() as u32
    }
}
