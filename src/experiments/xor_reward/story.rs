//! What the page says about XOR from reward, and the presets.

use crate::lab::{Prediction, Preset, Story};

/// The page's text.
pub const STORY: Story = Story {
    about: "A small network must learn XOR from one number: +1 for each output spike where the two bits differ, −1 \
            where they do not.",
    question: "Nobody tells a synapse what it did right. Is a single reward for all of them enough to learn?",
    predict: Prediction {
        question: "The same network, the same spikes, but no learning at all. With bits coded by spike times, how often \
                   does it pass the paper's test for XOR?",
        options: &["never", "one time in ten", "half of the time", "three times in four"],
        answer: 3,
        because: "TODO",
        preset: "temporal_mstdpet",
    },
    try_first: &["Press Run."],
    notice: &["x."],
    equations: include!(concat!(env!("OUT_DIR"), "/xor_reward_equations.rs")),
    sources: &[(
        "R. V. Florian (2007). Reinforcement learning through modulation of spike-timing-dependent synaptic \
             plasticity. Neural Comput. 19, 1468–1502.",
        "https://doi.org/10.1162/neco.2007.19.6.1468",
    )],
    deviations: &["x."],
};

/// Named parameter sets.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "rate_mstdpet",
        label: "Rates, MSTDPET",
        help: "60–60–1, with an eligibility trace.",
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
        help: "After learning the weights stand still for 20 epochs: does the gate hold?",
        link: "rule=mstdp&test_epochs=20",
    },
    Preset {
        id: "rate_mstdpet_then_frozen",
        label: "Rates, MSTDPET, then frozen",
        help: "The same test for the rule with a trace.",
        link: "test_epochs=20",
    },
    Preset {
        id: "yoked",
        label: "Yoked reward",
        help: "As much reward, but for patterns drawn at random.",
        link: "reward=yoked",
    },
];
