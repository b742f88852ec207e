//! What can be changed. Keys and defaults are part of the link contract.

use get_size2::GetSize;

use crate::lab::param::{Choice, FloatRange, Params};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct BalancedNetworks {
    /// One of two benchmarks, a network of Brunel's, or one neuron whose inhibition learns.
    #[group("part", "Experiment")]
    #[param("Network", main)]
    pub part: Part,
}

/// The networks.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Part {
    /// 4,000 neurons that excite and inhibit each other, without any noise (Brette et al. 2007).
    #[choice("Without noise (CUBA, COBA)")]
    #[default]
    Benchmark(BenchmarkParams),
    /// 12,500 neurons whose spikes lift potentials at once, driven by random spikes from outside (Brunel 2000).
    #[choice("Random drive (Brunel)")]
    Brunel(BrunelParams),
    /// One neuron whose inhibitory synapses learn to cancel what excites it (Vogels et al. 2011).
    #[choice("Inhibition that learns (Vogels)")]
    Learned(LearnedParams),
}

/// Parameters of a random network.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct BrunelParams {
    /// How many times as strong an inhibitory synapse is as an excitatory one. There are four times as many excitatory ones:
    /// at 4 both cancel.
    #[param("Inhibition over excitation", symbol = "g", range = linear(0.0, 10.0, 0.1), main, live,
            default = 5.0)]
    pub g: f64,
    /// Rate of the spikes from outside, in units of the rate that would bring the mean potential of a neuron without other
    /// inputs to its threshold.
    #[param("External rate", symbol = "ν_ext/ν_thr", range = linear(0.0, 5.0, 0.05), main, default = 2.0)]
    pub external: f64,
    /// How long a spike is under way. The rhythm of fast oscillations is about four delays long.
    #[param("Delay", symbol = "D", unit = Ms, range = linear(0.1, 5.0, 0.1), main, default = 1.5)]
    pub delay_ms: f64,

    /// Excitatory neurons; there are a quarter as many inhibitory ones.
    #[group("size", "Size and wiring")]
    #[param("Excitatory neurons", symbol = "N_E", range = 400..=10_000, default = 10_000)]
    pub num_excitatory: u32,
    /// A neuron's inputs, as a share of all neurons.
    #[param("Connection share", symbol = "ε", unit = Share, range = linear(0.01, 0.2, 0.01), default = 0.1)]
    pub connected: f64,
    /// Whether all neurons have equally many inputs.
    #[param("Wiring")]
    pub wiring: WiringKind,

    /// What an excitatory spike adds to a potential.
    #[group("neuron", "Neurons and synapses")]
    #[param("Excitatory synapse", symbol = "J", unit = Mv, range = linear(0.05, 1.0, 0.01), default = 0.1)]
    pub j_mv: f64,
    /// Potential after a spike, above rest. The threshold is at 20 mV.
    #[param("Reset potential", symbol = "V_r", unit = Mv, range = linear(-10.0, 19.0, 1.0), default = 10.0)]
    pub v_reset_mv: f64,
    /// Time after a spike in which a neuron cannot fire.
    #[param("Refractory time", symbol = "t_ref", unit = Ms, range = linear(0.1, 10.0, 0.1), default = 2.0)]
    pub t_ref_ms: f64,

    /// Simulated time of the whole run. What is measured is measured from 0.2 s on, or in short runs from a fifth on.
    #[group("time", "Time")]
    #[param("Duration", unit = S, range = DURATION, default = 1.0)]
    pub duration_s: f64,
}

/// How a random network is wired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum WiringKind {
    /// Every neuron has equally many inputs of each kind, drawn among all others.
    #[choice("fixed in-degree")]
    InDegree,
    /// Each pair of neurons is connected by chance, so that some neurons have more inputs than others.
    #[choice("by chance")]
    Chance,
}

