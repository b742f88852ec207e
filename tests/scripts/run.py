"""Runs the scripts that `stdp script` writes with Brian 2 and NEST themselves, and the runs beside them.

python run.py path/to/stdp [name ... | drawn | recorded] [brian2 | nest] [seeds=5]

*Drawn*: both draw wiring, weights and inputs by the same laws, five seeds each; rate, CV and mean weight must agree within what is
said below, which is chance and, where that is remarked, the other simulator's conventions.

*Recorded*: the script reads the run's inputs, wiring and start weights. As many spikes, at least 99 % of them in the same step,
and weights within 1e-4 of the largest; or what is said below with the reason.

The text of a drawn script that passed is kept beside this file (NEST's in `nest/`), and `make test` compares what is written
then with it.
"""

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEDS = [1, 2, 3, 4, 5]
BOTH, BRIAN, NEST = ("brian2", "nest"), ("brian2",), ("nest",)


def neurons(rate, cv=None):
    return [("neuron rate_hz", "rate_hz", rate)] + ([("neuron isi_cv", "isi_cv", cv)] if cv else [])


def learns(rate, weight, cv=0.15):
    return [
        ("neuron rate_hz", "output_rate_hz", rate),
        ("neuron isi_cv", "isi_cv", cv),
        ("excitation mean_weight", "mean_weight", weight),
    ]


def output(rate, weight=None):
    compared = [("output rate_hz", "output_rate_hz_overall", rate)]
    return compared + ([("excitation mean_weight", "mean_weight", weight)] if weight else [])


SINGLE = [("neuron rate_hz", "output_rate_hz", 0.01)]
# Script; its link; for which simulators; what it prints, what that is among the results of the run, and how far apart the
# means may be, as a share.
DRAWN = {
    "cuba": ("balanced_networks/cuba?duration_s=1", BOTH, neurons(0.06, 0.1)),
    "coba": ("balanced_networks/coba?duration_s=1", BOTH, neurons(0.08, 0.1)),
    "brunel": ("balanced_networks/ai?num_excitatory=2000&duration_s=0.5", BOTH, neurons(0.04)),
    "song": ("correlated_inputs/song_20hz?duration_s=20", BRIAN, output(0.06, 0.02)),
    "song_plus": ("correlated_inputs/song_20hz?duration_s=20&coincidence=plus", NEST, output(0.06, 0.03)),
    "groups": ("correlated_inputs/two_groups?duration_s=20", BRIAN, output(0.15, 0.04)),
    "playground": ("playground/correlated?duration_s=20", BOTH, learns(0.1, 0.04)),
    "conductances": ("playground/conductances?duration_s=20", BOTH, learns(0.1, 0.05)),
    "currents": ("playground/correlated?duration_s=20&synapse=current", NEST, learns(0.1, 0.05)),
    "adex_learns": ("playground/adex_learns?duration_s=20", BOTH, learns(0.1, 0.05)),
    "linear": ("playground/linear?duration_s=20", BOTH, learns(0.06, 0.06)),
    "multiplicative": ("playground/correlated?duration_s=20&mu=1", NEST, learns(0.1, 0.04)),
    "power": ("playground/correlated?duration_s=20&mu=0.2", NEST, learns(0.1, 0.04)),
    "power_law": ("playground/correlated?duration_s=20&rule=power_law", NEST, learns(0.1, 0.05)),
    "nearest": ("playground/correlated?duration_s=20&pairing=nearest", NEST, learns(0.1, 0.05)),
    "pre_centred": ("playground/correlated?duration_s=20&pairing=pre_centred", NEST, learns(0.1, 0.05)),
    "triplet": ("playground/correlated?duration_s=20&rule=triplet", BOTH, learns(0.1, 0.05)),
    "short_term": (
        "playground/correlated?duration_s=20&short_term=tsodyks_markram&jump_total_mv=500&rule=none",
        NEST,
        [("neuron rate_hz", "output_rate_hz", 0.1)],
    ),
    "delayed": ("playground/correlated?duration_s=20&delay_ms=5", NEST, learns(0.1, 0.04)),
    "ten": ("playground/ten?duration_s=10", NEST, learns(0.1, 0.05)),
    "vogels": ("correlated_inputs/vogels?duration_s=20", BOTH, output(0.1)),
    "adapting": ("playground/adapting", BOTH, SINGLE),
    "bursting": ("playground/bursting", NEST, [("neuron rate_hz", "output_rate_hz", 0.03)]),
    # NEST takes the potential's step in two halves.
    "chattering": ("playground/chattering", BOTH, [("neuron rate_hz", "output_rate_hz", 0.06)]),
    "moving_threshold": ("playground/adaptive_threshold", BRIAN, SINGLE),
    "hodgkin_huxley": ("playground/hodgkin_huxley", NEST, [("neuron rate_hz", "output_rate_hz", 0.02)]),
    "staircase": ("playground/staircase", NEST, SINGLE),
}

