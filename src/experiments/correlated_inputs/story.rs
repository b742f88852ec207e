//! What the page says about correlated inputs; `neuron_stories.rs` and `part_stories.rs` have what follows the choices.

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
        "Press Run and watch the mean weights part. Then press Compare A|B: B has no correlation and fires as often, and its \
         groups stay together.",
        "Move depression over potentiation (A₋/A₊) down to 1.02: independent inputs stay strong, and the neuron \
         fires faster. At 1.2 they vanish.",
        "Open \"The published synapse\" and switch off the pairs without a lag.",
        "Choose another rule, neuron or homeostasis under All parameters: the presets show one of each, and this page then \
         tells about it.",
    ],
    notice: &[
        "Additive rules (μ = 0) push every weight to one end; with μ = 1 all stay in the middle. In between, \
         weights are graded and still tell the groups apart.",
        "The half that is correlated wins: of 1,000 inputs it ends at 0.993 ± 0.001 and the others at 0.255 ± 0.011 where the \
         correlation is 0.2, and at 0.991 ± 0.001 and 0.164 ± 0.005 where it is 0.05 (4 seeds).",
        "It is the correlation: without it, and at the same output rate, the first half of 100 inputs ends at 0.71 ± 0.06 and \
         the other at 0.70 ± 0.03 (Compare A|B, 8 seeds). The gain of its synapses holds that rate. With the correlation \
         set to 0 and nothing else the neuron falls nearly silent, 0.3 ± 0.7 Hz, and a silent neuron learns nothing.",
        "Four times the input rate changes the output by less than a factor of two: 14.6 ± 0.6, 15.1 ± 1.1 and 21.0 ± 0.4 Hz \
         for 10, 20 and 40 Hz (4 seeds). The synapses make up for it. What they aim at is set by A₋/A₊: with \
          1,000 independent inputs at 20 Hz, 1.02, 1.05 and 1.10 leave 65.9 ± 0.4, \
         15.1 ± 1.1 and 0.12 ± 0.04 Hz (4 seeds).",
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
            "M. C. W. van Rossum, G. Q. Bi and G. G. Turrigiano (2000). Stable Hebbian learning from spike \
             timing-dependent plasticity. J. Neurosci. 20, 8812–8821.",
            "https://doi.org/10.1523/JNEUROSCI.20-23-08812.2000",
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
            "J.-P. Pfister and W. Gerstner (2006). Triplets of spikes in a model of spike timing-dependent plasticity. \
             J. Neurosci. 26, 9673–9682.",
            "https://doi.org/10.1523/JNEUROSCI.1425-06.2006",
        ),
        (
            "A. Morrison, A. Aertsen and M. Diesmann (2007). Spike-timing-dependent plasticity in balanced random \
             networks. Neural Comput. 19, 1437–1467.",
            "https://doi.org/10.1162/neco.2007.19.6.1437",
        ),
        (
            "T. P. Vogels, H. Sprekeler, F. Zenke, C. Clopath and W. Gerstner (2011). Inhibitory plasticity balances \
             excitation and inhibition in sensory pathways and memory networks. Science 334, 1569–1573.",
            "https://doi.org/10.1126/science.1211095",
        ),
        (
            "G. G. Turrigiano, K. R. Leslie, N. S. Desai, L. C. Rutherford and S. B. Nelson (1998). Activity-dependent \
             scaling of quantal amplitude in neocortical neurons. Nature 391, 892–896.",
            "https://doi.org/10.1038/36103",
        ),
        (
            "T. Masquelier, R. Guyonneau and S. J. Thorpe (2008). Spike timing dependent plasticity finds the start of \
             repeating patterns in continuous spike trains. PLoS ONE 3, e1377.",
            "https://doi.org/10.1371/journal.pone.0001377",
        ),
        (
            "P. Hathway and D. F. M. Goodman (2018). [Re] Spike timing dependent plasticity finds the start of repeating \
             patterns in continuous spike trains. ReScience 4 (1), 6.",
            "https://doi.org/10.5281/zenodo.1327348",
        ),
        (
            "E. Ezra Tsur. Neuromorphic Engineering, section 7.4: the virtual synapse and the groups.",
            "",
        ),
        (
            "G. Lattaruolo. STDP-research: 500 jittered inputs on a second-order neuron, generators, published rules.",
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
        "The group is always the first inputs: those in the pattern, the slower ones of growing rates, the early ones of \
         random offsets, all of periodic volleys. \"Correlated\" in the results means this group.",
        "STDP-research counts in steps of 1 ms with probabilities; here rates are in Hz, and steps of 0.1 ms where the \
         neuron has them. Its rates grow from 0 to 1,000 Hz and its background fires at 500 Hz: set the input rate so.",
        "The amplitudes of the triplet fits are shares of the weight before a protocol; here they are shares of the \
         greatest weight, and weights are cut off at 0 and 1. So are those of the power law.",
        "The offset and the asymptotic rule were made for many neurons and batches of images; here is one neuron. That \
         the offset rule pushes neurons that did not fire cannot be seen with one.",
        "The escape-rate and the adaptive neuron take their input at once, as a jump in mV; STDP-research scales it by \
         dt/τ_m. The membrane is that of the other neurons, not its own.",
        "In Masquelier and others each input's rate wanders between 0 and 90 Hz, and no input is silent for more than 50 ms; \
         here all rates stay at their mean of 64 Hz, 10 of which go on in the pattern as in the paper. There the pattern \
         takes a quarter of the slots of 50 ms, never two in a row; here it comes once in 200 ms, anywhere. 100 s are \
         run, not 450.",
        "Van Rossum and others give weights in pS. Here the greatest weight stands for 1,000 pS: c_p = 1 pS becomes A₊ = \
         0.001, and c_d = 0.003, a share of the weight, stays. Their noise is as recalled: every change that a spike makes \
         adds it in full, however long ago the other spike was. So 0.005 of it is enough here; with their 0.015 some weights \
         reach the upper end.",
        "Of STDP-research's independent inputs, amplitudes, leak, resting potential, initial weights and refractory time of \
         0.2 ms are taken over; threshold and reset are those of the other neurons. Its run is 1 s long, this one 100 s.",
        "The second-order neuron's refractory time is that of STDP-research's network, which freezes potential and current; \
         that the reset comes first is our reading.",
        "Synaptic scaling is proportional to the relative error of a slow rate estimate, ten times a second; \
         normalisation acts ten times a second.",
        "In Vogels and others inhibitory inputs follow the same signals as the excitatory ones; here they are \
         independent. Inhibitory synapses start at g_in and end at 1, in units of the leak.",
    ],
};
