//! Parameters of the network.

use get_size2::GetSize;

use super::ranges::{PULSE, RATIO, TAU_C, TAU_N};
use crate::lab::param::{Choice, FloatRange, Params, Problem};

/// Parameters of the network.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::rules)]
pub struct NetworkParams {
    /// What earns the reward: the spike pairs of one chosen synapse, or something that it has no part in.
    #[param("Reward for", main)]
    pub reward: Reward,
    /// A reward comes at a random time between the minimum and the maximum delay after its pairing.
    #[param("Maximum delay", unit = S, range = DELAY, default = 3.0, live, main,
            when = self.reward.is_of_pairings())]
    pub delay_max_s: f64,
    /// How much dopamine one reward adds.
    #[param("Dopamine per reward", symbol = "h", range = PULSE, default = 0.5, live, main,
            when = self.reward != Reward::Never)]
    pub pulse: f64,

    /// No reward comes earlier than this after its pairing.
    #[group("protocol", "Reward")]
    #[param("Minimum delay", unit = S, range = DELAY, default = 1.0, live,
            when = self.reward.is_of_pairings())]
    pub delay_min_s: f64,
    /// The second neuron has to fire within this time after the first.
    #[param("Longest pairing", unit = Ms, range = linear(2.0, 100.0, 1.0), default = 20.0,
            when = self.reward.is_of_pairings())]
    pub interval_ms: f64,
    /// The level of dopamine without any reward.
    #[param("Tonic dopamine", symbol = "b", range = linear(0.0, 0.05, 0.001), default = 0.002, live)]
    pub tonic: f64,
    /// Time constant with which a pulse of dopamine fades.
    #[param("Duration of dopamine", symbol = "τ_d", unit = Ms, range = TAU_N, default = 200.0)]
    pub tau_n_ms: f64,

    /// How long a synapse remembers its spike pairs (time constant of its eligibility trace). If it is much shorter
    /// than the delay of reward, nothing is left to reward.
    #[group("synapses", "Synapses")]
    #[param("Memory of the synapse", symbol = "τ_c", unit = Ms, range = TAU_C, default = 1_000.0)]
    pub tau_c_ms: f64,
    /// 1.5 as published: spikes at random times then weaken a synapse.
    #[param("Depression over potentiation", symbol = "A₋/A₊", range = RATIO, default = 1.5)]
    pub ratio: f64,
    /// Initial weight of the chosen synapse. At 0 its first neuron cannot cause pairings at first.
    #[param("Chosen synapse", symbol = "s", unit = Mv, range = WEIGHT, default = 0.0)]
    pub s_chosen: f64,
    /// Initial weight of all other plastic synapses.
    #[param("All others", symbol = "s", unit = Mv, range = WEIGHT, default = 1.0)]
    pub s_init: f64,

    /// In each millisecond every neuron gets a random input between minus and plus half of this.
    #[group("network", "Network")]
    #[param("Noise", range = linear(0.0, 20.0, 0.5), default = 13.0)]
    pub noise: f64,
    /// Simulated time of the whole run.
    #[param("Duration", unit = S, range = log(5.0, 20_000.0, 5.0), default = 3_600.0)]
    pub duration_s: f64,
}

/// What brings reward.
#[derive(Clone, Copy, Debug, PartialEq, Choice, GetSize)]
pub enum Reward {
    /// A reward is on its way whenever the neuron behind the chosen synapse fires soon after the one before it.
    #[choice("its own pairings")]
    Contingent,
    /// A twin of this network earns the rewards with its own pairings; here each comes 10 to 60 s later. Nearly as many
    /// rewards, which tell nothing.
    #[choice("yoked: at other times")]
    Yoked,
    /// Only tonic dopamine.
    #[choice("none", key = "none")]
    Never,
    /// At regular times, whatever happens.
    #[choice("the clock")]
    Regular {
        /// Time from one reward to the next.
        #[param("Every", unit = S, range = log(0.1, 100.0, 0.1), default = 5.0)]
        every_s: f64,
    },
}

const DELAY: FloatRange = FloatRange::linear(0.0, 20.0, 0.1);
const WEIGHT: FloatRange = FloatRange::linear(0.0, 4.0, 0.05);

impl Reward {
    /// Rewards are earned by pairings: those of this network, or of a twin.
    fn is_of_pairings(self) -> bool {
        matches!(self, Self::Contingent | Self::Yoked)
    }
}

impl NetworkParams {
    fn rules(&self) -> Vec<Problem> {
        let (min, max) = (self.delay_min_s, self.delay_max_s);
        let crossed = Problem::when(min > max, &["delay_min_s", "delay_max_s"], || {
            format!(
                "The minimum delay is {min} s; it may not be above the maximum, {max} s. Lower it."
            )
        });
        crossed.into_iter().collect()
    }
}
