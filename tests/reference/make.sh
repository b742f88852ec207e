#!/usr/bin/env bash
# Makes the reference traces of this folder again: sets up Python with the simulators below .tools/, and
# runs them. Takes some minutes; nothing else needs it, because the traces are committed.
set -euo pipefail
export PYTHONDONTWRITEBYTECODE=1
cd "$(dirname "$0")"
tools=../../.tools/reference
if [ ! -x "$tools/bin/python" ]; then
    python3 -m venv "$tools"
fi
"$tools/bin/pip" install --quiet --requirement requirements.txt
"$tools/bin/python" brian_traces.py
"$tools/bin/python" nest_traces.py
"$tools/bin/python" plasticity_traces.py
"$tools/bin/python" neuron_traces.py
"$tools/bin/python" neuron_nest_traces.py
"$tools/bin/python" eligibility_traces.py
"$tools/bin/python" reward_traces.py
"$tools/bin/python" clustering_traces.py
"$tools/bin/python" dopamine_traces.py
"$tools/bin/python" more_neurons.py
"$tools/bin/python" response_traces.py
"$tools/bin/python" more_plasticity.py
"$tools/bin/python" izhikevich_traces.py
"$tools/bin/python" adex_traces.py
"$tools/bin/python" adex_nest_traces.py
"$tools/bin/python" short_term_traces.py
"$tools/bin/python" balanced_traces.py
"$tools/bin/python" described_traces.py
