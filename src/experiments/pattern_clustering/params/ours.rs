//! Parameters of the network that does what the authors set out to do.

use get_size2::GetSize;

use crate::lab::param::{Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Unit};

/// What becomes of a change that the timing of spikes suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Reward {
    /// It is made at once: plain STDP.
    None,
    /// Reward if the assigned output answered most, punishment if the other did.
    Response,
    /// The same reward after every presentation.
    Constant,
    /// Reward or punishment by the flip of a coin.
    Coin,
}

const REWARDS: [Reward; 4] = [Reward::None, Reward::Response, Reward::Constant, Reward::Coin];

/// Parameters of our network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct OursParams {
    /// Share of its inputs that each pattern has in common with the other.
    pub overlap: f64,
    /// What a spike of one output takes from the other's potential; 0 is no inhibition.
    pub inhibition_mv: f64,
    /// Thresholds adapt, and weights onto an output keep their sum.
    pub homeostasis: bool,
    /// Who decides about changes.
    pub reward: Reward,
    /// Patterns take turns at random, instead of being shown together.
    pub alternating: bool,
    /// Inputs of a pattern.
    pub pattern_size: u32,
    /// Rate of an input whose pattern is shown.
    pub rate_hz: f64,
    /// Rate of all other inputs.
    pub background_hz: f64,
    /// How often noise alone kicks an output.
    pub background_out_hz: f64,
    /// A silent input and a silent output are there too.
    pub silent: bool,
    /// Length of a presentation.
    pub presentation_ms: f64,
    /// Presentations that are learned from.
    pub num_training: u32,
    /// Presentations of each pattern in the test.
    pub num_test: u32,
    /// Amplitude of potentiation.
    pub a_plus: f64,
    /// A₋/A₊.
    pub ratio: f64,
    /// Both windows.
    pub tau_ms: f64,
    /// Memory of the eligibility.
    pub tau_c_ms: f64,
}

impl Default for OursParams {
    fn default() -> Self {
        Self {
            overlap: 0.25,
            inhibition_mv: 20.0,
            homeostasis: true,
            reward: Reward::None,
            alternating: true,
            pattern_size: 8,
            rate_hz: 50.0,
            background_hz: 3.0,
            background_out_hz: 1.0,
            silent: false,
            presentation_ms: 200.0,
            num_training: 200,
            num_test: 20,
            a_plus: 0.015,
            ratio: 0.8,
            tau_ms: 20.0,
            tau_c_ms: 200.0,
        }
    }
}

impl OursParams {
    /// Inputs that belong to both patterns.
    pub fn num_shared(&self) -> u32 {
        (self.overlap * f64::from(self.pattern_size)).round() as u32
    }
}

const REWARD_CHOICES: &[Alternative] = &[
    Alternative {
        key: "none",
        label: "None: STDP",
        help: "The timing of spikes changes weights at once.",
    },
    Alternative {
        key: "response",
        label: "On the response",
        help: "Output 1 should answer to ▲ and output 2 to ■: reward if it does, punishment if the other does.",
    },
    Alternative {
        key: "constant",
        label: "Constant",
        help: "The same reward whatever was answered, as in the published program.",
    },
    Alternative {
        key: "coin",
        label: "By a coin",
        help: "Reward or punishment at random, whatever was answered.",
    },
];

impl OursParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            overlap,
            inhibition_mv,
            homeostasis,
            reward,
            alternating,
            pattern_size,
            rate_hz,
            background_hz,
            background_out_hz,
            silent,
            presentation_ms,
            num_training,
            num_test,
            a_plus,
            ratio,
            tau_ms,
            tau_c_ms,
        } = self;
        visit_main(v, overlap, inhibition_mv, homeostasis);
        let mut chosen = *reward as usize;
        let help = "What decides about the changes that spike times suggest.";
        v.choice(Field::new("reward", "Reward", help).main(), REWARD_CHOICES, &mut chosen);
        *reward = REWARDS[chosen];
        v.group(Group { key: "patterns", label: "Patterns" });
        visit_patterns(v, alternating, pattern_size, [rate_hz, background_hz, background_out_hz]);
        let help =
            "An input that never fires, and an output with a threshold that is never reached.";
        v.flag(Field::new("silent", "Silent neurons", help), silent);
        let help = "Followed by a pause of 50 ms with background only.";
        v.float(
            Field::new("presentation_ms", "Presentation", help).with("", Unit::Ms),
            FloatRange::linear(50.0, 1_000.0, 10.0),
            presentation_ms,
        );
        let help = "Presentations that are learned from.";
        v.int(Field::new("num_training", "Training", help), TRAINING, num_training);
        let help = "Presentations of each pattern in the test, in which nothing changes.";
        v.int(Field::new("num_test", "Test", help), IntRange { min: 5, max: 200 }, num_test);
        v.group(Group { key: "learning", label: "Learning" });
        visit_rule(v, [a_plus, ratio, tau_ms, tau_c_ms]);
    }
}

