#!/usr/bin/env bash
# Makes the reference traces of this folder again: sets up Python with the simulators below .tools/, and
# runs them. Takes some minutes; nothing else needs it, because the traces are committed.
set -euo pipefail
export PYTHONDONTWRITEBYTECODE=1
cd "$(dirname "$0")"
python=$(./python.sh)
"$python" brian_traces.py
"$python" nest_traces.py
"$python" plasticity_traces.py
"$python" neuron_traces.py
"$python" neuron_nest_traces.py
"$python" eligibility_traces.py
"$python" reward_traces.py
"$python" clustering_traces.py
"$python" coding_traces.py
"$python" dopamine_traces.py
"$python" more_neurons.py
"$python" response_traces.py
"$python" more_plasticity.py
"$python" izhikevich_traces.py
"$python" adex_traces.py
"$python" adex_nest_traces.py
"$python" hodgkin_huxley_traces.py
"$python" clopath_traces.py
"$python" clopath_nest_traces.py
"$python" own_rules_traces.py
"$python" short_term_traces.py
"$python" siegert_traces.py
"$python" balanced_traces.py
"$python" described_traces.py
"$python" published_neurons.py
