"""Makes the reference series of the learning rules; README.md says what each is; make.sh runs this.

`plasticity_brian.json`: Brian 2, all rules. `plasticity_nest.json`: NEST's own STDP synapses, on the same
trains. `plasticity_numpy.json`: rules that no simulator has, as direct loops in double precision.

NEST's conventions, and how they map to a grid on which spikes of one tick coincide:
* the whole delay of a synapse is dendritic: an output spike reaches it `delay` later, an input spike at
  once. With a delay of one step, output spikes are made one step early, and arrive when they should;
* a weight changes only when an input spike passes, which first makes up for the output spikes since the
  one before: weights are compared as they are just after input spikes;
* a coincident pair is discarded, each spike of it being paired with earlier ones ("neither");
* before the first input spike the two nearest-neighbour synapses act as if there had been one at time 0:
  the trains start a second late;
* `stdp_nn_restr_synapse` takes a coincident output spike for used, against its own manual: that case
  leaves out output spikes that coincide with an input spike.
"""

import math

import brian2
import nest
import numpy as np
from brian2 import Network, SpikeGeneratorGroup, Synapses, ms, start_scope

from trace_file import round_all, write

brian2.prefs.codegen.target = "numpy"
DT_MS, DURATION_MS, TICKS_PER_SAMPLE = 0.1, 10_000, 5_000
NUM_TICKS = round(DURATION_MS / DT_MS)
TIMES = {"dt_ms": DT_MS, "num_ticks": NUM_TICKS, "ticks_per_sample": TICKS_PER_SAMPLE}


def trains():
    """Four inputs and two outputs, 5 to 30 Hz; some output spikes fall on input spikes."""
    random = np.random.default_rng(2006)

    def poisson(rate_hz):
        hits = random.random(NUM_TICKS) < rate_hz * DT_MS / 1000
        return [int(tick) for tick in np.flatnonzero(hits) if tick > 0]

    pre = [poisson(rate) for rate in (5, 12, 20, 30)]
    post = [poisson(rate) for rate in (8, 20)]
    post = [sorted({*train, *pre[2][start::7], *pre[3][start::11]}) for start, train in enumerate(post)]
    return pre, post


PAIR = {
    "a_plus": 0.02,
    "a_minus": 0.021,
    "tau_plus_ms": 17.0,
    "tau_minus_ms": 34.0,
    "w_min": 0.0,
    "w_max": 1.0,
    "w_init": 0.5,
}
HARD = {"kind": "hard"}


def power(mu_plus, mu_minus):
    return {"kind": "power", "mu_plus": mu_plus, "mu_minus": mu_minus}


# What an input and an output spike do to the traces, after they changed the weight.
PAIRINGS = {
    "all_to_all": ("x += 1", "y += 1"),
    "nearest": ("x = 1", "y = 1"),
    "presynaptic_centred": ("x += 1", "x = 0\ny = 1"),
    "reduced": ("y = 0\nx = 1", "x = 0\ny = 1"),
}
# f+ and f-
FACTORS = {
    "hard": ("1", "1"),
    "power": ("((w_max - w) / (w_max - w_min)) ** mu_plus", "((w - w_min) / (w_max - w_min)) ** mu_minus"),
    "power_law": ("w_0 ** (1 - mu) * w ** mu", "w"),
    "unbounded": ("1", "1"),
    "gate": ("int(w > w_min and w < w_max)", "int(w > w_min and w < w_max)"),
}


def generator(spikes):
    neurons = [neuron for neuron, train in enumerate(spikes) for _ in train]
    times = [tick * DT_MS for train in spikes for tick in train]
    return SpikeGeneratorGroup(len(spikes), neurons, times * ms)


