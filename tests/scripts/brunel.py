# Balanced networks
# demo=balanced_networks&v=1&part=brunel&num_excitatory=2000&wiring=in_degree&duration_s=0.5
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
duration = 500.0*ms

# --- neuron: 2500 neurons, leaky integrate-and-fire
neuron = NeuronGroup(
    2500,
    """
    dv/dt = (E_L - v)/tau_m : volt (unless refractory)
    """,
    threshold="v >= V_th",
    reset="v = V_r",
    refractory=2.1*ms,
    method="exact",
    namespace=dict(tau_m=20.0*ms, E_L=0.0*mV, V_th=20.0*mV, V_r=10.0*mV),
)
neuron.v = 0.0*mV

# --- external: kicks onto neuron
neuron.run_regularly("v += 0.1*mV*poisson(2.0)*int(not_refractory)", when="before_thresholds")

# --- excitation: neuron[0:2000] to neuron, at once
synapses_0 = Synapses(
    neuron[0:2000],
    neuron,
    on_pre="""
    v_post += 0.1*mV*int(not_refractory_post)
    """,
)
pre = np.concatenate([np.random.choice(2000, 200, replace=False) for _ in range(2500)])
synapses_0.connect(i=pre, j=np.repeat(np.arange(2500), 200))
synapses_0.pre.when = "before_thresholds"
synapses_0.pre.delay = 1.4*ms

# --- inhibition: neuron[2000:2500] to neuron, at once
synapses_1 = Synapses(
    neuron[2000:2500],
    neuron,
    on_pre="""
    v_post += -0.5*mV*int(not_refractory_post)
    """,
)
pre = np.concatenate([np.random.choice(500, 50, replace=False) for _ in range(2500)])
synapses_1.connect(i=pre, j=np.repeat(np.arange(2500), 50))
synapses_1.pre.when = "before_thresholds"
synapses_1.pre.delay = 1.4*ms

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
