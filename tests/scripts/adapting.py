# Playground
# demo=playground&v=1&neuron=adex&g_l_ns=12&current=constant&current_mv=41.7&inputs=none
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

# --- neuron: 1 neuron, adaptive exponential
neuron = NeuronGroup(
    1,
    """
    dv/dt = (g_L*(E_L - v + drive) + g_L*Delta_T*exp(clip((v - V_T)/Delta_T, -100, 12)) - w_a)/C : volt (unless refractory)
    dw_a/dt = (a*(v - E_L) - w_a)/tau_w : amp
    drive : volt (constant)
    """,
    threshold="v >= V_peak",
    reset="v = V_r; w_a += b",
    refractory=0.0*ms,
    method="rk4",
    namespace=dict(C=200.0*pF, g_L=12.0*nS, E_L=-70.0*mV, V_T=-50.0*mV, Delta_T=2.0*mV, V_peak=0.0*mV, V_r=-58.0*mV, a=2.0*nS, b=60.0*pA, tau_w=300.0*ms),
)
neuron.v = -70.0*mV

# --- current: constant current onto neuron
neuron.drive = 41.7*mV

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
