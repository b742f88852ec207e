"""Makes NEST's rates of leaky neurons under white noise; make.sh runs this.

`siegert_neuron` is no neuron but its mean rate in closed form, reached by relaxation. Its noise is that of Brunel (2000):
twice the variance of the potential without spikes.
"""

import nest

from nest_traces import MADE_WITH
from trace_file import write

CASES = [
    (tau_m_ms, t_ref_ms, v_reset_mv, mean_mv, sd_mv)
    for tau_m_ms, t_ref_ms, v_reset_mv in [(20.0, 2.0, 10.0), (10.0, 0.0, 0.0)]
    for mean_mv in (0.0, 8.0, 14.0, 16.0, 20.0, 30.0)
    for sd_mv in (1.0, 2.0, 5.0, 10.0)
]
V_TH_MV = 16.0


def rate_hz(tau_m_ms, t_ref_ms, v_reset_mv, mean_mv, sd_mv):
    nest.ResetKernel()
    source = nest.Create("siegert_neuron", params={"mean": 1.0, "theta": 1e3, "tau": 0.1})
    neuron = nest.Create(
        "siegert_neuron",
        params={"tau": 0.1, "tau_m": tau_m_ms, "t_ref": t_ref_ms, "theta": V_TH_MV, "V_reset": v_reset_mv},
    )
    synapse = {
        "synapse_model": "diffusion_connection",
        "drift_factor": mean_mv,
        "diffusion_factor": 2 * sd_mv**2,
    }
    nest.Connect(source, neuron, "all_to_all", synapse)
    nest.Simulate(20.0)
    return float(neuron.rate)


if __name__ == "__main__":
    cases = [
        {
            "tau_m_ms": case[0],
            "t_ref_ms": case[1],
            "v_reset_mv": case[2],
            "v_th_mv": V_TH_MV,
            "mean_mv": case[3],
            "sd_mv": case[4],
            "rate_hz": round(rate_hz(*case), 7),
        }
        for case in CASES
    ]
    write("siegert_nest.json", {"made_with": MADE_WITH, "cases": cases})
