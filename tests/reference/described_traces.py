"""Makes Brian 2's traces of three small networks that our general builder makes from a description; make.sh runs this.

Wiring, weights and delays are drawn with our streams, exactly as `src/lab/built/synapses.rs` draws them, so that both
simulators run the very same network. Brian is given the list of synapses, and does all the rest: its own queues of
spikes, its own equations, in double precision.

A spike that we fire in step s arrives in step s + d, before its receivers are integrated. In Brian it acts after the
threshold of its step, or, where it is to lift a potential, before the threshold of the next one. Either way a delay is
one step shorter there.
"""

import brian2
import numpy as np
from brian2 import Network, NeuronGroup, SpikeGeneratorGroup, SpikeMonitor, StateMonitor, Synapses, ms, start_scope

from adex_traces import EQUATIONS
from balanced_traces import pairs
from brian_traces import MADE_WITH, poisson_ticks, ticks_of
from streams import Stream
from trace_file import round_all, write

SAMPLED = [0, 4, 9]
FINE_PER_TICK = 20

ADEX = {
    "seed": 22, "dt_ms": 0.1, "duration_ms": 500, "num_inputs": 20, "num_neurons": 10, "p": 0.5,
    "weights": [0.0, 1.0], "delay_ms": [0.5, 3.0], "input_hz": 40.0,
    "tau_s_ms": 5.0, "area_mv_ms": 108.0,
    # The pyramidal cell of Brette and Gerstner (2005), with a refractory time.
    "c_m_pf": 281.0, "g_l_ns": 30.0, "e_l_mv": -70.6, "v_th_mv": -50.4, "delta_t_mv": 2.0, "v_peak_mv": 20.0,
    "v_reset_mv": -70.6, "a_ns": 4.0, "b_pa": 80.5, "tau_w_ms": 144.0, "t_ref_ms": 2.0,
}
SPARSE_STDP = {
    "seed": 15, "dt_ms": 0.1, "duration_ms": 2_000, "num_inputs": 40, "num_neurons": 6, "p": 0.4,
    "weights": [0.0, 1.0], "delay_ms": [0.5, 5.0], "input_hz": 20.0, "per_weight": 3.6,
    "tau_m_ms": 20.0, "e_l_mv": -70.0, "v_th_mv": -54.0, "v_reset_mv": -60.0, "t_ref_ms": 2.0,
    "a_plus": 0.01, "a_minus": 0.0105, "tau_plus_ms": 20.0, "tau_minus_ms": 20.0, "w_min": 0.0, "w_max": 1.0,
}
IZHIKEVICH = {
    "seed": 13, "dt_ms": 0.5, "duration_ms": 1_000, "num_inputs": 30, "num_neurons": 8, "p": 0.5,
    "weights": [0.0, 1.0], "delay_ms": [1.0, 10.0], "input_hz": 20.0, "per_weight": 30.0,
    "a": 0.02, "b": 0.2, "c_mv": -65.0, "d": 8.0, "v_peak_mv": 30.0,
}


def between(stream, low, high):
    low, high = np.float32(low), np.float32(high)
    return low + (high - low) * np.float32(stream.uniform())


def draw(case):
    """Senders, receivers, weights and delays in steps, in this order and in that of the synapses."""
    stream = Stream(case["seed"], "wiring")
    ends = pairs(stream, case["num_inputs"], case["num_neurons"], case["p"])
    weights = [float(between(stream, *case["weights"])) for _ in ends]
    delays_ms = [float(between(stream, *case["delay_ms"])) for _ in ends]
    ticks = [max(1, int(np.floor(delay / case["dt_ms"] + 0.5))) for delay in delays_ms]
    return ends[:, 0], ends[:, 1], weights, ticks


def trains(case):
    random = np.random.default_rng(case["seed"])
    return [
        poisson_ticks(random, case["input_hz"], case["duration_ms"], case["dt_ms"]) for _ in range(case["num_inputs"])
    ]


