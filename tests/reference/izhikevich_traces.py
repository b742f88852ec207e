"""Makes long traces of Izhikevich's neuron in single precision, bit for bit ours; make.sh runs this.

A spike overshoots by an amount that the slope at the peak multiplies, so single and double precision part after some
spikes, first in neurons that fire fast. Brian 2 computes in single precision if it is told to; then every sum and product
must be the one that we take, so Brian may not rearrange them, and what a tick reads is put in a variable first.
"""

import brian2
import numpy as np
from brian2 import Network, NeuronGroup, SpikeMonitor, StateMonitor, TimedArray, ms, start_scope

from brian_traces import ticks_of
from trace_file import round_all, write

DT_MS, NUM_TICKS, TICKS_PER_SAMPLE = 1.0, 10_000, 50
KINDS = {
    "regular spiking": (0.02, 0.2, -65.0, 8.0),
    "intrinsically bursting": (0.02, 0.2, -55.0, 4.0),
    "chattering": (0.02, 0.2, -50.0, 2.0),
    "fast spiking": (0.1, 0.2, -65.0, 2.0),
    "low-threshold spiking": (0.02, 0.25, -65.0, 2.0),
}


def run(drive, dtype):
    """Spike ticks and potentials of all kinds."""
    start_scope()
    brian2.prefs.core.default_float_dtype = dtype
    brian2.prefs.codegen.loop_invariant_optimisations = False
    group = NeuronGroup(
        len(KINDS),
        "v : 1\nu : 1\na : 1\nb : 1\nc_mv : 1\nd : 1\ncurrent : 1",
        threshold="v >= 30",
        reset="v = c_mv\nu += d",
        namespace={"drive": TimedArray(drive, dt=DT_MS * ms)},
        dt=DT_MS * ms,
    )
    for place, name in enumerate(("a", "b", "c_mv", "d")):
        setattr(group, name, [kind[place] for kind in KINDS.values()])
    group.v = -65
    group.u = "b * v"
    group.run_regularly("current = drive(t)", when="start", dt=DT_MS * ms)
    half = "v += 0.5 * ((0.04 * v + 5) * v + ((140 - u) + current))\n"
    group.run_regularly(half + half + "u += a * (b * v - u)", when="groups", dt=DT_MS * ms)
    spikes = SpikeMonitor(group)
    states = StateMonitor(group, "v", record=True, when="end")
    Network(group, spikes, states).run(len(drive) * DT_MS * ms)
    trains = [[] for _ in KINDS]
    for tick, neuron in zip(ticks_of(spikes, DT_MS), spikes.i):
        trains[neuron].append(tick)
    return trains, np.array(states.v)


if __name__ == "__main__":
    brian2.prefs.codegen.target = "numpy"
    random = np.random.default_rng(2003)
    drawn = np.round(12 + 13 * (random.random(NUM_TICKS) - 0.5), 3)
    (single, v_single), (double, v_double) = run(drawn, np.float32), run(drawn, np.float64)
    cases = []
    for n, (name, (a, b, c_mv, d)) in enumerate(KINDS.items()):
        parted = next(i for i, pair in enumerate(zip(single[n] + [NUM_TICKS], double[n])) if pair[0] != pair[1])
        far = next(tick for tick in range(NUM_TICKS) if abs(v_single[n][tick] - v_double[n][tick]) > 1e-3)
        print(f"{name}: {len(single[n])} spikes, {len(double[n])} in double precision, the same until "
              f"{single[n][parted]} ms, within 0.001 mV until {far} ms")
        sampled = round_all(v_single[n][TICKS_PER_SAMPLE - 1 :: TICKS_PER_SAMPLE], 5)
        cases.append({"kind": name, "a": a, "b": b, "c_mv": c_mv, "d": d, "v_mv": sampled, "output_ticks": single[n]})
    content = {"made_with": f"Brian {brian2.__version__}, float32", "dt_ms": DT_MS, "ticks_per_sample": TICKS_PER_SAMPLE}
    write("izhikevich_single.json", {**content, "current": round_all(drawn, 3), "cases": cases})
