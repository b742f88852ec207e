//! What can be changed. Keys and defaults are part of the link contract.

use serde::{Deserialize, Serialize};

use crate::lab::param::{
    Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Unit, choose,
};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct XorReward {
    /// How inputs stand for 0 and 1.
    pub coding: Coding,
    /// Index of the rule, in the order of the form.
    pub rule: u32,
    /// Learning rate.
    pub gamma_mv: f64,
    /// Index of what is rewarded, in the order of the form.
    pub reward: u32,
    /// Epochs of learning, each with the four input patterns.
    pub epochs: u32,
    /// Epochs after them in which weights stand still.
    pub test_epochs: u32,
    /// Length of a presentation.
    pub presentation_ms: u32,
    /// Change by input before output.
    pub a_plus: f64,
    /// Change by output before input.
    pub a_minus: f64,
    /// Window of input before output.
    pub tau_plus_ms: f64,
    /// Window of output before input.
    pub tau_minus_ms: f64,
    /// Time constant of the eligibility trace.
    pub tau_z_ms: f64,
    /// Hidden neurons.
    pub num_hidden: u32,
    /// Greatest weight from input to hidden neurons.
    pub w_in_max_mv: f64,
    /// Greatest weight from hidden neurons to the output.
    pub w_out_max_mv: f64,
    /// Membrane time constant.
    pub tau_m_ms: f64,
}

/// How inputs stand for 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Coding {
    /// A silent or an active group of 30 for each bit.
    Rate {
        /// Rate of an active input.
        rate_hz: f64,
    },
    /// One input for each bit, with one of two fixed spike trains.
    Temporal {
        /// Spikes of a train.
        num_spikes: u32,
    },
}

/// What the reward depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reward {
    /// The pattern's target.
    Target,
    /// The target of a random pattern.
    Yoked,
    /// There is none.
    Off,
}

const CODINGS: &[Alternative] = &[
    Alternative {
        key: "rate",
        label: "rate (60–60–1)",
        help: "30 inputs for each bit, half of them inhibitory: silent for 0, firing for 1.",
    },
    Alternative {
        key: "temporal",
        label: "spike times (2–20–1)",
        help: "One input for each bit, which fires one of two fixed spike trains.",
    },
];

const RULES: &[Alternative] = &[
    Alternative {
        key: "mstdp",
        label: "MSTDP",
        help: "A reward reaches only the spike pairs that end in the rewarded step.",
    },
    Alternative {
        key: "mstdpet",
        label: "MSTDPET",
        help: "An eligibility trace keeps spike pairs for rewards to come.",
    },
];

const REWARDS: &[Alternative] = &[
    Alternative {
        key: "xor",
        label: "XOR",
        help: "Every output spike earns +1 where the two bits differ, and −1 where they do not.",
    },
    Alternative {
        key: "yoked",
        label: "yoked",
        help: "As many patterns rewarded and punished, but which ones is drawn in every epoch.",
    },
    Alternative { key: "none", label: "none", help: "No reward, so nothing changes." },
];

const MSTDPET: u32 = 1;
const WINDOW: FloatRange = FloatRange::log(1.0, 200.0, 0.5);
const WEIGHT: FloatRange = FloatRange::linear(0.5, 30.0, 0.5);
const AMPLITUDE: FloatRange = FloatRange::linear(-2.0, 2.0, 0.05);

impl Default for XorReward {
    fn default() -> Self {
        let mut params = Self {
            coding: Coding::Rate { rate_hz: 40.0 },
            rule: MSTDPET,
            gamma_mv: 0.0,
            reward: 0,
            epochs: 200,
            test_epochs: 0,
            presentation_ms: 500,
            a_plus: 1.0,
            a_minus: -1.0,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            tau_z_ms: 25.0,
            num_hidden: 0,
            w_in_max_mv: 0.0,
            w_out_max_mv: 0.0,
            tau_m_ms: 20.0,
        };
        params.adapt_to_choices();
        params
    }
}

impl XorReward {
    /// The paper's values for this coding and this rule.
    fn adapt_to_choices(&mut self) {
        let is_rate = matches!(self.coding, Coding::Rate { .. });
        self.gamma_mv = match (is_rate, self.has_trace()) {
            (true, false) => 0.1,
            (true, true) => 0.625,
            (false, false) => 0.01,
            (false, true) => 0.25,
        };
        self.num_hidden = if is_rate { 60 } else { 20 };
        let w_max_mv = if is_rate { 5.0 } else { 10.0 };
        (self.w_in_max_mv, self.w_out_max_mv) = (w_max_mv, w_max_mv);
    }

    /// The rule is the one with an eligibility trace.
    pub fn has_trace(&self) -> bool {
        self.rule == MSTDPET
    }

    /// What the reward depends on.
    pub fn reward(&self) -> Reward {
        [Reward::Target, Reward::Yoked, Reward::Off][self.reward as usize]
    }

