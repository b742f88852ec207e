"""Makes NEST's reference traces of the adaptive exponential neuron; make.sh runs this after adex_traces.py.

`aeif_psc_delta` takes adaptive steps and resets within them. With a refractory time the neuron then waits for the end of
the tick, as ours does, so every case has one.
"""

import nest

from nest_traces import MADE_WITH, record, start
from trace_file import read, write

NAMES = {
    "C_m": "c_m_pf", "g_L": "g_l_ns", "E_L": "e_l_mv", "V_m": "e_l_mv", "V_th": "v_th_mv", "Delta_T": "delta_t_mv",
    "V_peak": "v_peak_mv", "V_reset": "v_reset_mv", "a": "a_ns", "b": "b_pa", "tau_w": "tau_w_ms",
    "t_ref": "t_ref_ms", "I_e": "drive_pa",
}

if __name__ == "__main__":
    file = read("adex.json")
    dt_ms = file["dt_ms"]
    cases = []
    for case in file["cases"]:
        if case["noise_pa"]:
            continue
        case = {**case, "ticks_per_sample": file["ticks_per_sample"], "t_ref_ms": max(case["t_ref_ms"], 2.0)}
        start(dt_ms)
        params = {theirs: case[ours] for theirs, ours in NAMES.items()}
        neuron = nest.Create("aeif_psc_delta", params={**params, "gsl_error_tol": 1e-9})
        case = record(case, neuron, dt_ms)
        del case["ticks_per_sample"], case["w_pa"]
        print(case["name"], len(case["output_ticks"]))
        cases.append(case)
    write("adex_nest.json", {**file, "made_with": MADE_WITH, "cases": cases})
