"""Runs the scripts that `stdp script` writes with Brian 2, three seeds each, and the runs themselves with as many: what both
print must agree. Brian draws wiring, weights and inputs anew, so that they agree within chance.

python run.py path/to/stdp [name]
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

SEEDS = [1, 2, 3]
# Script; its link; what it prints, what that is among the results of the run, and how far apart the means may be.
SCRIPTS = {
    "cuba": ("balanced_networks/cuba?duration_s=1", [("neuron rate_hz", "rate_hz", 0.06)]),
    "coba": ("balanced_networks/coba?duration_s=1", [("neuron rate_hz", "rate_hz", 0.08)]),
    "brunel": ("balanced_networks/ai?num_excitatory=2000&duration_s=0.5", [("neuron rate_hz", "rate_hz", 0.04)]),
    "song": (
        "correlated_inputs/song_20hz?duration_s=20",
        [("output rate_hz", "output_rate_hz_overall", 0.06), ("excitation mean_weight", "mean_weight", 0.02)],
    ),
    "groups": (
        "correlated_inputs/two_groups?duration_s=20",
        [("output rate_hz", "output_rate_hz_overall", 0.15), ("excitation mean_weight", "mean_weight", 0.04)],
    ),
    "playground": (
        "playground/correlated?duration_s=20",
        [("neuron rate_hz", "output_rate_hz", 0.1), ("excitation mean_weight", "mean_weight", 0.04)],
    ),
    "conductances": (
        "playground/conductances?duration_s=20",
        [("neuron rate_hz", "output_rate_hz", 0.1), ("excitation mean_weight", "mean_weight", 0.05)],
    ),
    "adapting": ("playground/adapting", [("neuron rate_hz", "output_rate_hz", 0.01)]),
    "chattering": ("playground/chattering", [("neuron rate_hz", "output_rate_hz", 0.01)]),
    "moving_threshold": ("playground/adaptive_threshold", [("neuron rate_hz", "output_rate_hz", 0.01)]),
    "vogels": ("correlated_inputs/vogels?duration_s=20", [("output rate_hz", "output_rate_hz_overall", 0.1)]),
}


def ours(stdp, link, seed, folder):
    """Results of the run, which writes down its spikes besides."""
    call = [stdp, "run", link, "--seed", str(seed), "--record", "spikes", "--out", str(folder / "run"), "--json"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["summary"]


def theirs(stdp, link, seed, folder):
    """What the script prints, run where the spikes were written."""
    script = folder / "script.py"
    subprocess.run([stdp, "script", link, "--for", "brian2", "--seed", str(seed), "--out", str(script)], check=True)
    done = subprocess.run([sys.executable, "script.py"], cwd=folder, capture_output=True, text=True, check=True)
    rows = [line.rsplit(" ", 1) for line in done.stdout.splitlines()]
    return {name: float(value) for name, value in rows}


def main():
    stdp = str(Path(sys.argv[1]).resolve())
    failed = []
    for name, (link, compared) in SCRIPTS.items():
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            both = []
            for seed in SEEDS:
                own = Path(folder) / str(seed)
                own.mkdir()
                both.append((ours(stdp, link, seed, own), theirs(stdp, link, seed, own)))
        for printed, result, within in compared:
            one = np.array([run[result] for run, _ in both])
            other = np.array([script[printed] for _, script in both])
            apart = abs(one.mean() - other.mean()) / abs(one.mean())
            verdict = "agrees" if apart <= within else "FAR APART"
            print(f"{name}: {result} {one.round(4)} here, {other.round(4)} in Brian 2: {apart:.3f} ({within}) {verdict}")
            if apart > within:
                failed.append(name)
    if failed:
        sys.exit(f"far apart: {', '.join(failed)}")


if __name__ == "__main__":
    main()
