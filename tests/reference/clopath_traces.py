"""Makes Brian 2's reference traces of exponential neurons whose spikes have a shape, and of voltage-based plasticity onto
them (Clopath et al. 2010); make.sh runs this.

The limit that every method approaches, as adex_traces.py has it: fine Runge-Kutta steps. Ours is only when things count:
within a tick of ours a spike may come at any time and then lasts as long as it does, but what comes after it (the return
from the reset, and the decay of after-current and threshold) waits for the end of that tick. Input spikes come at the end
of their tick.
"""

import numpy as np
from brian2 import (
    Network, NeuronGroup, SpikeGeneratorGroup, SpikeMonitor, StateMonitor, Synapses, TimedArray, ms, network_operation,
    prefs, start_scope,
)

from brian_traces import MADE_WITH, poisson_ticks
from trace_file import round_all, write

DT_MS, FINE_PER_TICK, DURATION_MS, MS_PER_WEIGHTS, NUM_INPUTS = 0.1, 10, 1_000, 100, 8
PER_WEIGHT_MV, INPUT_HZ, START_WEIGHT = 4.0, 30.0, 0.5
NEURON = {
    "c_m_pf": 281.0, "g_l_ns": 30.0, "e_l_mv": -70.6, "v_th_mv": -50.4, "delta_t_mv": 2.0, "v_peak_mv": 33.0,
    "v_reset_mv": -49.5, "a_ns": 4.0, "b_pa": 80.5, "tau_w_ms": 144.0, "t_ref_ms": 0.0,
}
SHAPE = {
    "i_sp_pa": 400.0, "tau_z_ms": 40.0, "v_th_max_mv": -30.4, "tau_th_ms": 50.0, "t_clamp_ms": 2.0, "v_clamp_mv": 33.0,
}
# Twice the published potentiation and three times the depression, so that a second shows both.
RULE = {
    "a_ltd": 42e-5, "a_ltp": 16e-5, "theta_minus_mv": -70.6, "theta_plus_mv": -45.3, "tau_minus_ms": 10.0,
    "tau_plus_ms": 7.0, "tau_x_ms": 15.0, "lag_ms": 4.0, "e_l_mv": -70.6, "u_ref_mv2": None, "tau_u_ms": 1_200.0,
    "w_min": 0.0, "w_max": 1.0,
}
CASES = [
    {
        "name": "visual cortex", "seed": 2010, "mean_pa": 550.0, "sd_pa": 400.0,
        "neuron": NEURON, "shape": SHAPE, "rule": RULE,
    },
    {
        "name": "refractory, with homeostasis", "seed": 2479, "mean_pa": 600.0, "sd_pa": 500.0,
        "neuron": {**NEURON, "b_pa": 20.0, "t_ref_ms": 1.0, "v_reset_mv": -60.0},
        "shape": {**SHAPE, "t_clamp_ms": 1.0},
        "rule": {**RULE, "a_ltd": 28e-5, "u_ref_mv2": 400.0, "tau_u_ms": 200.0, "lag_ms": 5.0},
    },
]
EQUATIONS = """
dv/dt = is_free * (g_l_ns * delta_t_mv * exp(clip((v - v_t) / delta_t_mv, -100, 12)) - g_l_ns * (v - e_l_mv) - w + z
                   + drive(t)) / (c_m_pf * ms) : 1
dw/dt = int(tick > spike_tick + clamp_ticks) * (a_ns * (clip(v, -1000, v_peak_mv) - e_l_mv) - w) / (tau_w_ms * ms) : 1
dz/dt = -z * int(tick > spike_tick) / (tau_z_ms * ms) : 1
dv_t/dt = (v_th_mv - v_t) * int(tick > spike_tick) / (tau_th_ms * ms) : 1
du_minus/dt = (clip(v, -1000, v_peak_mv) - u_minus) / (tau_minus_ms * ms) : 1
du_plus/dt = (clip(v, -1000, v_peak_mv) - u_plus) / (tau_plus_ms * ms) : 1
dsquare/dt = ((clip(v, -1000, v_peak_mv) - e_l_mv)**2 - square) / (tau_u_ms * ms) : 1
is_free = int(tick > spike_tick + clamp_ticks + refractory_ticks) : 1 (constant over dt)
tick = t_in_timesteps // fine_per_tick : integer (constant over dt)
spike_tick : integer
spike_step : integer
lagged_minus : 1
lagged_plus : 1
"""


