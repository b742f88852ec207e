//! What the page says to try and to notice at the neuron: it follows the inputs, the homeostasis and the rule that are
//! chosen. What is asked, the equations and the sources are the same for all.

use super::params::NeuronParams;
use super::story::STORY;
use crate::kit::params::{CellKind, HomeostasisKind, RuleKind};
use crate::lab::Story;

/// The story of these choices; none where it is that of the whole demo, additive pairs on correlated inputs. Of several
/// choices the one that shapes the weights most is told about.
pub fn of(p: &NeuronParams) -> Option<Story> {
    let learns_inhibition = matches!(&p.cell, CellKind::Conductance(c) if c.is_vogels);
    let has_homeostasis = learns_inhibition || p.homeostasis != HomeostasisKind::None;
    Some(match p.learning.rule {
        _ if p.generator.has_pattern() => PATTERN,
        _ if !p.generator.is_of_groups() => SHAPES,
        RuleKind::Triplet { .. } => TRIPLETS,
        RuleKind::Offset { .. } | RuleKind::Asymptotic { .. } => AS_PUBLISHED,
        _ if has_homeostasis => HOMEOSTASIS,
        RuleKind::PowerLaw { .. } | RuleKind::VanRossum { .. } => GRADED,
        RuleKind::Pair if p.learning.mu > 0.0 => GRADED,
        RuleKind::Pair | RuleKind::Fixed if !p.cell.is_plain() => NEURONS,
        RuleKind::Pair | RuleKind::Fixed => return None,
    })
}

const PATTERN: Story = Story {
    try_first: &[
        "Press Run and look at the spikes: the pattern is marked, and the output on top comes to fire in it.",
        "Set the rule to none: the output answers the pattern as often as chance has it.",
        "Open \"Masquelier, Guyonneau and Thorpe\", and let the pairing be all to all.",
    ],
    notice: &[
        "A pattern of 50 ms returns every 250 ms at no higher rate. Without learning, 25 ± 5 % of the output spikes answer \
         it, as chance has it (24 %); with learning 67 ± 42 % do: most seeds find it, some do not (8 seeds).",
        "With the numbers of Masquelier and others the pattern is found in 20 of 20 seeds: 63 output spikes per second, 30 % \
         of them in the pattern by chance, become 5. After 100 s each showing is answered, and no spike falls outside. They \
         come ever sooner after its start: 5.9 ms after 100 s (4.2 to 11.2), 4.3 ms after 450 s, when 98 % of the showings \
         are answered (90 to 100). By the paper's criterion (over 98 % answered, none outside, within 10 ms) 19 of 20 have \
         it after 100 s, 12 after 450. Count every pair (pairing \"all to all\"), or use spikes twice (\"nearest\"), and \
         the neuron falls silent.",
        "The pattern of STDP-research is learned the other way round: 4 ± 3 % of the output spikes answer it, where chance \
         has 30 % (20 seeds). Its neuron answers at once, and what follows an answer depresses: in the first 10 s a spike of \
         the pattern loses 0.07 A₊ on average and any other 0.02 A₊, so inputs win that are silent in it. With a neuron \
         that answers later, a spike of the pattern gains 0.16 A₊, and 87 ± 31 % answer.",
    ],
    ..STORY
};

const SHAPES: Story = Story {
    try_first: &[
        "Press Run and look at the spikes: who is active when, and at what rate.",
        "Then look at the weights, and see which inputs end up strong.",
        "Choose another generator: growing rates, random offsets, periodic volleys.",
    ],
    notice: &[
        "Rates alone count too: of inputs whose rates grow from 0 to 100 Hz, the slower half keeps 0.43 ± 0.06 and the \
         faster half 0.13 ± 0.03 (8 seeds). More spikes meet more output spikes by chance, and chance depresses.",
        "Blocks at random offsets: an input that is silent has no trace, so its weight waits. Weights move only while their \
         inputs are active.",
        "In a volley all inputs fire in the same step. The rule cannot tell them apart, and their weights only differ by where \
         they started.",
    ],
    ..STORY
};

const TRIPLETS: Story = Story {
    try_first: &[
        "Press Run and watch both groups go up together, and the output with them.",
        "Choose normalisation as the homeostasis: the same rule now finds the group.",
        "Choose the fit to hippocampus, which has a shorter memory of output spikes.",
    ],
    notice: &[
        "Triplets run away (preset \"Triplets run away\"): in 8 of 8 seeds every weight ends near 1, correlated \
         0.996 ± 0.003, others 0.992 ± 0.005, at 69 ± 2 Hz.",
        "With a fixed sum of weights the same rule finds the group: 0.585 ± 0.007 against 0.015 ± 0.007 (8 seeds).",
        "An output spike counts the more the sooner it follows another one. With inputs and outputs that have nothing to do \
         with each other the fit to visual cortex depresses below 19 Hz of output and potentiates above: more rate makes \
         more rate.",
    ],
    ..STORY
};

