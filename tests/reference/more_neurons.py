"""Makes Brian 2's and NEST's traces of the neurons that fire by chance, of those with adaptive thresholds, of the
second-order one and of the one that input lifts at once. README.md says what each is; make.sh runs this.

Where a neuron draws random numbers, Brian is given ours, from streams.py.
"""

import brian2
import nest
import numpy as np
from brian2 import NeuronGroup, SpikeMonitor, Synapses, TimedArray, check_units, implementation, ms, start_scope

from brian_traces import MADE_WITH, generator, poisson_ticks, record
from nest_traces import MADE_WITH as MADE_WITH_NEST
from nest_traces import record as record_nest
from nest_traces import start
from streams import Stream
from trace_file import round_all, write

brian2.prefs.codegen.target = "numpy"


def steps(random, num, low, high):
    """A current that takes a new value every 20 ms, as so many mV."""
    return np.round(random.uniform(low, high, num), 3)


def synaptic_lif():
    """snnTorch's recursion in Brian, step by step: current, potential, the reset with the next step."""
    dt_ms, duration_ms = 1.0, 10_000
    random = np.random.default_rng(2023)
    trains = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in (60, 90, 40, 30)]
    weights = [0.12, 0.08, 0.2, -0.1]
    cases = []
    for alpha, beta, reset in [(0.9, 0.8, "subtract"), (0.905, 0.819, "to_zero"), (0.95, 0.8, "subtract"), (0.5, 0.97, "to_zero")]:
        start_scope()
        params = {"alpha": alpha, "beta": beta, "threshold": 1.0}
        group = NeuronGroup(
            1,
            "v : 1\ncurrent : 1\narrived : 1\nhas_fired : 1",
            threshold="v > threshold",
            reset="has_fired = 1",
            dt=dt_ms * ms,
            namespace=params,
        )
        after = "0.0" if reset == "to_zero" else "(beta * v + current - threshold)"
        group.run_regularly(
            "current = alpha * current + arrived\narrived = 0\n"
            f"v = has_fired * {after} + (1 - has_fired) * (beta * v + current)\nhas_fired = 0",
            when="groups",
            dt=dt_ms * ms,
        )
        source = generator(trains, dt_ms)
        source.clock.dt = dt_ms * ms
        synapses = Synapses(source, group, "w : 1", on_pre="arrived_post += w")
        synapses.connect()
        synapses.w = weights
        trace = record(group, SpikeMonitor(group), dt_ms, 20, duration_ms, source, synapses)
        print("synaptic", alpha, beta, reset, len(trace["output_ticks"]))
        cases.append({**params, "reset": reset, **trace})
    content = {**MADE_WITH, "dt_ms": dt_ms, "weights": weights, "input_ticks": trains, "cases": cases}
    write("synaptic_lif.json", content)


MEMBRANE = {"tau_m_ms": 20.0, "e_l_mv": -65.0, "v_th_mv": -50.0, "v_reset_mv": -65.0}
LIF = "dv/dt = (e_l_mv - v + drive(t)) / (tau_m_ms * ms) : 1 (unless refractory)\n"


