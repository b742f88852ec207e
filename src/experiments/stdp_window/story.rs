//! What the page says about the window, and its presets.

use crate::lab::{Prediction, Preset, Story};

/// The page's text.
pub const STORY: Story = Story {
    about: "A synapse remembers spikes as traces that fade. When the other side fires, the trace says how long \
            ago the first spike was, and the weight moves: this is spike-timing-dependent plasticity.",
    question: "The same pair of spikes, sixty times: does it matter whether that takes a second or ten minutes?",
    predict: Prediction {
        question: "In visual cortex a pair depresses when the output comes 10 ms before the input. Sixty such pairs, \
                   repeated faster and faster: what has become of the depression at 50 pairs per second?",
        options: &[
            "it is deeper, since neighbouring pairs depress each other as well",
            "it is as it was: the order within each pair is the same",
            "it has turned into potentiation",
        ],
        answer: 2,
        because: "The weight was measured to sink by 29 % at 0.1 pairs per second and to grow by 75 % at 50. Pairs \
                  alone say the first (minus 46 %). The triplet rule finds the crossing (plus 75 %): an output \
                  spike does more when another one came shortly before it.",
        preset: "visual_min",
    },
    try_first: &[
        "Drag a spike across the other one, and watch the dot cross the window.",
        "Press Run at 1/100 of real time: the weight waits for the second spike.",
        "Open the visual cortex presets and look at the sixty pairs: only triplets follow the dots.",
        "Choose multiplicative, and change the weight that the pair finds.",
    ],
    notice: &[
        "The second spike reads the trace of the first, so the window is nothing but two fading traces.",
        "One pair at a time, all rules look alike. Their frequency tells them apart: with pairs alone, \
         pairing faster moves both lines down, because depression reaches across to the next pair.",
        "The triplet rule crosses from depression to potentiation at −10 ms, between 20 and 40 pairs per \
         second, as the synapses of visual cortex do.",
        "In visual cortex the minimal triplet rule has no potentiation by a single pair at all: its window \
         is empty on one side.",
        "In hippocampus two outputs around an input do far more than two inputs around an output. No rule \
         of pairs alone tells them apart that way.",
        "Where the change depends on the weight, strong synapses depress more than they grow: that keeps \
         weights from running to their bounds.",
    ],
    equations: include!(concat!(env!("OUT_DIR"), "/stdp_window_equations.rs")),
    sources: &[
        (
            "S. Song, K. D. Miller and L. F. Abbott (2000). Competitive Hebbian learning through \
             spike-timing-dependent synaptic plasticity. Nat. Neurosci. 3, 919–926. (The default.)",
            "https://doi.org/10.1038/78829",
        ),
        (
            "J.-P. Pfister and W. Gerstner (2006). Triplets of spikes in a model of spike timing-dependent \
             plasticity. J. Neurosci. 26, 9673–9682.",
            "https://doi.org/10.1523/JNEUROSCI.1425-06.2006",
        ),
        (
            "P. J. Sjöström, G. G. Turrigiano and S. B. Nelson (2001). Rate, timing, and cooperativity jointly \
             determine cortical synaptic plasticity. Neuron 32, 1149–1164. (The dots.)",
            "https://doi.org/10.1016/S0896-6273(01)00542-6",
        ),
        (
            "R. Gütig, R. Aharonov, S. Rotter and H. Sompolinsky (2003). Learning input correlations through \
             nonlinear temporally asymmetric Hebbian plasticity. J. Neurosci. 23, 3697–3714.",
            "https://doi.org/10.1523/JNEUROSCI.23-09-03697.2003",
        ),
        (
            "J. Rubin, D. D. Lee and H. Sompolinsky (2001). Equilibrium properties of temporally asymmetric \
             Hebbian plasticity. Phys. Rev. Lett. 86, 364–367.",
            "https://doi.org/10.1103/PhysRevLett.86.364",
        ),
        (
            "A. Morrison, A. Aertsen and M. Diesmann (2007). Spike-timing-dependent plasticity in balanced \
             random networks. Neural Comput. 19, 1437–1467.",
            "https://doi.org/10.1162/neco.2007.19.6.1437",
        ),
        (
            "A. Morrison, M. Diesmann and W. Gerstner (2008). Phenomenological models of synaptic plasticity \
             based on spike timing. Biol. Cybern. 98, 459–478. (Pairing schemes.)",
            "https://doi.org/10.1007/s00422-008-0233-1",
        ),
    ],
    deviations: &[
        "Weights are in units of the greatest one. Song's amplitudes are 0.005 and 1.05 times that.",
        "The dots at 0.1 and 50 pairs per second were checked in a second source, those between are \
         recalled; the errors of the published fits confirm the table as a whole.",
        "χ² per point compares any rule with data of visual cortex, also rows that were fitted to hippocampus. \
         The fits to hippocampus rest on other data, which are not shown.",
        "Of the widths named after Bi and Poo (2001, a review) only the widths are certain; the amplitudes of \
         that preset are recalled, given per 60 pairs there and divided by 60 here.",
        "Ezra Tsur's course page (Neuromorphic Engineering, section 7.4) starts at weight 0 without bounds; \
         here the weight is 1 so that shares can be told. It has one time constant, one amplitude, and adds \
         the full amplitude at Δt = 0, which decides what correlated inputs do there.",
        "van Rossum's rule has noise on every change; here it is left out, so that the window is a line.",
        "The power law has the default parameters of NEST, not those of the article.",
        "The pair that is shown stands on a grid of 0.1 ms; everything else is measured at exact times. \
         Nothing is random, so the seed changes nothing.",
    ],
};