# Network; its link; by simulator: the least share of spikes in the same step, and how far apart weights may be, in units of the
# largest. Where methods agree that is 0.99 and 1e-4. Elsewhere:
# - NEST's synapses see outputs later (the head of its scripts says how), and a neuron that learns otherwise fires otherwise: its
#   spikes are compared without learning, its weights with it.
# - NEST solves conductances and exponential neurons adaptively; here they are taken in steps of 0.1 ms.
# - Brian 2's exponential neurons are solved by Runge-Kutta steps of 0.1 ms, which cannot follow the upstroke of a spike.
AGREE = (0.99, 1e-4)
RECORDED = {
    "pair": ("playground/correlated?duration_s=4", {"brian2": AGREE, "nest": (0.6, 0.1)}),
    "pair, no learning": ("playground/correlated?duration_s=4&rule=none", {"nest": AGREE}),
    "conductances": ("playground/conductances?duration_s=4", {"brian2": AGREE, "nest": (0.0, 0.2)}),
    "conductances, no learning": ("playground/correlated?synapse=conductance&duration_s=4&rule=none", {"nest": (0.95, 1e-4)}),
    "adex": ("playground/adex_learns?duration_s=4", {"brian2": (0.8, 0.05), "nest": (0.6, 0.1)}),
    "adex, no learning": ("playground/correlated?neuron=adex&jump_total_mv=250&duration_s=4&rule=none", {"nest": (0.9, 1e-4)}),
}
DELAYS = [0.1, 1, 5]
OTHERS = {
    "correlated_inputs": ("correlated_inputs/two_groups?duration_s=4", {"brian2": AGREE}),
    "correlated_inputs, input first": ("correlated_inputs/two_groups?duration_s=4&coincidence=plus", {"nest": (0.0, 0.2)}),
}


