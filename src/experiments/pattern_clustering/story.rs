//! What the page says about pattern clustering, and the presets.

use crate::lab::{Prediction, Preset, Story};

/// The page's text.
pub const STORY: Story = Story {
    about: "Two patterns of input spikes, two output neurons. Each output should become a specialist of one pattern, \
            with nobody to tell it which. A published program seemed to do it; here is what it really did, and a \
            network that does it.",
    question: "When two outputs end with different weights, have they learned two patterns?",
    predict: Prediction {
        question: "In the published program the weights of the two outputs come apart where exactly one of them starts \
                   above its threshold: their cosine falls from 0.99 to about 0.27. What if both outputs start from the same potential, and all else stays as it is?",
        options: &[
            "the same: the inputs tell them apart",
            "it stays near 1: nothing comes apart",
            "it falls even further",
        ],
        answer: 1,
        because: "Nothing in the program makes outputs compete, and both get the same two groups of inputs at once. What \
                  parts them is where their potentials start. From the same start the cosine ended above 0.98 in each of \
                  100 seeds.",
        preset: "published_same_start",
    },
    try_first: &[
        "Press Run and watch \"Who answers?\": both lines leave the middle, one up, one down. Then set the overlap to 1.",
        "Switch homeostasis off: one output takes both patterns. Or set lateral inhibition to 0: in 18 of 20 seeds \
         both outputs learn the same pattern, and no output learns the other one.",
        "Open \"Published: STDP\" and look at where the outputs started. Then change the seed a few times.",
    ],
    notice: &[
        "A cosine says little by itself. All weights beginning positive, it is 0.99 before anything is learned; and at half \
         overlap it ends at 0.55, the centred one at 0, with two perfect specialists. Selectivity and the test tell.",
        "Published: with exactly one output above the threshold at the start the median final cosine is about 0.27 with \
         STDP and −0.70 with \"R-STDP\"; otherwise it is near 1. In eight runs of ten both groups prefer the same output.",
        "The published \"R-STDP\" has no reward: its dopamine is 1 in every iteration. Weights below zero, not \
         selectivity, make its cosine negative.",
        "A reward that depends on the response decides who learns what. A constant one leaves it to chance, and a coin \
         keeps most runs from learning: 27 of 100 tell the patterns apart.",
    ],
    equations: include!(concat!(env!("OUT_DIR"), "/pattern_clustering_equations.rs")),
    sources: &[
        (
            "M. Zamani. Neural-Learning-and-Coding: notebooks on STDP and R-STDP, and the assignment behind them.",
            "https://github.com/MohaZamani/Neural-Learning-and-Coding",
        ),
        (
            "E. M. Izhikevich (2007). Solving the distal reward problem through linkage of STDP and dopamine signaling. \
             Cereb. Cortex 17, 2443–2452. (Eligibility and reward.)",
            "https://doi.org/10.1093/cercor/bhl152",
        ),
        (
            "D. Querlioz et al. (2013). Immunity to device variations in a spiking neural network with memristive \
             nanodevices. IEEE Trans. Nanotechnol. 12, 288–295. (Homeostasis.)",
            "https://doi.org/10.1109/TNANO.2013.2250995",
        ),
        (
            "P. U. Diehl and M. Cook (2015). Unsupervised learning of digit recognition using spike-timing-dependent \
             plasticity. Front. Comput. Neurosci. 9, 99. (Competition.)",
            "https://doi.org/10.3389/fncom.2015.00099",
        ),
    ],
    deviations: &[
        "Patterns that take turns: all of it is ours. The assignment asked for alternating patterns, growing overlap and \
         background activity; the published program has none of them.",
        "Published: the program gives no units. One iteration counts as 1 ms on this page, and its axes say iterations; \
         dt/τ is 0.001 as there.",
        "Published: neurons that start at or above the threshold are put to −70 mV before the first iteration, without a \
         spike. If they fired in it instead, the percentiles would be others (0.93 instead of 0.27 for one output above).",
        "Published: its pictures are photographs; ours are random textures with the same range of greys, fed through the \
         same scrambled table.",
        "Published: weights, potentials and noise are drawn by our generator; single runs differ from the program's.",
        "The spikes of a run are shown as a raster; the program plots the iteration number against itself.",
    ],
};

