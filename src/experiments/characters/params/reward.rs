//! Parameters of our network when it learns from reward.

use get_size2::GetSize;

use super::FixedParams;
use crate::lab::param::{Alternative, Field, FloatRange, Group, ParamVisitor, Unit};

/// Who gets which verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Feedback {
    /// That on its own winner.
    Contingent,
    /// Those that a learner beside it earned an epoch before, in random order.
    Yoked,
    /// None.
    Nothing,
}

const FEEDBACK: &[Alternative] = &[
    Alternative {
        key: "contingent",
        label: "for the right winner",
        help: "Reward where a letter's own neuron won, punishment where another did.",
    },
    Alternative {
        key: "yoked",
        label: "yoked",
        help: "As many rewards and punishments, shuffled: those that a rewarded network on the same seed \
               earned in the epoch before.",
    },
    Alternative { key: "none", label: "none", help: "No verdict ever comes." },
];

/// Parameters of the reward mode.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct RewardParams {
    /// Which verdicts come.
    pub feedback: Feedback,
    /// From the end of a presentation to its verdict.
    pub reward_delay_ms: f64,
    /// Decay of the eligibility.
    pub tau_e_ms: f64,
    /// Verdict if the letter's own neuron won.
    pub reward: f64,
    /// Minus the verdict if another won, or several did.
    pub punishment: f64,
    /// Minus the verdict if nobody fired.
    pub silence: f64,
    /// The mean of the latest verdicts is taken off.
    pub baseline: bool,
    /// Spread of the random currents into the outputs.
    pub noise_mv: f64,
    /// The network, which is the mended one.
    pub net: FixedParams,
}

impl Default for RewardParams {
    fn default() -> Self {
        Self {
            feedback: Feedback::Contingent,
            reward_delay_ms: 50.0,
            tau_e_ms: 200.0,
            reward: 0.6,
            punishment: 0.3,
            silence: 0.0,
            baseline: false,
            noise_mv: 0.0,
            net: FixedParams::default(),
        }
    }
}

impl RewardParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            feedback,
            reward_delay_ms,
            tau_e_ms,
            reward,
            punishment,
            silence,
            baseline,
            noise_mv,
            net,
        } = self;
        v.group(Group { key: "verdicts", label: "Reward" });
        let mut chosen = *feedback as usize;
        v.choice(
            Field::new("feedback", "Reward", "Each output has a letter of its own, the first output the first letter and so on; this says which verdicts it hears.").main(),
            FEEDBACK,
            &mut chosen,
        );
        *feedback = [Feedback::Contingent, Feedback::Yoked, Feedback::Nothing][chosen];
        v.float(Field::new("reward_delay_ms", "Delay of the reward", "From the end of a presentation to its verdict. The next letter is on show meanwhile, and its first volley comes after 90 ms.").with("", Unit::Ms), FloatRange::linear(0.0, 1_000.0, 5.0), reward_delay_ms);
        v.float(Field::new("tau_e_ms", "Memory of a synapse", "How long the eligibility of a synapse lasts: a verdict this late still counts about a third.").with("τ_e", Unit::Ms), FloatRange::log(10.0, 5_000.0, 5.0), tau_e_ms);
        let size = FloatRange::linear(0.0, 4.0, 0.05);
        v.float(
            Field::new("reward", "Size of a reward", "The verdict when a letter's own neuron won. With 1, at once, learning is as fast as without supervision.").with("R₊", Unit::None),
            size,
            reward,
        );
        v.float(
            Field::new(
                "punishment",
                "Size of a punishment",
                "The verdict, taken negative, when another neuron won, or two won equally.",
            )
            .with("R₋", Unit::None),
            size,
            punishment,
        );
        v.float(
            Field::new("silence", "Punishment of silence", "The verdict, taken negative, when no neuron fired. There is then hardly anything eligible.").with("R₀", Unit::None),
            size,
            silence,
        );
        v.flag(Field::new("baseline", "Baseline", "The mean of about the last 20 verdicts is taken off, so that only surprise counts."), baseline);
        v.float(Field::new("noise_mv", "Exploration", "In training every output gets a random current in each presentation, of this spread, so that others may win too.").with("σ", Unit::Mv), FloatRange::linear(0.0, 5.0, 0.05), noise_mv);
        net.visit(v, false);
    }
}
