# Balanced networks
# demo=balanced_networks&v=1&duration_s=1
#
# The network of this run for NEST 3 (pip install nest-simulator matplotlib), written from its description by STDP Playground 0.1.0.
# Wiring, weights and Poisson inputs are drawn anew: the same laws, other numbers. A figure: python FILE.py picture.png
#
# NEST names a step by its end. A spike of step s that is under way for d steps acts in step s + d, as in the description.
# Here it acts at the end of that step: such delays are written one step shorter.
# No delay is shorter than a step, so that these spikes act one step late.
# On several cores: raise nest.local_num_threads, or with a NEST that was built with MPI: mpirun -n 4 python FILE.py
# (each process then prints and draws the neurons that are its own).
import sys

import nest
import numpy as np

nest.ResetKernel()
nest.verbosity = nest.VerbosityLevel.ERROR
dt = 0.1  # ms
duration = 1000.0  # ms
nest.resolution = dt
nest.rng_seed = 1
nest.local_num_threads = 1
random = np.random.default_rng(1)

# --- neuron: 4000 neurons, leaky integrate-and-fire
neuron = nest.Create(
    "iaf_psc_exp",
    4000,
    params={
        "tau_m": 20.0,
        "C_m": 20.0,
        "E_L": -49.0,
        "V_m": -49.0,
        "V_th": -50.0,
        "V_reset": -60.0,
        "t_ref": 5.0,
        "tau_syn_ex": 5.0,
        "tau_syn_in": 10.0,
    },
)
start = random.uniform(-60.0, -50.0, 3200)
neuron[0:3200].V_m = start
start = random.uniform(-60.0, -50.0, 800)
neuron[3200:4000].V_m = start

# --- excitation: neuron[0:3200] to neuron, exponential current
weight_0 = 1.0  # pA, of a weight of 1
nest.Connect(
    neuron[0:3200],
    neuron,
    {"rule": "pairwise_bernoulli", "p": 0.02},
    {"weight": weight_0*1.62, "delay": 0.1},
)

# --- inhibition: neuron[3200:4000] to neuron, exponential current
weight_1 = -1.0  # pA, of a weight of 1
nest.Connect(
    neuron[3200:4000],
    neuron,
    {"rule": "pairwise_bernoulli", "p": 0.02},
    {"weight": weight_1*9.0, "delay": 0.1},
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
print("neuron rate_hz", len(times_neuron)/np.sum(neuron.local)/(duration/1000))
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
