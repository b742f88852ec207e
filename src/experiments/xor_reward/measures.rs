//! What the results mean.

use crate::lab::{Measure, Unit};

/// Every result, in the order in which the page tells them.
pub const MEASURES: &[Measure] = &[
    Measure::new(
        "success_after_freezing",
        "XOR works once frozen",
        Unit::YesNo,
        "Whether the gate works in the epochs after learning was stopped.",
    )
    .main(),
    Measure::new(
        "margin_after_freezing_hz",
        "Margin once frozen",
        Unit::Hz,
        "Mean margin over the epochs after learning was stopped.",
    )
    .main(),
    Measure::new(
        "success",
        "XOR works",
        Unit::YesNo,
        "Whether in the last epoch of learning 01 and 10 each gave more spikes than 11. One epoch scatters: look at the margin as well.",
    )
    .main(),
    Measure::new(
        "margin_hz",
        "Margin",
        Unit::Hz,
        "The lower of the rates for 01 and 10 less that for 11, mean of the last 20 epochs of learning: above 0 the gate works on average.",
    )
    .main(),
    Measure::new(
        "frozen_success",
        "XOR works, frozen twin",
        Unit::YesNo,
        "The same for the twin that never learned.",
    ),
    Measure::new(
        "frozen_margin_hz",
        "Margin of the frozen twin",
        Unit::Hz,
        "The same margin for the twin that never learned: what the start alone gives.",
    )
    .main(),
    Measure::new("rate_00", "Rate for 00", Unit::Hz, "Output rate while neither input is on, over the last 20 epochs of learning."),
    Measure::new(
        "rate_01",
        "Rate for 01",
        Unit::Hz,
        "Output rate while only the second input is on, over the same epochs.",
    ),
    Measure::new(
        "rate_10",
        "Rate for 10",
        Unit::Hz,
        "Output rate while only the first input is on, over the same epochs.",
    ),
    Measure::new(
        "rate_11",
        "Rate for 11",
        Unit::Hz,
        "Output rate while both inputs are on, over the same epochs: the one that should be low.",
    ),
    Measure::new(
        "rate_11_begin",
        "Rate for 11, at first",
        Unit::Hz,
        "In the first tenth of the presentations of 11, over the last 20 epochs of learning.",
    ),
    Measure::new(
        "rate_11_end",
        "Rate for 11, at last",
        Unit::Hz,
        "In the last tenth of the same presentations. Lower than at first means that it is relearned each time.",
    ),
    Measure::new(
        "share_after_freezing",
        "Epochs that work once frozen",
        Unit::Share,
        "Share of the epochs after learning was stopped in which the gate works.",
    ),
];
