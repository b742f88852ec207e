"""Makes the reference traces of Brian 2. README.md says what each is; make.sh runs this."""

import brian2
import numpy as np
from brian2 import (
    Network,
    NeuronGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    StateMonitor,
    Synapses,
    ms,
    start_scope,
)

from trace_file import round_all, write

brian2.prefs.codegen.target = "numpy"
MADE_WITH = {"made_with": f"Brian {brian2.__version__}"}


def ticks_of(monitor, dt_ms):
    return [int(round(t / ms / dt_ms)) for t in monitor.t]


def poisson_ticks(random, rate_hz, duration_ms, dt_ms):
    """At most one spike per tick, and none in the first."""
    num_ticks = int(round(duration_ms / dt_ms))
    hits = random.random(num_ticks) < rate_hz * dt_ms / 1000
    return [int(tick) for tick in np.flatnonzero(hits) if tick > 0]


def generator(trains, dt_ms):
    """A group that fires these trains, given in ticks."""
    neurons = [neuron for neuron, train in enumerate(trains) for _ in train]
    times = [tick * dt_ms for train in trains for tick in train]
    return SpikeGeneratorGroup(len(trains), neurons, times * ms)


def record(group, spikes, dt_ms, ticks_per_sample, duration_ms, *others):
    """Runs, and gives the potential at the end of every `ticks_per_sample` ticks, and the spikes."""
    states = StateMonitor(group, "v", record=True, when="end")
    Network(group, spikes, states, *others).run(duration_ms * ms)
    v = states.v[0][ticks_per_sample - 1 :: ticks_per_sample]
    return {
        "ticks_per_sample": ticks_per_sample,
        "v_mv": round_all(v),
        "output_ticks": ticks_of(spikes, dt_ms),
    }


def lif(params, current, dt_ms):
    """A leaky integrate-and-fire neuron; the current's equation is given."""
    p = params
    # Brian takes the step of the spike itself for the first refractory one; we count from its end.
    refractory_ms = p["t_ref_ms"] + dt_ms if p["t_ref_ms"] > 0 else 0
    group = NeuronGroup(
        1,
        f"dv/dt = ({p['e_l_mv']} - v + {p['r_m']} * current) / ({p['tau_m_ms']} * ms) : 1 (unless refractory)\n"
        + current,
        threshold=f"v >= {p['v_th_mv']}",
        reset=f"v = {p['v_reset_mv']}",
        refractory=refractory_ms * ms,
        method="exact",
        dt=dt_ms * ms,
    )
    group.v = p["e_l_mv"]
    return group, SpikeMonitor(group)


def lif_constant():
    dt_ms, duration_ms = 0.1, 200
    cases = []
    for drive_mv, t_ref_ms in [(14.5, 0.0), (16.0, 0.0), (16.0, 2.0), (30.0, 5.0)]:
        start_scope()
        params = {
            "tau_m_ms": 20.0,
            "e_l_mv": -65.0,
            "v_th_mv": -50.0,
            "v_reset_mv": -70.0,
            "t_ref_ms": t_ref_ms,
            "r_m": 1.0,
        }
        group, spikes = lif(params, "current : 1", dt_ms)
        group.current = drive_mv
        trace = record(group, spikes, dt_ms, 10, duration_ms)
        cases.append({**params, "drive_mv": drive_mv, **trace})
    write("lif_constant.json", {**MADE_WITH, "dt_ms": dt_ms, "cases": cases})


def lif_exponential():
    dt_ms, duration_ms = 0.2, 500
    random = np.random.default_rng(2007)
    weights = [1.6, 1.0, 2.4, -1.2]
    trains = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in (60, 60, 60, 30)]
    cases = []
    for tau_s_ms, tau_m_ms in [(5.0, 20.0), (2.0, 30.0)]:
        start_scope()
        params = {
            "tau_m_ms": tau_m_ms,
            "e_l_mv": 0.0,
            "v_th_mv": 10.0,
            "v_reset_mv": 0.0,
            "t_ref_ms": 0.0,
            "r_m": 80.0,
        }
        current = f"dcurrent/dt = -current / ({tau_s_ms} * ms) : 1"
        group, spikes = lif(params, current, dt_ms)
        source = generator(trains, dt_ms)
        source.clock.dt = dt_ms * ms
        synapses = Synapses(source, group, "w : 1", on_pre=f"current_post += w / {tau_s_ms}")
        synapses.connect()
        synapses.w = weights
        trace = record(group, spikes, dt_ms, 5, duration_ms, source, synapses)
        cases.append({**params, "tau_s_ms": tau_s_ms, **trace})
    write(
        "lif_exponential.json",
        {**MADE_WITH, "dt_ms": dt_ms, "weights": weights, "input_ticks": trains, "cases": cases},
    )


