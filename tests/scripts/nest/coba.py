# Balanced networks
# demo=balanced_networks&v=1&synapses=conductances&duration_s=1
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

# --- neuron: 4000 neurons, leaky integrate-and-fire with conductances
# In NEST conductances are in units of a leak of 10 nS.
neuron = nest.Create(
    "iaf_cond_exp",
    4000,
    params={
        "C_m": 200.0,
        "g_L": 10.0,
        "E_L": 0.0,
        "V_m": 0.0,
        "V_th": 10.0,
        "V_reset": 0.0,
        "t_ref": 5.0,
        "E_ex": 60.0,
        "E_in": -20.0,
        "tau_syn_ex": 5.0,
        "tau_syn_in": 10.0,
    },
)
start = random.normal(-5.0, 5.0, 3200)
neuron[0:3200].V_m = start
start = random.normal(4.0, 1.5, 3200)
neuron[0:3200].g_ex = 10.0*start
start = random.normal(20.0, 12.0, 3200)
neuron[0:3200].g_in = 10.0*start
start = random.normal(-5.0, 5.0, 800)
neuron[3200:4000].V_m = start
start = random.normal(4.0, 1.5, 800)
neuron[3200:4000].g_ex = 10.0*start
start = random.normal(20.0, 12.0, 800)
neuron[3200:4000].g_in = 10.0*start

# --- excitation: neuron[0:3200] to neuron, exponential conductance
weight_0 = 10.0*dt/5.0/(1 - np.exp(-dt/5.0))  # nS, of a weight of 1
nest.Connect(
    neuron[0:3200],
    neuron,
    {"rule": "pairwise_bernoulli", "p": 0.02},
    {"weight": weight_0*0.6, "delay": 0.1},
)

# --- inhibition: neuron[3200:4000] to neuron, exponential conductance
weight_1 = -10.0*dt/10.0/(1 - np.exp(-dt/10.0))  # nS, of a weight of 1
nest.Connect(
    neuron[3200:4000],
    neuron,
    {"rule": "pairwise_bernoulli", "p": 0.02},
    {"weight": weight_1*6.7, "delay": 0.1},
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
