"""Builds Brian 2's C++ standalone programs for our benchmarks that it can run, for `make bench`.

    brian_speed.py FOLDER

Each program is run once. Prints one JSON object: for every benchmark the folder in which its program `main` stands,
the simulated time, and the figures that show that the right thing was computed. A program that is run again leaves
the seconds of its simulation loop, without compilation and set-up, in `results/last_run_info.txt`. Needs Brian 2
(requirements.txt) and a C++ compiler; takes some minutes.
"""

import json
import os
import sys

import brian2
import numpy as np
from brian2 import (
    Hz,
    Network,
    NeuronGroup,
    PoissonGroup,
    PoissonInput,
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


def program(name, build, duration_s, dt_ms=0.1):
    """Builds, compiles and runs in a folder of its own."""
    folder = os.path.join(os.path.abspath(sys.argv[1]), name.replace(" ", "_"))
    set_device("cpp_standalone", directory=folder, build_on_run=False)
    device.reinit()
    device.activate(directory=folder, build_on_run=False)
    defaultclock.dt = dt_ms * ms
    network, figures = build()
    network.run(duration_s * second)
    device.build(directory=folder, compile=True, run=True, debug=False)
    result = {"folder": folder, "duration_s": duration_s, "figures": figures(duration_s)}
    device.reinit()
    return {name: result}


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

    return program(f"correlated group, c = {c:g}", build, 60)


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

    return program("STDP inputs", build, 100)


def da_stdp_network():
    """Izhikevich's network with dopamine every 5 s: 80,000 plastic synapses, steps of 1 ms."""

    def build():
        # One group, so that its step is one loop; it reads the dopamine of the step before.
        half = "v += 0.5 * ((0.04 * v + 5) * v + 140 - u + current)\n"
        neurons = NeuronGroup(
            1000,
            """v : 1
            u : 1
            a : 1 (constant)
            d : 1 (constant)
            current : 1
            x : 1
            dopamine : 1 (shared)""",
            threshold="v >= 30",
            reset="v = -65\nu += d\nx = 0.1",
        )
        neurons.v, neurons.u = -65, -13
        neurons.a, neurons.d = [0.02] * 800 + [0.1] * 200, [8] * 800 + [2] * 200
        neurons.run_regularly("dopamine = dopamine * 0.995 + 0.5 * int(t_in_timesteps % 5000 == 4999)", when="start")
        step = "current += 13 * (rand() - 0.5)\n" + half + half + "u += a * (0.2 * v - u)\nx *= 0.95\ncurrent = 0"
        neurons.run_regularly(step, when="groups")
        random = np.random.default_rng(2007)
        excitatory = Synapses(
            neurons,
            neurons,
            "s : 1\nsd : 1",
            on_pre="current_post += s\nsd -= 1.5 * x_post",
            on_post="sd += x_pre",
        )
        excitatory.connect(i=np.repeat(np.arange(800), 100), j=random.integers(0, 1000, 80_000))
        excitatory.s = 1
        update = "s = clip(s + (0.002 + dopamine_pre) * sd, 0, 4)\nsd *= 0.99"
        excitatory.run_regularly(update, dt=10 * ms, when="end")
        inhibitory = Synapses(neurons, neurons, on_pre="current_post -= 1")
        inhibitory.connect(i=np.repeat(np.arange(800, 1000), 100), j=random.integers(0, 800, 20_000))
        spikes = SpikeMonitor(neurons)
        network = Network(neurons, excitatory, inhibitory, spikes)
        return network, lambda t: {
            "rate_hz": spikes.num_spikes / 1000 / t,
            "mean_weight": float(np.mean(excitatory.s[:])),
        }

    return program("DA-STDP network", build, 60, dt_ms=1)


def balanced(name, group, effects, connect, duration_s, delay=0 * ms, inputs=lambda neurons: []):
    """A balanced network: neurons of which four fifths excite all and the others inhibit all; spikes are counted.

    `group` makes the neurons, `effects` is what a spike of either does, `connect` draws the synapses from a part onto
    all, `inputs` makes what else acts on the neurons.
    """

    def build():
        neurons = group()
        num, others = len(neurons), inputs(neurons)
        num_exc = num * 4 // 5
        for part, effect in zip((neurons[:num_exc], neurons[num_exc:]), effects):
            # One delay for all, which Brian then does not store synapse by synapse.
            synapses = Synapses(part, neurons, on_pre=effect, delay=delay)
            connect(synapses)
            others.append(synapses)
        spikes = SpikeMonitor(neurons, record=False)
        return Network(neurons, spikes, *others), lambda t: {"rate_hz": spikes.num_spikes / num / t}

    return program(name, build, duration_s)


def cuba():
    """Benchmark 2 of Brette et al. (2007)."""

    def group():
        neurons = NeuronGroup(
            4000,
            """dv/dt = (g_e + g_i - (v + 49)) / (20*ms) : 1 (unless refractory)
            dg_e/dt = -g_e / (5*ms) : 1
            dg_i/dt = -g_i / (10*ms) : 1""",
            threshold="v >= -50",
            reset="v = -60",
            refractory=5 * ms,
            method="exact",
        )
        neurons.v = "-60 + 10 * rand()"
        return neurons

    effects = ("g_e_post += 1.62", "g_i_post -= 9")
    return balanced("CUBA", group, effects, lambda synapses: synapses.connect(p=0.02), 10)


def coba():
    """Benchmark 1 of Brette et al. (2007)."""

    def group():
        neurons = NeuronGroup(
            4000,
            """dv/dt = (-v + g_e * (60 - v) + g_i * (-20 - v)) / (20*ms) : 1 (unless refractory)
            dg_e/dt = -g_e / (5*ms) : 1
            dg_i/dt = -g_i / (10*ms) : 1""",
            threshold="v >= 10",
            reset="v = 0",
            refractory=5 * ms,
            method="exponential_euler",
        )
        neurons.v = "-5 + 5 * randn()"
        neurons.g_e = "4 + 1.5 * randn()"
        neurons.g_i = "20 + 12 * randn()"
        return neurons

    effects = ("g_e_post += 0.6", "g_i_post += 6.7")
    return balanced("COBA", group, effects, lambda synapses: synapses.connect(p=0.02), 10)


def brunel_ai():
    """Brunel (2000), asynchronous and irregular: g = 5, eta = 2, every neuron with as many inputs."""

    def group():
        return NeuronGroup(
            12_500,
            "dv/dt = -v / (20*ms) : 1 (unless refractory)",
            threshold="v >= 20",
            reset="v = 10",
            refractory=2 * ms,
            method="exact",
        )

    def connect(synapses):
        random, num_pre = np.random.default_rng(2000), len(synapses.source)
        senders = [random.choice(num_pre, num_pre // 10, replace=False) for _ in range(12_500)]
        # Sender by sender, as they are looked up.
        i, j = np.concatenate(senders), np.repeat(np.arange(12_500), num_pre // 10)
        order = np.argsort(i, kind="stable")
        synapses.connect(i=i[order], j=j[order])

    def inputs(neurons):
        return [PoissonInput(neurons, "v", N=1000, rate=20 * Hz, weight=0.1)]

    effects = ("v_post += 0.1", "v_post -= 0.5")
    return balanced("Brunel AI", group, effects, connect, 2, 1.5 * ms, inputs)


def ten_neurons():
    """1,000 Poisson inputs on ten leaky neurons that inhibit each other, with pair STDP."""

    def build():
        inputs = PoissonGroup(1000, rates=10 * Hz)
        neurons = NeuronGroup(
            10,
            "dv/dt = (-70 - v) / (20*ms) : 1 (unless refractory)",
            threshold="v >= -54",
            reset="v = -60",
            refractory=2 * ms,
            method="exact",
        )
        neurons.v = -70
        synapses = Synapses(
            inputs,
            neurons,
            """w : 1
            dx/dt = -x / (20*ms) : 1 (event-driven)
            dy/dt = -y / (20*ms) : 1 (event-driven)""",
            on_pre="""v_post += 0.25 * w * int(not_refractory_post)
            w = clip(w - 0.0055 * y, 0, 1)
            x += 1""",
            on_post="""w = clip(w + 0.005 * x, 0, 1)
            y += 1""",
        )
        synapses.connect()
        synapses.w = "0.2 + 0.6 * rand()"
        lateral = Synapses(neurons, neurons, on_pre="v_post -= 5 * int(not_refractory_post)")
        lateral.connect(condition="i != j")
        spikes = SpikeMonitor(neurons)
        network = Network(inputs, neurons, synapses, lateral, spikes)
        return network, lambda t: {
            "output_rate_hz": spikes.num_spikes / t / 10,
            "mean_weight": float(np.mean(synapses.w[:])),
        }

    return program("ten neurons", build, 20)


def adex():
    """1,000 adaptive exponential neurons without synapses, by forward Euler, the cheapest that Brian has."""

    def build():
        neurons = NeuronGroup(
            1000,
            """dv/dt = (-10 * (v + 70) + 20 * exp((v + 50) / 2) - w + i_pa) / (200*ms) : 1
            dw/dt = (2 * (v + 70) - w) / (30*ms) : 1
            i_pa : 1 (constant)""",
            threshold="v >= 0",
            reset="v = -58; w += 60",
            method="euler",
        )
        neurons.v = -70
        neurons.i_pa = 200 + 600 * np.arange(1000) / 999
        spikes = SpikeMonitor(neurons, record=False)
        return Network(neurons, spikes), lambda t: {"rate_hz": spikes.num_spikes / 1000 / t}

    return program("AdEx", build, 2)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    groups = [correlated_group(c) for c in (0, 0.5, 1)]
    programs = {}
    for one in [*groups, stdp_inputs(), da_stdp_network(), cuba(), coba(), brunel_ai(), ten_neurons(), adex()]:
        programs.update(one)
    print(json.dumps(programs))