def adds():
    dt_ms, duration_ms = 0.2, 150
    once, thrice = [25], [25, 50, 100]
    cases = []
    for w, train, impulse in [
        (0.2, once, 1.0),
        (0.2, thrice, 1.0),
        (0.8, once, 1.0),
        (0.8, thrice, 1.0),
        (0.8, thrice, 0.5),
    ]:
        start_scope()
        params = {
            "tau_min_ms": 2.0,
            "tau_max_ms": 30.0,
            "tau_m_ms": 30.0,
            "v_th_mv": 10.0,
            "r_m": 80.0,
            "impulse": impulse,
        }
        tau_m, theta, r_m = params["tau_m_ms"], params["v_th_mv"], params["r_m"]
        tau_i = params["tau_max_ms"] - abs(w) * (params["tau_max_ms"] - params["tau_min_ms"])
        r_i = tau_i * theta / r_m * (tau_m / tau_i) ** (tau_m / (tau_m - tau_i))
        group = NeuronGroup(
            1,
            f"dv/dt = (-v + {r_m} * current) / ({tau_m} * ms) : 1\n"
            f"dcurrent/dt = -current / ({tau_i} * ms) : 1",
            threshold=f"v >= {theta}",
            reset="v = 0",
            method="exact",
            dt=dt_ms * ms,
        )
        source = generator([train], dt_ms)
        source.clock.dt = dt_ms * ms
        jump = impulse * r_i * w / tau_i
        synapses = Synapses(source, group, on_pre=f"current_post += {jump}")
        synapses.connect()
        trace = record(group, SpikeMonitor(group), dt_ms, 5, duration_ms, source, synapses)
        cases.append({"w": w, **params, "tau_i_ms": tau_i, "r_i": r_i, "input_ticks": train, **trace})
    write("adds.json", {**MADE_WITH, "dt_ms": dt_ms, "cases": cases})


def stdp_model(pairing, bound):
    """The rule as strings for Brian: what a spike does to its trace, and to the weight."""
    bump = {"all_to_all": "{0} += 1", "nearest": "{0} = 1"}[pairing]
    if bound == "hard":
        down, up = "a_minus * y", "a_plus * x"
    else:
        down, up = "a_minus * y * (w - w_min)", "a_plus * x * (w_max - w)"
    on_pre = f"w = clip(w - {down}, w_min, w_max)\n{bump.format('x')}"
    on_post = f"w = clip(w + {up}, w_min, w_max)\n{bump.format('y')}"
    return on_pre, on_post


def stdp():
    dt_ms, duration_ms, ticks_per_sample = 0.1, 10_000, 5_000
    random = np.random.default_rng(2000)
    pre = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in (5, 12, 20, 30)]
    post = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in (8, 20)]
    # Some output spikes fall on input spikes: coincidences would be rare otherwise.
    post = [sorted({*train, *pre[2][start::7]}) for start, train in enumerate(post)]
    params = {
        "a_plus": 0.02,
        "a_minus": 0.021,
        "tau_plus_ms": 17.0,
        "tau_minus_ms": 34.0,
        "w_min": 0.0,
        "w_max": 1.0,
        "w_init": 0.5,
    }
    cases = []
    for pairing in ("all_to_all", "nearest"):
        for bound in ("hard", "soft"):
            weights = stdp_weights(params, pairing, bound, pre, post, dt_ms, duration_ms, ticks_per_sample)
            cases.append({"pairing": pairing, "bound": bound, "weights": weights})
    write(
        "stdp.json",
        {
            **MADE_WITH,
            "dt_ms": dt_ms,
            "num_ticks": int(duration_ms / dt_ms),
            "ticks_per_sample": ticks_per_sample,
            **params,
            "pre_ticks": pre,
            "post_ticks": post,
            "cases": cases,
        },
    )


def stdp_weights(params, pairing, bound, pre, post, dt_ms, duration_ms, ticks_per_sample):
    """All weights, `pre x post`, after every `ticks_per_sample` ticks."""
    start_scope()
    brian2.defaultclock.dt = dt_ms * ms
    source, target = generator(pre, dt_ms), generator(post, dt_ms)
    on_pre, on_post = stdp_model(pairing, bound)
    namespace = {key: params[key] for key in ("a_plus", "a_minus", "w_min", "w_max")}
    synapses = Synapses(
        source,
        target,
        f"w : 1\n"
        f"dx/dt = -x / ({params['tau_plus_ms']} * ms) : 1 (event-driven)\n"
        f"dy/dt = -y / ({params['tau_minus_ms']} * ms) : 1 (event-driven)",
        on_pre=on_pre,
        on_post=on_post,
        namespace=namespace,
    )
    synapses.connect()
    synapses.w = params["w_init"]
    samples = []
    network = Network(source, target, synapses)
    for _ in range(int(duration_ms / dt_ms) // ticks_per_sample):
        network.run(ticks_per_sample * dt_ms * ms)
        table = np.zeros((len(pre), len(post)))
        table[synapses.i[:], synapses.j[:]] = synapses.w[:]
        samples.append(round_all(table.ravel()))
    return samples


if __name__ == "__main__":
    lif_constant()
    lif_exponential()
    adds()
    stdp()
