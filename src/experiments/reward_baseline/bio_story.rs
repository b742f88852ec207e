//! What the page says about biofeedback.

use super::story::STORY;
use crate::lab::{Prediction, Story};

/// The page's text; equations, sources and deviations are those of the task.
pub const BIOFEEDBACK: Story = Story {
    about: "Six neurons, and a reward for every spike of one of them. All synapses get the same dopamine, and nobody tells them \
            whose spikes pay. After monkeys that learned to fire a chosen neuron of theirs (Fetz 1969).",
    question: "The reward is the same for all. How does it come to strengthen the inputs of one neuron only?",
    predict: Prediction {
        question: "Dopamine is no longer compared with its own mean. What do the neurons that nobody rewards do?",
        options: &["they stay as they are", "they fire more", "they fall silent"],
        answer: 1,
        because: "Without that comparison dopamine is always there, and whatever any neuron does is strengthened: all of them \
                  end above 40 Hz. Only what is better than usual tells one neuron from the others.",
        preset: "biofeedback_no_baseline",
    },
    try_first: &[
        "Press Run. Twenty minutes pass in about half a minute; one rate leaves the others.",
        "Open \"Biofeedback without a baseline\".",
        "Press \"Compare A|B\" to see both at once: B has no baseline, so that every reward strengthens whoever fires.",
    ],
    notice: &[
        "Over 20 seeds the rewarded neuron goes from 4.0 to 12.1 Hz in 20 minutes, the others from 3.7 to 4.2 Hz.",
        "A spike of the rewarded neuron is followed by dopamine a moment later, while its own synapses still remember it. The \
         memories of the other neurons have nothing to do with when dopamine comes, so they cancel out.",
        "Without a baseline all neurons end above 40 Hz.",
    ],
    ..STORY
};
