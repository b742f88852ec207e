"""Times Brian 2's C++ standalone mode on the two benchmarks of correlated_inputs, for `make bench`.

Prints one JSON object: CPU seconds per simulated second, compilation and set-up left out, with the figures that
show that the right thing was computed. Needs Brian 2 (requirements.txt) and a C++ compiler; takes about a minute.
"""

import json
import os
import shutil
import tempfile

import brian2
import numpy as np
from brian2 import (
    Hz,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    Synapses,
    defaultclock,
    device,
    ms,
    second,
    set_device,
)

brian2.prefs.devices.cpp_standalone.openmp_threads = 0
brian2.prefs.core.default_float_dtype = brian2.float64


def timed(build, duration_s):
    """Builds, compiles and runs in a folder of its own; the time is that of the simulation loop."""
    folder = tempfile.mkdtemp()
    set_device("cpp_standalone", directory=folder, build_on_run=False)
    device.reinit()
    device.activate(directory=folder, build_on_run=False)
    defaultclock.dt = 0.1 * ms
    network, figures = build()
    network.run(duration_s * second)
    device.build(directory=folder, compile=True, run=True, debug=False)
    result = {"cpu_s_per_sim_s": device._last_run_time / duration_s, **figures(duration_s)}
    device.reinit()
    shutil.rmtree(folder)
    return result


def correlated_group(c):
    """1,000 inputs at 10 Hz with a shared source; all spikes are stored."""

    def build():
        group = NeuronGroup(
            1000,
            """v : 1 (shared)
            u_own = rand() : 1 (constant over dt)
            u_join = rand() : 1 (constant over dt)""",
            threshold="(v < 10*Hz*dt and u_join < sqrt(c)) or u_own < 10*Hz*(1 - sqrt(c))*dt",
            namespace={"c": c},
        )
        group.run_regularly("v = rand()")
        spikes = SpikeMonitor(group)
        return Network(group, spikes), lambda t: {"rate_hz": spikes.num_spikes / 1000 / t}

    return timed(build, 60)


def stdp_inputs():
    """Brian's classic example: 1,000 Poisson inputs on one conductance neuron."""

    def build():
        rates = (10 + 30 * np.arange(1000) / 999) * Hz
        inputs = PoissonGroup(1000, rates=rates)
        neuron = NeuronGroup(
            1,
            """dv/dt = (ge * (0 - v) + (-74) - v) / (10*ms) : 1
            dge/dt = -ge / (5*ms) : 1""",
            threshold="v > -54",
            reset="v = -60",
            method="euler",
        )
        neuron.v = -74
        synapses = Synapses(
            inputs,
            neuron,
            """w : 1
            dApre/dt = -Apre / (20*ms) : 1 (event-driven)
            dApost/dt = -Apost / (20*ms) : 1 (event-driven)""",
            on_pre="""ge += w
            Apre += 0.01 * gmax
            w = clip(w + Apost, 0, gmax)""",
            on_post="""Apost -= 0.0105 * gmax
            w = clip(w + Apre, 0, gmax)""",
            namespace={"gmax": 0.01},
        )
        synapses.connect()
        synapses.w = "rand() * 0.01"
        spikes = SpikeMonitor(neuron)
        network = Network(inputs, neuron, synapses, spikes)
        return network, lambda t: {
            "output_rate_hz_overall": spikes.num_spikes / t,
            "mean_weight": float(np.mean(synapses.w[:])) / 0.01,
        }

    return timed(build, 100)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    groups = {f"correlated group, c = {c:g}": correlated_group(c) for c in (0, 0.5, 1)}
    print(json.dumps({**groups, "STDP inputs": stdp_inputs()}))
