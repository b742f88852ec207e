# Playground
# demo=playground&v=1&rule=triplet&triplet_row=visual_minimal&duration_s=20
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
duration = 20000.0*ms

# --- input: 100 inputs
# In each step a group may have an event, in which each of its inputs fires by chance; besides they fire on their own.
input = NeuronGroup(
    100,
    """event : boolean
joins : 1
alone : 1""",
    threshold="rand() < alone or (event and rand() < joins)",
)
input.alone[0:50] = 0.001105572809  # correlated inputs
input.joins[0:50] = 0.4472135955
input.alone[50:100] = 0.002  # independent inputs


@network_operation(when="start")
def input_events():
    input.event[0:50] = np.random.rand() < 0.002


# --- neuron: 1 neuron, leaky integrate-and-fire
neuron = NeuronGroup(
    1,
    """
    dv/dt = (E_L - v)/tau_m : volt (unless refractory)
    """,
    threshold="v >= V_th",
    reset="v = V_r",
    refractory=2.1*ms,
    method="exact",
    namespace=dict(tau_m=20.0*ms, E_L=-70.0*mV, V_th=-54.0*mV, V_r=-60.0*mV),
)
neuron.v = -70.0*mV

# --- excitation: input to neuron, at once
synapses_0 = Synapses(
    input,
    neuron,
    """
    w : 1
    dx/dt = -x/tau_plus : 1 (event-driven)
    dy/dt = -y/tau_minus : 1 (event-driven)
    dx_slow/dt = -x_slow/tau_x : 1 (event-driven)
    dy_slow/dt = -y_slow/tau_y : 1 (event-driven)
    """,
    on_pre={
        "act": """
    v_post += w*1.0*mV*int(not_refractory_post)
    """,
        "learn": """
    w = clip(w - y*(A2_minus + A3_minus*x_slow), 0.0, 1.0)
    x += 1
    x_slow += 1
    """,
    },
    on_post="""
    w = clip(w + x*(A2_plus + A3_plus*y_slow), 0.0, 1.0)
    y += 1
    y_slow += 1
    """,
    namespace=dict(A2_plus=0.0, A3_plus=0.0065, A2_minus=0.0071, A3_minus=0.0, tau_plus=16.8*ms, tau_minus=33.7*ms, tau_x=101.0*ms, tau_y=114.0*ms),
)
synapses_0.connect()
synapses_0.w = "(0.2 + 0.6*rand())"
synapses_0.act.when = "before_thresholds"
synapses_0.learn.delay = 0.1*ms

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
print("excitation mean_weight", np.mean(synapses_0.w))

if len(sys.argv) > 1:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(2, squeeze=False, figsize=(7, 6))
    axes[0][0].plot(spikes_neuron.t/ms, spikes_neuron.i, ".", markersize=1)
    axes[0][0].set(xlabel="time (ms)", ylabel="neuron")
    axes[1][0].hist(np.array(synapses_0.w), bins=40)
    axes[1][0].set(xlabel="weight of excitation", ylabel="synapses")
    plt.tight_layout()
    plt.savefig(sys.argv[1])
