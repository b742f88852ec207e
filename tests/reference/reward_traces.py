"""Makes `reward_numpy.json`: reward-modulated plasticity in a small network; make.sh runs this.

MSTDP and MSTDPET as Florian (2007, doi:10.1162/neco.2007.19.6.1468) writes them, step by step in double
precision, every quantity a full array. Step t: potentials from V, w and spikes f of t - 1; reward r(t) for the
output spike of t - 1; w(t) = w(t - 1) + gamma r(t) zeta(t - 1), or with the trace z, which has zeta(t - 1) in it; then
P+, P- and zeta of t. A sample is taken after the rewards for the spikes of its last step.
"""

import math

import numpy as np

from trace_file import round_all, write

NUM_INPUTS, NUM_HIDDEN, NUM_STEPS, STEPS_PER_SAMPLE, STEPS_PER_REWARD = 6, 8, 4_000, 250, 100
NEURON = {"tau_m_ms": 20.0, "e_l_mv": -70.0, "v_th_mv": -54.0, "v_reset_mv": -70.0}
CASES = [
    {"gamma": 0.01, "tau_z_ms": None, "a_plus": 1.0, "a_minus": -1.0, "tau_plus_ms": 20.0, "tau_minus_ms": 20.0},
    {"gamma": 0.25, "tau_z_ms": 25.0, "a_plus": 1.0, "a_minus": -1.0, "tau_plus_ms": 20.0, "tau_minus_ms": 20.0},
    {"gamma": 0.4, "tau_z_ms": 60.0, "a_plus": 1.0, "a_minus": -0.6, "tau_plus_ms": 12.0, "tau_minus_ms": 30.0},
]


def step_by_step(case, fired, rewards, w_in, w_out, bounds):
    w = [w_in.copy(), w_out.copy()]
    sizes = [(NUM_INPUTS, NUM_HIDDEN), (NUM_HIDDEN, 1)]
    v = [np.zeros(NUM_HIDDEN), np.zeros(1)]
    p_plus = [np.zeros(pre) for pre, _ in sizes]
    p_minus = [np.zeros(post) for _, post in sizes]
    zeta, z = [np.zeros(size) for size in sizes], [np.zeros(size) for size in sizes]
    spikes = [np.zeros(n) for n in (NUM_INPUTS, NUM_HIDDEN, 1)]
    leak = math.exp(-1 / NEURON["tau_m_ms"])
    threshold = NEURON["v_th_mv"] - NEURON["e_l_mv"]
    trains, samples, potentials = [[[] for _ in range(NUM_HIDDEN)], [[]]], [], []

    def learn(step):
        """What the spikes of `step` earn moves the weights."""
        reward = rewards[step // STEPS_PER_REWARD] * spikes[2][0]
        for layer in range(2):
            if case["tau_z_ms"]:
                z[layer] = z[layer] * math.exp(-1 / case["tau_z_ms"]) + zeta[layer] / case["tau_z_ms"]
            eligible = z[layer] if case["tau_z_ms"] else zeta[layer]
            low, high = bounds[layer]
            w[layer] = np.clip(w[layer] + case["gamma"] * reward * eligible, low, high)

    for step in range(NUM_STEPS):
        now = [fired[:, step].astype(float)]
        for layer in range(2):
            v[layer] = v[layer] * leak + spikes[layer] @ w[layer]
            above = v[layer] >= threshold
            v[layer] = np.where(above, 0.0, v[layer])
            now.append(above.astype(float))
            for neuron in np.flatnonzero(above):
                trains[layer][neuron].append(step)
        if step > 0:
            learn(step - 1)
        spikes = now
        for layer in range(2):
            pre, post = spikes[layer], spikes[layer + 1]
            p_plus[layer] = p_plus[layer] * math.exp(-1 / case["tau_plus_ms"]) + case["a_plus"] * pre
            p_minus[layer] = p_minus[layer] * math.exp(-1 / case["tau_minus_ms"]) + case["a_minus"] * post
            zeta[layer] = np.outer(p_plus[layer], post) + np.outer(pre, p_minus[layer])
        potentials.append(v[1][0] + NEURON["e_l_mv"])
        if step % STEPS_PER_SAMPLE == 0 and step > 0:
            samples.append(np.concatenate([w[0].ravel(), w[1].ravel()]))
    return {
        "params": case,
        "hidden_ticks": trains[0],
        "output_ticks": trains[1][0],
        "output_v_mv": round_all(potentials[::10], 5),
        "weights": [round_all(sample) for sample in samples],
    }


def main():
    random = np.random.default_rng(2007)
    fired = random.random((NUM_INPUTS, NUM_STEPS)) < 0.08
    rewards = random.choice([-1, 1], NUM_STEPS // STEPS_PER_REWARD)
    low = np.array([-10.0, -10.0, -10.0, 0.0, 0.0, -5.0])
    high = np.array([10.0, 10.0, 10.0, 10.0, 5.0, 0.0])
    w_in = np.round(random.uniform(low[:, None], high[:, None], (NUM_INPUTS, NUM_HIDDEN)), 4)
    w_out = np.round(random.uniform(0, 10, (NUM_HIDDEN, 1)), 4)
    bounds = [(low[:, None], high[:, None]), (0.0, 10.0)]
    write(
        "reward_numpy.json",
        {
            "made_with": f"NumPy {np.__version__}",
            "neuron": NEURON,
            "num_ticks": NUM_STEPS,
            "ticks_per_sample": STEPS_PER_SAMPLE,
            "ticks_per_reward": STEPS_PER_REWARD,
            "ticks_per_potential": 10,
            "input_ticks": [[int(step) for step in np.flatnonzero(train)] for train in fired],
            "rewards": [int(reward) for reward in rewards],
            "low_mv": round_all(low),
            "high_mv": round_all(high),
            "w_out_max_mv": 10.0,
            "w_in_mv": round_all(w_in.ravel()),
            "w_out_mv": round_all(w_out.ravel()),
            "cases": [step_by_step(case, fired, rewards, w_in, w_out, bounds) for case in CASES],
        },
    )


if __name__ == "__main__":
    main()
