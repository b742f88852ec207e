//! What the page says about XOR from reward, and the presets.

use crate::lab::{Prediction, Preset, Story};

/// The page's text.
pub const STORY: Story = Story {
    about: "A small network must learn XOR: fire when two bits differ, be quiet when they do not. All it hears is +1 or \
            −1 for each spike of its output, the same for every synapse.",
    question: "Nobody tells a synapse what it did right. Is one reward for all of them enough to learn?",
    predict: Prediction {
        question: "Now the bits are spike trains, and the network does not learn at all. How often does it pass the \
                   published test all the same: the output fires less for 11 than for 01 and for 10?",
        options: &["never", "one time in ten", "half of the time", "three times in four"],
        answer: 3,
        because: "150 of 200 untrained networks pass, with a mean margin of 6 Hz in the last 20 epochs. With MSTDPET 199 \
                  pass, with 31 Hz. So look at the margin, and at the frozen twin; and run many seeds, since one run cannot \
                  show it.",
        preset: "temporal_mstdpet",
    },
    try_first: &[
        "Press Run. At first 11 is loudest, since most inputs fire; punished spikes bring it down.",
        "Set the reward to yoked. As much is rewarded and punished, but for patterns drawn at random, and XOR is not \
         learned.",
        "Open \"Rates, MSTDP, then frozen\" and wait for epoch 200. Look at the rate within a presentation to see why.",
    ],
    notice: &[
        "By rate, 40 of 40 runs learn with MSTDP and 38 of 40 with MSTDPET; none of the frozen twins passes.",
        "By rate, MSTDP does not keep what it learned: once its weights stand still, 9 of 40 gates hold, and 11 is as \
         loud as the others. With MSTDPET 38 of 40 hold.",
        "Why: under MSTDP every presentation of 11 begins at 223 Hz and ends at 33 Hz, so the answer is learned anew each \
         time. If 11 came last before the weights stood still, 6 of 7 gates held; if 01 or 10 did, none of 19.",
        "By spike times, 199 of 200 runs pass with MSTDPET, 182 with MSTDP, 150 without learning. With yoked reward \
         70 of 100 pass: no more than untrained.",
        "With MSTDP a reward reaches only spikes of its own step. The trace of MSTDPET reaches the spikes before, which \
         caused the output spike.",
    ],
    equations: include!(concat!(env!("OUT_DIR"), "/xor_reward_equations.rs")),
    sources: &[(
        "R. V. Florian (2007). Reinforcement learning through modulation of spike-timing-dependent synaptic \
         plasticity. Neural Comput. 19, 1468–1502.",
        "https://doi.org/10.1162/neco.2007.19.6.1468",
    )],
    deviations: &[
        "By the paper, what is learned stays. By rate and without a trace it does not stay here once weights stand \
         still.",
        "The 50 spikes of a train are at different steps of 1 ms.",
        "The frozen twin, the yoked reward and the margin are ours.",
        "Yoked reward: in every epoch two of the four patterns, drawn at random, are rewarded and two punished; the \
         network's own spikes still earn it.",
    ],
};

/// Named parameter sets.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "rate_mstdpet",
        label: "Rates, MSTDPET",
        help: "60–60–1: a bit is a silent or an active group of inputs.",
        link: "",
    },
    Preset {
        id: "rate_mstdp",
        label: "Rates, MSTDP",
        help: "The same without a trace.",
        link: "rule=mstdp",
    },
    Preset {
        id: "temporal_mstdpet",
        label: "Spike times, MSTDPET",
        help: "2–20–1: a bit is one of two fixed spike trains.",
        link: "coding=temporal",
    },
    Preset {
        id: "temporal_mstdp",
        label: "Spike times, MSTDP",
        help: "The same without a trace.",
        link: "coding=temporal&rule=mstdp",
    },
    Preset {
        id: "rate_mstdp_then_frozen",
        label: "Rates, MSTDP, then frozen",
        help: "After learning the weights stand still for 20 epochs, and most gates fail.",
        link: "rule=mstdp&test_epochs=20",
    },
    Preset {
        id: "rate_mstdpet_then_frozen",
        label: "Rates, MSTDPET, then frozen",
        help: "The same test for the rule with a trace, whose gates hold.",
        link: "test_epochs=20",
    },
    Preset {
        id: "yoked",
        label: "Yoked reward",
        help: "As much reward, but for patterns drawn at random.",
        link: "reward=yoked",
    },
];
