"""Makes Brian 2's traces of neurons as published programs have them: Izhikevich's twenty patterns of 2004 and three kinds of 2003,
snnTorch's Leaky, the AdEx that counts its spikes, and Naud's delayed bursting. README.md says what each is; make.sh runs this.

The programs' schemes are forward Euler in an order of their own, so that each is a `run_regularly` of its group.
"""

import brian2
import numpy as np
from brian2 import Network, NeuronGroup, SpikeMonitor, StateMonitor, TimedArray, mV, ms, nS, pA, pF, start_scope

from brian_traces import MADE_WITH, ticks_of
from trace_file import round_all, write

brian2.prefs.codegen.target = "numpy"


def levels(*pieces, base=0.0):
    """A current that has another value strictly between two times, as the program asks for."""

    def current(t_ms):
        return next((value for start, end, value in pieces if start < t_ms < end), base)

    return current


def ramp(base, from_ms, per_ms):
    return lambda t_ms: base + max(t_ms - from_ms, 0.0) * per_ms


def two_ramps(t_ms):
    if t_ms < 200:
        return t_ms / 25
    return (t_ms - 300) / 12.5 * 4 if 300 <= t_ms < 312.5 else 0.0


NEVER = 1e9
# By our preset: a, b, c, d, where v begins, the step and the duration in ms, the current.
PATTERNS = {
    "izh_a_tonic": (0.02, 0.2, -65, 6, -70, 0.25, 100, levels((10, NEVER, 14))),
    "izh_b_phasic": (0.02, 0.25, -65, 6, -64, 0.25, 200, levels((20, NEVER, 0.5))),
    "izh_c_bursting": (0.02, 0.2, -50, 2, -70, 0.25, 220, levels((22, NEVER, 15))),
    "izh_d_phasic_burst": (0.02, 0.25, -55, 0.05, -64, 0.2, 200, levels((20, NEVER, 0.6))),
    "izh_e_mixed": (0.02, 0.2, -55, 4, -70, 0.25, 160, levels((16, NEVER, 10))),
    "izh_f_adaptation": (0.01, 0.2, -65, 8, -70, 0.25, 85, levels((8.5, NEVER, 30))),
    "izh_g_class_1": (0.02, -0.1, -55, 6, -60, 0.25, 300, ramp(0.0, 30, 0.075)),
    "izh_h_class_2": (0.2, 0.26, -65, 0, -64, 0.25, 300, ramp(-0.5, 30, 0.015)),
    "izh_i_latency": (0.02, 0.2, -65, 6, -70, 0.2, 100, levels((10, 13, 7.04))),
    "izh_j_subthreshold": (0.05, 0.26, -60, 0, -62, 0.25, 200, levels((20, 25, 2))),
    "izh_k_resonator": (
        0.1, 0.26, -60, -1, -62, 0.25, 400,
        levels((40, 44, 0.65), (60, 64, 0.65), (280, 284, 0.65), (320, 324, 0.65)),
    ),
    "izh_l_integrator": (
        0.02, -0.1, -55, 6, -60, 0.25, 100,
        levels(*((start, start + 2, 9) for start in (100 / 11, 100 / 11 + 5, 70, 80))),
    ),
    "izh_m_rebound": (0.03, 0.25, -60, 4, -64, 0.2, 200, levels((20, 25, -15))),
    "izh_n_rebound_burst": (0.03, 0.25, -52, 0, -64, 0.2, 200, levels((20, 25, -15))),
    "izh_o_variability": (0.03, 0.25, -60, 4, -64, 0.25, 100, levels((10, 15, 1), (70, 75, -6), (80, 85, 1))),
    "izh_p_bistability": (
        0.1, 0.26, -60, 0, -61, 0.25, 300,
        levels((37.5, 42.5, 1.24), (216, 221, 1.24), base=0.24),
    ),
    "izh_q_afterpotential": (1.0, 0.2, -60, -21, -70, 0.1, 50, levels((9, 11, 20))),
    "izh_r_accommodation": (0.02, 1.0, -55, 4, -65, 0.5, 400, two_ramps),
    "izh_s_inhibition": (-0.02, -1.0, -60, 8, -63.8, 0.5, 350, levels((49.9, 250.1, 75), base=80)),
    "izh_t_inhibition_burst": (-0.026, -1.0, -45, -2, -63.8, 0.5, 350, levels((49.9, 250.1, 75), base=80)),
    "thalamocortical": (0.02, 0.25, -65, 0.05, -63, 0.25, 150, levels((30, NEVER, 1.5))),
    "thalamocortical_burst": (0.02, 0.25, -65, 0.05, -87, 0.25, 150, levels((-1, 45.1, -25))),
    "resonator": (0.1, 0.26, -65, 2, -70, 0.25, 100, levels((-1, 10.1, -2), (60, 65, 10), base=-0.5)),
}


def izhikevich():
    cases = []
    for name, (a, b, c, d, v_mv, dt_ms, duration_ms, current) in PATTERNS.items():
        start_scope()
        num = int(round(duration_ms / dt_ms))
        # In whole steps, so that a time that the program compares is not off by rounding.
        drive = TimedArray([current(round(step * dt_ms, 9)) for step in range(num + 1)], dt=dt_ms * ms)
        group = NeuronGroup(1, "v : 1\nu : 1", threshold="v > 30", reset=f"v = {c}\nu += {d}", dt=dt_ms * ms)
        linear, constant = (4.1, 108) if name in ("izh_g_class_1", "izh_l_integrator") else (5, 140)
        is_summing = name == "izh_r_accommodation"
        of_u = f"{b}*(v + 65)" if is_summing else f"{b}*v - u"
        group.v, group.u = v_mv, -16 if is_summing else b * v_mv
        step = f"v += {dt_ms}*(0.04*v*v + {linear}*v + {constant} - u + drive(t))\nu += {dt_ms}*({a})*({of_u})"
        group.namespace["drive"] = drive
        group.run_regularly(step, when="groups", dt=dt_ms * ms)
        spikes = SpikeMonitor(group)
        Network(group, spikes).run((num + 1) * dt_ms * ms)
        ticks = [int(tick) for tick in ticks_of(spikes, dt_ms)]
        print(name, len(ticks), [round(tick * dt_ms, 2) for tick in ticks[:4]])
        cases.append({"preset": name, "dt_ms": dt_ms, "duration_ms": duration_ms, "output_ticks": ticks})
    return cases


