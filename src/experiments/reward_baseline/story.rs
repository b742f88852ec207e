//! What the page says about rewards and their baseline, and the presets.

use crate::lab::{Prediction, Preset, Story};

/// The page's text.
pub const STORY: Story = Story {
    about: "Pairs of spikes leave a trace at their synapse, and the reward at the end of a trial turns traces into \
            weights. Whether that is learning depends on what the reward is compared with.",
    question: "One network learns two responses. One stimulus pays a bonus whatever the network does. What harm can a \
               present do?",
    predict: Prediction {
        question: "The reward is compared with the mean reward of all trials. Stimulus ▲ pays a bonus. What becomes of \
                   the two responses?",
        options: &[
            "both are learned",
            "▲ is learned, ■ is not",
            "■ is learned, ▲ is not",
            "neither is learned well",
        ],
        answer: 3,
        because: "With ▲ most trials look like a success, so whatever the outputs just did is strengthened: they fire \
                  too much. With ■ most look like a failure, and they fall silent. A single seed may end with one of \
                  them learned; over 20 seeds 3 end above the untrained level on both. Only a mean per stimulus tells a \
                  good trial from a generous stimulus.",
        preset: "running_mean",
    },
    try_first: &[
        "Press Run. With a mean per stimulus both scores rise above the dashed level.",
        "Set the baseline to \"mean of all trials\", and then to \"none\". Look at the mean success of each stimulus.",
        "Go back to \"mean per stimulus\" and move the offset to −0.4, then to 0.4. \"Against the offset\" draws all that in \
         one run: wait for its points.",
    ],
    notice: &[
        "A perfect score is 1. Over 20 seeds both stimuli go from 0.54 untrained to 0.80 and 0.81 with a mean per \
         stimulus, and every seed ends above its untrained level on both. Drift alone would do that in 5 of 20.",
        "With the mean of all trials 3 of 20 seeds end above on both, and without a baseline 5 of 20: no more than by \
         drift. With the mean, outputs fire 2.3 times in a trial with ▲ and 0.5 times with ■, instead of once.",
        "The reward still tells good trials from bad ones in all three cases. What spoils learning is the mean success of \
         each stimulus: times the mean eligibility, it moves the weights whatever was rewarded.",
        "An offset of −0.4 σ_R ends at 0.43, below the untrained 0.54: the outputs nearly fall silent. One of 0.4 σ_R \
         ends at 0.55, with three spikes in a trial. Already a quarter of σ_R, to either side, is too much; of \
         −0.1 σ_R, 18 of 20 seeds still learn both, of 0.1 no more than by drift. So \"Against the offset\" is a narrow peak.",
        "Without the bonus the mean of all trials is nearly right, and 13 of 20 seeds learn both: it goes wrong again \
         once one stimulus is learned before the other.",
        "Biofeedback: over 20 seeds the rewarded neuron goes from 4.0 to 12.1 Hz in 20 minutes, the others from 3.7 to \
         4.2 Hz, although they get the same dopamine. Without a baseline all of them end above 40 Hz.",
    ],
    equations: include!(concat!(env!("OUT_DIR"), "/reward_baseline_equations.rs")),
    sources: &[
        (
            "N. Frémaux, H. Sprekeler and W. Gerstner (2010). Functional requirements for reward-modulated \
             spike-timing-dependent plasticity. J. Neurosci. 30, 13326–13337.",
            "https://doi.org/10.1523/JNEUROSCI.6249-09.2010",
        ),
        (
            "R. Legenstein, D. Pecevski and W. Maass (2008). A learning theory for reward-modulated \
             spike-timing-dependent plasticity with application to biofeedback. PLoS Comput. Biol. 4, e1000180.",
            "https://doi.org/10.1371/journal.pcbi.1000180",
        ),
    ],
    deviations: &[
        "The task is ours, made to show the paper's argument; it is not one of the paper's tasks, and its neurons, \
         amplitudes and scores are not the paper's.",
        "Part of the reward is luck. It widens σ_R, and with it what an offset of so many σ_R does.",
        "σ_R is a running estimate around the mean of the trial's own stimulus, not a constant measured beforehand.",
        "The means start as plain averages over 200 trials without learning.",
        "Weights are positive and bounded; potentials are written as the height of one input spike's effect.",
        "Biofeedback: six neurons with inputs of their own instead of a recurrent network; eligibility decays exponentially \
         instead of rising first; dopamine is compared with its running mean; weights move every 10 ms.",
    ],
};

/// Named parameter sets.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "critic",
        label: "A mean per stimulus (critic)",
        help: "The success is zero on average with each stimulus, and both responses are learned.",
        link: "",
    },
    Preset {
        id: "running_mean",
        label: "The mean of all trials",
        help: "With one stimulus most trials count as a success, with the other as a failure. Seeds differ: try some.",
        link: "baseline=mean",
    },
    Preset {
        id: "no_baseline",
        label: "No baseline",
        help: "Every trial is a success, and the outputs fire too much.",
        link: "baseline=none",
    },
    Preset {
        id: "same_pay",
        label: "The mean of all trials, no bonus",
        help: "If both stimuli pay alike, the mean of all trials is often enough.",
        link: "baseline=mean&bonus=0",
    },
    Preset {
        id: "offset_minus",
        label: "A critic that expects too much",
        help: "An offset of −0.4 standard deviations: the network ends below its untrained level.",
        link: "offset=-0.4",
    },
    Preset {
        id: "offset_plus",
        label: "A critic that expects too little",
        help: "An offset of 0.4 standard deviations: the outputs fire too much.",
        link: "offset=0.4",
    },
    Preset {
        id: "quarter",
        label: "A quarter of a standard deviation",
        help: "An offset of −0.25, where the paper says learning begins to fail: here it has failed.",
        link: "offset=-0.25",
    },
    Preset {
        id: "biofeedback",
        label: "Biofeedback",
        help: "Every spike of one neuron is rewarded: its rate rises, the others stay.",
        link: "part=biofeedback",
    },
    Preset {
        id: "biofeedback_no_baseline",
        label: "Biofeedback without a baseline",
        help: "Dopamine is always there, so every neuron learns to fire: all rates rise.",
        link: "part=biofeedback&tau_mean_s=0",
    },
];
