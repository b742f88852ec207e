//! The presets: published rows, and one for each generator, neuron, rule and homeostasis.

use crate::lab::Preset;

/// Named parameter sets.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "neuron",
        label: "A neuron finds the correlated half",
        help: "100 inputs, half of them correlated at 0.2.",
        link: "",
    },
    Preset {
        id: "not_correlated",
        label: "The same without correlation",
        help: "Independent inputs, and a gain that keeps the output rate of the correlated ones: no half wins.",
        link: "yoked=1",
    },
    Preset {
        id: "groups",
        label: "Input groups",
        help: "Three correlations, measured beside theory.",
        link: "part=groups",
    },
    Preset {
        id: "groups_mip",
        label: "Input groups by a mother train",
        help: "The same pairwise correlation, other crowds.",
        link: "part=groups&recipe=mip",
    },
    Preset {
        id: "published_synapse",
        label: "The published synapse",
        help: "A weight that grows with the correlation, for a reason.",
        link: "part=synapse",
    },
    Preset {
        id: "published_synapse_mended",
        label: "The same without its zero-lag branch",
        help: "All pairs counted, none of them without a lag: no effect of the correlation is left.",
        link: "part=synapse&zero_lag=0&all_pairs=1",
    },
    Preset {
        id: "song_10hz",
        label: "Song, Miller and Abbott, 10 Hz",
        help: "1,000 independent inputs: weights part, and the neuron fires irregularly at about 13 Hz.",
        link: "part=neuron&num_inputs=1000&ratio=1.05&g_total=15&correlated_share=0&w_init_min=1&w_init_max=1&duration_s=2000",
    },
    Preset {
        id: "song_20hz",
        label: "Song, Miller and Abbott, 20 Hz",
        help: "Between the two others; the next two presets change its ratio.",
        link: "part=neuron&num_inputs=1000&ratio=1.05&g_total=15&correlated_share=0&w_init_min=1&w_init_max=1&rate_hz=20\
               &duration_s=2000",
    },
    Preset {
        id: "song_ratio_low",
        label: "… with less depression, A₋/A₊ = 1.02",
        help: "Three percent less depression, and the neuron fires four times as fast: at 66 Hz.",
        link: "part=neuron&num_inputs=1000&ratio=1.02&g_total=15&correlated_share=0&w_init_min=1&w_init_max=1&rate_hz=20\
               &duration_s=2000",
    },
    Preset {
        id: "song_ratio_high",
        label: "… with more depression, A₋/A₊ = 1.10",
        help: "Five percent more depression: the neuron falls nearly silent, and the weights stop where that leaves them.",
        link: "part=neuron&num_inputs=1000&ratio=1.1&g_total=15&correlated_share=0&w_init_min=1&w_init_max=1&rate_hz=20\
               &duration_s=2000",
    },
    Preset {
        id: "song_40hz",
        label: "Song, Miller and Abbott, 40 Hz",
        help: "Four times the input, less than twice the output.",
        link: "part=neuron&num_inputs=1000&ratio=1.05&g_total=15&correlated_share=0&w_init_min=1&w_init_max=1&rate_hz=40\
               &duration_s=2000",
    },
    Preset {
        id: "song_correlated",
        label: "Half of 1,000 inputs correlated",
        help: "The correlated half wins nearly everything.",
        link: "part=neuron&num_inputs=1000&ratio=1.05&g_total=15&w_init_min=1&w_init_max=1&duration_s=2000",
    },
    Preset {
        id: "song_weakly_correlated",
        label: "Half of 1,000 inputs, correlated at 0.05",
        help: "A quarter of the correlation is enough to win, at half of the output rate.",
        link: "part=neuron&num_inputs=1000&ratio=1.05&g_total=15&w_init_min=1&w_init_max=1&correlation=0.05&duration_s=2000",
    },
    Preset {
        id: "two_groups",
        label: "Two groups compete",
        help: "Two correlated groups, one more than the other, and a third that is not. The first grows faster; in the \
               end both have won, and the third has lost.",
        link: "part=neuron&num_inputs=300&g_total=15&correlated_share=0.35&correlation=0.2&correlated_share_2=0.35\
               &correlation_2=0.1&duration_s=2000",
    },
    Preset {
        id: "gutig",
        label: "Gütig, μ = 0.1",
        help: "200 inputs on a linear neuron, half of them correlated at 0.1: graded weights that tell them apart.",
        link: "part=neuron&cell=linear&num_inputs=200&ratio=1.05&mu=0.1&correlation=0.1&recipe=mip&coincidence=none\
               &w_init_min=0.5&w_init_max=0.5&duration_s=4000",
    },
    Preset {
        id: "gutig_multiplicative",
        label: "Gütig, μ = 1",
        help: "Multiplicative, as in Rubin, Lee and Sompolinsky: all weights stay in the middle, and the group hardly shows.",
        link: "part=neuron&cell=linear&num_inputs=200&ratio=1.05&mu=1&correlation=0.1&recipe=mip&coincidence=none\
               &w_init_min=0.5&w_init_max=0.5&duration_s=4000",
    },
    Preset {
        id: "gutig_independent",
        label: "Gütig, all independent, μ = 0.2",
        help: "Weights come to rest where the closed form says: 0.470.",
        link: "part=neuron&cell=linear&num_inputs=200&ratio=1.05&mu=0.2&correlated_share=0&coincidence=none\
               &w_init_min=0.5&w_init_max=0.5&duration_s=4000",
    },
    Preset {
        id: "van_rossum",
        label: "van Rossum's rule, with noise",
        help: "1,000 independent inputs: one broad hump of weights, longer on its right and away from both ends.",
        link: "part=neuron&rule=van_rossum&num_inputs=1000&g_total=25&correlated_share=0&duration_s=600",
    },
    Preset {
        id: "independent",
        label: "300 independent inputs, as in STDP-research",
        help: "At 15 Hz, with that study's amplitudes, leak and refractory time: the weights part, although nothing tells one \
               input from another.",
        link: "part=neuron&num_inputs=300&rate_hz=15&correlated_share=0&a_plus=0.008&w_init_min=0.5&w_init_max=0.5&g_total=12\
               &num_inhibitory=0&tau_m_ms=10&e_l_mv=-75&t_ref_ms=0.2&duration_s=100",
    },
    Preset {
        id: "find_correlated",
        label: "500 inputs, as in STDP-research",
        help: "100 of 500 inputs are jittered copies of one train; the neuron is of second order.",
        link: "part=neuron&cell=second_order&num_inputs=500&correlated_share=0.2&correlation=1\
               &recipe=jittered&jitter_ms=40&a_plus=0.000192&ratio=1.099&coincidence=both&w_init_min=0.01&w_init_max=0.01\
               &duration_s=100",
    },
    Preset {
        id: "brian_example",
        label: "Brian's example",
        help: "1,000 inputs from 10 to 40 Hz without inhibition; not the model of the paper.",
        link: "part=neuron&num_inputs=1000&correlated_share=0&rate_span_hz=30&a_plus=0.01&ratio=1.05&w_init_min=0\
               &w_init_max=1&g_total=10&num_inhibitory=0&tau_m_ms=10&e_l_mv=-74&duration_s=100",
    },
    Preset {
        id: "song_modulated",
        label: "Half of 1,000 inputs share their rates",
        help: "Rates fluctuate together (doubly stochastic), spikes are independent otherwise: slower bursts, the same winner.",
        link: "part=neuron&num_inputs=1000&ratio=1.05&g_total=15&w_init_min=1&w_init_max=1&recipe=modulated&duration_s=2000",
    },
    Preset {
        id: "pattern",
        label: "A pattern that returns",
        help: "Half of 500 inputs repeat 50 ms of spikes every 250 ms, at no higher rate; the neuron comes to fire in them.",
        link: "part=neuron&recipe=pattern&rate_hz=40&pattern_ms=50&pattern_every_ms=250&pattern_gain=1&num_inputs=500&g_total=4.5\
               &duration_s=200",
    },
    Preset {
        id: "pattern_published",
        label: "The pattern of STDP-research",
        help: "5 ms long, in all inputs, at 500 Hz and denser than the rest. The neuron answers at once, the rest of the \
               pattern comes too late, and it learns to be silent in it.",
        link: "part=neuron&cell=adaptive&jump_total_mv=25&recipe=pattern&rate_hz=500&correlated_share=1&duration_s=100",
    },
    Preset {
        id: "pattern_response",
        label: "The same pattern, another neuron",
        help: "Input spikes act with a delay, so that more of the pattern comes before the answer than after it: 17 of 20 \
               seeds find it.",
        link: "part=neuron&cell=response&threshold=250&recipe=pattern&rate_hz=500&correlated_share=1&duration_s=100",
    },
    Preset {
        id: "masquelier",
        label: "Masquelier, Guyonneau and Thorpe",
        help: "2,000 inputs at 64 Hz. Half of them repeat 50 ms of spikes, a quarter of the time and at no higher rate: in \
               20 of 20 seeds the neuron answers each of them and fires nowhere else.",
        link: "part=neuron&cell=response&recipe=pattern&num_inputs=2000&rate_hz=64&pattern_ms=50&pattern_every_ms=200\
               &pattern_gain=0.84375&pattern_noise=0.15625&pattern_jitter_ms=1&pairing=reduced&a_plus=0.03125&ratio=0.85\
               &tau_plus_ms=16.8&tau_minus_ms=33.7&w_init_min=0.475&w_init_max=0.475&duration_s=100",
    },
    Preset {
        id: "growing",
        label: "Rates that grow along the inputs",
        help: "No correlations: faster inputs lose, since they meet more output spikes by chance. After half of the run, rates are halved.",
        link: "part=neuron&recipe=growing&rate_hz=100&duration_s=200",
    },
    Preset {
        id: "offsets",
        label: "Blocks at random offsets",
        help: "Inputs are active in turn, and weights move only while they are.",
        link: "part=neuron&recipe=offsets&rate_hz=20&g_total=30&duration_s=200",
    },
    Preset {
        id: "periodic",
        label: "Volleys every 7 ms",
        help: "Ten inputs fire at once, in time with the second-order neuron, as in STDP-research.",
        link: "part=neuron&cell=second_order&num_inputs=10&recipe=periodic&period_ms=7&duration_s=10",
    },
    Preset {
        id: "adaptive",
        label: "A threshold that rises",
        help: "Every output spike lifts the threshold for 100 ms: fewer spikes in a burst.",
        link: "part=neuron&cell=adaptive",
    },
    Preset {
        id: "escape",
        label: "A neuron that fires by chance",
        help: "The likelier, the higher its potential: a soft threshold finds the group as well.",
        link: "part=neuron&cell=escape",
    },
    Preset {
        id: "escape_published",
        label: "The Poisson neuron of STDP-research",
        help: "Its chance is per step, so that a step of 0.1 ms makes its threshold nearly sharp.",
        link: "part=neuron&cell=escape&law=published",
    },
    Preset {
        id: "triplet",
        label: "Triplets run away",
        help: "Above some output rate everything potentiates, and nothing tells the groups apart any more.",
        link: "part=neuron&rule=triplet",
    },
    Preset {
        id: "triplet_normalised",
        label: "Triplets with a fixed sum of weights",
        help: "The same rule; what one synapse wins another loses.",
        link: "part=neuron&rule=triplet&homeostasis=normalisation",
    },
    Preset {
        id: "triplet_hippocampus",
        label: "Triplets fitted to hippocampus",
        help: "A fit with more pair potentiation and a shorter memory of output spikes.",
        link: "part=neuron&rule=triplet&triplet_row=hippocampus",
    },
    Preset {
        id: "power_law",
        label: "Morrison's power law, μ = 0.4",
        help: "200 independent inputs on a linear neuron settle where a closed form says: 0.480.",
        link: "part=neuron&rule=power_law&cell=linear&num_inputs=200&ratio=1.05&correlated_share=0&coincidence=none\
               &w_init_min=0.5&w_init_max=0.5&duration_s=1000",
    },
    Preset {
        id: "offset_rule",
        label: "The offset rule, as coded",
        help: "With the offset of its program every weight grows alike.",
        link: "part=neuron&cell=second_order&num_inputs=500&correlated_share=0.2&correlation=1&recipe=jittered&jitter_ms=40\
               &w_init_min=0.01&w_init_max=0.01&duration_s=100&rule=offset",
    },
    Preset {
        id: "offset_rule_best",
        label: "The offset rule, best offset of its search",
        help: "Now it tells the group, and everybody else sinks below zero without end.",
        link: "part=neuron&cell=second_order&num_inputs=500&correlated_share=0.2&correlation=1&recipe=jittered&jitter_ms=40\
               &w_init_min=0.01&w_init_max=0.01&duration_s=100&rule=offset&offset=0.294&learning_rate=0.001",
    },
    Preset {
        id: "asymptotic_rule",
        label: "The asymptotic rule",
        help: "Its upper end runs ahead of the weights: all grow together.",
        link: "part=neuron&cell=second_order&num_inputs=500&correlated_share=0.2&correlation=1&recipe=jittered&jitter_ms=40\
               &w_init_min=0.01&w_init_max=0.01&duration_s=100&rule=asymptotic&a_plus=0.01&a_minus=0.02",
    },
    Preset {
        id: "scaling",
        label: "Synaptic scaling to 10 Hz",
        help: "The group still wins, at half of the output rate. STDP keeps pushing, so that 4 Hz more than the target are left.",
        link: "part=neuron&homeostasis=scaling&tau_rate_s=1&tau_scaling_s=10",
    },
    Preset {
        id: "normalised",
        label: "A fixed sum of weights",
        help: "Mean weight 0.3: the group takes all of it.",
        link: "part=neuron&homeostasis=normalisation",
    },
    Preset {
        id: "vogels",
        label: "Inhibition that learns",
        help: "Excitation alone would drive the neuron at 125 Hz; 1,000 inhibitory synapses grow from nothing until it fires at 6.25 Hz.",
        link: "part=neuron&rule=none&num_inputs=1000&g_total=20&correlated_share=0&w_init_min=0.5&w_init_max=0.5&num_inhibitory=1000\
               &g_in=0&vogels=1&duration_s=200",
    },
];
