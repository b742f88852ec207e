# Balanced networks
# demo=balanced_networks&v=1&part=brunel&num_excitatory=2000&wiring=in_degree&duration_s=0.5
#
# The network of this run for NEST 3 (pip install nest-simulator matplotlib), written from its description by STDP Playground 0.1.0.
# Wiring, weights and Poisson inputs are drawn anew: the same laws, other numbers. A figure: python FILE.py picture.png
#
# NEST names a step by its end. A spike of step s that is under way for d steps acts in step s + d, as in the description.
# On several cores: raise nest.local_num_threads, or with a NEST that was built with MPI: mpirun -n 4 python FILE.py
# (each process then prints and draws the neurons that are its own).
import sys

import nest
import numpy as np

nest.ResetKernel()
nest.verbosity = nest.VerbosityLevel.ERROR
dt = 0.1  # ms
duration = 500.0  # ms
nest.resolution = dt
nest.rng_seed = 1
nest.local_num_threads = 1

# --- neuron: 2500 neurons, leaky integrate-and-fire
neuron = nest.Create(
    "iaf_psc_delta",
    2500,
    params={
        "tau_m": 20.0,
        "C_m": 20.0,
        "E_L": 0.0,
        "V_m": 0.0,
        "V_th": 20.0,
        "V_reset": 10.0,
        "t_ref": 2.0,
    },
)

# --- external: kicks onto neuron
kicks = nest.Create("poisson_generator", params={"rate": 20000.0})
nest.Connect(kicks, neuron, syn_spec={"weight": 0.1, "delay": dt})

# --- excitation: neuron[0:2000] to neuron, at once
weight_0 = 1.0  # mV, of a weight of 1
nest.Connect(
    neuron[0:2000],
    neuron,
    {"rule": "fixed_indegree", "indegree": 200, "allow_multapses": False},
    {"weight": weight_0*0.1, "delay": 1.5},
)

# --- inhibition: neuron[2000:2500] to neuron, at once
weight_1 = -1.0  # mV, of a weight of 1
nest.Connect(
    neuron[2000:2500],
    neuron,
    {"rule": "fixed_indegree", "indegree": 50, "allow_multapses": False},
    {"weight": weight_1*0.5, "delay": 1.5},
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