def run(described, fine_per_tick):
    start_scope()
    case = {**described["neuron"], **described["shape"], **described["rule"]}
    random = np.random.default_rng(described["seed"])
    trains = [poisson_ticks(random, INPUT_HZ, DURATION_MS, DT_MS) for _ in range(NUM_INPUTS)]
    drive_pa = np.round(described["mean_pa"] + described["sd_pa"] * random.standard_normal(DURATION_MS), 1)
    fine_ms = DT_MS / fine_per_tick
    ticks = {name: round(case[name] / DT_MS) for name in ("t_clamp_ms", "t_ref_ms", "lag_ms")}
    namespace = {name: value for name, value in case.items() if isinstance(value, float)}
    namespace |= {
        "drive": TimedArray(drive_pa, dt=1 * ms), "fine_per_tick": fine_per_tick, "fine_ms": fine_ms,
        "clamp_ticks": ticks["t_clamp_ms"], "refractory_ticks": ticks["t_ref_ms"], "per_weight": PER_WEIGHT_MV,
        "clamp_steps": ticks["t_clamp_ms"] * fine_per_tick,
    }
    group = NeuronGroup(
        1,
        EQUATIONS,
        threshold="v >= v_peak_mv and is_free > 0",
        reset="v = v_clamp_mv\nw += b_pa\nz = i_sp_pa\nv_t = v_th_max_mv\nspike_tick = tick\nspike_step = t_in_timesteps",
        method="rk4", dt=fine_ms * ms, namespace=namespace,
    )
    group.run_regularly(
        "v = v + int(t_in_timesteps == spike_step + clamp_steps + 1) * (v_reset_mv - v)", when="start", dt=fine_ms * ms
    )
    for name in ("v", "u_minus", "u_plus", "lagged_minus", "lagged_plus"):
        setattr(group, name, case["e_l_mv"])
    group.v_t = case["v_th_mv"]
    group.spike_tick = group.spike_step = -1_000_000

    # Past the look-ups of a group's attributes, which cost more than all else.
    minus, plus, lagged_minus, lagged_plus = (
        group.variables[name].get_value() for name in ("u_minus", "u_plus", "lagged_minus", "lagged_plus")
    )
    past = np.full((ticks["lag_ms"] * fine_per_tick, 2), case["e_l_mv"])
    step = 0

    @network_operation(dt=fine_ms * ms, when="after_groups")
    def keep():
        nonlocal step
        place = step % len(past)
        lagged_minus[0], lagged_plus[0] = past[place]
        past[place] = minus[0], plus[0]
        step += 1

    # At the end of a tick: in the last of its steps, before its threshold. What a generator fires in a step comes after
    # that, and so acts in the next one.
    spikes = sorted((tick, neuron) for neuron, train in enumerate(trains) for tick in train)
    steps = np.array([(tick + 1) * fine_per_tick - 2 for tick, _ in spikes])
    source = SpikeGeneratorGroup(NUM_INPUTS, [n for _, n in spikes], steps * fine_ms * ms, dt=fine_ms * ms, sorted=True)
    scale = "" if case["u_ref_mv2"] is None else " * square_post / u_ref_mv2"
    synapses = Synapses(
        source,
        group,
        "weight : 1\ndx/dt = -x / (tau_x_ms * ms) : 1 (clock-driven)",
        on_pre=f"""v_post += per_weight * weight * is_free_post
        weight = clip(weight - a_ltd * clip(lagged_minus_post - theta_minus_mv, 0, inf){scale}, w_min, w_max)
        x += 1 / tau_x_ms""",
        method="exact", dt=fine_ms * ms, namespace=namespace,
    )
    synapses.connect()
    synapses.weight = START_WEIGHT
    synapses.pre.when = "before_thresholds"
    synapses.run_regularly(
        "weight = clip(weight + fine_ms * a_ltp * x * clip(v_post - theta_plus_mv, 0, inf)"
        " * clip(lagged_plus_post - theta_minus_mv, 0, inf), w_min, w_max)",
        when="before_groups", dt=fine_ms * ms,
    )
    monitor = SpikeMonitor(group)
    # At the start of the next step, which is the end of this one.
    states = StateMonitor(group, "v", record=True, dt=1 * ms, when="start")
    weights = StateMonitor(synapses, "weight", record=True, dt=MS_PER_WEIGHTS * ms, when="start")
    Network(group, source, synapses, keep, monitor, states, weights).run((DURATION_MS + 1) * ms)
    fine = np.rint(np.array(monitor.t / ms) / fine_ms).astype(int)
    output = [int(one // fine_per_tick) for one in fine]
    return {
        **described,
        "drive_pa": drive_pa.tolist(),
        "input_ticks": [[int(tick) for tick in train] for train in trains],
        "output_ticks": [tick for tick in output if tick * DT_MS < DURATION_MS],
        "v_mv": round_all(states.v[0][1 : DURATION_MS + 1], 4),
        "weights": [round_all(one, 7) for one in weights.weight[:, 1:].T],
    }


if __name__ == "__main__":
    # Hundreds of thousands of steps of one neuron: compiled.
    prefs.codegen.target = "cython"
    traces = [run(case, FINE_PER_TICK) for case in CASES]
    write("clopath.json", {
        **MADE_WITH, "dt_ms": DT_MS, "start_weight": START_WEIGHT, "per_weight": PER_WEIGHT_MV,
        "ticks_per_drive": round(1 / DT_MS), "ticks_per_weights": round(MS_PER_WEIGHTS / DT_MS), "cases": traces,
    })
    # The same at half as many steps: if they agree, the limit is reached.
    for trace, coarse in zip(traces, (run(case, FINE_PER_TICK // 2) for case in CASES)):
        pairs = zip(trace["output_ticks"], coarse["output_ticks"])
        moved = sum(one != other for one, other in pairs)
        print(trace["name"], len(trace["output_ticks"]), len(coarse["output_ticks"]), "spikes; moved at half as many steps:",
              moved, "weights:", trace["weights"][-1], "moved:",
              np.abs(np.subtract(trace["weights"][-1], coarse["weights"][-1])).max(), flush=True)