def generator(case, trains, step_ms):
    spikes = [(tick * case["dt_ms"], neuron) for neuron, train in enumerate(trains) for tick in train]
    times, neurons = zip(*sorted(spikes))
    return SpikeGeneratorGroup(len(trains), neurons, times * ms, dt=step_ms * ms, sorted=True)


def connect(synapses, case, drawn, step_ms):
    """A spike acts from the first of Brian's steps of its tick on."""
    senders, receivers, weights, ticks = drawn
    synapses.connect(i=senders, j=receivers)
    synapses.weight = weights
    synapses.pre.delay = [tick * case["dt_ms"] - step_ms for tick in ticks] * ms


def trace(case, trains, drawn, spikes, **more):
    senders, receivers, weights, ticks = drawn
    order = sorted(spikes)
    rates = np.bincount([neuron for _, neuron in order], minlength=case["num_neurons"]) * 1_000 / case["duration_ms"]
    print(len(weights), "synapses;", len(order), "spikes; Hz:", rates)
    return {
        **case,
        "input_ms": [[round(tick * case["dt_ms"], 1) for tick in train] for train in trains],
        "senders": senders.tolist(),
        "receivers": receivers.tolist(),
        "start_weights": round_all(weights, 9),
        "delay_ticks": ticks,
        "output_ticks": [tick for tick, _ in order],
        "output_neurons": [neuron for _, neuron in order],
        **more,
    }


