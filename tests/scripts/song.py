# Correlated inputs
# demo=correlated_inputs&v=1&ratio=1.05&w_init_min=1&w_init_max=1&correlated_share=0&num_inputs=1000&rate_hz=20&duration_s=20&g_total=15
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

# --- inhibitory: 200 inputs
inhibitory = PoissonGroup(200, 10.0*Hz)

# --- input: 1000 inputs
input = PoissonGroup(1000, 20.0*Hz)

# --- output: 1 neuron, leaky integrate-and-fire with conductances
output = NeuronGroup(
    1,
    """
    dv/dt = (E_L - v + g_e*(E_e - v) + g_i*(E_i - v))/tau_m : volt (unless refractory)
    dg_e/dt = -g_e/tau_e : 1
    dg_i/dt = -g_i/tau_i : 1
    """,
    threshold="v >= V_th",
    reset="v = V_r",
    refractory=0.0*ms,
    method="euler",
    namespace=dict(tau_m=20.0*ms, E_L=-70.0*mV, V_th=-54.0*mV, V_r=-60.0*mV, tau_e=5.0*ms, E_e=0.0*mV, tau_i=5.0*ms, E_i=-70.0*mV),
)
output.v = -70.0*mV

# --- excitation: input to output, exponential conductance
synapses_0 = Synapses(
    input,
    output,
    """
    w : 1
    dx/dt = -x/tau_plus : 1 (event-driven)
    dy/dt = -y/tau_minus : 1 (event-driven)
    """,
    on_pre={
        "act": """
    g_e_post += w*0.015
    """,
        "learn": """
    w = clip(w - A_minus*y, 0.0, 1.0)
    x += 1
    """,
    },
    on_post="""
    w = clip(w + A_plus*x, 0.0, 1.0)
    y += 1
    """,
    namespace=dict(A_plus=0.005, A_minus=0.00525, tau_plus=20.0*ms, tau_minus=20.0*ms),
)
synapses_0.connect()
synapses_0.w = 1.0
synapses_0.act.when = "start"
synapses_0.learn.delay = 0.1*ms

# --- inhibition: inhibitory to output, exponential conductance
synapses_1 = Synapses(
    inhibitory,
    output,
    on_pre="""
    g_i_post += 0.05
    """,
)
synapses_1.connect()

# --- run, results and figure
spikes_output = SpikeMonitor(output)
run(duration, report="stderr")


def isi_cv(monitor, least=20):
    """Mean CV of the intervals of neurons that have enough of them."""
    cvs = []
    for times in monitor.spike_trains().values():
        gaps = np.diff(times/ms)
        if len(gaps) >= least:
            cvs.append(np.std(gaps, ddof=1)/np.mean(gaps))
    return np.mean(cvs) if cvs else float("nan")


print("output rate_hz", spikes_output.num_spikes/len(output)/(duration/second))
print("output isi_cv", isi_cv(spikes_output))
print("excitation mean_weight", np.mean(synapses_0.w))

if len(sys.argv) > 1:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(2, squeeze=False, figsize=(7, 6))
    axes[0][0].plot(spikes_output.t/ms, spikes_output.i, ".", markersize=1)
    axes[0][0].set(xlabel="time (ms)", ylabel="output")
    axes[1][0].hist(np.array(synapses_0.w), bins=40)
    axes[1][0].set(xlabel="weight of excitation", ylabel="synapses")
    plt.tight_layout()
    plt.savefig(sys.argv[1])
