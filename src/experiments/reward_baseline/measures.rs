//! What the results mean.

use crate::lab::{Measure, Unit};

/// Every result of both parts, in the order in which the page tells them.
pub const MEASURES: &[Measure] = &[
    Measure::new(
        "performance_a",
        "Score, ▲",
        Unit::Share,
        "Mean score of the trials after learning, with learning off: 1 if each output fires once, when it should.",
    ).main(),
    Measure::new(
        "performance_b",
        "Score, ■",
        Unit::Share,
        "The same for ■.",
    ).main(),
    Measure::new(
        "untrained_a",
        "Untrained, ▲",
        Unit::Share,
        "The score before learning.",
    ).main(),
    Measure::new(
        "untrained_b",
        "Untrained, ■",
        Unit::Share,
        "The score before learning.",
    ).main(),
    Measure::new(
        "chance_a",
        "Chance, ▲",
        Unit::Share,
        "What the same spikes score against other outputs' moments.",
    ),
    Measure::new(
        "chance_b",
        "Chance, ■",
        Unit::Share,
        "What the same spikes score against other outputs' moments.",
    ),
    Measure::new(
        "success_sigma_a",
        "Mean success, ▲",
        Unit::None,
        "Reward less baseline over learning, in standard deviations of the reward. Away from 0 it makes weights drift.",
    ),
    Measure::new(
        "success_sigma_b",
        "Mean success, ■",
        Unit::None,
        "The same for ■.",
    ),
    Measure::new(
        "spikes_a",
        "Spikes per trial, ▲",
        Unit::None,
        "Of all outputs, in the trials after learning.",
    ),
    Measure::new(
        "spikes_b",
        "Spikes per trial, ■",
        Unit::None,
        "Of all outputs, in the trials after learning.",
    ),
    Measure::new(
        "reward_sigma",
        "Spread of the reward",
        Unit::None,
        "Its running standard deviation at the end.",
    ),
    Measure::new(
        "rate_rewarded_hz",
        "Rewarded neuron, end",
        Unit::Hz,
        "Its rate over the last tenth of the run.",
    ).main(),
    Measure::new(
        "rate_rewarded_start_hz",
        "Rewarded neuron, beginning",
        Unit::Hz,
        "Its rate over the first tenth of the run.",
    ).main(),
    Measure::new(
        "rate_others_hz",
        "Other neurons, end",
        Unit::Hz,
        "Their mean rate over the last tenth of the run.",
    ).main(),
    Measure::new(
        "rate_others_start_hz",
        "Other neurons, beginning",
        Unit::Hz,
        "Their mean rate over the first tenth of the run.",
    ),
    Measure::new(
        "rate_fastest_other_hz",
        "Fastest other neuron, end",
        Unit::Hz,
        "The highest rate of a neuron that was not rewarded.",
    ),
];
