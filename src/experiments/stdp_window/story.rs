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
                  alone, with windows as wide as measured there, say the first (minus 46 %). The triplet rule finds the crossing (plus 75 %): an output \
                  spike does more when another one came shortly before it.",
        preset: "visual_min",
    },
    try_first: &[
        "Drag a spike across the other one (both move, about their middle), and watch the dot cross the window.",
        "Press Run at 1/100 of real time: the weight waits for the second spike.",
        "Open the visual cortex presets and look at the sixty pairs: only triplets follow the dots.",
        "Choose multiplicative, and change the weight that the pair finds.",
    ],
    notice: &[
        "The second spike reads the trace of the first, so the window is nothing but two fading traces.",
        "One pair at a time, all rules look alike. Their frequency tells them apart: with pairs alone \
         every spike also meets its neighbours' partners, and the two lines close up. With the wide depression of \
         visual cortex both sink; measured synapses rise.",
        "The triplet rule crosses from depression to potentiation at −10 ms, between 20 and 40 pairs per \
         second, as the synapses of visual cortex do.",
        "In visual cortex the minimal triplet rule has no potentiation by a single pair at all: its window \
         is empty on one side.",
        "In hippocampus two outputs around an input do far more than two inputs around an output. No rule \
         of pairs alone tells them apart that way.",
        "Where the change depends on the weight, strong synapses depress more than they grow: that keeps \
         weights from running to their bounds.",
        "Inhibitory plasticity (Vogels) does not ask which spike came first: pairs closer than 32 ms strengthen, \
         and every input spike has its price. The output's rate is where both balance.",
        "Offset, as published: the dots are a neuron that stayed silent, and its weight moves just the same. So \
         no neuron can become a specialist. With the output first the loss is 0.0070 at any distance.",
        "Offset, found by search: one millisecond after an input spike its trace is 0.25, less than the offset \
         of 0.294. Every output spike weakens every input; sixty pairs take 0.5 below −1.6.",
        "Asymptotic, as published: its upper end is 0.1 ahead of the largest weight, so a large weight grows as \
         fast as a small one. At w = 0.5 a pair at +10 ms adds a fiftieth of what one at −10 ms takes. With the \
         values found by search one pair at −1 ms takes 0.58 from a weight of 0.5.",
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
        (
            "R. C. Froemke and Y. Dan (2002). Spike-timing-dependent synaptic modification induced by natural spike \
             trains. Nature 416, 433–438.",
            "https://doi.org/10.1038/416433a",
        ),
        (
            "T. P. Vogels, H. Sprekeler, F. Zenke, C. Clopath and W. Gerstner (2011). Inhibitory plasticity \
             balances excitation and inhibition in sensory pathways and memory networks. Science 334, 1569–1573.",
            "https://doi.org/10.1126/science.1211095",
        ),
        (
            "P. U. Diehl and M. Cook (2015). Unsupervised learning of digit recognition using spike-timing-dependent \
             plasticity. Front. Comput. Neurosci. 9, 99. (The offset rule is meant as one of theirs.)",
            "https://doi.org/10.3389/fncom.2015.00099",
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
        "The numbers of Froemke and Dan are recalled too: 1.03 and 0.51 for a whole protocol, divided by 60 here. In \
         their data a spike also counts less when another one of the same side came shortly before; this rule of \
         pairs leaves that out.",
        "Ezra Tsur's course page (Neuromorphic Engineering, section 7.4) starts at weight 0 without bounds; \
         here the weight is 1 so that shares can be told. It has one time constant, one amplitude, and adds \
         the full amplitude at Δt = 0, which decides what correlated inputs do there.",
        "van Rossum's rule has noise on every change; here it is left out, so that the window is a line.",
        "The power law has the default parameters of NEST, not those of the article.",
        "Inhibitory plasticity: τ is the article's; η and the target rate of 5 Hz are ours. Its weight is how strongly \
         the input inhibits, in units of the greatest.",
        "Offset and asymptotic are those of the study \"STDP-research\" (2024), which compared them by accident with \
         learning switched off. It counts steps and averages over a batch of images; here a step is 1 ms, times \
         are exact, and the batch is one. A weight that runs away stops at ±10⁶. The offset preset has the rate \
         and the offset that its search found, and the slower memory of its defaults, so that there is something \
         to see; \"found by search\" has the search's own memory.",
        "The gate is that of the study \"Neural-Learning-and-Coding\": 2 of 100 per pair, traces of 10 (ms here), \
         spikes of one moment counted on both sides. Its traces are summed at steps of 0.01, without a unit.",
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
        "hippocampus_nearest_full",
        "Triplets: hippocampus, nearest, full",
        "Only the latest spikes count; the fourth amplitude is next to nothing.",
        "rule=triplet&row=hippocampus_nearest_full",
    ),
    preset(
        "hippocampus_nearest_min",
        "Triplets: hippocampus, nearest, minimal",
        "The same without it (as recalled, not verified).",
        "rule=triplet&row=hippocampus_nearest_min",
    ),
    preset(
        "froemke_dan",
        "Froemke and Dan 2002, as recalled",
        "Pairs in visual cortex: potentiation high and short, depression half as high and far longer.",
        "dependence=unbounded&w_init=1&a_plus=0.0172&a_minus=0.0085&tau_plus_ms=13.3&tau_minus_ms=34.5",
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
    preset(
        "van_rossum",
        "van Rossum 2000, without noise",
        "Strong weights are weakened more, and strengthened no less.",
        "dependence=van_rossum",
    ),
    preset(
        "gate",
        "Gate, as published",
        "Just below the end: one pair at +5 ms steps over it, and there the weight stays for ever.",
        "dependence=gate&w_init=0.99&a_plus=0.02&a_minus=0.02&tau_plus_ms=10&tau_minus_ms=10\
         &coincidence=both&delta_t_ms=5",
    ),
    preset(
        "inhibitory",
        "Vogels 2011, inhibitory",
        "A window with two equal sides, and a price on every input spike.",
        "rule=inhibitory",
    ),
    preset(
        "offset",
        "Offset rule, as published",
        "It moves the weights of neurons that did not fire.",
        "rule=offset",
    ),
    preset(
        "offset_search",
        "Offset rule, found by search",
        "The best trial: whatever the pair, the weight shrinks.",
        "rule=offset&tau_plus_ms=0.72",
    ),
    preset(
        "asymptotic",
        "Asymptotic rule, as published",
        "Its upper end moves on; look where the weight is.",
        "rule=asymptotic",
    ),
    preset(
        "asymptotic_search",
        "Asymptotic rule, found by search",
        "The best trial: a single pair takes more than there is.",
        "rule=asymptotic&a_plus=0.0007&a_minus=9.3&tau_plus_ms=0.72&tau_minus_ms=0.72&delta_t_ms=-1",
    ),
];
