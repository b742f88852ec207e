//! What the page says about single pairings.

use super::story::STORY;
use crate::lab::{Prediction, Story};

/// The page's text; equations, sources and deviations are those of the network.
pub const PAIRING: Story = Story {
    about: "One synapse, three pairs of spikes. Each pair leaves a mark that fades within seconds; the weight moves only if \
            dopamine comes while something of the mark is left.",
    question: "A pair of spikes is over in milliseconds, and its reward comes a second later. How can the one change what the \
               other does?",
    predict: Prediction {
        question: "The second pair is in reverse order, post before pre, and a reward follows it as well. What does the weight \
                   do?",
        options: &["it grows: reward is reward", "it shrinks", "it stays"],
        answer: 1,
        because: "The reward does not say what to do, only that now is the time to do it. The reversed pair proposed depression, \
                  and the reward makes that come true.",
        preset: "pairing",
    },
    try_first: &[
        "Press Run, and follow one pair from top to bottom: spikes, memory, dopamine, weight.",
        "Move the delay of reward. At 0, 1 and 3 s the rewarded pair is worth 0.51, 0.19 and 0.03 mV.",
        "Switch \"Dopamine decides\" off: the third pair, which no reward follows, now counts as much as the first.",
    ],
    notice: &[
        "Between a pair and its reward nothing happens that could be seen from outside: no spike, no current, no change of the \
         weight. All that lasts is the memory of this one synapse.",
        "Every second of delay leaves 37 % of what was there before: the memory fades with a time constant of 1 s.",
        "Without a reward the weight stays where it is. With classical STDP the first and the third pair do the same.",
    ],
    ..STORY
};
