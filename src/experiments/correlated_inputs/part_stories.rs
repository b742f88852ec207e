//! What the page says about the parts without a neuron: the groups of inputs, and the virtual synapse.

use super::story::STORY;
use crate::lab::{Prediction, Story};

/// Of the groups; equations, sources and deviations are those of the neuron.
pub const GROUPS: Story = Story {
    about: "Spike trains that fire at random, and yet together. How they are made decides more than their correlation tells: two \
            recipes with the same pairwise correlation differ in how many trains fire at once.",
    question: "Every train keeps its rate, and every pair has the same correlation. Is the group then the same?",
    predict: Prediction {
        question: "The same rate and the same pairwise correlation, once by a shared source and once by a mother train. Does the \
                   same number of trains fire together?",
        options: &["yes, correlation says it all", "no"],
        answer: 1,
        because: "A correlation is about two trains. When the shared source fires, √c of all trains fire with it; of a mother \
                  train each spike is copied by a share c only, but there are more of them. A neuron that needs many \
                  spikes at once feels the difference.",
        preset: "groups_mip",
    },
    try_first: &[
        "Press Run and compare the three rasters: independent, correlated, identical.",
        "Move the correlation, and look at \"measured\" beside \"in theory\".",
        "Choose another generator. Watch how many trains fire at once.",
    ],
    notice: &[
        "The rate of a train does not show what group it is in: all three groups have the same.",
        "Stripes in a raster are steps in which many trains fire. They are what a synapse can learn from.",
        "Over 2,000 s, rate and correlation are within 2 % and 0.02 of the theory for both recipes.",
    ],
    ..STORY
};

/// Of the virtual synapse.
pub const SYNAPSE: Story = Story {
    about: "Two spike trains and a weight, as a course page has it: each spike of one is paired with the last of the other. The \
            weight grows with the correlation of the trains, and this page shows what makes it grow.",
    question: "The weight grows if the trains are correlated. Is that spike timing at work?",
    predict: Prediction {
        question: "Pairs of spikes in the very same step are left out; all other pairs count as before. How does the weight of \
                   strongly correlated trains grow now?",
        options: &["nearly as fast", "half as fast", "not at all"],
        answer: 2,
        because: "All that the published curve shows comes from spikes without a lag, which count as +1. Spikes before and after \
                  balance: over 200 seeds 40 becomes 0.0, and 19.7 becomes 0.1.",
        preset: "published_synapse_mended",
    },
    try_first: &[
        "Press Run: three weights, for a correlation of 0, of your choice, and of 1.",
        "Switch off the pairs without a lag.",
        "Jitter the shared spikes by a few milliseconds: the trains are as correlated as before, and the effect is nearly gone.",
    ],
    notice: &[
        "The weight grows with the correlation only because spikes of the same step count as +1. With lags of their own, \
         shared spikes change nothing.",
        "With identical trains the weight is the number of spikes, exactly: every spike adds 1.",
        "Over 200 seeds, after 4 s: 0.2, 19.0 and 40.2 for correlations of 0, 0.5 and 1, as published. Without the zero-lag \
         branch 0.4, 0.1 and 0.0.",
        "What a synapse does with spikes of the same moment is a convention of the model, not a measurement.",
    ],
    ..STORY
};
