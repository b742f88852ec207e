"""Makes Brian 2's reference weights of rules of one's own: formulas, and windows through points; make.sh runs this.

Formulas are given to Brian as they are, but that comparisons become numbers there by int(). It has no words for a drawn
window, whose pairs are summed one by one in a loop of our own, at lags read from slopes as Fritsch and Butland (1984) define
them; src/sim/plasticity/monotone.rs holds them to SciPy.
"""

import numpy as np
from brian2 import Network, SpikeGeneratorGroup, Synapses, defaultclock, ms, prefs, start_scope

from brian_traces import MADE_WITH
from trace_file import round_all, write

prefs.codegen.target = "numpy"

DT_MS, DURATION_MS, MS_PER_SAMPLE = 0.5, 5_000, 500
RATES_HZ = ([8.0, 15.0, 25.0], [10.0, 20.0])
FORMULAS = [
    ("pair STDP", "-0.0055*y", "0.005*x", False),
    ("pair STDP, nearest", "-0.0055*y", "0.005*x", True),
    ("multiplicative", "-0.0055*w*y", "0.005*(w_max - w)*x", False),
    ("triplets", "-0.0071*y*(1 + 0.2*x_slow)", "x*(0.001 + 0.0065*y_slow)", False),
    ("Oja", "0", "0.01*(x - w*y)", False),
    ("a sliding threshold", "0", "0.005*x*(y - 0.2*y_slow**2)", False),
    ("functions", "-0.004*exp(-abs(w - 0.5))*sqrt(y)", "0.004*log(1 + x)*(1 + 0.5*(w < 0.5))", False),
]
WINDOWS = [
    ("a window with a step", [(-60, 0), (-30, -0.0012), (-12, -0.003), (0, -0.0055), (0, 0.005), (10, 0.003), (25, 0.0012), (60, 0)], False),
    ("the same, nearest", [(-60, 0), (-30, -0.0012), (-12, -0.003), (0, -0.0055), (0, 0.005), (10, 0.003), (25, 0.0012), (60, 0)], True),
    ("one curve with a hump", [(-50, 0), (-20, -0.004), (0, 0.001), (15, 0.006), (70, -0.001)], False),
]


def trains():
    random = np.random.default_rng(1980)
    num = round(DURATION_MS / DT_MS)

    def poisson(rate_hz):
        return [int(tick) for tick in np.flatnonzero(random.random(num) < rate_hz * DT_MS / 1000)]

    return [[poisson(rate) for rate in side] for side in RATES_HZ]


def group(side):
    pairs = [(neuron, tick * DT_MS) for neuron, ticks in enumerate(side) for tick in ticks]
    which, when = zip(*sorted(pairs, key=lambda pair: pair[1]))
    return SpikeGeneratorGroup(len(side), which, np.array(when) * ms, sorted=True)


def of_brian(formula):
    return formula.replace("(w < 0.5)", "int(w < 0.5)")