    /// The parameters in the order of the page.
    pub fn visit_all(&mut self, v: &mut dyn ParamVisitor) {
        v.group(Group { key: "task", label: "Task" });
        self.visit_choices(v);
        let Self {
            coding,
            rule: _,
            gamma_mv,
            reward,
            epochs,
            test_epochs,
            presentation_ms,
            a_plus,
            a_minus,
            tau_plus_ms,
            tau_minus_ms,
            tau_z_ms,
            num_hidden,
            w_in_max_mv,
            w_out_max_mv,
            tau_m_ms,
        } = self;
        v.float(
            Field::new("gamma_mv", "Learning rate", "What a reward of 1 makes of a pair of 1.")
                .with("γ", Unit::Mv)
                .live()
                .main(),
            FloatRange::linear(0.0, 2.0, 0.005),
            gamma_mv,
        );
        let help = "What output spikes are rewarded for.";
        choose(v, Field::new("reward", "Reward", help).main(), REWARDS, reward);
        v.int(
            Field::new("epochs", "Epochs", "Each shows the four patterns once, in random order."),
            IntRange { min: 1, max: 1_000 },
            epochs,
        );
        v.int(
            Field::new(
                "test_epochs",
                "Then frozen for",
                "Epochs after learning in which weights stand still, to see whether the gate holds.",
            ),
            IntRange { min: 0, max: 200 },
            test_epochs,
        );
        v.int(
            Field::new("presentation_ms", "Presentation", "How long each pattern is shown.")
                .with("", Unit::Ms),
            IntRange { min: 100, max: 2_000 },
            presentation_ms,
        );
        match coding {
            Coding::Rate { rate_hz } => v.float(
                Field::new("rate_hz", "Input rate", "Of every input of a bit that is 1.")
                    .with("", Unit::Hz),
                FloatRange::linear(1.0, 200.0, 1.0),
                rate_hz,
            ),
            Coding::Temporal { num_spikes } => v.int(
                Field::new("num_spikes", "Spikes of a train", "At random steps of 1 ms."),
                IntRange { min: 1, max: 100 },
                num_spikes,
            ),
        }
        v.group(Group { key: "learning", label: "Learning" });
        let help = "Change by an input spike before an output spike.";
        v.float(Field::new("a_plus", "Before", help).with("A₊", Unit::None), AMPLITUDE, a_plus);
        let help = "Change by an input spike after an output spike.";
        v.float(Field::new("a_minus", "After", help).with("A₋", Unit::None), AMPLITUDE, a_minus);
        let help = "Time constant for input before output.";
        v.float(
            Field::new("tau_plus_ms", "Window before", help).with("τ₊", Unit::Ms),
            WINDOW,
            tau_plus_ms,
        );
        let help = "Time constant for input after output.";
        v.float(
            Field::new("tau_minus_ms", "Window after", help).with("τ₋", Unit::Ms),
            WINDOW,
            tau_minus_ms,
        );
        let help = "How long a pair waits for a reward. Without effect on MSTDP.";
        v.float(
            Field::new("tau_z_ms", "Eligibility trace", help).with("τ_z", Unit::Ms),
            FloatRange::log(1.0, 1_000.0, 0.5),
            tau_z_ms,
        );
        v.group(Group { key: "network", label: "Network" });
        let help = "Between inputs and output, all connected to all.";
        v.int(
            Field::new("num_hidden", "Hidden neurons", help),
            IntRange { min: 1, max: 200 },
            num_hidden,
        );
        let help = "Greatest weight from inputs; they start anywhere below. With spike times it may be as \
                    negative, with rates half of the inputs are inhibitory.";
        v.float(
            Field::new("w_in_max_mv", "Weight from inputs", help).with("", Unit::Mv),
            WEIGHT,
            w_in_max_mv,
        );
        let help = "Greatest weight from hidden neurons, which excite; they start anywhere below.";
        v.float(
            Field::new("w_out_max_mv", "Weight to output", help).with("", Unit::Mv),
            WEIGHT,
            w_out_max_mv,
        );
        let help = "Rest and reset are −70 mV, the threshold −54 mV.";
        v.float(
            Field::new("tau_m_ms", "Membrane time constant", help).with("τ", Unit::Ms),
            FloatRange::log(2.0, 100.0, 0.5),
            tau_m_ms,
        );
    }

    /// Coding and rule, which bring values of their own.
    fn visit_choices(&mut self, v: &mut dyn ParamVisitor) {
        let before = (matches!(self.coding, Coding::Temporal { .. }) as usize, self.rule);
        let mut chosen = before;
        let help = "What tells a 0 from a 1.";
        v.choice(Field::new("coding", "Coding", help).main(), CODINGS, &mut chosen.0);
        let help = "Whether a reward reaches back.";
        choose(v, Field::new("rule", "Rule", help).main(), RULES, &mut chosen.1);
        if chosen != before {
            if chosen.0 != before.0 {
                self.coding = match chosen.0 {
                    0 => Coding::Rate { rate_hz: 40.0 },
                    _ => Coding::Temporal { num_spikes: 50 },
                };
            }
            self.rule = chosen.1;
            self.adapt_to_choices();
        }
    }
}
