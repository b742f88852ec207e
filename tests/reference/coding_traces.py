"""Makes `coding_numpy.json`: neural codes of greys, written down from their published definitions.

The published ones (M. Zamani's notebooks, restated) are vectors over all pixels and steps, as the program has them, and so
another form than ours, which goes grey by grey. Intervals are drawn by NumPy, so only their statistics can be compared.
README.md says what the file is for; make.sh runs this.
"""

import numpy as np

from trace_file import write

GREYS = np.arange(256)
X = GREYS / 256


def rows(spikes):
    """A table of steps by pixels as a list of steps for each pixel."""
    return [np.flatnonzero(spikes[:, pixel]).tolist() for pixel in range(spikes.shape[1])]


def first_spike(steps):
    """One spike; the place from the end is the brightness, less one step too many."""
    place = np.clip(np.floor(X * steps) - 1, 0, steps - 1).astype(int)
    spikes = np.zeros((steps, len(X)))
    spikes[place, GREYS] = 1
    return np.flip(spikes, 0)


def position(steps):
    """Rounded curves around the centres, the brightest first."""
    centres = 256 * np.arange(steps) / steps
    s = steps / np.pi**3
    curves = s * np.pi * np.exp(-((256 * X[None, :] - centres[:, None]) ** 2) / (2 * s**2))
    return np.flip(np.round(curves) != 0, 0)


def intervals(rates, steps, random):
    """Poisson-distributed intervals, zeros as ones, summed up and cut at the end: BindsNET's encoder."""
    with np.errstate(divide="ignore"):
        means = np.where(rates > 0, 1 / np.maximum(rates, 1e-300), 0)
    drawn = random.poisson(np.minimum(means, 1e9), (steps + 1, len(rates)))
    drawn[:, rates > 0] += drawn[:, rates > 0] == 0
    times = np.cumsum(drawn, 0)
    times[times > steps] = 0
    spikes = np.zeros((steps + 1, len(rates)))
    spikes[times, np.arange(len(rates))[None, :]] = 1
    return spikes[1:]


def statistics(rate, seed):
    """CV of intervals and rate of 200 trains of 6,000 steps."""
    spikes = intervals(np.full(200, rate), 6000, np.random.default_rng(seed))
    gaps = np.concatenate([np.diff(np.flatnonzero(train)) for train in spikes.T])
    return {"rate": rate, "cv": round(float(gaps.std() / gaps.mean()), 5), "found": round(float(spikes.mean()), 6)}


def scrambled(steps, pixels, seed):
    """A table of spikes, and what it becomes when it is re-shaped instead of transposed."""
    table = np.random.default_rng(seed).random((steps, pixels)) < 0.1
    read = table.reshape(pixels, steps)
    pairs = lambda places: [[int(a), int(b)] for a, b in zip(*places)]
    return {"steps": steps, "pixels": pixels, "table": pairs(np.nonzero(table)), "read": pairs(np.nonzero(read))}


def weighted(bits):
    """Binary digits, the highest first (Kim et al. 2018)."""
    return [[step for step in range(bits) if format(grey, "08b")[step] == "1"] for grey in GREYS.tolist()]


def population(fields, steps):
    """Gaussian fields (Bohte et al. 2002): the step of each neuron, or none below an answer of 0.1."""
    i = np.arange(1, fields + 1)
    centres, sigma = (2 * i - 3) / 2 / (fields - 2), 1 / (1.5 * (fields - 2))
    answers = np.exp(-((X[:, None] - centres[None, :]) ** 2) / (2 * sigma**2))
    when = np.floor((1 - answers) * (steps - 1) + 0.5).astype(int)
    return [[int(t) if a >= 0.1 else None for t, a in zip(*row)] for row in zip(when, answers)]


def lif(tau, drive, steps):
    """The first step of a membrane whose time of threshold was found by bisection of its solution."""
    found = []
    for current in X * drive:
        low, high = 0.0, 1e4
        if current <= 1:
            found.append(None)
            continue
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if current * (1 - np.exp(-middle / tau)) < 1 else (low, middle)
        found.append(int(np.floor(low + 0.5)) if np.floor(low + 0.5) < steps else None)
    return found


def pooled(seed):
    picture = np.random.default_rng(seed).integers(0, 256, (24, 16))
    blocks = picture.reshape(3, 8, 2, 8).swapaxes(1, 2).reshape(6, 64)
    of = {"mean": np.floor(blocks.mean(1) + 0.5), "max": blocks.max(1), "min": blocks.min(1)}
    return {"columns": 16, "rows": 24, "greys": picture.ravel().tolist()} | {k: [int(v) for v in of[k]] for k in of}


if __name__ == "__main__":
    content = {
        "made_with": f"NumPy {np.__version__}",
        "first_spike": [{"steps": t, "trains": rows(first_spike(t))} for t in (60, 100, 250)],
        "position": [{"steps": t, "trains": rows(position(t))} for t in (100, 250)],
        "intervals": [statistics(rate, 1) for rate in (0.03, 0.09, 0.3)],
        "scrambled": scrambled(7, 30, 1),
        "weighted": weighted(8),
        "population": {"fields": 8, "steps": 60, "when": population(8, 60)},
        "lif": {"tau": 20.0, "drive": 3.0, "steps": 60, "when": lif(20.0, 3.0, 60)},
        "pooled": pooled(1),
    }
    write("coding_numpy.json", content)
