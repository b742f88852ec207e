"""Makes Brian 2's trace of Masquelier's spike response neuron. README.md says what it is; make.sh runs this.

The equations are those of Hathway and Goodman's rebuild of the paper: one variable for the inputs and one for the
neuron's own spikes. Ours has one for both.
"""

import brian2
import numpy as np
from brian2 import NeuronGroup, SpikeMonitor, Synapses, ms, start_scope

from brian_traces import MADE_WITH, generator, poisson_ticks, record
from trace_file import write

brian2.prefs.codegen.target = "numpy"

# A spike of weight w lifts v by w at its peak, and an output spike adds a e^(-t/tau_s) kernel of its own.
EQUATIONS = """
dv/dt = (peak * x - v) / (tau_m_ms * ms) + own * a / (tau_s_ms * ms) : 1
dx/dt = -x / (tau_s_ms * ms) : 1
da/dt = -a / (tau_s_ms * ms) : 1
"""


def case(params, weights, trains, dt_ms, duration_ms):
    start_scope()
    threshold, tau_m, tau_s = params["threshold"], params["tau_m_ms"], params["tau_s_ms"]
    constants = {
        "peak": (tau_s / tau_m) ** (tau_m / (tau_s - tau_m)),
        # The published -3 threshold is this at tau_s = tau_m / 4.
        "own": -4 * threshold * (1 - tau_s / tau_m),
    }
    group = NeuronGroup(
        1,
        EQUATIONS,
        threshold="v >= threshold",
        reset="v = 2 * threshold\nx = 0\na = 1",
        # Brian takes the step of the spike itself for the first refractory one; we count from its end.
        refractory=(params["t_ref_ms"] + dt_ms) * ms,
        method="exact",
        dt=dt_ms * ms,
        namespace={**params, **constants},
    )
    source = generator(trains, dt_ms)
    source.clock.dt = dt_ms * ms
    synapses = Synapses(source, group, "w : 1", on_pre="x_post += w")
    synapses.connect()
    synapses.w = weights
    # An input of the tick of an output spike arrives after it, and is not forgotten.
    synapses.pre.when = "after_resets"
    trace = record(group, SpikeMonitor(group), dt_ms, 50, duration_ms, source, synapses)
    print("response", tau_m, tau_s, len(trace["output_ticks"]), max(trace["v_mv"]), min(trace["v_mv"]))
    return {**params, **trace}


def spike_response():
    dt_ms, duration_ms = 0.1, 10_000
    random = np.random.default_rng(2008)
    trains = [poisson_ticks(random, rate, duration_ms, dt_ms) for rate in (110, 90, 70, 60, 40)]
    weights = [70.0, 90.0, 45.0, 120.0, -60.0]
    cases = [
        case({"threshold": threshold, "tau_m_ms": tau_m_ms, "tau_s_ms": tau_s_ms, "t_ref_ms": t_ref_ms}, weights, trains, dt_ms, duration_ms)
        for threshold, tau_m_ms, tau_s_ms, t_ref_ms in [(500.0, 10.0, 2.5, 1.0), (600.0, 15.0, 3.0, 2.0)]
    ]
    write(
        "spike_response.json",
        {**MADE_WITH, "dt_ms": dt_ms, "weights": weights, "input_ticks": trains, "cases": cases},
    )


if __name__ == "__main__":
    spike_response()