/// Named parameter sets.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "ours",
        label: "Two patterns, a quarter shared",
        help: "Outputs compete, and each learns a pattern of its own.",
        link: "",
    },
    Preset { id: "overlap_0", label: "Nothing shared", help: "The easy case.", link: "overlap=0" },
    Preset {
        id: "overlap_50",
        label: "Half shared",
        help: "Two specialists, and a cosine of 0.55.",
        link: "overlap=0.5",
    },
    Preset {
        id: "overlap_100",
        label: "The same pattern twice",
        help: "Nothing to tell apart: outputs answer by turns.",
        link: "overlap=1",
    },
    Preset {
        id: "no_inhibition",
        label: "Without inhibition",
        help: "In 18 of 20 seeds both outputs learn the same pattern, and no output learns the other one.",
        link: "inhibition=0",
    },
    Preset {
        id: "no_homeostasis",
        label: "Without homeostasis",
        help: "All weights grow to their end, and one output takes both patterns.",
        link: "homeostasis=0",
    },
    Preset {
        id: "no_competition",
        label: "Without competition",
        help: "Neither inhibition nor homeostasis: two copies of one neuron.",
        link: "inhibition=0&homeostasis=0",
    },
    Preset {
        id: "together",
        label: "Both patterns at once",
        help: "As the published program shows them. Then there is one pattern, not two.",
        link: "alternating=0",
    },
    Preset {
        id: "counting",
        label: "Without a time window",
        help: "Traces that outlive many presentations, as in the published program.",
        link: "tau_ms=10000&a_plus=0.0005",
    },
    Preset {
        id: "reward",
        label: "Reward on the response",
        help: "Output 1 is to answer to ▲ and output 2 to ■.",
        link: "reward=response",
    },
    Preset {
        id: "reward_constant",
        label: "Reward for anything",
        help: "Two specialists, but who learns what is left to chance.",
        link: "reward=constant",
    },
    Preset {
        id: "reward_coin",
        label: "Reward by a coin",
        help: "What is learned is as often undone. Competition alone tells the patterns apart in 27 of 100 seeds; the \
               first is one of them.",
        link: "reward=coin",
    },
    Preset {
        id: "silent",
        label: "With silent neurons",
        help: "An input and an output that never fire change nothing about the test.",
        link: "silent=1",
    },
    Preset {
        id: "published_stdp",
        label: "Published: STDP",
        help: "Noisy currents, strong into ▲ and weak into ■. The report: a cosine of 0.22, two patterns learned.",
        link: "mode=published",
    },
    Preset {
        id: "published_pictures",
        label: "Published: STDP, pictures",
        help: "Spikes of two pictures. The report: 0.995, too alike to separate; from other starts they come apart.",
        link: "mode=published&stimulus=pictures",
    },
    Preset {
        id: "published_silent",
        label: "Published: STDP, silent neurons",
        help: "Weights onto an output that never fires do not move.",
        link: "mode=published&silent=1",
    },
    Preset {
        id: "published_r_stdp",
        label: "Published: \"R-STDP\"",
        help: "The report: a cosine of −0.72, because one pattern was rewarded and the other punished.",
        link: "mode=published&rule=r_stdp",
    },
    Preset {
        id: "published_r_pictures",
        label: "Published: \"R-STDP\", pictures",
        help: "The report: 0.977, both patterns rewarded; from other starts the outputs come apart.",
        link: "mode=published&rule=r_stdp&stimulus=pictures",
    },
    Preset {
        id: "published_r_silent",
        label: "Published: \"R-STDP\", silent neurons",
        help: "Weights onto an output that never fires gain 2 all the same.",
        link: "mode=published&rule=r_stdp&silent=1",
    },
    Preset {
        id: "published_same_start",
        label: "Published: from the same start",
        help: "Both outputs start alike, and nothing comes apart.",
        link: "mode=published&v_init_sd=0",
    },
    Preset {
        id: "published_identical",
        label: "Published: identical currents",
        help: "The same current into both groups, and \"R-STDP\" still tells the outputs apart.",
        link: "mode=published&rule=r_stdp&i_a=125&i_b=125",
    },
    Preset {
        id: "published_window",
        label: "Published: with a time window",
        help: "Traces of 20 iterations instead of 1,000: the outputs stay alike.",
        link: "mode=published&tau_s=20",
    },
];
