//! What the results mean.

use crate::lab::{Measure, Unit};

/// Every result of both parts, in the order in which the page tells them.
pub const MEASURES: &[Measure] = &[
    Measure::new(
        "separated",
        "Told apart",
        Unit::YesNo,
        "Whether in the test each pattern had its own output, which won it nearly every time.",
    )
    .main(),
    Measure::new(
        "same_winner",
        "Same winner for both",
        Unit::YesNo,
        "Whether both patterns have their stronger weights onto the same output, however little they prefer it: then nothing was told apart.",
    ).main(),
    Measure::new(
        "selectivity",
        "Selectivity of the weights",
        Unit::None,
        "How differently the two outputs weigh the two patterns: 0 alike, 1 each its own.",
    ).main(),
    Measure::new(
        "selectivity_spikes",
        "Selectivity of the spikes",
        Unit::None,
        "The same for the spikes of the test.",
    ),
    Measure::new(
        "cosine_final",
        "Cosine similarity",
        Unit::None,
        "Of the weights onto the two outputs: the source's measure. All weights begin positive, so it begins near 1.",
    ).main(),
    Measure::new(
        "cosine_baseline",
        "Cosine at the start",
        Unit::None,
        "The same for the very weights that the run began with.",
    ),
    Measure::new(
        "cosine_centred",
        "Centred cosine",
        Unit::None,
        "The same with the mean of each taken away: 0 if they have nothing to do with each other.",
    ),
    Measure::new(
        "share_of_a",
        "Won by its output, ▲",
        Unit::Share,
        "Share of the test presentations that the owner of the pattern won.",
    ),
    Measure::new(
        "share_of_b",
        "Won by its output, ■",
        Unit::Share,
        "Share of the test presentations that the owner of the pattern won.",
    ),
    Measure::new(
        "assigned_share",
        "Won by the expected output",
        Unit::Share,
        "Share of the test presentations that the output expected by the reward won.",
    ),
    Measure::new(
        "spikes_1_to_a",
        "Output 1, spikes for ▲",
        Unit::None,
        "Per test presentation.",
    ),
    Measure::new(
        "spikes_2_to_a",
        "Output 2, spikes for ▲",
        Unit::None,
        "Per test presentation.",
    ),
    Measure::new(
        "spikes_1_to_b",
        "Output 1, spikes for ■",
        Unit::None,
        "Per test presentation.",
    ),
    Measure::new(
        "spikes_2_to_b",
        "Output 2, spikes for ■",
        Unit::None,
        "Per test presentation.",
    ),
    Measure::new(
        "theta_1_mv",
        "Threshold rise of output 1",
        Unit::Mv,
        "What homeostasis has added.",
    ),
    Measure::new(
        "theta_2_mv",
        "Threshold rise of output 2",
        Unit::Mv,
        "What homeostasis has added.",
    ),
    Measure::new(
        "outputs_started_above",
        "Outputs that began above threshold",
        Unit::None,
        "Set before anything is learned, and it decides what comes out.",
    ).main(),
    Measure::new(
        "preference_1",
        "Preference of output 1",
        Unit::None,
        "From −1, only ■, to 1, only ▲.",
    ),
    Measure::new(
        "preference_2",
        "Preference of output 2",
        Unit::None,
        "From −1, only ■, to 1, only ▲.",
    ),
    Measure::new(
        "weight_min",
        "Least weight",
        Unit::None,
        "Of all synapses.",
    ),
    Measure::new(
        "weight_max",
        "Greatest weight",
        Unit::None,
        "Of all synapses.",
    ),
    Measure::new(
        "spikes_input_a",
        "Spikes per input, ▲",
        Unit::None,
        "Over the whole run.",
    ),
    Measure::new(
        "spikes_input_b",
        "Spikes per input, ■",
        Unit::None,
        "Over the whole run.",
    ),
    Measure::new(
        "spikes_output_1",
        "Spikes of output 1",
        Unit::None,
        "Over the whole run.",
    ),
    Measure::new(
        "spikes_output_2",
        "Spikes of output 2",
        Unit::None,
        "Over the whole run.",
    ),
    Measure::new(
        "dopamine",
        "Dopamine",
        Unit::None,
        "Its level: it never changes.",
    ),
    Measure::new(
        "silent_output_change",
        "Change onto the silent output",
        Unit::None,
        "The greatest change of a weight onto the output that never fires.",
    ),
    Measure::new(
        "other_starts",
        "Other starts tried",
        Unit::None,
        "Runs of the same network from other seeds, done beside this one.",
    ),
    Measure::new(
        "other_starts_cosine_one_above",
        "Their cosine, one began above",
        Unit::None,
        "Median of those in which exactly one output began above threshold.",
    ),
    Measure::new(
        "other_starts_cosine_else",
        "Their cosine, the rest",
        Unit::None,
        "Median of the others.",
    ),
];
