"""Makes the reference traces of short-term plasticity, of Brian 2 and of NEST; make.sh runs this."""

import brian2
import nest
import numpy as np
from brian2 import Network, NeuronGroup, StateMonitor, Synapses, ms, start_scope

from brian_traces import MADE_WITH, generator
from nest_traces import MADE_WITH as MADE_WITH_NEST
from nest_traces import start
from trace_file import round_all, write

DT_MS = 0.1
# From excitatory neurons onto excitatory and onto inhibitory ones (Maass, Natschlaeger and Markram 2002).
CASES = {
    "depressing": {"u": 0.5, "tau_d_ms": 1100.0, "tau_f_ms": 50.0},
    "facilitating": {"u": 0.05, "tau_d_ms": 125.0, "tau_f_ms": 1200.0},
}


def irregular_ticks():
    """Bursts, single spikes and silences: intervals of 1 to 800 ms, the logarithm of which is uniform."""
    random = np.random.default_rng(1998)
    intervals = np.exp(random.uniform(np.log(10), np.log(8_000), 60))
    return [int(tick) for tick in np.cumsum(np.maximum(np.rint(intervals), 10))]


def brian(params, ticks):
    start_scope()
    source, target = generator([ticks], DT_MS), NeuronGroup(1, "x : 1", dt=DT_MS * ms)
    source.clock.dt = DT_MS * ms
    synapses = Synapses(
        source,
        target,
        "effect : 1\n"
        "du/dt = -u / (tau_f_ms * ms) : 1 (event-driven)\n"
        "dr/dt = (1 - r) / (tau_d_ms * ms) : 1 (event-driven)",
        on_pre="u += share * (1 - u)\neffect = u * r\nr -= effect",
        namespace={"share": params["u"], "tau_d_ms": params["tau_d_ms"], "tau_f_ms": params["tau_f_ms"]},
        dt=DT_MS * ms,
    )
    synapses.connect()
    synapses.r = 1
    states = StateMonitor(synapses, "effect", record=True, when="end", dt=DT_MS * ms)
    Network(source, target, synapses, states).run((ticks[-1] + 1) * DT_MS * ms)
    return [states.effect[0][tick] for tick in ticks]


def by_nest(params, ticks):
    """The weights of the events that `tsodyks2_synapse` sends; u = U and x = 1 is how it begins."""
    start(DT_MS)
    recorder = nest.Create("weight_recorder")
    nest.CopyModel("tsodyks2_synapse", "recorded", {"weight_recorder": recorder})
    times = [round(tick * DT_MS, 6) for tick in ticks]
    source = nest.Create("spike_generator", params={"spike_times": times})
    relay, target = nest.Create("parrot_neuron"), nest.Create("parrot_neuron")
    nest.Connect(source, relay, syn_spec={"delay": DT_MS})
    nest.Connect(relay, target, syn_spec={
        "synapse_model": "recorded", "weight": 1.0, "delay": DT_MS,
        "U": params["u"], "u": params["u"], "x": 1.0, "tau_rec": params["tau_d_ms"], "tau_fac": params["tau_f_ms"],
    })
    nest.Simulate((ticks[-1] + 30) * DT_MS)
    return list(recorder.events["weights"])


if __name__ == "__main__":
    brian2.prefs.codegen.target = "numpy"
    ticks = irregular_ticks()
    cases = []
    for name, params in CASES.items():
        one, other = brian(params, ticks), by_nest(params, ticks)
        print(name, len(one), "effects, apart by", max(abs(a / b - 1) for a, b in zip(one, other, strict=True)))
        cases.append({"name": name, **params, "brian": round_all(one, 9), "nest": round_all(other, 9)})
    made_with = {"made_with": f"{MADE_WITH['made_with']}, {MADE_WITH_NEST}"}
    write("short_term.json", {**made_with, "dt_ms": DT_MS, "ticks": ticks, "cases": cases})
