"""Makes the reference series of the rules that `plasticity_traces.py` has not; README.md says what each is; make.sh
runs this.

`more_plasticity_brian.json`: Brian 2. Where the rule draws random numbers, they are ours, from streams.py.
`more_plasticity_numpy.json`: direct loops in double precision.
"""

import brian2
import numpy as np
from brian2 import Network, Synapses, check_units, implementation, ms, start_scope

from plasticity_traces import DT_MS, NUM_TICKS, PAIR, TICKS_PER_SAMPLE, TIMES, brian, generator, trains
from streams import Stream
from trace_file import round_all, write

brian2.prefs.codegen.target = "numpy"


def noisy(stream, sd):
    """A factor for Brian: 1 + sd times the next normal number, for synapses whose partner has a trace."""

    @implementation("numpy", discard_units=True)
    @check_units(trace=1, result=1)
    def shaken(trace):
        # None may have sunk so low that single precision has none of it.
        assert all(value == 0 or value > 1e-17 for value in np.atleast_1d(trace))
        return np.array([1 + sd * stream.normal() if value > 0 else 1.0 for value in np.atleast_1d(trace)])

    return shaken


def van_rossum(pre, post):
    """Potentiation as it is, depression in proportion to the weight, then noise in proportion to it."""
    # Long windows, so that traces do not sink to nothing between two spikes.
    params = {**PAIR, "a_minus": 0.03, "tau_plus_ms": 50.0, "tau_minus_ms": 60.0}
    sd, seed = 0.015, 2000
    start_scope()
    brian2.defaultclock.dt = DT_MS * ms
    source, target = generator(pre), generator(post)
    synapses = Synapses(
        source,
        target,
        "w : 1\n"
        f"dx/dt = -x / ({params['tau_plus_ms']} * ms) : 1 (event-driven)\n"
        f"dy/dt = -y / ({params['tau_minus_ms']} * ms) : 1 (event-driven)",
        on_pre="w = clip(w - a_minus * y * w, 0, 1)\nw = clip(w * shaken(y), 0, 1)\nx += 1",
        on_post="w = clip(w + a_plus * x, 0, 1)\nw = clip(w * shaken(x), 0, 1)\ny += 1",
        namespace={
            "a_plus": params["a_plus"],
            "a_minus": params["a_minus"],
            "shaken": noisy(Stream(seed, "noise"), sd),
        },
    )
    synapses.connect()
    synapses.w = params["w_init"]
    network, samples = Network(source, target, synapses), []
    for _ in range(NUM_TICKS // TICKS_PER_SAMPLE):
        network.run(TICKS_PER_SAMPLE * DT_MS * ms)
        table = np.zeros((len(pre), len(post)))
        table[synapses.i[:], synapses.j[:]] = synapses.w[:]
        samples.append(round_all(table.ravel()))
    return {**params, "sd": sd, "seed": seed, "weights": samples}


def gated(pre, post):
    """Pairs leave a trace c that decays; the weights move by it at verdicts, and stay within 0 and 1."""
    params = {"a_plus": 0.6, "a_minus": 0.4, "tau_plus_ms": 17.0, "tau_minus_ms": 34.0, "tau_e_ms": 500.0}
    gains = [0.05, -0.03, 0.08, -0.05, 0.04, 0.06, -0.08, 0.05, 0.03, -0.04, 0.05, 0.02, -0.06, 0.09, 0.05, -0.02, 0.04, 0.04, -0.05, 0.03]
    start_scope()
    brian2.defaultclock.dt = DT_MS * ms
    source, target = generator(pre), generator(post)
    tau = "1 (event-driven)"
    synapses = Synapses(
        source,
        target,
        f"w : 1\ndc/dt = -c / ({params['tau_e_ms']} * ms) : 1 (clock-driven)\n"
        f"dx/dt = -x / ({params['tau_plus_ms']} * ms) : {tau}\ndy/dt = -y / ({params['tau_minus_ms']} * ms) : {tau}",
        on_pre="c -= a_minus * y\nx += 1",
        on_post="c += a_plus * x\ny += 1",
        namespace={key: params[key] for key in ("a_plus", "a_minus")},
        method="exact",
    )
    synapses.connect()
    synapses.w = 0.5
    network, samples = Network(source, target, synapses), []
    for gain in gains:
        network.run(TICKS_PER_SAMPLE * DT_MS * ms)
        # In the last tick c has decayed before its spikes came: as ours.
        synapses.w = np.clip(synapses.w + gain * synapses.c, 0, 1)
        table = np.zeros((len(pre), len(post)))
        table[synapses.i[:], synapses.j[:]] = synapses.w[:]
        samples.append(round_all(table.ravel()))
    return {"params": params, "w_init": 0.5, "gains": gains, "weights": samples}


def normalised(random):
    """Columns scaled to a sum, again and again after random growth."""
    weights = random.uniform(0, 1, (6, 3))
    start, growth, samples = weights.copy(), [], []
    for _ in range(20):
        grown = np.round(random.uniform(0.8, 1.3, (6, 3)), 6)
        growth.append(round_all(grown.ravel()))
        weights = weights * grown
        weights = weights * (2.5 / weights.sum(axis=0))
        samples.append(round_all(weights.ravel()))
    return {"num_post": 3, "total": 2.5, "start": round_all(start.ravel(), 6), "growth": growth, "weights": samples}


def judged(random):
    """Success signals of 200 trials with two stimuli, by the sums and not by the recursion."""
    tau, offset = 20.0, 0.3
    stimuli = random.integers(0, 2, 200)
    rewards = np.round(np.where(stimuli == 0, 1.0, -2.0) + random.normal(0, 0.5, 200), 4)

    def mean(values):
        """Running: plain while short, then exponential. From weights, oldest first."""
        if not values:
            return None
        plain = values[: int(tau) - 1] if len(values) >= tau else values
        weights = [1 / len(plain)] * len(plain)
        for _ in values[len(plain) :]:
            weights = [weight * (1 - 1 / tau) for weight in weights] + [1 / tau]
        return float(np.dot(weights, values))

    signals = {"none": [], "running_mean": [], "per_stimulus": []}
    of_all, own, squares = [], {0: [], 1: []}, []
    for stimulus, reward in zip(stimuli, rewards):
        expected = mean(own[stimulus])
        base = {"none": 0.0, "running_mean": mean(of_all), "per_stimulus": expected}
        sigma = np.sqrt(mean(squares) or 0.0)
        for name, series in signals.items():
            series.append(reward - (reward if base[name] is None else base[name]) + offset * sigma)
        if expected is not None:
            squares.append((reward - expected) ** 2)
        of_all.append(reward)
        own[stimulus].append(reward)
    return {
        "tau_trials": tau,
        "offset": offset,
        "stimuli": [int(s) for s in stimuli],
        "rewards": round_all(rewards, 4),
        "signals": {name: round_all(series) for name, series in signals.items()},
    }


if __name__ == "__main__":
    PRE, POST = trains()
    trains_of_file = {"pre_ticks": PRE, "post_ticks": POST}
    write(
        "more_plasticity_brian.json",
        {
            "made_with": f"Brian {brian2.__version__}",
            **TIMES,
            **trains_of_file,
            "van_rossum": van_rossum(PRE, POST),
            "gated": gated(PRE, POST),
        },
    )
    RANDOM = np.random.default_rng(1973)
    write(
        "more_plasticity_numpy.json",
        {"made_with": f"NumPy {np.__version__}", "normalised": normalised(RANDOM), "judged": judged(RANDOM)},
    )
