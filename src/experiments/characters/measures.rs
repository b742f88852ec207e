//! What the results mean.

use crate::lab::{Measure, Unit};

/// Every result, in the order in which the page tells them.
pub const MEASURES: &[Measure] = &[
    Measure::new(
        "distinct_outputs",
        "Letters learned",
        Unit::None,
        "Letters for which the same output won every test presentation and spiked for no other letter.",
    ).main(),
    Measure::new(
        "num_letters",
        "Letters in the task",
        Unit::None,
        "How many letters were trained and tested.",
    ),
    Measure::new(
        "hit_rate",
        "Hit rate",
        Unit::Share,
        "Test presentations in which the letter's owner spiked, and nobody else. Owners are the best one-to-one match of outputs and letters.",
    ).main(),
    Measure::new(
        "hit_rate_nearest_template",
        "Hit rate of the nearest template",
        Unit::Share,
        "The same test for a classifier that compares pixels with the clean letters: what can be done at all.",
    ),
    Measure::new(
        "accuracy",
        "Accuracy",
        Unit::Share,
        "Of all pairs of presentation and output, those that were right: the owner spiked, or another kept silent.",
    ),
    Measure::new(
        "accuracy_if_silent",
        "Accuracy of a silent network",
        Unit::Share,
        "What a network that never fires gets: accuracy says little until it is above this.",
    ),
    Measure::new(
        "spikes_own",
        "Spikes for the own letter",
        Unit::None,
        "An owner's mean spikes per presentation of its letter. The source wants 3.",
    ),
    Measure::new(
        "spikes_other",
        "Spikes for other letters",
        Unit::None,
        "An owner's mean spikes per presentation of another letter. The source wants 0.",
    ),
    Measure::new(
        "assigned_letters",
        "Letters in the assigned mapping",
        Unit::None,
        "Letters learned by the very output that was rewarded for them.",
    ).main(),
    Measure::new(
        "assigned_hit_rate",
        "Hit rate in the assigned mapping",
        Unit::Share,
        "As the hit rate, where the assigned output is the owner.",
    ),
    Measure::new(
        "rewarded_letters",
        "Rewarded twin: letters learned",
        Unit::None,
        "The same measure for the twin that earns the rewards of which this run gets the times.",
    ),
    Measure::new(
        "unrewarded_letters",
        "Unsupervised twin: letters learned",
        Unit::None,
        "Letters that the twin without reward learned, by any output.",
    ),
    Measure::new(
        "raised_weights",
        "Weights raised",
        Unit::None,
        "How many changes per training presentation made a weight from an input to an output greater.",
    ),
    Measure::new(
        "lowered_weights",
        "Weights lowered",
        Unit::None,
        "How many changes per training presentation made such a weight smaller.",
    ),
    Measure::new(
        "depression_share",
        "Depression's share of all change",
        Unit::Share,
        "The sum of all that weights sank by in training, over that of all they moved by.",
    ),
    Measure::new(
        "changed_weights_silent",
        "Weights of silent pixels changed",
        Unit::None,
        "How many changes per training presentation, up or down, were those of pixels that were off in it.",
    ),
    Measure::new(
        "published_hit_rate",
        "Hit rate, as published",
        Unit::Share,
        "The source's own score: true positives per presentation, where a letter's owner is the first output that fires for it.",
    ),
    Measure::new(
        "published_total_correct",
        "Total correct, as published",
        Unit::Share,
        "The source's own score: true positives and true negatives among all pairs.",
    ),
    Measure::new(
        "published_tp",
        "True positives, as published",
        Unit::None,
        "Counted with the source's owners.",
    ),
    Measure::new(
        "published_fp",
        "False positives, as published",
        Unit::None,
        "Counted with the source's owners.",
    ),
    Measure::new(
        "published_tn",
        "True negatives, as published",
        Unit::None,
        "Counted with the source's owners.",
    ),
    Measure::new(
        "published_fn",
        "False negatives, as published",
        Unit::None,
        "Counted with the source's owners.",
    ),
];