def brian(pre, post, on_input, on_output, is_nearest):
    start_scope()
    defaultclock.dt = DT_MS * ms
    source, target = group(pre), group(post)
    bump = (lambda name: f"{name} = 1\n") if is_nearest else (lambda name: f"{name} += 1\n")
    model = "w : 1\n" + "".join(
        f"d{name}/dt = -{name}/tau_{name} : 1 (event-driven)\n" for name in ("x", "x_slow", "y", "y_slow")
    )
    namespace = {"tau_x": 20 * ms, "tau_x_slow": 100 * ms, "tau_y": 30 * ms, "tau_y_slow": 125 * ms, "w_max": 1.0}
    synapses = Synapses(
        source,
        target,
        model,
        on_pre=f"w = clip(w + ({of_brian(on_input)}), 0, 1)\n" + bump("x") + "x_slow += 1\n",
        on_post=f"w = clip(w + ({of_brian(on_output)}), 0, 1)\n" + bump("y") + "y_slow += 1\n",
        namespace=namespace,
    )
    synapses.connect()
    synapses.w = 0.5
    # An input spike of a step comes first.
    synapses.pre.order, synapses.post.order = 0, 1
    network = Network(source, target, synapses)
    weights = []
    for _ in range(DURATION_MS // MS_PER_SAMPLE):
        network.run(MS_PER_SAMPLE * ms)
        order = np.lexsort((synapses.j[:], synapses.i[:]))
        weights.append(round_all(np.array(synapses.w[:])[order]))
    return weights


def pchip(points):
    """Monotone cubic interpolation through points, 0 outside, written after its definition."""
    x, y = (np.array(column, dtype=float) for column in zip(*points))
    h = np.diff(x)
    s = np.diff(y) / h
    d = np.zeros(len(x))
    for k in range(1, len(x) - 1):
        if s[k - 1] * s[k] > 0:
            a, b = 2 * h[k] + h[k - 1], h[k] + 2 * h[k - 1]
            d[k] = (a + b) / (a / s[k - 1] + b / s[k])

    def end(h0, h1, s0, s1):
        slope = ((2 * h0 + h1) * s0 - h0 * s1) / (h0 + h1)
        if np.sign(slope) != np.sign(s0):
            return 0.0
        if np.sign(s0) != np.sign(s1) and abs(slope) > 3 * abs(s0):
            return 3 * s0
        return slope

    if len(x) == 2:
        d[:] = s[0]
    else:
        d[0] = end(h[0], h[1], s[0], s[1])
        d[-1] = end(h[-1], h[-2], s[-1], s[-2])

    def at(lag):
        if lag < x[0] or lag > x[-1]:
            return 0.0
        k = min(int(np.searchsorted(x, lag, side="right")) - 1, len(x) - 2)
        t = (lag - x[k]) / h[k]
        return (
            (1 + 2 * t) * (1 - t) ** 2 * y[k] + t * (1 - t) ** 2 * h[k] * d[k]
            + t**2 * (3 - 2 * t) * y[k + 1] + t**2 * (t - 1) * h[k] * d[k + 1]
        )

    return at


def drawn(pre, post, points, is_nearest):
    """Every pair by itself, at the later of its spikes; an input of the same step comes first."""
    zero = [place for place, (lag, _) in enumerate(points) if lag == 0]
    if len(zero) == 2:
        left, right = pchip(points[: zero[1]]), pchip(points[zero[1] :])
    else:
        left = right = pchip(points)
    w = np.full((len(pre), len(post)), 0.5)
    events = sorted(
        [(tick, 0, n) for n, ticks in enumerate(pre) for tick in ticks]
        + [(tick, 1, n) for n, ticks in enumerate(post) for tick in ticks]
    )
    past = ([[] for _ in pre], [[] for _ in post])
    samples, per_sample = [], round(MS_PER_SAMPLE / DT_MS)
    for tick, side, neuron in events:
        while tick >= per_sample * (len(samples) + 1):
            samples.append(round_all(w.flatten()))
        for other, times in enumerate(past[1 - side]):
            seen = times[-1:] if is_nearest else times
            change = sum((right if side else left)((tick - then) * DT_MS * (1 if side else -1)) for then in seen)
            at = (other, neuron) if side else (neuron, other)
            w[at] = np.clip(w[at] + change, 0, 1)
        past[side][neuron].append(tick)
    while len(samples) < DURATION_MS // MS_PER_SAMPLE:
        samples.append(round_all(w.flatten()))
    return samples


if __name__ == "__main__":
    pre, post = trains()
    cases = []
    for name, on_input, on_output, is_nearest in FORMULAS:
        weights = brian(pre, post, on_input, on_output, is_nearest)
        cases.append({"name": name, "on_input": on_input, "on_output": on_output, "points": None, "is_nearest": is_nearest, "weights": weights})
    for name, points, is_nearest in WINDOWS:
        weights = drawn(pre, post, points, is_nearest)
        cases.append({"name": name, "on_input": None, "on_output": None, "points": points, "is_nearest": is_nearest, "weights": weights})
    for case in cases:
        print(case["name"], case["weights"][-1])
    write("own_rules.json", {
        "made_with": MADE_WITH, "dt_ms": DT_MS, "num_ticks": round(DURATION_MS / DT_MS),
        "ticks_per_sample": round(MS_PER_SAMPLE / DT_MS), "pre_ticks": pre, "post_ticks": post, "cases": cases,
    })
