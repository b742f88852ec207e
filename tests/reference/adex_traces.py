"""Makes Brian 2's reference traces of the adaptive exponential neuron; make.sh runs this.

The limit that every method approaches: Runge-Kutta steps of fourth order, so fine that their error does not show. Only
when a spike counts is ours: within a tick of ours it may come at any time, but a neuron that has fired stays at its reset
until that tick ends, and then for the refractory time.
"""

import numpy as np
from brian2 import Network, NeuronGroup, SpikeMonitor, StateMonitor, TimedArray, ms, start_scope

from brian_traces import MADE_WITH
from trace_file import round_all, write

DT_MS, FINE_PER_TICK, DURATION_MS, MS_PER_SAMPLE = 0.1, 50, 500, 2
COMMON = {"v_th_mv": -50.0, "delta_t_mv": 2.0, "v_peak_mv": 0.0, "t_ref_ms": 0.0}
# Naud et al. (2008, doi:10.1007/s00422-008-0264-7), as Brian's example has them.
PATTERNS = {
    "tonic": {
        "c_m_pf": 200.0, "g_l_ns": 10.0, "e_l_mv": -70.0, "v_reset_mv": -58.0,
        "a_ns": 2.0, "b_pa": 0.0, "tau_w_ms": 30.0, "drive_pa": 500.0,
    },
    "adapting": {
        "c_m_pf": 200.0, "g_l_ns": 12.0, "e_l_mv": -70.0, "v_reset_mv": -58.0,
        "a_ns": 2.0, "b_pa": 60.0, "tau_w_ms": 300.0, "drive_pa": 500.0,
    },
    "initial burst": {
        "c_m_pf": 130.0, "g_l_ns": 18.0, "e_l_mv": -58.0, "v_reset_mv": -50.0,
        "a_ns": 4.0, "b_pa": 120.0, "tau_w_ms": 150.0, "drive_pa": 400.0,
    },
    "regular bursting": {
        "c_m_pf": 200.0, "g_l_ns": 10.0, "e_l_mv": -58.0, "v_reset_mv": -46.0,
        "a_ns": 2.0, "b_pa": 100.0, "tau_w_ms": 120.0, "drive_pa": 210.0,
    },
}
# Fourcaud-Trocme et al. (2003), a membrane of 1e-4 cm2; without adaptation.
EXPONENTIAL = {
    "c_m_pf": 100.0, "g_l_ns": 10.0, "e_l_mv": -65.0, "v_th_mv": -59.9, "delta_t_mv": 3.48, "v_peak_mv": 0.0,
    "v_reset_mv": -68.0, "a_ns": 0.0, "b_pa": 0.0, "tau_w_ms": 1.0, "t_ref_ms": 1.7, "drive_pa": 0.0,
}
# Near the spike the exponential passes every bound in no time: cut off at e^12 it still lifts V past the peak in a step.
EQUATIONS = """
dv/dt = (g_l_ns * delta_t_mv * exp(clip((v - v_th_mv) / delta_t_mv, -100, 12)) - g_l_ns * (v - e_l_mv) - w
         + drive(t, i)) / (c_m_pf * ms) : 1 (unless refractory)
dw/dt = (a_ns * (clip(v, -1000, v_peak_mv) - e_l_mv) - w) / (tau_w_ms * ms) : 1
spike_tick : integer
refractory_ticks : integer
"""


def cases():
    noise = np.round(20 + 40 * np.random.default_rng(2003).standard_normal(DURATION_MS), 1)
    constant = [
        {"name": name, **COMMON, **params, "noise_pa": []} for name, params in PATTERNS.items()
    ]
    return constant + [
        {"name": "exponential, constant", **EXPONENTIAL, "drive_pa": 40.0, "noise_pa": []},
        {"name": "exponential, noisy", **EXPONENTIAL, "noise_pa": [float(x) for x in noise]},
    ]


def run(cases, fine_per_tick):
    """Traces of all cases, beside one another."""
    start_scope()
    fine_ms = DT_MS / fine_per_tick
    # One value per ms and case. What the last step looks at after the end is of no matter.
    currents = np.array([np.add(case["drive_pa"], case["noise_pa"] or np.zeros(DURATION_MS)) for case in cases]).T
    names = [name for name in cases[0] if name.endswith(("_mv", "_pf", "_ns", "_pa", "_ms")) and name != "noise_pa"]
    group = NeuronGroup(
        len(cases),
        EQUATIONS + "".join(f"{name} : 1\n" for name in names),
        threshold="v >= v_peak_mv",
        reset="v = v_reset_mv\nw += b_pa\nspike_tick = t_in_timesteps // fine_per_tick",
        refractory="t_in_timesteps // fine_per_tick <= spike_tick + refractory_ticks",
        method="rk4",
        dt=fine_ms * ms,
        namespace={"drive": TimedArray(currents, dt=1 * ms), "fine_per_tick": fine_per_tick},
    )
    for name in names:
        setattr(group, name, [case[name] for case in cases])
    group.v = "e_l_mv"
    group.refractory_ticks = [round(case["t_ref_ms"] / DT_MS) for case in cases]
    group.spike_tick = -1_000_000
    spikes = SpikeMonitor(group)
    # At the start of the next step, which is the end of this one.
    states = StateMonitor(group, ["v", "w"], record=True, dt=MS_PER_SAMPLE * ms, when="start")
    Network(group, spikes, states).run((DURATION_MS + 1) * ms)
    fine = np.rint(np.array(spikes.t / ms) / fine_ms).astype(int)
    num_ticks = round(DURATION_MS / DT_MS)
    traces = []
    for n in range(len(cases)):
        ticks = [int(step // fine_per_tick) for step, neuron in zip(fine, spikes.i) if neuron == n]
        num = DURATION_MS // MS_PER_SAMPLE
        traces.append({
            "v_mv": round_all(states.v[n][1 : num + 1], 5),
            "w_pa": round_all(states.w[n][1 : num + 1], 4),
            "output_ticks": [tick for tick in ticks if tick < num_ticks],
        })
    return traces


if __name__ == "__main__":
    all_cases = cases()
    traces = run(all_cases, FINE_PER_TICK)
    # The same at half as many steps: if they agree, the limit is reached.
    coarser = run(all_cases, FINE_PER_TICK // 2)
    for case, trace, coarse in zip(all_cases, traces, coarser):
        pairs = zip(trace["output_ticks"], coarse["output_ticks"])
        print(case["name"], len(trace["output_ticks"]), len(coarse["output_ticks"]),
              "spikes; moved at half as many steps:", sum(one != other for one, other in pairs))
    write("adex.json", {
        **MADE_WITH,
        "dt_ms": DT_MS,
        "ticks_per_sample": round(MS_PER_SAMPLE / DT_MS),
        "ticks_per_drive": round(1 / DT_MS),
        "cases": [{**case, **trace} for case, trace in zip(all_cases, traces)],
    })
