"""Makes `clustering_numpy.json`: the published network of pattern clustering as a direct loop in double precision.

Both rules, one start each, drawn here and stored with the currents, so that our network can be put on the
same start and get the same noise. README.md says what the file is for; make.sh runs this.
"""

import numpy as np

from trace_file import round_all, write

NUM_ITERATIONS, PER_SAMPLE, GROUP = 700, 50, 4
REST, RESET, THRESHOLD, DT_PER_TAU, R = -65.0, -70.0, -40.0, 0.001, 10.0
AMPLITUDE, W_MIN, TAU_TRACE, TAU_C = 2.0, -1000.0, 1000.0, 3.0


def start(seed):
    """Potentials of eight inputs and two outputs, 8 x 2 weights, a current per group and iteration."""
    random = np.random.default_rng(seed)
    v = np.round(random.normal(THRESHOLD, 10, 10), 4)
    weights = np.round(random.normal(50, 5, (8, 2)), 4)
    currents = np.round(np.array([200, 50]) + 100 * random.normal(size=(NUM_ITERATIONS, 2)), 3)
    return v, weights, currents


def run(rule, seed):
    v, weights, currents = start(seed)
    case = {"rule": rule, "seed": seed, "w_max": 100.0 if rule == "stdp" else 200.0}
    case |= {"v_init_mv": list(v), "w_init": list(weights.ravel()), "currents": list(currents.ravel())}
    v[v >= THRESHOLD] = RESET
    trace, fired = np.zeros(10), np.zeros(10)
    eligibility, dopamine = np.ones((8, 2)), 2.0
    spikes, samples, potentials = [[] for _ in range(10)], [], []
    for iteration in range(NUM_ITERATIONS):
        dopamine += 1 - dopamine
        drive = np.concatenate([np.repeat(currents[iteration], GROUP), fired[:8] @ weights])
        v = v + DT_PER_TAU * (REST - v + R * drive)
        fired = (v >= THRESHOLD).astype(float)
        v[fired > 0] = RESET
        trace = (trace + fired) * (1 - 1 / TAU_TRACE)
        for neuron in np.flatnonzero(fired):
            spikes[neuron].append(iteration)
        is_open = (weights > W_MIN) & (weights < case["w_max"])
        change = AMPLITUDE * (np.outer(trace[:8], fired[8:]) - np.outer(fired[:8], trace[8:])) * is_open
        if rule == "r_stdp":
            eligibility += change - eligibility / TAU_C
            change = eligibility * dopamine
        weights = weights + change
        if (iteration + 1) % PER_SAMPLE == 0:
            samples.append(round_all(weights.ravel(), 5))
            potentials.append(round_all(v, 5))
    a, b = weights[:, 0], weights[:, 1]
    cosine = a @ b / np.sqrt((a @ a) * (b @ b))
    centred = np.corrcoef(a, b)[0, 1]
    case |= {"spikes": spikes, "weights": samples, "v_mv": potentials}
    return case | {"cosine": round(float(cosine), 6), "cosine_centred": round(float(centred), 6)}


if __name__ == "__main__":
    cases = [run(rule, seed) for rule, seed in [("stdp", 1), ("stdp", 2), ("r_stdp", 1), ("r_stdp", 3)]]
    content = {"made_with": f"NumPy {np.__version__}", "num_iterations": NUM_ITERATIONS}
    write("clustering_numpy.json", {**content, "iterations_per_sample": PER_SAMPLE, "cases": cases})
    for case in cases:
        print(case["rule"], case["cosine"], case["cosine_centred"], [len(train) for train in case["spikes"]])
