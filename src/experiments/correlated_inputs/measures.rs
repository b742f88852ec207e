//! What the results mean.

use crate::lab::{Measure, Unit};

/// Every result of all three parts, in the order in which the page tells them.
pub const MEASURES: &[Measure] = &[
    Measure::new(
        "pairwise_correlation",
        "Correlation of two inputs",
        Unit::None,
        "Mean correlation coefficient of the spike counts per bin of two inputs of the group.",
    ),
    Measure::new(
        "pairwise_correlation_expected",
        "Correlation in theory",
        Unit::None,
        "What the generator should give.",
    ),
    Measure::new(
        "pairwise_correlation_independent",
        "Correlation, independent group",
        Unit::None,
        "The same measured in the group whose inputs have nothing in common.",
    ),
    Measure::new(
        "pairwise_correlation_identical",
        "Correlation, identical group",
        Unit::None,
        "The same measured in the group whose inputs all fire together.",
    ),
    Measure::new(
        "rate_hz",
        "Input rate",
        Unit::Hz,
        "Mean rate of the inputs, counted.",
    ),
    Measure::new(
        "rate_hz_expected",
        "Input rate in theory",
        Unit::Hz,
        "What the generator should give.",
    ),
    Measure::new(
        "virtual_weight",
        "Virtual weight",
        Unit::None,
        "Sum of all changes by the pairs of two trains, in units of the greatest change by one pair.",
    ).main(),
    Measure::new(
        "virtual_weight_without_lag",
        "… by pairs without a lag",
        Unit::None,
        "The part of it that spikes of the same step gave: what is left without it is the work of spike timing.",
    ).main(),
    Measure::new(
        "virtual_weight_independent",
        "Virtual weight, independent trains",
        Unit::None,
        "The same for two trains with nothing in common.",
    ),
    Measure::new(
        "virtual_weight_identical",
        "Virtual weight, identical trains",
        Unit::None,
        "The same for a train with itself.",
    ),
    Measure::new(
        "mean_weight",
        "Mean weight",
        Unit::Share,
        "Of all inputs, as a share of the greatest weight.",
    ),
    Measure::new(
        "mean_weight_correlated",
        "Weight of the group",
        Unit::Share,
        "Mean of the inputs that the generator singles out, which the figures name: correlated, slower, early, in the pattern. As a share of the greatest weight.",
    ).main(),
    Measure::new(
        "mean_weight_second",
        "Weight of the second group",
        Unit::Share,
        "The mean of the second correlated group.",
    ).main(),
    Measure::new(
        "mean_weight_uncorrelated",
        "Weight of the others",
        Unit::Share,
        "Mean of the inputs of no group.",
    ).main(),
    Measure::new(
        "selectivity",
        "Selectivity",
        Unit::None,
        "Weight of the group less that of the others: 1 if only they are left.",
    ),
    Measure::new(
        "share_below_0_1",
        "Weights near 0",
        Unit::Share,
        "Share of the weights below a tenth of the greatest.",
    ),
    Measure::new(
        "share_above_0_9",
        "Weights near the greatest",
        Unit::Share,
        "Share of the weights above nine tenths of it.",
    ),
    Measure::new(
        "mean_weight_inhibitory",
        "Weight of inhibition",
        Unit::Share,
        "Mean of the inhibitory weights, which learn too.",
    ),
    Measure::new(
        "output_rate_hz",
        "Output rate, end",
        Unit::Hz,
        "Over the last part of the run.",
    ).main(),
    Measure::new(
        "output_rate_hz_overall",
        "Output rate, whole run",
        Unit::Hz,
        "From the first step on.",
    ),
    Measure::new(
        "output_rate_hz_correlated",
        "… of the copy with correlated inputs",
        Unit::Hz,
        "The neuron that a yoked control follows, over the last part of the run.",
    ).main(),
    Measure::new(
        "synapse_gain",
        "Gain of the synapses",
        Unit::None,
        "By how much a yoked control's input spikes count for more than those of the copy that it follows.",
    ).main(),
    Measure::new(
        "output_cv",
        "Irregularity of the output",
        Unit::None,
        "Standard deviation of the intervals between output spikes over their mean: 1 for a Poisson process.",
    ),
    Measure::new(
        "output_in_pattern",
        "Output spikes in the pattern",
        Unit::Share,
        "Share of the output spikes of the last part that fall into the pattern.",
    ).main(),
    Measure::new(
        "pattern_hit_share",
        "Patterns that were answered",
        Unit::Share,
        "Share of the patterns of the last part into which at least one output spike fell.",
    )
    .main(),
    Measure::new(
        "false_alarms",
        "False alarms",
        Unit::None,
        "Output spikes of the last part outside the pattern.",
    ),
    Measure::new(
        "pattern_latency_ms",
        "Latency of the answer",
        Unit::Ms,
        "Mean time from the beginning of a pattern to the first output spike in it, last part of the run.",
    ),
    Measure::new(
        "output_in_pattern_by_chance",
        "… if they fell anywhere",
        Unit::Share,
        "The share of the time that the pattern takes.",
    ),
];