/// Parameters of a benchmark.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct BenchmarkParams {
    /// What a spike does.
    #[param("Synapses", main)]
    pub synapses: SynapseKind,
    /// Strength of all inhibitory synapses, as a multiple of the benchmark's.
    #[param("Inhibition", range = linear(0.0, 3.0, 0.05), main, live, default = 1.0)]
    pub inhibition: f64,
    /// Strength of all excitatory synapses, as a multiple of the benchmark's.
    #[param("Excitation", range = linear(0.0, 3.0, 0.05), main, live, default = 1.0)]
    pub excitation: f64,
    /// Each pair of neurons is connected with this probability.
    #[group("size", "Wiring")]
    #[param("Connection probability", symbol = "p", unit = Share, range = linear(0.005, 0.1, 0.005),
            default = 0.02)]
    pub connected: f64,
    /// Simulated time of the whole run.
    #[group("time", "Time")]
    #[param("Duration", unit = S, range = DURATION, default = 2.0)]
    pub duration_s: f64,

    /// Beside the run the same network is simulated with more and with less inhibition, which takes twice the time of the run.
    #[group("beside", "Beside the run")]
    #[param("Other inhibition", default = true)]
    pub response: bool,
}

/// What a spike does in a benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum SynapseKind {
    /// It brings a current that decays (benchmark 2, CUBA).
    #[choice("currents (CUBA)")]
    Currents,
    /// It opens a conductance that decays, whose effect depends on the potential (benchmark 1, COBA).
    #[choice("conductances (COBA)")]
    Conductances,
}

/// Parameters of inhibition that learns.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct LearnedParams {
    /// Whether the inhibitory inputs of a group follow the same fluctuations as its excitatory ones.
    #[param("Inhibitory inputs", main)]
    pub signals: Signals,
    /// Output rate at which inhibition stops changing.
    #[param("Target rate", symbol = "ρ₀", unit = Hz, range = linear(1.0, 30.0, 0.5), main, live, default = 5.0)]
    pub target_hz: f64,
    /// What one pair of spikes adds to an inhibitory weight; 0 switches learning off.
    #[param("Learning rate", symbol = "η", range = linear(0.0, 0.01, 0.0001), main, live, default = 0.0003)]
    pub eta: f64,

    /// Every inhibitory weight at the start, in units of the leak conductance.
    #[group("synapses", "Synapses")]
    #[param("Inhibition at the start", range = linear(0.0, 1.0, 0.01), default = 0.02)]
    pub w_start: f64,
    /// Excitatory weight of the group that excites most, in units of the leak conductance.
    #[param("Strongest excitation", range = linear(0.0, 0.1, 0.001), default = 0.02)]
    pub w_peak: f64,
    /// That of the group that excites least.
    #[param("Weakest excitation", range = linear(0.0, 0.1, 0.001), default = 0.004)]
    pub w_least: f64,

    /// Mean rate of every input.
    #[group("inputs", "Inputs")]
    #[param("Input rate", symbol = "r", unit = Hz, range = linear(1.0, 50.0, 0.5), default = 10.0)]
    pub rate_hz: f64,
    /// Standard deviation of a group's rate, as a share of its mean.
    #[param("Fluctuations", symbol = "σ", range = linear(0.0, 1.0, 0.05), default = 0.8)]
    pub sigma: f64,
    /// How long a group's rate holds, on average.
    #[param("Their duration", symbol = "τ_c", unit = Ms, range = linear(5.0, 500.0, 5.0), default = 50.0)]
    pub tau_c_ms: f64,

    /// Simulated time of the whole run.
    #[group("time", "Time")]
    #[param("Duration", unit = S, range = FloatRange::log(5.0, 1_000.0, 5.0), default = 200.0)]
    pub duration_s: f64,
}

/// What inhibitory inputs follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Signals {
    /// The rate of their own group rises and falls for excitatory and inhibitory inputs together.
    #[choice("follow their group")]
    Shared,
    /// Each group of inhibitory inputs has fluctuations of its own: as many, as large, but not those of what it is to cancel.
    #[choice("shuffled: on their own")]
    Shuffled,
}

const DURATION: FloatRange = FloatRange::linear(0.1, 10.0, 0.1);

impl BrunelParams {
    /// Excitatory and inhibitory neurons.
    pub fn sizes(&self) -> [u32; 2] {
        [self.num_excitatory, self.num_excitatory / 4]
    }

    /// Excitatory and inhibitory inputs of a neuron.
    pub fn num_inputs(&self) -> [u32; 2] {
        self.sizes().map(|size| ((f64::from(size) * self.connected).round() as u32).max(1))
    }
}