const TRAINING: IntRange = IntRange { min: 20, max: 2_000 };

fn visit_main(
    v: &mut dyn ParamVisitor,
    overlap: &mut f64,
    inhibition_mv: &mut f64,
    homeostasis: &mut bool,
) {
    let help = "Share of its inputs that a pattern has in common with the other. At 1 they are the same pattern.";
    v.float(
        Field::new("overlap", "Overlap", help).with("o", Unit::Share).main(),
        FloatRange::linear(0.0, 1.0, 0.125),
        overlap,
    );
    let help =
        "What a spike of one output takes from the potential of the other. 0 switches it off.";
    v.float(
        Field::new("inhibition", "Lateral inhibition", help).with("", Unit::Mv).live().main(),
        FloatRange::linear(0.0, 60.0, 1.0),
        inhibition_mv,
    );
    let help = "An output that fires too often gets a higher threshold, and the weights onto an output keep their \
                sum.";
    v.flag(Field::new("homeostasis", "Homeostasis", help).main(), homeostasis);
}

fn visit_patterns(
    v: &mut dyn ParamVisitor,
    alternating: &mut bool,
    pattern_size: &mut u32,
    [rate_hz, background_hz, background_out_hz]: [&mut f64; 3],
) {
    let help = "One pattern at a time, in random order. Off: both at once, as published; the test still shows one \
                at a time.";
    v.flag(Field::new("alternating", "Patterns take turns", help), alternating);
    let help = "Inputs of a pattern; there are twice as many inputs.";
    v.int(
        Field::new("pattern_size", "Pattern size", help).with("K", Unit::None),
        IntRange { min: 2, max: 32 },
        pattern_size,
    );
    let help = "Rate of the inputs of the pattern that is shown.";
    v.float(
        Field::new("rate_hz", "Rate in a pattern", help).with("", Unit::Hz).live(),
        FloatRange::linear(5.0, 200.0, 5.0),
        rate_hz,
    );
    let background = FloatRange::linear(0.0, 20.0, 0.5);
    let help = "Rate of all other inputs.";
    v.float(
        Field::new("background_hz", "Background of inputs", help).with("", Unit::Hz).live(),
        background,
        background_hz,
    );
    let help = "How often noise alone makes an output fire.";
    v.float(
        Field::new("background_out_hz", "Background of outputs", help).with("", Unit::Hz).live(),
        background,
        background_out_hz,
    );
}

fn visit_rule(v: &mut dyn ParamVisitor, [a_plus, ratio, tau_ms, tau_c_ms]: [&mut f64; 4]) {
    let help = "Change of a weight, which is between 0 and 1, by a pair of spikes without a lag.";
    v.float(
        Field::new("a_plus", "Potentiation", help).with("A₊", Unit::None).live(),
        FloatRange::log(0.000_1, 0.1, 0.000_1),
        a_plus,
    );
    v.float(
        Field::new(
            "ratio",
            "Depression over potentiation",
            "Its amplitude in units of that of potentiation.",
        )
        .with("A₋/A₊", Unit::None)
        .live(),
        FloatRange::linear(0.0, 2.0, 0.05),
        ratio,
    );
    let help = "Spikes further apart than this hardly change anything. At 10,000 the rule counts spikes, as the \
                published one does.";
    v.float(
        Field::new("tau_ms", "Time window", help).with("τ", Unit::Ms),
        FloatRange::log(2.0, 10_000.0, 1.0),
        tau_ms,
    );
    let help = "How long a suggested change waits for its reward. Without a reward it is not used.";
    v.float(
        Field::new("tau_c_ms", "Memory of the eligibility", help).with("τ_c", Unit::Ms),
        FloatRange::log(20.0, 2_000.0, 10.0),
        tau_c_ms,
    );
}