def leaky():
    """snnTorch's Leaky: potential, then the reset of what fired in the step before."""
    random = np.random.default_rng(2023)
    values = np.round(random.uniform(0.0, 0.5, 1_000), 3)
    cases = []
    for beta, reset in [(0.9, "subtract"), (0.8, "zero"), (0.95, "zero"), (0.7, "none")]:
        start_scope()
        group = NeuronGroup(1, "v : 1\nhas_fired : 1", threshold="v > 1", reset="has_fired = 1", dt=1 * ms)
        group.namespace["drive"] = TimedArray(values, dt=1 * ms)
        free = f"({beta}*v + drive(t))"
        taken = {"subtract": "has_fired", "zero": f"has_fired*{free}", "none": "0"}[reset]
        group.run_regularly(f"v = {free} - {taken}\nhas_fired = 0", when="groups", dt=1 * ms)
        spikes, states = SpikeMonitor(group), StateMonitor(group, "v", record=True, when="end")
        Network(group, spikes, states).run(1_000 * ms)
        ticks = [int(tick) for tick in ticks_of(spikes, 1.0)]
        print("leaky", beta, reset, len(ticks))
        cases.append({"beta": beta, "reset": reset, "output_ticks": ticks, "v": round_all(states.v[0], 6)})
    return {"drive": round_all(values, 3), "cases": cases}


DRIVE_MV = [60.0, 20.0, 90.0, 40.0]


def counted():
    """The AdEx whose adaptation is driven by all its spikes so far, and by those of the step."""
    dt_ms, duration_ms = 0.05, 400.0
    p = {"tau_m_ms": 10.0, "e_l_mv": -65.0, "v_th_mv": -50.0, "delta_t_mv": 2.0, "v_peak_mv": -40.0, "v_reset_mv": -70.0,
         "a": 0.2, "b_mv": 0.0, "tau_w_ms": 100.0}
    cases = []
    for counted_, b_mv in [("AllSoFar", 0.2), ("OfTheStep", 3.0)]:
        start_scope()
        is_all = counted_ == "AllSoFar"
        params = {**p, "b_mv": b_mv}
        group = NeuronGroup(
            1, "v : 1\nw : 1\nn : 1", threshold="v >= v_peak_mv", dt=dt_ms * ms, namespace={**params},
            reset="v = v_reset_mv\nn += 1" + ("" if is_all else "\nw += b_mv"),
        )
        group.v = p["e_l_mv"]
        group.namespace["drive"] = TimedArray(DRIVE_MV, dt=100 * ms)
        of_n = "b_mv*tau_w_ms*n" if is_all else "0"
        group.run_regularly(
            f"v += {dt_ms}/tau_m_ms*(e_l_mv - v + delta_t_mv*exp((v - v_th_mv)/delta_t_mv) + drive(t) - w)\n"
            f"w += {dt_ms}/tau_w_ms*(a*(v - e_l_mv) - w + {of_n})",
            when="groups", dt=dt_ms * ms,
        )
        spikes, states = SpikeMonitor(group), StateMonitor(group, "w", record=True, dt=dt_ms * ms, when="end")
        Network(group, spikes, states).run(duration_ms * ms)
        ticks = [int(tick) for tick in ticks_of(spikes, dt_ms)]
        print("counted", counted_, len(ticks))
        w_mv = round_all(states.w[0][19::20], 5)
        cases.append({"params": {**params, "counted": counted_}, "output_ticks": ticks, "w_mv": w_mv})
    return {"dt_ms": dt_ms, "drive_mv": DRIVE_MV, "drive_dt_ms": 100.0, "ticks_per_sample": 20, "cases": cases}


def delayed_bursting():
    """Naud's pattern in steps of 2 µs."""
    start_scope()
    dt_ms = 0.002
    group = NeuronGroup(
        1,
        """dv/dt = (g_L*(E_L - v) + g_L*Delta_T*exp(clip((v - V_T)/Delta_T, -100, 12)) - w + 110*pA)/C : volt
        dw/dt = (a*(v - E_L) - w)/tau_w : amp""",
        threshold="v >= 0*mV", reset="v = V_r\nw += 30*pA", method="rk4", dt=dt_ms * ms,
        namespace=dict(C=100 * pF, g_L=10 * nS, E_L=-65 * mV, V_T=-50 * mV, Delta_T=2 * mV, V_r=-47 * mV, a=-10 * nS, tau_w=90 * ms),
    )
    group.v = -65 * mV
    spikes = SpikeMonitor(group)
    Network(group, spikes).run(400 * ms)
    times_ms = round_all(np.array(spikes.t / ms), 3)
    print("delayed bursting", times_ms[:8])
    return times_ms


if __name__ == "__main__":
    content = {"izhikevich": izhikevich(), "leaky": leaky(), "counted": counted(), "delayed_bursting_ms": delayed_bursting()}
    write("published_neurons.json", {**MADE_WITH, **content})
