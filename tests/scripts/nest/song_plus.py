# Correlated inputs
# demo=correlated_inputs&v=1&ratio=1.05&w_init_min=1&w_init_max=1&correlated_share=0&num_inputs=1000&rate_hz=20&duration_s=20&g_total=15
#
# The network of this run for NEST 3 (pip install nest-simulator matplotlib), written from its description by STDP Playground 0.1.0.
# Wiring, weights and Poisson inputs are drawn anew: the same laws, other numbers. A figure: python FILE.py picture.png
#
# NEST names a step by its end. A spike of step s that is under way for d steps acts in step s + d, as in the description.
# Here it acts at the end of that step: such delays are written one step shorter.
# A learning synapse of the description sees spikes when they arrive: its delay is axonal, NEST's is dendritic. So spikes
# travel to a parrot neuron first (a relay, or the input itself), and take the last step in the synapse. NEST then sees the
# output 3 steps later than the description does. Amplitudes are corrected for it: input-first pairs do what they do there,
# spikes of one step among them (they strengthen). Pairs with the output less than 3 steps before the input strengthen too;
# in additive rules depression is raised by as much, so that chance pairs drift as there.
# Weights are read after all inputs have fired once more, without depression.
# In NEST a spike acts with the weight that it has just depressed: rates may be some per cent lower than there.
import sys

import nest
import numpy as np

nest.ResetKernel()
nest.verbosity = nest.VerbosityLevel.ERROR
dt = 0.1  # ms
duration = 20000.0  # ms
nest.resolution = dt
nest.rng_seed = 1
nest.local_num_threads = 1

# When all inputs fire once more, for NEST's plastic synapses change at input spikes only.
flush_time = duration + 2*dt
flush = nest.Create("spike_generator", params={"spike_times": [flush_time]})

# --- inhibitory: 200 inputs
inhibitory = nest.Create("parrot_neuron", 200)
# inhibitory inputs
poisson = nest.Create("poisson_generator", params={"rate": 10.0, "stop": duration})
nest.Connect(poisson, inhibitory, syn_spec={"delay": dt})

# --- input: 1000 inputs
input = nest.Create("parrot_neuron", 1000)
# independent inputs
poisson = nest.Create("poisson_generator", params={"rate": 20.0, "stop": duration})
nest.Connect(poisson, input, syn_spec={"delay": dt})
nest.Connect(flush, input, syn_spec={"delay": dt})

# --- output: 1 neuron, leaky integrate-and-fire with conductances
# In NEST conductances are in units of a leak of 10 nS.
output = nest.Create(
    "iaf_cond_exp",
    1,
    params={
        "C_m": 200.0,
        "g_L": 10.0,
        "E_L": -70.0,
        "V_m": -70.0,
        "V_th": -54.0,
        "V_reset": -60.0,
        "t_ref": 0.0,
        "E_ex": 0.0,
        "E_in": -70.0,
        "tau_syn_ex": 5.0,
        "tau_syn_in": 5.0,
    },
)

# --- excitation: input to output, exponential conductance
weight_0 = 0.15  # nS, of a weight of 1
# Pairs are 3 steps further apart than in the description: amplitudes make up for it.
up = 0.005*np.exp(3*dt/20.0)
down = 0.00525 + 0.005*sum(np.exp(m*dt/20.0) for m in range(1, 3))*(np.exp(dt/20.0) - 1)
nest.CopyModel(
    "stdp_synapse",
    "plastic_0",
    {
        "weight": weight_0,
        "tau_plus": 20.0,
        "lambda": up/1.0,
        "alpha": down/up,
        "mu_plus": 0.0,
        "mu_minus": 0.0,
        "Wmax": 1.0*weight_0,
    },
)
output.tau_minus = 20.0
nest.Connect(
    input,
    output,
    {"rule": "all_to_all"},
    {"weight": weight_0*1.0, "synapse_model": "plastic_0", "delay": dt},
)
synapses_0 = nest.GetConnections(input, output, "plastic_0")

# --- inhibition: inhibitory to output, exponential conductance
weight_1 = -10.0  # nS, of a weight of 1
nest.Connect(
    inhibitory,
    output,
    {"rule": "all_to_all"},
    {"weight": weight_1*0.05, "delay": 0.1},
)

# --- run, results and figure
spikes_output = nest.Create("spike_recorder", params={"stop": duration})
nest.Connect(output, spikes_output)
nest.Simulate(duration)
synapses_0.alpha = 0.0
nest.Simulate(0.0 + 10*dt)
w_0 = np.array(synapses_0.weight)/weight_0


def isi_cv(times, neurons, least=20):
    """Mean CV of the intervals of neurons that have enough of them."""
    cvs = []
    for times in [times[neurons == neuron] for neuron in np.unique(neurons)]:
        gaps = np.diff(np.sort(times))
        if len(gaps) >= least:
            cvs.append(np.std(gaps, ddof=1)/np.mean(gaps))
    return np.mean(cvs) if cvs else float("nan")


neurons_output = spikes_output.events["senders"] - output[0].global_id
times_output = spikes_output.events["times"] - dt  # the beginning of the step
print("output rate_hz", len(times_output)/len(output)/(duration/1000))
print("output isi_cv", isi_cv(times_output, neurons_output))
print("excitation mean_weight", np.mean(w_0))

if len(sys.argv) > 1:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(2, squeeze=False, figsize=(7, 6))
    axes[0][0].plot(times_output, neurons_output, ".", markersize=1)
    axes[0][0].set(xlabel="time (ms)", ylabel="output")
    axes[1][0].hist(w_0, bins=40)
    axes[1][0].set(xlabel="weight of excitation", ylabel="synapses")
    plt.tight_layout()
    plt.savefig(sys.argv[1])
