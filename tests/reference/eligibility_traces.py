"""Reference weights for STDP that waits for a success signal, from Brian 2: the eligibility is a differential equation of
every synapse, and the signal acts on all of them at the end of its tick. Writes eligibility.json.

Spikes are Poisson trains with some coincidences; signals come every 100 to 500 ms, of either sign.
"""

import numpy as np
from brian2 import Network, SpikeGeneratorGroup, Synapses, defaultclock, ms, network_operation, prefs

import trace_file

prefs.codegen.target = "numpy"

DT_MS = 0.5
NUM_TICKS = 20_000
TICKS_PER_SAMPLE = 200
PRE_HZ = [5, 10, 20, 30]
POST_HZ = [10, 25]
RULE = {"a_plus": 0.03, "a_minus": 0.02, "tau_plus_ms": 17.0, "tau_minus_ms": 34.0, "w_init": 0.4}
CASES = [("hard", 200.0), ("soft", 200.0), ("soft", 1000.0)]


def trains(rng, rates_hz):
    return [np.flatnonzero(rng.random(NUM_TICKS) < rate * DT_MS / 1000) for rate in rates_hz]


def group(trains):
    ids = np.concatenate([np.full(len(train), i) for i, train in enumerate(trains)]).astype(int)
    return SpikeGeneratorGroup(len(trains), ids, np.concatenate(trains) * DT_MS * ms)


def samples(pre, post, signals, bound, tau_e_ms):
    """Weights after every sample, `[sample][pre × num_post + post]`."""
    defaultclock.dt = DT_MS * ms
    plus, minus = ("(1 - w)", "w") if bound == "soft" else ("1", "1")
    sources, targets = group(pre), group(post)
    constants = {name.removesuffix("_ms"): value for name, value in RULE.items() if name.startswith("a_")}
    constants |= {"tau_plus": RULE["tau_plus_ms"] * ms, "tau_minus": RULE["tau_minus_ms"] * ms}
    synapses = Synapses(
        sources,
        targets,
        """w : 1
        dc/dt = -c / tau_e : 1 (clock-driven)
        dx/dt = -x / tau_plus : 1 (event-driven)
        dy/dt = -y / tau_minus : 1 (event-driven)""",
        on_pre=f"x += 1; c -= a_minus * {minus} * y",
        on_post=f"y += 1; c += a_plus * {plus} * x",
        method="exact",
        namespace={**constants, "tau_e": tau_e_ms * ms},
    )
    synapses.connect()
    synapses.w = RULE["w_init"]
    rows = []
    tick = [0]

    @network_operation(when="end")
    def judge():
        success = signals.get(tick[0])
        if success is not None:
            synapses.w_[:] = np.clip(synapses.w_[:] + success * synapses.c_[:], 0, 1)
        tick[0] += 1
        if tick[0] % TICKS_PER_SAMPLE == 0:
            rows.append(trace_file.round_all(synapses.w_[:], 6))

    Network(sources, targets, synapses, judge).run(NUM_TICKS * DT_MS * ms)
    return rows


def main():
    rng = np.random.default_rng(11)
    pre, post = trains(rng, PRE_HZ), trains(rng, POST_HZ)
    # Some coincidences, whose order matters.
    post[1] = np.union1d(post[1], pre[3][::7])
    ticks = np.cumsum(rng.integers(200, 1000, 40))
    ticks = [int(tick) for tick in ticks if tick < NUM_TICKS]
    signals = dict(zip(ticks, trace_file.round_all(rng.normal(0.3, 1.0, len(ticks)), 3)))
    cases = [
        {"bound": bound, "tau_e_ms": tau_e_ms, "weights": samples(pre, post, signals, bound, tau_e_ms)}
        for bound, tau_e_ms in CASES
    ]
    content = {
        "dt_ms": DT_MS,
        "num_ticks": NUM_TICKS,
        "ticks_per_sample": TICKS_PER_SAMPLE,
        **RULE,
        "pre_ticks": [train.tolist() for train in pre],
        "post_ticks": [train.tolist() for train in post],
        "signal_ticks": list(signals),
        "signals": list(signals.values()),
        "cases": cases,
    }
    trace_file.write("eligibility.json", content)


if __name__ == "__main__":
    main()