def adex(case, fine_per_tick):
    """The limit, as adex_traces.py has it: fine steps, and only the reset waits for the end of a tick."""
    start_scope()
    own, drawn, fine_ms = trains(case), draw(case), case["dt_ms"] / fine_per_tick
    constants = {name: case[name] for name in case if name.endswith(("_mv", "_pf", "_ns", "_pa")) or name == "tau_w_ms"}
    group = NeuronGroup(
        case["num_neurons"],
        EQUATIONS.replace("drive(t, i)", "g_l_ns * r_i") + "dr_i/dt = -r_i / (tau_s_ms * ms) : 1",
        threshold="v >= v_peak_mv",
        reset="v = v_reset_mv\nw += b_pa\nspike_tick = t_in_timesteps // fine_per_tick",
        refractory="t_in_timesteps // fine_per_tick <= spike_tick + refractory_ticks",
        method="rk4",
        dt=fine_ms * ms,
        namespace={**constants, "fine_per_tick": fine_per_tick, "tau_s_ms": case["tau_s_ms"]},
    )
    group.v = case["e_l_mv"]
    group.refractory_ticks = round(case["t_ref_ms"] / case["dt_ms"])
    group.spike_tick = -1_000_000
    source = generator(case, own, fine_ms)
    jump = case["area_mv_ms"] / case["tau_s_ms"]
    synapses = Synapses(source, group, "weight : 1", on_pre=f"r_i_post += weight * {jump}", dt=fine_ms * ms)
    connect(synapses, case, drawn, fine_ms)
    monitor = SpikeMonitor(group)
    # At the start of the next step, which is the end of this one.
    states = StateMonitor(group, "v", record=SAMPLED, dt=1 * ms, when="start")
    Network(source, group, synapses, monitor, states).run((case["duration_ms"] + 1) * ms)
    fine = ticks_of(monitor, fine_ms)
    spikes = [(step // fine_per_tick, int(neuron)) for step, neuron in zip(fine, monitor.i)]
    spikes = [(tick, neuron) for tick, neuron in spikes if tick * case["dt_ms"] < case["duration_ms"]]
    v_mv = [round_all(states.v[n][1 : case["duration_ms"] + 1], 5) for n in range(len(SAMPLED))]
    more = {"ticks_per_sample": round(1 / case["dt_ms"]), "sampled": SAMPLED, "v_mv": v_mv}
    return trace(case, own, drawn, spikes, **more)


def sparse_stdp(case):
    start_scope()
    own, drawn, step_ms = trains(case), draw(case), case["dt_ms"]
    brian2.defaultclock.dt = step_ms * ms
    names = ("per_weight", "a_plus", "a_minus", "w_min", "w_max")
    group = NeuronGroup(
        case["num_neurons"],
        f"dv/dt = ({case['e_l_mv']} - v) / ({case['tau_m_ms']} * ms) : 1 (unless refractory)",
        threshold=f"v >= {case['v_th_mv']}",
        reset=f"v = {case['v_reset_mv']}",
        # Brian takes the step of the spike itself for the first refractory one; we count from its end.
        refractory=(case["t_ref_ms"] + step_ms) * ms,
        method="exact",
    )
    group.v = case["e_l_mv"]
    source = generator(case, own, step_ms)
    synapses = Synapses(
        source,
        group,
        f"weight : 1\n"
        f"dx/dt = -x / ({case['tau_plus_ms']} * ms) : 1 (event-driven)\n"
        f"dy/dt = -y / ({case['tau_minus_ms']} * ms) : 1 (event-driven)",
        # Brian does not lift a refractory neuron, as we do not; its synapses learn.
        on_pre="v_post += weight * per_weight\nweight = clip(weight - a_minus * y, w_min, w_max)\nx += 1",
        on_post="weight = clip(weight + a_plus * x, w_min, w_max)\ny += 1",
        namespace={name: case[name] for name in names},
    )
    connect(synapses, case, drawn, step_ms)
    # What arrives lifts the potential after this step's decay, and can make the neuron fire in this step.
    synapses.pre.when = "before_thresholds"
    monitor = SpikeMonitor(group)
    Network(source, group, synapses, monitor).run(case["duration_ms"] * ms)
    spikes = [(tick, int(neuron)) for tick, neuron in zip(ticks_of(monitor, step_ms), monitor.i)]
    return trace(case, own, drawn, spikes, end_weights=round_all(synapses.weight[:], 9))


def izhikevich(case):
    start_scope()
    own, drawn, step_ms = trains(case), draw(case), case["dt_ms"]
    brian2.defaultclock.dt = step_ms * ms
    group = NeuronGroup(
        case["num_neurons"],
        "v : 1\nu : 1\ncurrent : 1",
        threshold=f"v >= {case['v_peak_mv']}",
        reset=f"v = {case['c_mv']}\nu += {case['d']}",
    )
    # The step is part of the model: written out, and not left to a method of Brian's.
    group.run_regularly(
        f"v += {step_ms} * (0.04 * v**2 + 5 * v + 140 - u + current)\n"
        f"u += {step_ms} * {case['a']} * ({case['b']} * v - u)\n"
        "current = 0",
        when="groups",
    )
    group.v, group.u = -65, case["b"] * -65
    source = generator(case, own, step_ms)
    synapses = Synapses(source, group, "weight : 1", on_pre=f"current_post += weight * {case['per_weight']}")
    connect(synapses, case, drawn, step_ms)
    monitor = SpikeMonitor(group)
    Network(source, group, synapses, monitor).run(case["duration_ms"] * ms)
    spikes = [(tick, int(neuron)) for tick, neuron in zip(ticks_of(monitor, step_ms), monitor.i)]
    return trace(case, own, drawn, spikes)


def main():
    brian2.prefs.codegen.target = "numpy"
    fine, coarse = adex(ADEX, FINE_PER_TICK), adex(ADEX, FINE_PER_TICK // 2)
    moved = [one != other for one, other in zip(fine["output_ticks"], coarse["output_ticks"])]
    print("moved at half as many steps:", sum(moved))
    write(
        "described.json",
        {**MADE_WITH, "adex": fine, "sparse_stdp": sparse_stdp(SPARSE_STDP), "izhikevich": izhikevich(IZHIKEVICH)},
    )


if __name__ == "__main__":
    main()
