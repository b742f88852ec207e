"""Makes NEST's reference traces of the conductance-based neuron; make.sh runs this after neuron_traces.py.

NEST's `iaf_cond_exp` solves its equations adaptively, so our trace differs from it by our own error and not by
rounding. Two steps show that it shrinks.
"""

import nest
import numpy as np

from brian_traces import poisson_ticks
from nest_traces import MADE_WITH, record, start
from neuron_traces import CONDUCTANCE
from trace_file import write

# The leak in nS and the capacitance in pF that give tau_m; conductances are in units of the leak.
LEAK_NS = 10.0


def neuron_of(params):
    return nest.Create(
        "iaf_cond_exp",
        params={
            "C_m": params["tau_m_ms"] * LEAK_NS,
            "g_L": LEAK_NS,
            "E_L": params["e_l_mv"],
            "V_m": params["e_l_mv"],
            "E_ex": params["e_e_mv"],
            "E_in": params["e_i_mv"],
            "tau_syn_ex": params["tau_e_ms"],
            "tau_syn_in": params["tau_i_ms"],
            "V_th": params["v_th_mv"],
            "V_reset": params["v_reset_mv"],
            "t_ref": params["t_ref_ms"],
            "I_e": params["drive_mv"] * LEAK_NS,
        },
    )


def conductance_lif():
    duration_ms = 500
    random = np.random.default_rng(2005)
    weights = [0.08, 0.12, 0.05, 0.2, 0.1]
    is_excitatory = [True, True, True, False, False]
    # The same spikes in ms at both steps.
    trains = [poisson_ticks(random, rate, duration_ms, 0.1) for rate in (400, 400, 400, 150, 150)]
    cases = []
    for dt_ms in (0.1, 0.02):
        refine = round(0.1 / dt_ms)
        for t_ref_ms, drive_mv, v_th_mv in [(0.0, 0.0, 0.0), (2.0, 0.0, -54.0), (2.0, 12.0, -54.0)]:
            params = {**CONDUCTANCE, "t_ref_ms": t_ref_ms, "drive_mv": drive_mv, "v_th_mv": v_th_mv}
            start(dt_ms)
            neuron = neuron_of(params)
            for weight, is_e, train in zip(weights, is_excitatory, trains):
                times = [round(tick * 0.1, 6) for tick in train]
                source = nest.Create("spike_generator", params={"spike_times": times})
                sign = LEAK_NS if is_e else -LEAK_NS
                nest.Connect(source, neuron, syn_spec={"weight": weight * sign, "delay": dt_ms})
            per_sample = 10 * refine
            case = {**params, "dt_ms": dt_ms, "ticks_per_sample": per_sample, "v_mv": [0.0] * duration_ms}
            case = record(case, neuron, dt_ms)
            print(dt_ms, t_ref_ms, drive_mv, len(case["output_ticks"]))
            cases.append({**case, "refine": refine})
    write(
        "conductance_lif_nest.json",
        {
            "made_with": MADE_WITH,
            "weights": weights,
            "is_excitatory": is_excitatory,
            "input_ticks": trains,
            "cases": cases,
        },
    )


if __name__ == "__main__":
    conductance_lif()
