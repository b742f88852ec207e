"""Makes Brian 2's reference spikes of balanced networks. README.md says what each is; make.sh runs this.

Wiring and start are drawn with our streams, exactly as `src/sim/network/wiring.rs` and `src/lab/built` draw them, so that
both simulators run the very same network.
"""

import math

import brian2
import numpy as np
from brian2 import NeuronGroup, SpikeMonitor, Synapses, ms, start_scope

from brian_traces import MADE_WITH
from streams import Stream
from trace_file import write

DT_MS, DURATION_MS = 0.1, 20
SIZES = (3_200, 800)
P = 0.02


def pairs(stream, num_pre, num_post, p=P):
    """Each pair by chance, from one synapse to the next."""
    scale = 1.0 / math.log(1.0 - p)

    def skip():
        uniform = ((stream.bits() >> 11) + 1) / (1 << 53)
        return int(math.log(uniform) * scale)

    found, place = [], skip()
    while place < num_pre * num_post:
        found.append(divmod(place, num_post))
        place += 1 + skip()
    return np.array(found)


def connect(group, seed, effects):
    """Excitation, then inhibition, onto all."""
    stream, first, all_synapses = Stream(seed, "wiring"), 0, []
    for size, effect in zip(SIZES, effects):
        ends = pairs(stream, size, sum(SIZES))
        synapses = Synapses(group, group, on_pre=effect)
        synapses.connect(i=ends[:, 0] + first, j=ends[:, 1])
        all_synapses.append(synapses)
        first += size
    return all_synapses


def uniform(stream, low, high):
    drawn = np.array([stream.uniform() for _ in range(sum(SIZES))], dtype=np.float32)
    return np.float32(low) + np.float32(high - low) * drawn


def normal(stream, mean, sd, num):
    drawn = np.array([stream.normal() for _ in range(num)], dtype=np.float32)
    return np.float32(mean) + np.float32(sd) * drawn


def run(group, synapses, duration_ms):
    monitor = SpikeMonitor(group)
    net = brian2.Network(group, monitor, *synapses)
    net.run(duration_ms * ms)
    ticks = np.round(np.asarray(monitor.t / ms) / DT_MS).astype(int)
    return {"ticks": [int(tick) for tick in ticks], "neurons": [int(neuron) for neuron in monitor.i]}


def cuba(seed, duration_ms=DURATION_MS):
    start_scope()
    # Brian takes the step of the spike itself for the first refractory one; we count from its end.
    group = NeuronGroup(
        sum(SIZES),
        """dv/dt = (g_e + g_i - (v + 49)) / (20*ms) : 1 (unless refractory)
        dg_e/dt = -g_e / (5*ms) : 1
        dg_i/dt = -g_i / (10*ms) : 1""",
        threshold="v >= -50",
        reset="v = -60",
        refractory=(5 + DT_MS) * ms,
        method="exact",
        dt=DT_MS * ms,
    )
    group.v = uniform(Stream(seed, "start"), -60, -50)
    synapses = connect(group, seed, ("g_e_post += 1.62", "g_i_post -= 9"))
    return run(group, synapses, duration_ms)


def coba(seed, duration_ms=DURATION_MS):
    start_scope()
    group = NeuronGroup(
        sum(SIZES),
        """dv/dt = (-v + g_e * (60 - v) + g_i * (-20 - v)) / (20*ms) : 1 (unless refractory)
        dg_e/dt = -g_e / (5*ms) : 1
        dg_i/dt = -g_i / (10*ms) : 1""",
        threshold="v >= 10",
        reset="v = 0",
        refractory=(5 + DT_MS) * ms,
        method="exponential_euler",
        dt=DT_MS * ms,
    )
    stream, first = Stream(seed, "start"), 0
    for size in SIZES:
        own = slice(first, first + size)
        group.v[own] = normal(stream, -5, 5, size)
        group.g_e[own] = normal(stream, 4, 1.5, size)
        group.g_i[own] = normal(stream, 20, 12, size)
        first += size
    synapses = connect(group, seed, ("g_e_post += 0.6", "g_i_post += 6.7"))
    return run(group, synapses, duration_ms)


def irregularity(spikes):
    """Mean coefficient of variation of the intervals of all neurons with at least 20 of them."""
    ticks, neurons = np.array(spikes["ticks"]), np.array(spikes["neurons"])
    order = np.lexsort((ticks, neurons))
    ticks, first = ticks[order], np.searchsorted(neurons[order], np.arange(sum(SIZES) + 1))
    intervals = [np.diff(ticks[first[n] : first[n + 1]]) for n in range(sum(SIZES))]
    return float(np.mean([own.std() / own.mean() for own in intervals if len(own) >= 20]))


def main():
    brian2.prefs.codegen.target = "numpy"
    for name, make in (("cuba", cuba), ("coba", coba)):
        cases = [{"seed": seed, **make(seed)} for seed in range(1, 6)]
        for case in cases:
            print(name, case["seed"], len(case["ticks"]))
        # In two seconds; these stand in tests/it/balanced.rs.
        rates = [len(make(seed, 2_000)["ticks"]) / sum(SIZES) / 2 for seed in range(1, 6)]
        print(name, "Hz:", [round(rate, 2) for rate in rates])
        write(f"{name}.json", {**MADE_WITH, "dt_ms": DT_MS, "cases": cases})
    # In ten seconds, some minutes each; these stand in README.md of the project.
    cvs = [irregularity(cuba(seed, 10_000)) for seed in range(1, 4)]
    print("cuba CV:", [round(cv, 3) for cv in cvs])


if __name__ == "__main__":
    main()
