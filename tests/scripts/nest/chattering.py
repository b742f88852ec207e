# Playground
# demo=playground&v=1&neuron=izhikevich&izh_c_mv=-50&izh_d=2&izh_form=usual&current=constant&current_mv=10&inputs=none
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
dt = 0.25  # ms
duration = 1000.0  # ms
nest.resolution = dt
nest.rng_seed = 1
nest.local_num_threads = 1

# --- neuron: 1 neuron, Izhikevich
# In NEST the potential takes a step in two halves, in the description at once: rates may differ by a few per cent.
neuron = nest.Create(
    "izhikevich",
    1,
    params={
        "a": 0.02,
        "b": 0.2,
        "c": -50.0,
        "d": 2.0,
        "V_th": 30.0,
        "V_m": -65.0,
        "U_m": -13.0,
        "consistent_integration": False,
    },
)

# --- current: constant current onto neuron
neuron.I_e = 10.0

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
