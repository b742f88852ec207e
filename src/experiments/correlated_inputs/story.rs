//! What the page says about correlated inputs.

use crate::lab::{Prediction, Story};

/// The page's text.
pub const STORY: Story = Story {
    about: "All inputs of a neuron fire at the same rate, but some of them fire together. \
            Spike-timing-dependent plasticity finds out which, because inputs that come together cause the \
            spikes that strengthen them.",
    question: "Correlated and independent inputs have the same rate. What tells the synapses which is which?",
    predict: Prediction {
        question: "The inputs of a neuron fire four times as fast, at 40 instead of 10 Hz. Once its synapses have \
                   settled, how much faster does the neuron fire?",
        options: &["four times", "less than twice", "a hundred times", "it falls silent"],
        answer: 1,
        because: "With the old weights it would be about a hundred times. But more spikes by chance also mean more \
                  depression, so weights sink until inputs have to come together again to fire the neuron: from 14 \
                  Hz to 20 Hz here.",
        preset: "song_40hz",
    },
    try_first: &[
        "Press Run and watch the mean weights part. Then set the correlation to 0: nothing tells the groups apart.",
        "Move depression over potentiation (A₋/A₊) down to 1.02: independent inputs stay strong, and the neuron \
         fires faster. At 1.2 they vanish.",
        "Open \"The published synapse\" and switch off the pairs without a lag.",
    ],
    notice: &[
        "Additive rules (μ = 0) push every weight to one end; with μ = 1 all stay in the middle. In between, \
         weights are graded and still tell the groups apart.",
        "Four times the input rate changes the output by less than a factor of two: the synapses make up for it.",
        "In the published demonstration the weight grows with the correlation only because spikes of the same step \
         count as +1. With lags of their own, shared spikes change nothing.",
        "√c and mother train have the same pairwise correlation, and different numbers of inputs that fire \
         together. A neuron feels the difference.",
    ],
    equations: include!(concat!(env!("OUT_DIR"), "/correlated_inputs_equations.rs")),
    sources: &[
        (
            "S. Song, K. D. Miller and L. F. Abbott (2000). Competitive Hebbian learning through \
             spike-timing-dependent synaptic plasticity. Nat. Neurosci. 3, 919–926.",
            "https://doi.org/10.1038/78829",
        ),
        (
            "R. Gütig, R. Aharonov, S. Rotter and H. Sompolinsky (2003). Learning input correlations through \
             nonlinear temporally asymmetric Hebbian plasticity. J. Neurosci. 23, 3697–3714.",
            "https://doi.org/10.1523/JNEUROSCI.23-09-03697.2003",
        ),
        (
            "A. Kuhn, A. Aertsen and S. Rotter (2003). Higher-order statistics of input ensembles and the response of \
             simple model neurons. Neural Comput. 15, 67–101.",
            "https://doi.org/10.1162/089976603321043702",
        ),
        (
            "R. Kempter, W. Gerstner and J. L. van Hemmen (1999). Hebbian learning and spiking neurons. Phys. Rev. E \
             59, 4498–4514.",
            "https://doi.org/10.1103/PhysRevE.59.4498",
        ),
        (
            "E. Ezra Tsur. Neuromorphic Engineering, section 7.4: the virtual synapse and the groups.",
            "",
        ),
        (
            "G. Lattaruolo. STDP-research: 500 jittered inputs on a second-order neuron.",
            "https://github.com/GianmarcoLattaruolo/STDP-research",
        ),
    ],
    deviations: &[
        "Pairs of the same step potentiate unless you choose otherwise; Song, Miller and Abbott let them depress. At \
         0.1 ms this lowers the output rate from 14 to 9 Hz.",
        "The default has 100 inputs, whose synapses are ten times as strong as those of the paper's 1,000; the \
         paper's own numbers are in the presets.",
        "The linear neuron hears its inputs one step of 1 ms late, and pairs of the same step do nothing: then the \
         closed form holds.",
        "MIP copies with c + p (1 − c), not c, so that the correlation is exact also where a step is not short \
         against the interval.",
        "The virtual synapse has a seed and shows three groups at once; the course page draws one run without one.",
        "The course page's virtual synapse is read as: in the merged list of all ten inputs, ordered by step and then by \
         input.",
    ],
};
