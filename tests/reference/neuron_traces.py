"""Makes Brian 2's reference traces of more neuron models. README.md says what each is; make.sh runs this."""

import brian2
import numpy as np
from brian2 import NeuronGroup, SpikeMonitor, Synapses, ms, start_scope

from brian_traces import MADE_WITH, generator, poisson_ticks, record
from trace_file import write

CONDUCTANCE = {
    "tau_m_ms": 20.0,
    "e_l_mv": -70.0,
    "e_e_mv": 0.0,
    "e_i_mv": -80.0,
    "tau_e_ms": 5.0,
    "tau_i_ms": 10.0,
    "v_th_mv": -54.0,
    "v_reset_mv": -60.0,
}
EQUATIONS = """
dv/dt = ((e_l_mv - v + drive_mv) + g_e * (e_e_mv - v) + g_i * (e_i_mv - v)) / (tau_m_ms * ms) : 1 (unless refractory)
dg_e/dt = -g_e / (tau_e_ms * ms) : 1
dg_i/dt = -g_i / (tau_i_ms * ms) : 1
"""


def conductance_case(params, method, weights, is_excitatory, trains, dt_ms, duration_ms):
    start_scope()
    t_ref_ms = params["t_ref_ms"]
    # Brian takes the step of the spike itself for the first refractory one; we count from its end.
    group = NeuronGroup(
        1,
        EQUATIONS,
        threshold="v >= v_th_mv",
        reset="v = v_reset_mv",
        refractory=(t_ref_ms + dt_ms if t_ref_ms > 0 else 0) * ms,
        method=method,
        dt=dt_ms * ms,
        namespace=params,
    )
    group.v = params["e_l_mv"]
    source = generator(trains, dt_ms)
    source.clock.dt = dt_ms * ms
    synapses = Synapses(
        source, group, "w : 1\nis_e : 1", on_pre="g_e_post += w * is_e\ng_i_post += w * (1 - is_e)"
    )
    synapses.connect()
    synapses.w = weights
    synapses.is_e = [float(value) for value in is_excitatory]
    trace = record(group, SpikeMonitor(group), dt_ms, 10, duration_ms, source, synapses)
    return {**params, "method": method, **trace}


def conductance_lif():
    dt_ms, duration_ms = 0.1, 1_000
    random = np.random.default_rng(1952)
    rates = [400, 400, 400, 150, 150]
    trains = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in rates]
    weights = [0.08, 0.12, 0.05, 0.2, 0.1]
    is_excitatory = [True, True, True, False, False]
    cases = []
    for method in ("euler", "exponential_euler"):
        for t_ref_ms, drive_mv in [(0.0, 0.0), (3.0, 0.0), (2.0, 12.0)]:
            params = {**CONDUCTANCE, "t_ref_ms": t_ref_ms, "drive_mv": drive_mv}
            case = conductance_case(params, method, weights, is_excitatory, trains, dt_ms, duration_ms)
            cases.append(case)
            print(method, t_ref_ms, drive_mv, len(case["output_ticks"]))
    write(
        "conductance_lif.json",
        {
            **MADE_WITH,
            "dt_ms": dt_ms,
            "weights": weights,
            "is_excitatory": is_excitatory,
            "input_ticks": trains,
            "cases": cases,
        },
    )


def brian_example():
    """The neuron of Brian's STDP example, with forward Euler."""
    dt_ms, duration_ms = 0.1, 500
    random = np.random.default_rng(2001)
    trains = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in [2_000, 2_000, 2_000]]
    weights = [0.018, 0.015, 0.012]
    params = {
        **CONDUCTANCE,
        "tau_m_ms": 10.0,
        "e_l_mv": -74.0,
        "e_i_mv": -74.0,
        "t_ref_ms": 0.0,
        "drive_mv": 0.0,
    }
    case = conductance_case(params, "euler", weights, [True] * 3, trains, dt_ms, duration_ms)
    print("example", len(case["output_ticks"]))
    write(
        "conductance_lif_example.json",
        {
            **MADE_WITH,
            "dt_ms": dt_ms,
            "weights": weights,
            "is_excitatory": [True] * 3,
            "input_ticks": trains,
            "cases": [case],
        },
    )


def soft_reset():
    """Constant currents at a large step, so that the potential overshoots."""
    dt_ms, duration_ms = 0.5, 300
    cases = []
    for drive_mv, t_ref_ms in [(20.0, 0.0), (60.0, 0.0), (60.0, 4.0)]:
        for reset in ("hard", "soft"):
            start_scope()
            params = {
                "tau_m_ms": 20.0,
                "e_l_mv": -65.0,
                "v_th_mv": -50.0,
                "v_reset_mv": -60.0,
                "t_ref_ms": t_ref_ms,
            }
            group = NeuronGroup(
                1,
                "dv/dt = (e_l_mv - v + drive_mv) / (tau_m_ms * ms) : 1 (unless refractory)",
                threshold="v >= v_th_mv",
                reset="v = v_reset_mv" if reset == "hard" else "v -= v_th_mv - v_reset_mv",
                refractory=(t_ref_ms + dt_ms if t_ref_ms > 0 else 0) * ms,
                method="exact",
                dt=dt_ms * ms,
                namespace={**params, "drive_mv": drive_mv},
            )
            group.v = params["e_l_mv"]
            trace = record(group, SpikeMonitor(group), dt_ms, 2, duration_ms)
            print(reset, drive_mv, t_ref_ms, len(trace["output_ticks"]))
            cases.append({**params, "drive_mv": drive_mv, "is_soft": reset == "soft", **trace})
    write("soft_reset.json", {**MADE_WITH, "dt_ms": dt_ms, "cases": cases})


if __name__ == "__main__":
    brian2.prefs.codegen.target = "numpy"
    conductance_lif()
    brian_example()
    soft_reset()