const AS_PUBLISHED: Story = Story {
    try_first: &[
        "Press Run, and see whether the two groups part.",
        "Move the offset. An input of rate r has the mean trace r τ₊, and only above the offset it gains.",
        "Open \"500 inputs, as in STDP-research\": the rule of pairs that the same study used before.",
    ],
    notice: &[
        "The offset rule of STDP-research, with the offset of its program, lifts all weights alike: 0.299 ± 0.004 in \
         the group, 0.300 ± 0.000 outside it.",
        "With the best offset of its search, 0.294, the group reaches 0.121 ± 0.019, and the others fall below zero, −0.144 ± \
         0.026 after 100 s and on from there: the rule has no lower end (8 seeds each).",
        "The asymptotic rule lifts all weights alike as well, from 0.01 to 0.068 in the group and outside it (8 seeds). Its \
         upper end is always 0.1 above the largest weight, so nothing holds any of them back.",
        "Pairs find the same group: 0.141 ± 0.004 against 0.0035 ± 0.0001 after the same 100 s (8 seeds).",
    ],
    ..STORY
};

const HOMEOSTASIS: Story = Story {
    try_first: &[
        "Press Run and watch the output rate beside its target, the dashed line.",
        "Set the rule to none, and see what homeostasis does alone.",
        "Choose another one: synaptic scaling, a fixed sum of weights, inhibition that learns.",
    ],
    notice: &[
        "Scaling and STDP pull against each other: a target of 10 Hz leaves 14.2 ± 0.2 Hz instead of 30.7 ± 1.2, and \
         the group still wins, 0.745 ± 0.050 against 0.022 ± 0.002 (8 seeds).",
        "What is left over is the price of scaling in proportion to the error: without STDP the rate is 10.0 Hz, and with \
         scaling twice or four times as fast 11.9 or 10.9 Hz (4 seeds).",
        "A fixed sum knows no rate, only competition: with a mean of 0.3 the group takes 0.583 ± 0.002, and the others \
         keep 0.017 ± 0.002 (8 seeds).",
        "Inhibition that learns brings 125 Hz down to its target of 6.25 Hz without any teacher (6.41 ± 0.13 Hz, 8 seeds).",
    ],
    ..STORY
};

const GRADED: Story = Story {
    try_first: &[
        "Press Run and look at \"Weights now\": one hump, and not two heaps at the ends.",
        "With pairs, move the weight dependence μ down to 0.05, then up to 1, and watch how far the groups are apart.",
        "Choose van Rossum's rule, and set its noise to 0: the hump becomes a needle.",
    ],
    notice: &[
        "Additive rules (μ = 0) push every weight to one end; with μ = 1 all stay in the middle. In between, \
         weights are graded and still tell the groups apart. On the linear neuron, with half of 200 inputs correlated at 0.1, \
         μ = 1, 0.2 and 0.05 give 0.548 ± 0.006 against 0.494 ± 0.002, 0.767 ± 0.018 against 0.461 ± 0.005, and 0.980 ± 0.005 \
         against 0.328 ± 0.010 (8 seeds).",
        "At μ = 0.02 the end of the graded range is near. The group has 0.991 ± 0.003 and the others 0.180 ± 0.015 (8 seeds), \
         and those do not agree any more: within one run their weights spread by 0.13.",
        "Van Rossum's rule gives one broad hump, longer on its right: 1,000 independent inputs have a mean weight of \
         0.350 ± 0.002, a spread of 0.064 ± 0.002 and a skewness of 0.66 ± 0.13 (8 seeds), and none of them comes near an end: \
         0.19 to 0.71. With additive pairs 43 % of the same inputs end below 0.1.",
        "Its group is told apart as well: where half of 100 inputs are correlated at 0.2, they have 0.884 ± 0.013 and the others \
         0.342 ± 0.007 (8 seeds). Noise is what makes the hump broad: without it the 1,000 weights spread by 0.011, and with \
         three times as much, 0.015, some reach the upper end.",
        "The closed forms hold for the linear neuron and independent inputs: 0.470 for μ = 0.2, 0.480 for the power law with \
         0.4.",
    ],
    ..STORY
};

const NEURONS: Story = Story {
    try_first: &[
        "Press Run and look at the membrane potential, and at what a spike leaves behind.",
        "Choose a refractory time of 20 ms: the neuron cannot fire faster than 50 Hz any more, and the groups still part.",
        "Choose the soft reset: what a volley brings above the threshold is kept for the next spike.",
    ],
    notice: &[
        "Which neuron it is matters less than who comes together: with a threshold that rises the group ends at 0.998 ± 0.001 \
         and the others at 0.352 ± 0.038, with a neuron that fires by chance at 0.995 ± 0.002 and 0.255 ± 0.045, with \
         conductances at 0.996 ± 0.002 and 0.119 ± 0.024 (8 seeds).",
        "Volleys bring the potential far above the threshold. The hard reset forgets that; with the soft one the adaptive \
         neuron fires at 33.9 ± 1.0 instead of 19.0 ± 0.9 Hz, and the others lose more: 0.126 ± 0.020 (8 seeds). With \
         conductances, which a volley opens for 5 ms, there is little to keep: 31.4 ± 1.2 instead of 30.7 ± 1.2 Hz.",
        "A refractory time of 20 ms takes the later spikes of a burst away: 8.5 ± 0.3 instead of 30.7 ± 1.2 Hz with \
         conductances. The group still ends at 0.998 ± 0.001, the others at 0.209 ± 0.028 (8 seeds).",
        "500 inputs, 100 of them jittered copies of one train, on the second-order neuron: 0.141 ± 0.004 against 0.0035 ± \
         0.0001 after 100 s (8 seeds).",
    ],
    ..STORY
};