def ours(stdp, link, seed, folder):
    """Results of the run, which writes down its spikes besides."""
    call = [stdp, "run", link, "--seed", str(seed), "--record", "spikes", "--out", str(folder / "run"), "--json"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["summary"]


def printed(script):
    """What a script prints, run where it stands. NEST greets first."""
    done = subprocess.run([sys.executable, script.name], cwd=script.parent, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    values = {}
    for line in done.stdout.splitlines():
        name, _, value = line.rpartition(" ")
        try:
            values[name] = float(value)
        except ValueError:
            continue
    return values


def theirs(stdp, link, seed, folder, simulator, more=()):
    script = folder / f"network_{simulator}.py"
    subprocess.run([stdp, "script", link, "--for", simulator, "--seed", str(seed), "--out", str(script), *more], check=True)
    return printed(script)


def mean(values):
    values = [value for value in values if value is not None and not math.isnan(value)]
    return sum(values) / len(values) if values else math.nan


def drawn(stdp, name, only, failed):
    link, simulators, compared = DRAWN[name]
    simulators = [simulator for simulator in simulators if simulator in only]
    if not simulators:
        return
    with tempfile.TemporaryDirectory() as folder:
        folders = [Path(folder) / str(seed) for seed in SEEDS]
        for own in folders:
            own.mkdir()
        own_results = [ours(stdp, link, seed, own) for seed, own in zip(SEEDS, folders)]
        for simulator in simulators:
            try:
                scripts = [theirs(stdp, link, seed, own, simulator) for seed, own in zip(SEEDS, folders)]
            except (RuntimeError, subprocess.CalledProcessError) as error:
                print(f"{name} in {simulator}: {error}", flush=True)
                failed.append(f"{name} in {simulator}")
                continue
            has_passed = True
            for label, result, within in compared:
                one, other = [run[result] for run in own_results], [script[label] for script in scripts]
                apart = abs(mean(one) - mean(other)) / abs(mean(one))
                both_silent = math.isnan(apart) and math.isnan(mean(one)) and math.isnan(mean(other))
                passed = apart <= within or both_silent
                has_passed &= passed
                told = [", ".join(f"{value:.4g}" for value in values if value is not None) for values in (one, other)]
                verdict = "agrees" if passed else "FAR APART"
                print(f"{name} in {simulator}: {result} {told[0]} here, {told[1]} there: {apart:.3f} ({within}) {verdict}", flush=True)
            if has_passed:
                kept = HERE / ("nest" if simulator == "nest" else "") / f"{name}.py"
                kept.parent.mkdir(exist_ok=True)
                subprocess.run([stdp, "script", link, "--for", simulator, "--out", str(kept)], check=True)
            else:
                failed.append(f"{name} in {simulator}")


def recorded(stdp, name, link, tolerances, failed):
    tolerances, only = tolerances
    for simulator, (least, within) in tolerances.items():
        if simulator not in only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                values = theirs(stdp, link, 1, Path(folder), simulator, ["--recorded"])
            except (RuntimeError, subprocess.CalledProcessError) as error:
                print(f"{name} in {simulator}: {error}", flush=True)
                failed.append(f"{name} in {simulator}")
                continue
        spikes, own, same = (values[next(key for key in values if key.endswith(end))] for end in ("num_spikes", "num_recorded", "same_step"))
        apart = max([value for key, value in values.items() if key.endswith("weights_apart")], default=0.0)
        few = {0.99: 0.0, 0.0: 0.1}.get(least, 0.03) * own
        passed = abs(spikes - own) <= few and same >= least and apart <= within
        verdict = "agrees" if passed else "FAR APART"
        print(
            f"{name} in {simulator}: {own:.0f} spikes here, {spikes:.0f} there, {same:.4f} in the same step ({least}), "
            f"weights {apart:.2g} apart ({within:g}) {verdict}",
            flush=True,
        )
        if not passed:
            failed.append(f"{name} in {simulator}")


def main():
    stdp, wanted = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    only = [word for word in wanted if word in BOTH] or BOTH
    seeds = [word.removeprefix("seeds=") for word in wanted if word.startswith("seeds=")]
    if seeds:
        SEEDS[:] = range(1, int(seeds[0]) + 1)
    wanted = [word for word in wanted if word not in BOTH and not word.startswith("seeds=")]
    failed = []
    for name in DRAWN:
        if not wanted or name in wanted or "drawn" in wanted:
            drawn(stdp, name, only, failed)
    if not wanted or "recorded" in wanted:
        for name, (link, tolerances) in RECORDED.items():
            for delay_ms in DELAYS:
                recorded(stdp, f"{name}, {delay_ms} ms", f"{link}&delay_ms={delay_ms}", (tolerances, only), failed)
        for name, (link, tolerances) in OTHERS.items():
            recorded(stdp, name, link, (tolerances, only), failed)
    if failed:
        sys.exit(f"far apart: {', '.join(failed)}")


if __name__ == "__main__":
    main()