const fn preset(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    link: &'static str,
) -> Preset {
    Preset { id, label, help, link }
}

/// Named parameter sets.
pub const PRESETS: &[Preset] = &[
    preset("song", "Song 2000", "Additive, nearly symmetric, a little more depression.", ""),
    preset(
        "pair_only",
        "Pairs with visual cortex's widths",
        "Pairs alone against the data: both lines sink with the frequency.",
        "dependence=unbounded&w_init=1&a_minus=0.0071&tau_plus_ms=16.8&tau_minus_ms=33.7&coincidence=potentiates",
    ),
    preset(
        "visual_min",
        "Triplets: visual cortex, minimal",
        "Two amplitudes and one slow trace follow ten data points.",
        "rule=triplet",
    ),
    preset(
        "visual_full",
        "Triplets: visual cortex, full",
        "All four amplitudes.",
        "rule=triplet&row=visual_full",
    ),
    preset(
        "visual_nearest_full",
        "Triplets: visual cortex, nearest, full",
        "Only the latest spikes count; the best fit of the four.",
        "rule=triplet&row=visual_nearest_full",
    ),
    preset(
        "visual_nearest_min",
        "Triplets: visual cortex, nearest, minimal",
        "Only the latest spikes count; two amplitudes.",
        "rule=triplet&row=visual_nearest_min",
    ),
    preset(
        "hippocampus_full",
        "Triplets: hippocampus, full",
        "Two outputs around an input do far more than two inputs around an output.",
        "rule=triplet&row=hippocampus_full",
    ),
    preset(
        "hippocampus_min",
        "Triplets: hippocampus, minimal",
        "The same with three amplitudes and one slow trace.",
        "rule=triplet&row=hippocampus_min",
    ),
    preset(
        "bi_poo",
        "Bi and Poo's widths",
        "Potentiation high and short, depression low and long.",
        "dependence=unbounded&w_init=1&a_plus=0.013&a_minus=0.0045&tau_plus_ms=16.8&tau_minus_ms=33.7",
    ),
    preset(
        "course_page",
        "Ezra Tsur's course page",
        "One time constant, equal sides, the full amplitude at Δt = 0, and the axis the other way round.",
        "dependence=unbounded&w_init=1&a_plus=1&a_minus=1&tau_plus_ms=10&tau_minus_ms=10&pairing=reduced\
         &coincidence=potentiates&sign=pre_minus_post",
    ),
    preset(
        "gutig",
        "Gütig 2003, μ = 0.2",
        "Between additive and multiplicative.",
        "dependence=gutig",
    ),
    preset(
        "multiplicative",
        "Rubin 2001, multiplicative",
        "Changes in proportion to the room that is left.",
        "dependence=multiplicative",
    ),
    preset(
        "power_law",
        "Morrison 2007, power law",
        "NEST's default parameters: one strong pair in the middle of it all.",
        "dependence=power_law&w_init=1&a_plus=0.1&a_minus=0.1&coincidence=neither",
    ),
];
