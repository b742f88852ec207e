//! Parameters of the network.

use get_size2::GetSize;

use super::{RATIO, TAU_C, TAU_N, ratio_field, tau_c_field, tau_n_field};
use crate::lab::param::{Alternative, Field, FloatRange, Group, ParamVisitor, Problem, Unit};

/// Parameters of the network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct NetworkParams {
    /// What brings reward.
    pub reward: Reward,
    /// Least delay of reward.
    pub delay_min_s: f64,
    /// Greatest delay of reward.
    pub delay_max_s: f64,
    /// What a reward adds to dopamine.
    pub pulse: f64,
    /// Dopamine without reward.
    pub tonic: f64,
    /// A pairing is a post spike less than this after a pre spike.
    pub interval_ms: f64,
    /// Memory of the synapses.
    pub tau_c_ms: f64,
    /// Decay of dopamine.
    pub tau_n_ms: f64,
    /// A₋/A₊.
    pub ratio: f64,
    /// Initial weight of the chosen synapse.
    pub s_chosen: f64,
    /// Initial weight of all other plastic synapses.
    pub s_init: f64,
    /// Width of the noise.
    pub noise: f64,
    /// Length of the run.
    pub duration_s: f64,
}

/// What brings reward.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub enum Reward {
    /// Pairings of the chosen synapse.
    Contingent,
    /// Those of a twin, at other times.
    Yoked,
    /// Nothing.
    Never,
    /// The clock.
    Regular {
        /// From one reward to the next.
        every_s: f64,
    },
}

impl Default for NetworkParams {
    fn default() -> Self {
        Self {
            reward: Reward::Contingent,
            delay_min_s: 1.0,
            delay_max_s: 3.0,
            pulse: 0.5,
            tonic: 0.002,
            interval_ms: 20.0,
            tau_c_ms: 1_000.0,
            tau_n_ms: 200.0,
            ratio: 1.5,
            s_chosen: 0.0,
            s_init: 1.0,
            noise: 13.0,
            duration_s: 3_600.0,
        }
    }
}

const REWARDS: &[Alternative] = &[
    Alternative {
        key: "contingent",
        label: "its own pairings",
        help: "Whenever the chosen synapse's post neuron fires soon after its pre neuron, reward is on its way.",
    },
    Alternative {
        key: "yoked",
        label: "yoked: at other times",
        help: "A twin of this network earns the rewards with its own pairings; here each comes 10 to 60 s later. As many \
               rewards, which tell nothing.",
    },
    Alternative { key: "none", label: "none", help: "Only tonic dopamine." },
    Alternative { key: "regular", label: "the clock", help: "At regular times, whatever happens." },
];

impl Reward {
    fn index(self) -> usize {
        match self {
            Self::Contingent => 0,
            Self::Yoked => 1,
            Self::Never => 2,
            Self::Regular { .. } => 3,
        }
    }

    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let mut chosen = self.index();
        let help = "What earns the reward: the pairings of one chosen synapse, or something that it has no part in.";
        v.choice(Field::new("reward", "Reward for", help).main(), REWARDS, &mut chosen);
        if chosen != self.index() {
            *self = match chosen {
                0 => Self::Contingent,
                1 => Self::Yoked,
                2 => Self::Never,
                _ => Self::Regular { every_s: 5.0 },
            };
        }
        if let Self::Regular { every_s } = self {
            let field = Field::new("every_s", "Every", "Time from one reward to the next.");
            v.float(field.with("", Unit::S), FloatRange::log(0.1, 100.0, 0.1), every_s);
        }
    }
}

impl NetworkParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            reward,
            delay_min_s,
            delay_max_s,
            pulse,
            tonic,
            interval_ms,
            tau_c_ms,
            tau_n_ms,
            ratio,
            s_chosen,
            s_init,
            noise,
            duration_s,
        } = self;
        reward.visit(v);
        let delay = FloatRange::linear(0.0, 20.0, 0.1);
        let help = "A reward comes at a random time between the least and the greatest delay after its pairing.";
        let field = Field::new("delay_max_s", "Greatest delay", help);
        v.float(field.with("", Unit::S).live().main(), delay, delay_max_s);
        let help = "What one reward adds to the concentration of dopamine.";
        let field = Field::new("pulse", "Dopamine per reward", help).with("h", Unit::None);
        v.float(field.live().main(), FloatRange::linear(0.0, 2.0, 0.05), pulse);
        v.group(Group { key: "protocol", label: "Reward" });
        let help = "No reward comes sooner than this after its pairing.";
        let field = Field::new("delay_min_s", "Least delay", help);
        v.float(field.with("", Unit::S).live(), delay, delay_min_s);
        let help = "The post neuron has to fire less than this after the pre neuron.";
        let field = Field::new("interval_ms", "Longest pairing", help);
        v.float(field.with("", Unit::Ms), FloatRange::linear(2.0, 100.0, 1.0), interval_ms);
        let field = Field::new("tonic", "Tonic dopamine", "What is there without any reward.");
        v.float(field.with("b", Unit::None).live(), FloatRange::linear(0.0, 0.05, 0.001), tonic);
        v.float(tau_n_field(), TAU_N, tau_n_ms);
        v.group(Group { key: "synapses", label: "Synapses" });
        v.float(tau_c_field(), TAU_C, tau_c_ms);
        v.float(ratio_field(), RATIO, ratio);
        let weight = FloatRange::linear(0.0, 4.0, 0.05);
        let help = "Initial weight of the chosen synapse. At 0 its pre neuron has no say in its pairings at first.";
        let field = Field::new("s_chosen", "Chosen synapse", help).with("s", Unit::Mv);
        v.float(field, weight, s_chosen);
        let field =
            Field::new("s_init", "All others", "Initial weight of all other plastic synapses.");
        v.float(field.with("s", Unit::Mv), weight, s_init);
        v.group(Group { key: "network", label: "Network" });
        let help = "Every neuron gets a random input between minus and plus half of this in each millisecond.";
        let field = Field::new("noise", "Noise", help).with("", Unit::None);
        v.float(field, FloatRange::linear(0.0, 20.0, 0.5), noise);
        let field = Field::new("duration_s", "Duration", "Simulated time of the whole run.");
        v.float(field.with("", Unit::S), FloatRange::log(5.0, 20_000.0, 5.0), duration_s);
    }

    pub(super) fn check(&self) -> Vec<Problem> {
        if self.delay_min_s <= self.delay_max_s {
            return Vec::new();
        }
        vec![Problem {
            keys: vec!["delay_min_s", "delay_max_s"],
            message: format!(
                "The least delay is {} s; it may not be above the greatest, {} s. Lower it.",
                self.delay_min_s, self.delay_max_s
            ),
        }]
    }
}
