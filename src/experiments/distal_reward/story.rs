//! What the page says about distal reward, and the presets.

use crate::lab::{Prediction, Preset, Story};

/// The page's text.
pub const STORY: Story = Story {
    about: "Reward comes seconds after the spikes that earned it, when thousands of others have come and gone. Each synapse \
            keeps a short memory of what spike timing proposed, and dopamine turns whatever is left into weight.",
    question: "One synapse among 80,000 earns every reward, one to three seconds late. Can it be found?",
    predict: Prediction {
        question: "Now the network gets as many rewards at other times, which its pairings did not earn. What becomes of the \
                   chosen synapse?",
        options: &[
            "it climbs as high, only later",
            "it climbs halfway",
            "it stays weak",
            "all synapses climb",
        ],
        answer: 2,
        because: "Dopamine then meets whatever the synapse happens to remember, which is depression more often than \
                  potentiation. Reward that does not follow a pairing tells nothing about it.",
        preset: "yoked",
    },
    try_first: &[
        "Press Run. An hour passes in about a minute; watch the chosen synapse leave 0.",
        "Set the reward to \"yoked\": as many rewards, at times that have nothing to do with the synapse.",
        "Open \"Single pairings\" and move the delay of reward: the later it comes, the less of the memory is left.",
    ],
    notice: &[
        "Each reward strengthens thousands of synapses that happened to be active, and weakens others. Chance cancels out over \
         many rewards; only the synapse that is there every time adds up.",
        "It climbs in steps: each is a reward that found memory left. Most are small, because after 2 s an eighth of the memory \
         is left.",
        "A strong synapse causes pairings of its own: 90 to 234 in the hour with reward (ten seeds), 59 to 113 without (five).",
        "The mean of all weights sinks, because depression is 1.5 times as strong as potentiation. Without any reward it \
         sinks to about 0.24.",
    ],
    equations: include!(concat!(env!("OUT_DIR"), "/distal_reward_equations.rs")),
    sources: &[
        (
            "E. M. Izhikevich (2007). Solving the distal reward problem through linkage of STDP and dopamine signaling. Cereb. \
             Cortex 17, 2443–2452. Its program is ModelDB 84167.",
            "https://doi.org/10.1093/cercor/bhl152",
        ),
        (
            "E. M. Izhikevich (2003). Simple model of spiking neurons. IEEE Trans. Neural Netw. 14, 1569–1572.",
            "https://doi.org/10.1109/TNN.2003.820440",
        ),
        (
            "W. Potjans, A. Morrison and M. Diesmann (2010). Enabling functional neural circuit simulations with distributed \
             computing of neuromodulated plasticity. Front. Comput. Neurosci. 4, 141.",
            "https://doi.org/10.3389/fncom.2010.00141",
        ),
    ],
    deviations: &[
        "A step does its parts in the order dopamine, membranes, traces, spikes, resets, weights; the program delivers the \
         spikes of the last step at the beginning of the next.",
        "Weights are brought up to date when one of their neurons fires, not every 10 ms: the same rule, apart from rounding.",
        "The noise of each neuron has 16 random bits, so that it falls on 65,536 levels.",
        "The chosen synapse is the first of neuron 0 that does not lead back to it; in the program it is the first.",
        "The yoked control is ours: a twin with the same wiring and noise earns the rewards, and each comes 10 to 60 s later in \
         the network that is shown.",
        "Single pairings are ours too, after an example of Brian 2: all spikes pair, decays are exact, and classical STDP changes \
         the weight by what 20 ms of dopamine at 1 would.",
    ],
};

/// Named parameter sets.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "hour",
        label: "The rewarded synapse",
        help: "The full protocol: one hour, every pairing rewarded 1 to 3 s later.",
        link: "",
    },
    Preset {
        id: "yoked",
        label: "Yoked: rewards at other times",
        help: "As many rewards as its twin earns, each 10 to 60 s later; dashed: the twin.",
        link: "reward=yoked",
    },
    Preset {
        id: "no_reward",
        label: "No reward",
        help: "Only tonic dopamine for an hour.",
        link: "reward=none",
    },
    Preset {
        id: "pairing",
        label: "Single pairings in slow motion",
        help: "Three pairs of spikes: rewarded, reversed, unrewarded.",
        link: "part=pairing",
    },
    Preset {
        id: "classical",
        label: "The same without dopamine",
        help: "Classical STDP: every pair counts at once, rewarded or not.",
        link: "part=pairing&gated=0",
    },
    Preset {
        id: "benchmark",
        label: "Benchmark: dopamine every 5 s",
        help: "One minute without a protocol, as other simulators run it.",
        link: "reward=regular&s_chosen=1&duration_s=60",
    },
];
