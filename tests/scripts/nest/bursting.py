# Playground
# demo=playground&v=1&neuron=adex&e_l_mv=-58&v_reset_mv=-46&b_pa=100&tau_w_ms=120&current=constant&current_mv=21&inputs=none
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
duration = 1000.0  # ms
nest.resolution = dt
nest.rng_seed = 1
nest.local_num_threads = 1

# --- neuron: 1 neuron, adaptive exponential
neuron = nest.Create(
    "aeif_psc_delta",
    1,
    params={
        "C_m": 200.0,
        "g_L": 10.0,
        "E_L": -58.0,
        "V_m": -58.0,
        "V_th": -50.0,
        "Delta_T": 2.0,
        "V_peak": 0.0,
        "V_reset": -46.0,
        "a": 2.0,
        "b": 100.0,
        "tau_w": 120.0,
        "t_ref": 0.0,
    },
)

# --- current: constant current onto neuron
neuron.I_e = 210.0

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
