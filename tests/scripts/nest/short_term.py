# Playground
# demo=playground&v=1&short_term=tsodyks_markram&rule=none&jump_total_mv=500&duration_s=20
#
# The network of this run for NEST 3 (pip install nest-simulator matplotlib), written from its description by STDP Playground 0.1.0.
# Wiring, weights and Poisson inputs are drawn anew: the same laws, other numbers. A figure: python FILE.py picture.png
#
# NEST names a step by its end. A spike of step s that is under way for d steps acts in step s + d, as in the description.
import sys

import nest
import numpy as np

nest.ResetKernel()
nest.verbosity = nest.VerbosityLevel.ERROR
dt = 0.1  # ms
duration = 20000.0  # ms
nest.resolution = dt
nest.rng_seed = 1
nest.local_num_threads = 1

# --- input: 100 inputs
input = nest.Create("parrot_neuron", 100)
# correlated inputs
mother = nest.Create(
    "mip_generator", params={"rate": 20.0, "p_copy": 0.4472135955, "stop": duration}
)
nest.Connect(mother, input[0:50], syn_spec={"delay": dt})
poisson = nest.Create("poisson_generator", params={"rate": 11.05572809, "stop": duration})
nest.Connect(poisson, input[0:50], syn_spec={"delay": dt})
# independent inputs
poisson = nest.Create("poisson_generator", params={"rate": 20.0, "stop": duration})
nest.Connect(poisson, input[50:100], syn_spec={"delay": dt})

# --- neuron: 1 neuron, leaky integrate-and-fire
neuron = nest.Create(
    "iaf_psc_delta",
    1,
    params={
        "tau_m": 20.0,
        "C_m": 20.0,
        "E_L": -70.0,
        "V_m": -70.0,
        "V_th": -54.0,
        "V_reset": -60.0,
        "t_ref": 2.0,
    },
)

# --- excitation: input to neuron, at once
weight_0 = 5.0  # mV, of a weight of 1
nest.CopyModel(
    "tsodyks2_synapse",
    "short_term_0",
    {"U": 0.5, "u": 0.5, "x": 1.0, "tau_rec": 800.0, "tau_fac": 1.0},
)
nest.Connect(
    input,
    neuron,
    {"rule": "all_to_all"},
    {"weight": weight_0*nest.random.uniform(0.2, 0.8), "synapse_model": "short_term_0", "delay": 0.1},
)

# --- run, results and figure
spikes_neuron = nest.Create("spike_recorder", params={"stop": duration})
nest.Connect(neuron, spikes_neuron)
nest.Simulate(duration)


def isi_cv(times, neurons, least=20):
    """Mean CV of the intervals of neurons that have enough of them."""
    cvs = []
    for times in [times[neurons == neuron] for neuron in np.unique(neurons)]:
        gaps = np.diff(np.sort(times))
        if len(gaps) >= least:
            cvs.append(np.std(gaps, ddof=1)/np.mean(gaps))
    return np.mean(cvs) if cvs else float("nan")


neurons_neuron = spikes_neuron.events["senders"] - neuron[0].global_id
times_neuron = spikes_neuron.events["times"] - dt  # the beginning of the step
print("neuron rate_hz", len(times_neuron)/len(neuron)/(duration/1000))
print("neuron isi_cv", isi_cv(times_neuron, neurons_neuron))

if len(sys.argv) > 1:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(1, squeeze=False, figsize=(7, 3))
    axes[0][0].plot(times_neuron, neurons_neuron, ".", markersize=1)
    axes[0][0].set(xlabel="time (ms)", ylabel="neuron")
    plt.tight_layout()
    plt.savefig(sys.argv[1])
