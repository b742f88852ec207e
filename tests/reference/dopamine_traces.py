"""Makes the reference traces of dopamine-modulated STDP and of Izhikevich's neuron; make.sh runs this.

`dopamine_nest.json`: NEST's `stdp_dopamine_synapse`, whose weight is recorded at every input spike.
`izhikevich.json`: Brian 2, with the two half steps of v and the one step of u written out.
"""

import brian2
import nest
import numpy as np
from brian2 import Network, NeuronGroup, SpikeMonitor, StateMonitor, TimedArray, ms, start_scope

from brian_traces import poisson_ticks, ticks_of
from nest_traces import start
from trace_file import round_all, write

DT_MS = 1.0
DURATION_MS = 20_000
SYNAPSE = {
    "a_plus": 1.0,
    "tau_plus_ms": 20.0,
    "tau_minus_ms": 30.0,
    "tau_c_ms": 1000.0,
    "tau_n_ms": 200.0,
    "w_min": 0.0,
}


def parrot(train, early_ticks, **params):
    """A neuron that fires the train, so many steps early; one of them passes between generator and parrot."""
    late_ms = 1000.0
    times = [late_ms + (tick - early_ticks) * DT_MS for tick in train]
    source = nest.Create("spike_generator", params={"spike_times": times})
    neuron = nest.Create("parrot_neuron", params=params)
    nest.Connect(source, neuron, syn_spec={"delay": DT_MS})
    return neuron


def dopamine_case(pre, post, dopamine, a_minus, w_init, w_max, tonic):
    start(DT_MS)
    transmitter = nest.Create("volume_transmitter")
    recorder = nest.Create("weight_recorder")
    common = {
        "weight_recorder": recorder,
        "volume_transmitter": transmitter,
        "A_plus": SYNAPSE["a_plus"],
        "A_minus": a_minus,
        "tau_plus": SYNAPSE["tau_plus_ms"],
        "tau_c": SYNAPSE["tau_c_ms"],
        "tau_n": SYNAPSE["tau_n_ms"],
        "b": -tonic,
        "Wmin": SYNAPSE["w_min"],
        "Wmax": w_max,
    }
    nest.CopyModel("stdp_dopamine_synapse", "plastic", common)
    inputs = parrot(pre, 1)
    # A step of dendritic delay comes on top of that to the parrot.
    outputs = parrot(post, 2, tau_minus=SYNAPSE["tau_minus_ms"])
    releases = parrot(dopamine, 2)
    nest.Connect(releases, transmitter, syn_spec={"delay": DT_MS})
    spec = {"synapse_model": "plastic", "delay": DT_MS, "weight": w_init, "receptor_type": 1}
    nest.Connect(inputs, outputs, syn_spec=spec)
    nest.Simulate(1000.0 + DURATION_MS + 10)
    weights = round_all(recorder.events["weights"])
    assert len(weights) == len(pre)
    case = {"a_minus": a_minus, "w_init": w_init, "w_max": w_max, "tonic": tonic}
    return {**SYNAPSE, **case, "weights": weights}


def dopamine_nest():
    random = np.random.default_rng(2010)
    pre, post, dopamine = [poisson_ticks(random, rate, DURATION_MS, DT_MS) for rate in (10, 10, 2)]
    cases = [
        dopamine_case(pre, post, dopamine, *case)
        # The second meets both bounds.
        for case in [(1.5, 100.0, 200.0, 0.0), (0.6, 5.0, 10.0, 0.0), (0.9, 100.0, 200.0, 0.002)]
    ]
    for case in cases:
        print(min(case["weights"]), max(case["weights"]), case["weights"][-1])
    write(
        "dopamine_nest.json",
        {
            "made_with": f"NEST {nest.__version__}",
            "dt_ms": DT_MS,
            "num_ticks": int(DURATION_MS / DT_MS),
            "pre_ticks": pre,
            "post_ticks": post,
            "dopamine_ticks": dopamine,
            "cases": cases,
        },
    )


def izhikevich_case(params, current):
    start_scope()
    group = NeuronGroup(
        1,
        "v : 1\nu : 1",
        threshold="v >= 30",
        reset="v = c_mv\nu += d",
        namespace={**params, "drive": TimedArray(current, dt=DT_MS * ms)},
        dt=DT_MS * ms,
    )
    group.v = -65
    group.u = params["b"] * -65
    half = "v += 0.5 * ((0.04 * v + 5) * v + (140 - u + drive(t)))\n"
    group.run_regularly(half + half + "u += a * (b * v - u)", when="groups", dt=DT_MS * ms)
    spikes = SpikeMonitor(group)
    states = StateMonitor(group, "v", record=True, when="end")
    Network(group, spikes, states).run(len(current) * DT_MS * ms)
    output = ticks_of(spikes, DT_MS)
    return {**params, "ticks_per_sample": 1, "v_mv": round_all(states.v[0], 4), "output_ticks": output}


def izhikevich():
    # Short, because spikes overshoot, so that last digits grow into other spike times after 0.2 s, or sooner in fast neurons.
    random = np.random.default_rng(2003)
    current = np.round(12 + 13 * (random.random(120) - 0.5), 3)
    kinds = [
        {"a": 0.02, "b": 0.2, "c_mv": -65.0, "d": 8.0},
        {"a": 0.02, "b": 0.2, "c_mv": -55.0, "d": 4.0},
        {"a": 0.02, "b": 0.2, "c_mv": -50.0, "d": 2.0},
    ]
    cases = [izhikevich_case(params, current) for params in kinds]
    print([len(case["output_ticks"]) for case in cases])
    made_with = f"Brian {brian2.__version__}"
    content = {"made_with": made_with, "dt_ms": DT_MS, "current": round_all(current), "cases": cases}
    write("izhikevich.json", content)


if __name__ == "__main__":
    dopamine_nest()
    izhikevich()
