"""Makes NEST's reference traces, for the cases that Brian 2 wrote; make.sh runs this after it."""

import nest

from trace_file import read, round_all, write

MADE_WITH = f"NEST {nest.__version__}"


def neuron_of(case, tau_s_ms=1.0):
    """iaf_psc_exp: C_m is chosen so that R_m has the case's value in GOhm, thus mV per pA."""
    return nest.Create(
        "iaf_psc_exp",
        params={
            "tau_m": case["tau_m_ms"],
            "C_m": case["tau_m_ms"] / case["r_m"],
            "E_L": case["e_l_mv"],
            "V_m": case["e_l_mv"],
            "V_th": case["v_th_mv"],
            "V_reset": case["v_reset_mv"],
            "t_ref": case["t_ref_ms"],
            "tau_syn_ex": tau_s_ms,
            "tau_syn_in": tau_s_ms,
            "I_e": case.get("drive_mv", 0.0) / case["r_m"],
        },
    )


def start(dt_ms):
    nest.ResetKernel()
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.resolution = dt_ms


def record(case, neuron, dt_ms):
    """Runs for as long as Brian did. NEST names a step by its end, so tick k is its time (k + 1) dt."""
    per_sample = case["ticks_per_sample"]
    meter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": dt_ms})
    spikes = nest.Create("spike_recorder")
    nest.Connect(meter, neuron)
    nest.Connect(neuron, spikes)
    num_ticks = per_sample * len(case["v_mv"])
    # One step more: what happens in the last one is recorded in the next.
    nest.Simulate((num_ticks + 2) * dt_ms)
    v = dict(zip(ticks(meter.events["times"], dt_ms), meter.events["V_m"]))
    output = [tick for tick in ticks(spikes.events["times"], dt_ms) if tick < num_ticks]
    return {
        **case,
        "v_mv": round_all(v[tick] for tick in range(per_sample - 1, num_ticks, per_sample)),
        "output_ticks": output,
    }


def ticks(times, dt_ms):
    return [int(round(time / dt_ms)) - 1 for time in times]


def lif_constant():
    file = read("lif_constant.json")
    dt_ms = file["dt_ms"]
    cases = []
    for case in file["cases"]:
        start(dt_ms)
        cases.append(record(case, neuron_of(case), dt_ms))
    write("lif_constant_nest.json", {**file, "made_with": MADE_WITH, "cases": cases})


def lif_exponential():
    file = read("lif_exponential.json")
    dt_ms = file["dt_ms"]
    cases = []
    for case in file["cases"]:
        start(dt_ms)
        neuron = neuron_of(case, case["tau_s_ms"])
        for weight, train in zip(file["weights"], file["input_ticks"]):
            # A spike of tick k acts from the next tick on, that is from (k + 1) dt: one step of delay.
            times = [round(tick * dt_ms, 6) for tick in train]
            source = nest.Create("spike_generator", params={"spike_times": times})
            peak = weight / case["tau_s_ms"]
            nest.Connect(source, neuron, syn_spec={"weight": peak, "delay": dt_ms})
        cases.append(record(case, neuron, dt_ms))
    write("lif_exponential_nest.json", {**file, "made_with": MADE_WITH, "cases": cases})


if __name__ == "__main__":
    lif_constant()
    lif_exponential()
