# Playground
# demo=playground&v=1&neuron=izhikevich&izh_c_mv=-50&izh_d=2&izh_form=usual&current=constant&current_mv=10&inputs=none
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
defaultclock.dt = 0.25*ms
duration = 1000.0*ms

# --- neuron: 1 neuron, Izhikevich
neuron = NeuronGroup(
    1,
    """
    v : 1
    u : 1
    drive : 1 (constant)
    """,
    threshold="v >= 30.0",
    reset="v = -50.0; u += 2.0",
    refractory=0.0*ms,
    method="euler",
    namespace=dict(),
)
neuron.run_regularly("""v += dt/ms/1*(0.04*v**2 + 5.0*v + 140.0 - u + drive)
u += dt/ms*0.02*(0.2*v - u)""", when="groups")
neuron.v = -65.0
neuron.u = -13.0

# --- current: constant current onto neuron
neuron.drive = 10.0*1

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