def brian(pre, post, model, on_pre, on_post, params, post_first=False):
    """All weights, `pre x post`, after every `TICKS_PER_SAMPLE` ticks."""
    start_scope()
    brian2.defaultclock.dt = DT_MS * ms
    source, target = generator(pre), generator(post)
    namespace = {key: value for key, value in params.items() if not isinstance(value, (str, bool, dict))}
    traces = "".join(f"d{name}/dt = -{name} / ({tau} * ms) : 1 (event-driven)\n" for name, tau in model.items())
    synapses = Synapses(source, target, "w : 1\n" + traces, on_pre=on_pre, on_post=on_post, namespace=namespace)
    synapses.connect()
    synapses.w = params["w_init"]
    synapses.pre.order, synapses.post.order = (1, 0) if post_first else (0, 1)
    if isinstance(on_pre, dict):
        synapses.pre_weight.order, synapses.post_weight.order = 2, 3
    network, samples = Network(source, target, synapses), []
    for _ in range(NUM_TICKS // TICKS_PER_SAMPLE):
        network.run(TICKS_PER_SAMPLE * DT_MS * ms)
        table = np.zeros((len(pre), len(post)))
        table[synapses.i[:], synapses.j[:]] = synapses.w[:]
        samples.append(round_all(table.ravel()))
    return samples


def brian_pair(pre, post, pairing, bound, coincidence="pre_first", **other):
    params = {**PAIR, **bound, **other}
    up, down = FACTORS[bound["kind"]]
    bump_x, bump_y = PAIRINGS[pairing]
    ends = "{}" if bound["kind"] in ("gate", "unbounded") else "clip({}, w_min, w_max)"
    depress = f"w = {ends.format(f'w - a_minus * y * {down}')}"
    potentiate = f"w = {ends.format(f'w + a_plus * x * {up}')}"
    model = {"x": params["tau_plus_ms"], "y": params["tau_minus_ms"]}
    if coincidence == "both":
        # All traces first.
        on_pre = {"pre": bump_x, "pre_weight": depress}
        on_post = {"post": bump_y, "post_weight": potentiate}
    else:
        on_pre, on_post = f"{depress}\n{bump_x}", f"{potentiate}\n{bump_y}"
    weights = brian(pre, post, model, on_pre, on_post, params, coincidence == "post_first")
    return {**PAIR, **other, "pairing": pairing, "coincidence": coincidence, "bound": bound, "weights": weights}


TRIPLETS = [  # amplitudes, tau_x, tau_y, nearest: rows of Pfister and Gerstner (2006)
    (0, (5e-10, 6.2e-3, 7e-3, 2.3e-4), 101.0, 125.0, False),
    (1, (0.0, 6.5e-3, 7.1e-3, 0.0), 101.0, 114.0, False),
    (2, (8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3), 714.0, 40.0, True),
    (3, (0.0, 5e-2, 8e-3, 0.0), 714.0, 40.0, True),
    (4, (6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3), 946.0, 27.0, False),
]


def brian_triplet(pre, post, row, amplitudes, tau_x, tau_y, nearest):
    names = ("a2_plus", "a3_plus", "a2_minus", "a3_minus")
    params = {"w_init": 0.5, **dict(zip(names, amplitudes))}
    bump = "{0} = 1\n{1} = 1" if nearest else "{0} += 1\n{1} += 1"
    on_pre = "w -= o1 * (a2_minus + a3_minus * r2)\n" + bump.format("r1", "r2")
    on_post = "w += r1 * (a2_plus + a3_plus * o2)\n" + bump.format("o1", "o2")
    model = {"r1": 16.8, "r2": tau_x, "o1": 33.7, "o2": tau_y}
    return {"row": row, "w_init": 0.5, "weights": brian(pre, post, model, on_pre, on_post, params)}


def brian_inhibitory(pre, post):
    params = {"eta": 0.01, "target_rate_hz": 6.25, "tau_ms": 20.0, "w_min": 0.0, "w_max": 1.0, "w_init": 0.3}
    alpha = 2 * params["target_rate_hz"] / 1000 * params["tau_ms"]
    on_pre = f"w = clip(w + eta * (y - {alpha}), w_min, w_max)\nx += 1"
    on_post = "w = clip(w + eta * x, w_min, w_max)\ny += 1"
    model = {"x": params["tau_ms"], "y": params["tau_ms"]}
    return {"params": params, "weights": brian(pre, post, model, on_pre, on_post, params)}


def make_brian(pre, post):
    pairs = [brian_pair(pre, post, pairing, HARD) for pairing in PAIRINGS]
    pairs += [brian_pair(pre, post, pairing, HARD, "post_first") for pairing in PAIRINGS]
    for pairing in ("all_to_all", "nearest"):
        pairs.append(brian_pair(pre, post, pairing, {"kind": "unbounded"}, "both"))
    for bound in (power(1.0, 1.0), power(0.2, 0.2), power(0.0, 1.0), {"kind": "gate"}):
        pairs.append(brian_pair(pre, post, "all_to_all", bound))
    # Unlike the other weights these have no upper end: one that is never reached.
    law = {"kind": "power_law", "mu": 0.4, "w_0": 0.8}
    pairs.append(brian_pair(pre, post, "all_to_all", law, w_max=1e3, a_minus=0.015))
    file = {
        "made_with": f"Brian {brian2.__version__}",
        **TIMES,
        "pre_ticks": pre,
        "post_ticks": post,
        "pairs": pairs,
        "triplets": [brian_triplet(pre, post, *row) for row in TRIPLETS],
        "inhibitory": brian_inhibitory(pre, post),
    }
    write("plasticity_brian.json", file)


def nest_weights(pre, post, model, synapse, tau_minus_ms, w_init, common=None):
    """Every weight just after its last input spike up to the end of each sample."""
    nest.ResetKernel()
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.resolution = DT_MS
    late_ms = 1000.0
    recorder = nest.Create("weight_recorder")
    nest.CopyModel(model, "plastic", {"weight_recorder": recorder, **(common or {})})

    def parrots(spikes, early_ticks, **params):
        neurons = []
        for train in spikes:
            times = [round(late_ms + (tick - early_ticks) * DT_MS, 6) for tick in train]
            source = nest.Create("spike_generator", params={"spike_times": times})
            neuron = nest.Create("parrot_neuron", params=params)
            nest.Connect(source, neuron, syn_spec={"delay": DT_MS})
            neurons.append(neuron)
        return neurons

    # One step from generator to parrot.
    inputs = parrots(pre, 1)
    outputs = parrots(post, 2, tau_minus=tau_minus_ms)
    place = {}
    for i, source in enumerate(inputs):
        for j, target in enumerate(outputs):
            # Receptor 1 of a parrot takes spikes and repeats none.
            spec = {"synapse_model": "plastic", "delay": DT_MS, "weight": w_init, "receptor_type": 1}
            nest.Connect(source, target, syn_spec={**spec, **synapse})
            place[source.global_id, target.global_id] = i * len(post) + j
    nest.Simulate(late_ms + DURATION_MS + 10)
    events = recorder.events
    samples = np.full((NUM_TICKS // TICKS_PER_SAMPLE, len(place)), w_init)
    order = np.argsort(events["times"], kind="stable")
    for n in order:
        tick = round((events["times"][n] - late_ms) / DT_MS)
        samples[tick // TICKS_PER_SAMPLE :, place[events["senders"][n], events["targets"][n]]] = events["weights"][n]
    return [round_all(sample) for sample in samples]


def nest_case(pre, post, name, pairing, mu_plus, mu_minus):
    leave_out = pairing == "reduced"
    if leave_out:
        taken = {tick for train in pre for tick in train}
        post = [[tick for tick in train if tick not in taken] for train in post]
    synapse = {
        "lambda": PAIR["a_plus"],
        "alpha": PAIR["a_minus"] / PAIR["a_plus"],
        "tau_plus": PAIR["tau_plus_ms"],
        "mu_plus": mu_plus,
        "mu_minus": mu_minus,
        "Wmax": PAIR["w_max"],
    }
    weights = nest_weights(pre, post, name, synapse, PAIR["tau_minus_ms"], PAIR["w_init"])
    bound = power(mu_plus, mu_minus)
    case = {**PAIR, "model": name, "pairing": pairing, "coincidence": "neither", "bound": bound}
    return {**case, "without_coincidences": leave_out, "weights": weights}


def nest_power_law(pre, post):
    # Its reference weight is 1.
    params = {**PAIR, "a_minus": 0.015, "w_max": 1e3}
    common = {
        "lambda": params["a_plus"],
        "alpha": params["a_minus"] / params["a_plus"],
        "tau_plus": params["tau_plus_ms"],
        "mu": 0.4,
    }
    model = "stdp_pl_synapse_hom"
    weights = nest_weights(pre, post, model, {}, params["tau_minus_ms"], params["w_init"], common)
    case = {**params, "model": model, "pairing": "all_to_all", "coincidence": "neither"}
    bound = {"kind": "power_law", "mu": 0.4, "w_0": 1.0}
    return {**case, "bound": bound, "without_coincidences": False, "weights": weights}


def make_nest(pre, post):
    cases = [
        nest_case(pre, post, "stdp_synapse", "all_to_all", 0.0, 0.0),
        nest_case(pre, post, "stdp_synapse", "all_to_all", 1.0, 1.0),
        nest_case(pre, post, "stdp_synapse", "all_to_all", 0.2, 0.2),
        nest_case(pre, post, "stdp_nn_symm_synapse", "nearest", 0.0, 0.0),
        nest_case(pre, post, "stdp_nn_pre_centered_synapse", "presynaptic_centred", 0.0, 0.0),
        nest_case(pre, post, "stdp_nn_restr_synapse", "reduced", 0.0, 0.0),
        nest_power_law(pre, post),
    ]
    file = {"made_with": f"NEST {nest.__version__}", **TIMES, "pre_ticks": pre, "post_ticks": post, "cases": cases}
    write("plasticity_nest.json", file)


def step_by_step(pre, post, state, step, look):
    """Calls `step(state, input spikes, output spikes)` every tick; what `look` sees after every sample."""
    spikes = [np.zeros((NUM_TICKS, len(side))) for side in (pre, post)]
    for side, table in zip((pre, post), spikes):
        for neuron, train in enumerate(side):
            table[train, neuron] = 1
    samples = []
    for tick in range(NUM_TICKS):
        step(state, spikes[0][tick], spikes[1][tick])
        if (tick + 1) % TICKS_PER_SAMPLE == 0:
            samples.append(round_all(look(state).ravel()))
    return samples


def numpy_published(pre, post, variant):
    """The three rules as matrices, from the weights before the step."""
    keep_x, keep_y = 0.99, 0.995
    state = {"w": np.full((4, 2), 0.4), "x": np.zeros(4), "y": np.zeros(2)}

    def step(state, s_pre, s_post):
        state["y"] = keep_y * state["y"] + s_post
        w, x, y = state["w"], state["x"], state["y"]
        ltp, ltd = np.outer(x, s_post), np.outer(s_pre, y)
        p = variant
        if p["kind"] == "classic":
            state["w"] = np.clip(w + p["a_plus"] * ltp - p["a_minus"] * ltd, 0, 1)
        elif p["kind"] == "offset":
            if s_post.any():
                state["w"] = w + p["learning_rate"] * (x - p["offset"])[:, None] * (p["w_max"] - w) ** 2
        else:
            top = w.max() + 0.1
            state["w"] = w + p["a_plus"] * ltp * (top - w) ** 2 - p["a_minus"] * ltd * (w - p["w_min"]) ** 2
        state["x"] = keep_x * (x + s_pre)

    weights = step_by_step(pre, post, state, step, lambda state: state["w"])
    return {"keep": [keep_x, keep_y], "w_init": 0.4, "variant": variant, "weights": weights}


def numpy_scaling(pre, post):
    params = {
        "target_rate_hz": 15.0,
        "tau_rate_ms": 2000.0,
        "tau_scaling_ms": 8000.0,
        "interval_ms": 50.0,
        "w_max": 0.9,
    }
    start = np.linspace(0.2, 0.6, 8).reshape(4, 2)
    state = {"w": start.copy(), "rate": np.full(2, params["target_rate_hz"]), "tick": 0}

    def step(state, _, s_post):
        state["tick"] += 1
        state["rate"] = state["rate"] * math.exp(-DT_MS / params["tau_rate_ms"])
        state["rate"] += s_post * 1000 / params["tau_rate_ms"]
        if state["tick"] % round(params["interval_ms"] / DT_MS) == 0:
            strength = params["interval_ms"] / params["tau_scaling_ms"]
            factor = np.exp((1 - state["rate"] / params["target_rate_hz"]) * strength)
            state["w"] = np.minimum(state["w"] * factor, params["w_max"])

    weights = step_by_step(pre, post, state, step, lambda state: state["w"])
    return {"params": params, "w_init": round_all(start.ravel()), "weights": weights}


def numpy_threshold(pre, post):
    params = {"theta_plus_mv": 0.1, "ratio": 1.3, "distance_mv": 10.0, "tau_ms": 90.0}
    state = {"theta": np.zeros(2)}

    def step(state, _, s_post):
        theta = state["theta"] * math.exp(-DT_MS / params["tau_ms"])
        d = params["distance_mv"]
        state["theta"] = np.where(s_post > 0, params["ratio"] * (d + theta) - d + params["theta_plus_mv"], theta)

    return {"params": params, "theta_mv": step_by_step(pre, post, state, step, lambda state: state["theta"])}


def make_numpy(pre, post):
    variants = [
        {"kind": "classic", "a_plus": 0.02, "a_minus": 0.011},
        {"kind": "offset", "learning_rate": 0.01, "offset": 0.294, "w_max": 1.0},
        {"kind": "asymptotic", "a_plus": 0.1, "a_minus": 0.03, "w_min": 0.0},
    ]
    file = {
        "made_with": f"NumPy {np.__version__}",
        **TIMES,
        "pre_ticks": pre,
        "post_ticks": post,
        "published": [numpy_published(pre, post, variant) for variant in variants],
        "scaling": numpy_scaling(pre, post),
        "threshold": numpy_threshold(pre, post),
    }
    write("plasticity_numpy.json", file)


if __name__ == "__main__":
    PRE, POST = trains()
    make_brian(PRE, POST)
    make_nest(PRE, POST)
    make_numpy(PRE, POST)
