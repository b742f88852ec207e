"""How traces are written: JSON with one line per list of numbers."""

import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent


def round_all(values, digits=7):
    return [round(float(value), digits) for value in values]


def write(name, content):
    text = json.dumps(content, indent=1)
    numbers = re.compile(r"\[\s+(-?[\d.][^\[\]{}\"]*?)\s+\]")
    text = numbers.sub(lambda list_: "[" + " ".join(list_[1].split()) + "]", text)
    (HERE / name).write_text(text + "\n")
    print(f"{name}: {len(text)} bytes")


def read(name):
    return json.loads((HERE / name).read_text())
