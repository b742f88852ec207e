# Balanced networks
# demo=balanced_networks&v=1&synapses=conductances&duration_s=1
#
# The network of this run for Brian 2 (pip install brian2 matplotlib), written from its description by STDP Playground 0.1.0.
# Wiring, weights and Poisson inputs are drawn anew: the same laws, other numbers. A figure: python FILE.py picture.png
#
# Delays are one step shorter than in the description: there a spike of step s acts in step s + d, before potentials are
# integrated, in Brian 2 after the thresholds of step s + d. What lifts potentials is moved before the next thresholds, where
# it is in the description, and what learns to the start of that step, when all has been learned from the one before. Inputs
# without a delay act one step later here. A spike is learned from in the step in which potentials take it in.
import sys

import numpy as np
from brian2 import *

prefs.codegen.target = "numpy"  # "cython" is faster where there is a compiler
seed(1)
np.random.seed(1)
defaultclock.dt = 0.1*ms
duration = 1000.0*ms

# --- neuron: 4000 neurons, leaky integrate-and-fire with conductances
neuron = NeuronGroup(
    4000,
    """
    dv/dt = (E_L - v + g_e*(E_e - v) + g_i*(E_i - v))/tau_m : volt (unless refractory)
    dg_e/dt = -g_e/tau_e : 1
    dg_i/dt = -g_i/tau_i : 1
    """,
    threshold="v >= V_th",
    reset="v = V_r",
    refractory=5.1*ms,
    method="exponential_euler",
    namespace=dict(tau_m=20.0*ms, E_L=0.0*mV, V_th=10.0*mV, V_r=0.0*mV, tau_e=5.0*ms, E_e=60.0*mV, tau_i=10.0*ms, E_i=-20.0*mV),
)
neuron.v = 0.0*mV
neuron[0:3200].v = "(-5.0 + 5.0*randn())*mV"
neuron[0:3200].g_e = "(4.0 + 1.5*randn())"
neuron[0:3200].g_i = "(20.0 + 12.0*randn())"
neuron[3200:4000].v = "(-5.0 + 5.0*randn())*mV"
neuron[3200:4000].g_e = "(4.0 + 1.5*randn())"
neuron[3200:4000].g_i = "(20.0 + 12.0*randn())"

# --- excitation: neuron[0:3200] to neuron, exponential conductance
synapses_0 = Synapses(
    neuron[0:3200],
    neuron,
    on_pre="""
    g_e_post += 0.6
    """,
)
synapses_0.connect(p=0.02)

# --- inhibition: neuron[3200:4000] to neuron, exponential conductance
synapses_1 = Synapses(
    neuron[3200:4000],
    neuron,
    on_pre="""
    g_i_post += 6.7
    """,
)
synapses_1.connect(p=0.02)

# --- run, results and figure
spikes_neuron = SpikeMonitor(neuron)
run(duration, report="stderr")


def isi_cv(monitor, least=20):
    """Mean CV of the intervals of neurons that have enough of them."""
    cvs = []
    for times in monitor.spike_trains().values():
        gaps = np.diff(times/ms)
        if len(gaps) >= least:
            cvs.append(np.std(gaps, ddof=1)/np.mean(gaps))
    return np.mean(cvs) if cvs else float("nan")


print("neuron rate_hz", spikes_neuron.num_spikes/len(neuron)/(duration/second))
print("neuron isi_cv", isi_cv(spikes_neuron))

if len(sys.argv) > 1:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(1, squeeze=False, figsize=(7, 3))
    axes[0][0].plot(spikes_neuron.t/ms, spikes_neuron.i, ".", markersize=1)
    axes[0][0].set(xlabel="time (ms)", ylabel="neuron")
    plt.tight_layout()
    plt.savefig(sys.argv[1])
