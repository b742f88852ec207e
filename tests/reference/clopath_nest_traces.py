"""Makes NEST's reference weights of voltage-based plasticity: `clopath_synapse` onto `aeif_psc_delta_clopath`, in the pairings of
Sjöström et al. (2001), 5 pairs at each rate; make.sh runs this after clopath_traces.py.

NEST's delays are dendritic: an input spike acts on the weight a delay after it was fired, where ours arrives. Its weight is
read at a last input spike, long after the others, which itself hardly depresses: the potential is at rest by then. Filtered
potentials are read `delay_u_bars` ago, as with our lag. The output fires because a spike of a generator makes its potential jump.
"""

import nest
import numpy as np

from nest_traces import MADE_WITH, start, ticks
from trace_file import write

DT_MS, LAG_MS, NUM_PAIRS, KICK_MV = 0.1, 10, 5, 200.0
FIRST_TICK, LAST_MS = 300, 600
NEURON = {
    "c_m_pf": 281.0, "g_l_ns": 30.0, "e_l_mv": -70.6, "v_th_mv": -50.4, "delta_t_mv": 2.0, "v_peak_mv": 33.0,
    "v_reset_mv": -49.5, "a_ns": 4.0, "b_pa": 80.5, "tau_w_ms": 144.0, "t_ref_ms": 0.0,
}
SHAPE = {
    "i_sp_pa": 400.0, "tau_z_ms": 40.0, "v_th_max_mv": -30.4, "tau_th_ms": 50.0, "t_clamp_ms": 2.0, "v_clamp_mv": 33.0,
}
RULE = {
    "a_ltd": 14e-5, "a_ltp": 8e-5, "theta_minus_mv": -70.6, "theta_plus_mv": -45.3, "tau_minus_ms": 10.0,
    "tau_plus_ms": 7.0, "tau_x_ms": 15.0, "lag_ms": 4.0, "e_l_mv": -70.6, "u_ref_mv2": None, "tau_u_ms": 1_200.0,
    "w_min": 0.0, "w_max": 1.0,
}


def pairing(rate_hz, lag_ms):
    start(DT_MS)
    period = round(1000 / rate_hz / DT_MS)
    lag = round(abs(lag_ms) / DT_MS)
    pre_first, kick_first = (FIRST_TICK, FIRST_TICK + lag) if lag_ms > 0 else (FIRST_TICK + lag, FIRST_TICK)
    pre = [pre_first + period * pair for pair in range(NUM_PAIRS)]
    kicks = [kick_first + period * pair for pair in range(NUM_PAIRS)]
    end_ms = (max(pre + kicks) * DT_MS) + LAST_MS
    neuron = nest.Create("aeif_psc_delta_clopath", params={
        "C_m": NEURON["c_m_pf"], "g_L": NEURON["g_l_ns"], "E_L": NEURON["e_l_mv"], "V_m": NEURON["e_l_mv"],
        "V_th_rest": NEURON["v_th_mv"], "V_th_max": SHAPE["v_th_max_mv"], "tau_V_th": SHAPE["tau_th_ms"],
        "Delta_T": NEURON["delta_t_mv"], "V_peak": NEURON["v_peak_mv"], "V_reset": NEURON["v_reset_mv"],
        "a": NEURON["a_ns"], "b": NEURON["b_pa"], "tau_w": NEURON["tau_w_ms"], "I_sp": SHAPE["i_sp_pa"],
        "tau_z": SHAPE["tau_z_ms"], "t_clamp": SHAPE["t_clamp_ms"], "V_clamp": SHAPE["v_clamp_mv"], "t_ref": 0.0,
        "A_LTD": RULE["a_ltd"], "A_LTP": RULE["a_ltp"], "A_LTD_const": True, "theta_minus": RULE["theta_minus_mv"],
        "theta_plus": RULE["theta_plus_mv"], "tau_u_bar_minus": RULE["tau_minus_ms"],
        "tau_u_bar_plus": RULE["tau_plus_ms"], "delay_u_bars": RULE["lag_ms"], "u_bar_minus": NEURON["e_l_mv"],
        "u_bar_plus": NEURON["e_l_mv"], "I_e": 0.0,
    })
    # A spike at time t acts in the step that ends a delay later; tick k is the step that ends at (k + 1) dt.
    at = lambda tick_list: [round(tick * DT_MS, 1) for tick in tick_list]
    inputs = nest.Create("spike_generator", params={"spike_times": at(pre) + [round(end_ms, 1)]})
    parrot = nest.Create("parrot_neuron")
    kicker = nest.Create("spike_generator", params={"spike_times": at(kicks)})
    nest.Connect(kicker, neuron, syn_spec={"weight": KICK_MV, "delay": DT_MS})
    nest.Connect(inputs, parrot, syn_spec={"delay": DT_MS})
    nest.CopyModel("clopath_synapse", "learned", {"tau_x": RULE["tau_x_ms"], "Wmin": 0.0, "Wmax": 1.0})
    # A weight that moves no potential: of a receptor's worth that the neuron hardly feels is 0.5 mV.
    nest.Connect(parrot, neuron, syn_spec={"synapse_model": "learned", "weight": 0.5, "delay": DT_MS})
    recorder = nest.Create("spike_recorder")
    nest.Connect(neuron, recorder)
    nest.Simulate(end_ms + 50)
    weight = nest.GetConnections(parrot, neuron).weight
    return {
        "rate_hz": rate_hz, "lag_ms": lag_ms, "pre_ticks": [tick + 1 for tick in pre], "kick_ticks": kicks,
        "output_ticks": ticks(recorder.events["times"], DT_MS), "weight": float(weight),
    }


if __name__ == "__main__":
    pairings = [pairing(rate, lag) for rate in (1.0, 10.0, 20.0, 40.0, 50.0) for lag in (LAG_MS, -LAG_MS)]
    for one in pairings:
        change = 15 * (one["weight"] - 0.5) / 0.5
        print(one["rate_hz"], one["lag_ms"], f"{change:+.3f}", one["output_ticks"])
    write("clopath_nest.json", {
        "made_with": MADE_WITH, "dt_ms": DT_MS, "neuron": NEURON, "shape": SHAPE, "rule": RULE, "w_start": 0.5,
        "kick_mv": KICK_MV, "pairings": pairings,
    })
