//! What the results mean.

use crate::lab::{Measure, Unit};

/// Every result of both parts, in the order in which the page tells them.
pub const MEASURES: &[Measure] = &[
    Measure::new(
        "synapse_final",
        "Chosen synapse",
        Unit::Mv,
        "Its weight now. It begins at 0, the others at 1, and none goes above 4.",
    ).main(),
    Measure::new(
        "synapse_percentile",
        "Weaker synapses",
        Unit::Percent,
        "Share of all plastic synapses that are weaker than the chosen one. Above 95 it is among the strongest twentieth.",
    ).main(),
    Measure::new(
        "reached_cap",
        "Reached the greatest weight",
        Unit::YesNo,
        "Whether the chosen synapse was ever at its greatest weight.",
    ).main(),
    Measure::new(
        "first_cap_s",
        "… for the first time after",
        Unit::S,
        "Network time until the chosen synapse first was at its greatest weight.",
    ),
    Measure::new(
        "num_rewards",
        "Rewards",
        Unit::None,
        "How many releases of dopamine there were.",
    ),
    Measure::new(
        "num_pairings",
        "Pairings",
        Unit::None,
        "How often the second neuron of the chosen pair fired soon enough after the first to earn a reward.",
    ),
    Measure::new(
        "rate_hz",
        "Mean rate",
        Unit::Hz,
        "Of all neurons over the whole run.",
    ),
    Measure::new(
        "mean_weight",
        "Mean weight",
        Unit::Mv,
        "Of all plastic synapses.",
    ),
    Measure::new(
        "share_near_cap",
        "Synapses near the greatest weight",
        Unit::Share,
        "Share of the plastic synapses at 3.9 mV or more.",
    ),
    Measure::new(
        "synapse_final_twin",
        "Chosen synapse in the twin",
        Unit::Mv,
        "Its weight in the network that is run beside this one.",
    ),
    Measure::new(
        "num_rewards_twin",
        "Rewards of the twin",
        Unit::None,
        "How many releases of dopamine the twin had.",
    ),
    Measure::new(
        "change_rewarded",
        "Change, rewarded pairing",
        Unit::Mv,
        "Input before output, and reward within its trace.",
    ).main(),
    Measure::new(
        "change_reversed",
        "Change, reversed order",
        Unit::Mv,
        "Output before input, and reward.",
    ).main(),
    Measure::new(
        "change_unrewarded",
        "Change, no reward",
        Unit::Mv,
        "Input before output, and no reward.",
    ).main(),
];
