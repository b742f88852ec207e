"""Makes Brian 2's reference traces of Hodgkin and Huxley's neuron; make.sh runs this.

The limit that every method approaches: Runge-Kutta steps of fourth order, so fine that their error does not show. A spike
is counted where V crosses 0 mV upwards, in the tick of ours in which that happens.
"""

import numpy as np
from brian2 import Network, NeuronGroup, SpikeMonitor, StateMonitor, TimedArray, ms, start_scope

from brian_traces import MADE_WITH
from trace_file import round_all, write

DT_MS, FINE_PER_TICK, DURATION_MS, MS_PER_SAMPLE = 0.1, 10, 400, 1
EQUATIONS = """
dv/dt = (120 * m**3 * h * (50 - v) + 36 * n**4 * (-77 - v) + 0.3 * (-54.4 - v) + current) / ms : 1
dm/dt = (1 / exprel(-(v + 40) / 10) * (1 - m) - 4 * exp(-(v + 65) / 18) * m) / ms : 1
dh/dt = (0.07 * exp(-(v + 65) / 20) * (1 - h) - h / (1 + exp(-(v + 35) / 10))) / ms : 1
dn/dt = (0.1 / exprel(-(v + 55) / 10) * (1 - n) - 0.125 * exp(-(v + 65) / 80) * n) / ms : 1
current : 1
"""


def settled(v):
    """Gates where they stay."""
    def share(alpha, beta):
        return alpha / (alpha + beta)

    m = share((v + 40) / 10 / (1 - np.exp(-(v + 40) / 10)), 4 * np.exp(-(v + 65) / 18))
    h = share(0.07 * np.exp(-(v + 65) / 20), 1 / (1 + np.exp(-(v + 35) / 10)))
    n = share(0.01 * (v + 55) / (1 - np.exp(-(v + 55) / 10)), 0.125 * np.exp(-(v + 65) / 80))
    return {"m": m, "h": h, "n": n}


def rest():
    """Where nothing moves."""
    low, high = -70.0, -60.0
    for _ in range(60):
        v = (low + high) / 2
        m, h, n = settled(v).values()
        rises = 120 * m**3 * h * (50 - v) + 36 * n**4 * (-77 - v) + 0.3 * (-54.4 - v) > 0
        low, high = (v, high) if rises else (low, v)
    return {"v": low, **settled(low)}


def cases():
    """A current for each ms, in uA/cm2, and when V is lifted, at the end of these ticks, by how much."""
    random = np.random.default_rng(1952)
    time = np.arange(DURATION_MS)
    quiet = np.zeros(DURATION_MS)
    steps = np.select([time < 20, time < 120, time < 160, time < 260, time < 300], [0.0, 7.0, 0.0, 30.0, -8.0])
    noisy = np.round(6 + 8 * random.standard_normal(DURATION_MS), 1)
    brief = np.where(time % 25 == 10, np.linspace(2, 32, DURATION_MS).round(1), 0.0)
    ticks = np.sort(random.choice(np.arange(100, 10 * DURATION_MS), 40, replace=False))
    lifts = [[int(tick), round(float(mv), 1)] for tick, mv in zip(ticks, random.uniform(2, 25, len(ticks)))]
    return [
        {"name": "constant", "drive": quiet + 10.0, "lifts": []},
        {"name": "steps", "drive": steps, "lifts": []},
        {"name": "noisy", "drive": noisy, "lifts": []},
        {"name": "brief currents", "drive": brief, "lifts": []},
        {"name": "lifts", "drive": quiet, "lifts": lifts},
        {"name": "lifts on noise", "drive": np.round(noisy[::-1] / 2, 1), "lifts": lifts},
    ]


def run(cases, fine_per_tick):
    """Traces of all cases, beside one another."""
    start_scope()
    fine_ms = DT_MS / fine_per_tick
    # What the last step looks at after the end is of no matter.
    currents = np.array([np.append(case["drive"], 0.0) for case in cases]).T
    lifts = np.zeros((round((DURATION_MS + 1) / DT_MS), len(cases)))
    for place, case in enumerate(cases):
        for tick, mv in case["lifts"]:
            # The end of a tick is the start of the next.
            lifts[tick + 1, place] = mv
    group = NeuronGroup(
        len(cases), EQUATIONS, threshold="v >= 0", refractory="v >= 0", method="rk4", dt=fine_ms * ms,
        namespace={"drive": TimedArray(currents, dt=1 * ms), "lift_mv": TimedArray(lifts, dt=DT_MS * ms)},
    )
    for name, value in rest().items():
        setattr(group, name, value)
    # Not within the equations: Runge-Kutta steps would look at the current that comes after them.
    group.run_regularly("current = drive(t, i)", dt=1 * ms, when="start")
    # Before states are looked at.
    group.run_regularly("v += lift_mv(t, i)", dt=DT_MS * ms, when="start", order=-1)
    spikes = SpikeMonitor(group)
    # At the start of the next step, which is the end of this one.
    states = StateMonitor(group, "v", record=True, dt=MS_PER_SAMPLE * ms, when="start")
    Network(group, spikes, states).run((DURATION_MS + 1) * ms)
    fine = np.rint(np.array(spikes.t / ms) / fine_ms).astype(int)
    num = DURATION_MS // MS_PER_SAMPLE
    num_ticks = round(DURATION_MS / DT_MS)
    ticks = [
        [int(step // fine_per_tick) for step, neuron in zip(fine, spikes.i) if neuron == place]
        for place in range(len(cases))
    ]
    return [
        {
            "v_mv": round_all(states.v[place][1 : num + 1], 4),
            "output_ticks": [tick for tick in ticks[place] if tick < num_ticks],
        }
        for place in range(len(cases))
    ]


if __name__ == "__main__":
    all_cases = cases()
    traces = run(all_cases, FINE_PER_TICK)
    # The same at half as many steps: if they agree, the limit is reached.
    coarser = run(all_cases, FINE_PER_TICK // 2)
    for case, trace, coarse in zip(all_cases, traces, coarser):
        pairs = zip(trace["output_ticks"], coarse["output_ticks"])
        apart = np.abs(np.subtract(trace["v_mv"], coarse["v_mv"])).max()
        print(case["name"], len(trace["output_ticks"]), len(coarse["output_ticks"]),
              "spikes; moved at half as many steps:", sum(one != other for one, other in pairs), apart, "mV")
    write("hodgkin_huxley.json", {
        **MADE_WITH,
        "dt_ms": DT_MS,
        "ticks_per_sample": round(MS_PER_SAMPLE / DT_MS),
        "ticks_per_drive": round(1 / DT_MS),
        "cases": [
            {"name": case["name"], "drive": round_all(case["drive"], 1), "lifts": case["lifts"], **trace}
            for case, trace in zip(all_cases, traces)
        ],
    })
