//! What the results mean.

use crate::lab::{Measure, Unit};

/// Every result, in the order in which the page tells them.
pub const MEASURES: &[Measure] = &[
    Measure::new(
        "dw",
        "Change by the two spikes",
        Unit::None,
        "What the pair that you have set does to the weight, as a share of the greatest weight.",
    )
    .main(),
    Measure::new(
        "weight",
        "Weight now",
        Unit::None,
        "The weight after the pairs so far, as a share of the greatest one.",
    ),
    Measure::new("dw_minus", "Change at −10 ms", Unit::None, "The output 10 ms before the input.")
        .main(),
    Measure::new("dw_plus", "Change at +10 ms", Unit::None, "The input 10 ms before the output.")
        .main(),
    Measure::new("dw_zero", "Change at 0 ms", Unit::None, "Both at once: a matter of convention."),
    Measure::new(
        "closed_form_error",
        "Distance from the closed form",
        Unit::None,
        "The greatest difference between the window as the rule draws it and its formula.",
    ),
    Measure::new(
        "chi2_per_point",
        "χ² per data point",
        Unit::None,
        "Squared distance from Sjöström's ten points in units of their standard errors, per point.",
    )
    .main(),
    Measure::new(
        "change_plus_10hz",
        "+10 ms at 10 Hz",
        Unit::Share,
        "Change of the weight by 60 pairs, as a share of the weight before.",
    ),
    Measure::new("change_plus_50hz", "+10 ms at 50 Hz", Unit::Share, "The same at 50 Hz."),
    Measure::new(
        "change_minus_10hz",
        "−10 ms at 10 Hz",
        Unit::Share,
        "The same with the output first.",
    ),
    Measure::new(
        "change_minus_50hz",
        "−10 ms at 50 Hz",
        Unit::Share,
        "The same with the output first, at 50 Hz.",
    ),
];
