#!/usr/bin/env bash
# Sets up Python with the simulators below .tools/, once, and prints where it is.
set -euo pipefail
cd "$(dirname "$0")"
tools=../../.tools/reference
if [ ! -x "$tools/bin/python" ]; then
    python3 -m venv "$tools"
fi
"$tools/bin/pip" install --quiet --requirement requirements.txt
realpath --no-symlinks "$tools/bin/python"