def adaptive_threshold():
    """Thresholds that relax, by a sum, a product or both, and one that sinks steadily."""
    dt_ms, duration_ms = 0.2, 10_000
    random = np.random.default_rng(2013)
    drive_mv = steps(random, duration_ms // 20, 5.0, 60.0)
    relaxing = {"ratio": 1.0, "distance_mv": 15.0}
    cases = []
    for kind, constants, t_ref_ms in [
        ("relaxing", {**relaxing, "theta_plus_mv": 1.5, "tau_ms": 90.0}, 2.0),
        ("relaxing", {**relaxing, "theta_plus_mv": 0.0, "ratio": 1.1, "tau_ms": 40.0}, 0.0),
        ("relaxing", {**relaxing, "theta_plus_mv": 0.5, "ratio": 1.05, "tau_ms": 200.0}, 3.0),
        ("steady", {"theta_plus_mv": 0.4, "target_rate_hz": 20.0, "theta_min_mv": -6.0}, 2.0),
    ]:
        start_scope()
        params = {**MEMBRANE, "t_ref_ms": t_ref_ms}
        group = NeuronGroup(
            1,
            LIF + "theta : 1",
            threshold="v >= v_th_mv + theta",
            reset="v = v_reset_mv",
            refractory=(t_ref_ms + dt_ms if t_ref_ms > 0 else 0) * ms,
            method="exact",
            dt=dt_ms * ms,
            # Fifty thousand small steps of the steady one add up rounding: to the same, in the same precision.
            dtype={"theta": np.float32 if kind == "steady" else np.float64},
            namespace={**params, **constants, "dt_s": dt_ms / 1000, "drive": TimedArray(drive_mv, dt=20 * ms)},
        )
        group.v = params["e_l_mv"]
        # What a step does to a threshold comes after its spikes are known.
        if kind == "relaxing":
            spike = "theta = ratio * (distance_mv + theta) - distance_mv + theta_plus_mv"
            tick = f"theta = theta * exp(-{dt_ms} / tau_ms)"
        else:
            spike = "theta += theta_plus_mv"
            tick = "theta = clip(theta - theta_plus_mv * target_rate_hz * dt_s, theta_min_mv, inf)"
        # A relaxing threshold decays before its spike, but after it was compared; a steady one sinks last.
        place = {"when": "resets", "order": -1} if kind == "relaxing" else {"when": "resets", "order": 1}
        group.run_regularly(tick, dt=dt_ms * ms, **place)
        group.event_codes["spike"] += "\n" + spike
        trace = record(group, SpikeMonitor(group), dt_ms, 100, duration_ms)
        print("threshold", kind, constants, len(trace["output_ticks"]), group.theta[0])
        cases.append({**params, "kind": kind, "constants": constants, "theta_mv": round_all(group.theta)[0], **trace})
    write("adaptive_threshold.json", {**MADE_WITH, "dt_ms": dt_ms, "drive_mv": round_all(drive_mv, 3), "cases": cases})


def chances(stream, probability):
    """A condition for Brian that draws one number of ours wherever ours would draw one."""

    @implementation("numpy", discard_units=True)
    @check_units(v=1, active=1, result=1)
    def fires(v, active):
        v, active = np.broadcast_arrays(v, active)
        fired = np.zeros(len(v))
        for neuron in range(len(v)):
            p = probability(v[neuron]) if active[neuron] else 0
            fired[neuron] = p > 0 and stream.chance(p)
        return fired

    return fires


def escape_rate():
    dt_ms, duration_ms, num = 0.5, 10_000, 3
    random = np.random.default_rng(2002)
    drive_mv = steps(random, duration_ms // 20, 8.0, 32.0)
    v_th_mv = MEMBRANE["v_th_mv"]
    laws = {
        "linear_per_step": lambda v: min(0.01 * max(v - v_th_mv, 0), 1),
        "linear": lambda v: -np.expm1(-25.0 * max(v - v_th_mv, 0) * dt_ms / 1000),
        "exponential": lambda v: -np.expm1(-np.exp((v - v_th_mv) / 2.0) / 30.0 * dt_ms),
    }
    cases = []
    for kind, t_ref_ms in [("linear_per_step", 0.0), ("linear", 4.0), ("exponential", 2.0)]:
        start_scope()
        params = {**MEMBRANE, "t_ref_ms": t_ref_ms}
        condition = chances(Stream(11, "output"), laws[kind])
        group = NeuronGroup(
            num,
            LIF,
            threshold="fires(v, int(not_refractory)) > 0.5",
            reset="v = v_reset_mv",
            refractory=(t_ref_ms + dt_ms if t_ref_ms > 0 else 0) * ms,
            method="exact",
            dt=dt_ms * ms,
            namespace={**params, "fires": condition, "drive": TimedArray(drive_mv, dt=20 * ms)},
        )
        group.v = params["e_l_mv"]
        spikes = SpikeMonitor(group)
        trace = record(group, spikes, dt_ms, 20, duration_ms)
        first = [tick for tick, neuron in zip(trace["output_ticks"], spikes.i) if neuron == 0]
        others = [int(n) for n in spikes.count]
        print("escape", kind, others)
        cases.append({**params, "kind": kind, **trace, "output_ticks": first, "num_spikes": others})
    write("escape_rate.json", {**MADE_WITH, "dt_ms": dt_ms, "drive_mv": round_all(drive_mv, 3), "cases": cases})


def linear_poisson():
    """Inputs raise the chance of the tick in which they arrive; nothing is drawn without any."""
    dt_ms, duration_ms = 1.0, 10_000
    random = np.random.default_rng(1999)
    trains = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in (10, 20, 40, 80, 5)]
    weights = [[0.9, 0.3], [0.5, 0.6], [0.7, 0.0], [0.2, 1.0], [1.0, 0.8]]
    start_scope()
    stream = Stream(12, "output")
    group = NeuronGroup(
        2,
        "v : 1",
        threshold="fires(v, 1) > 0.5",
        reset="",
        dt=dt_ms * ms,
        namespace={"fires": chances(stream, lambda v: v / len(trains))},
    )
    source = generator(trains, dt_ms)
    source.clock.dt = dt_ms * ms
    synapses = Synapses(source, group, "w : 1", on_pre="v_post += w")
    synapses.connect()
    synapses.w = np.ravel(weights)
    # Input of a tick counts in the next, and is forgotten after it.
    group.run_regularly("v = 0", when="after_thresholds", dt=dt_ms * ms)
    spikes = SpikeMonitor(group)
    brian2.Network(group, source, synapses, spikes).run(duration_ms * ms)
    output = [[int(round(t / ms)) for t in spikes.t[spikes.i == neuron]] for neuron in range(2)]
    print("linear", [len(train) for train in output])
    content = {"dt_ms": dt_ms, "num_ticks": duration_ms, "weights": weights, "input_ticks": trains}
    write("linear_poisson.json", {**MADE_WITH, **content, "output_ticks": output})


def delta_lif_nest():
    dt_ms, duration_ms = 1.0, 10_000
    random = np.random.default_rng(2004)
    trains = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in (40, 40, 60, 20)]
    weights = [5.0, 4.0, 3.0, -6.0]
    cases = []
    for tau_m_ms, v_reset_mv in [(20.0, -70.0), (10.0, -62.0)]:
        start(dt_ms)
        params = {"tau_m_ms": tau_m_ms, "e_l_mv": -70.0, "v_th_mv": -54.0, "v_reset_mv": v_reset_mv}
        neuron = nest.Create(
            "iaf_psc_delta",
            params={
                "tau_m": tau_m_ms,
                "E_L": -70.0,
                "V_m": -70.0,
                "V_th": -54.0,
                "V_reset": v_reset_mv,
                "t_ref": 0.0,
                "I_e": 0.0,
            },
        )
        for weight, train in zip(weights, trains):
            source = nest.Create("spike_generator", params={"spike_times": [tick * dt_ms for tick in train]})
            nest.Connect(source, neuron, syn_spec={"weight": weight, "delay": dt_ms})
        trace = {"ticks_per_sample": 10, "v_mv": [0.0] * (duration_ms // 10)}
        case = record_nest({**params, **trace}, neuron, dt_ms)
        print("delta", tau_m_ms, len(case["output_ticks"]))
        cases.append(case)
    content = {"made_with": MADE_WITH_NEST, "dt_ms": dt_ms, "weights": weights, "input_ticks": trains}
    write("delta_lif_nest.json", {**content, "cases": cases})


if __name__ == "__main__":
    synaptic_lif()
    adaptive_threshold()
    escape_rate()
    linear_poisson()
    delta_lif_nest()
