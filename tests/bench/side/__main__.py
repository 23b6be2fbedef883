"""`python -m tests.bench.side ours|stock|plain|bare`: one order per line of JSON, one answer per line."""

import importlib
import json
import os
import sys
from dataclasses import asdict

import django

from tests.bench.machine import measured

DEEDS = {"bare": "plain"}


def main(name: str) -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints must not be read as an answer
    django.setup()
    deeds = importlib.import_module(f"tests.bench.side.{DEEDS.get(name, name)}")
    for line in sys.stdin:
        order = json.loads(line)
        with measured(int(os.environ["BENCH_POSTMASTER"])) as cost:
            result = getattr(deeds, order["do"])(**order["with"])
        print(json.dumps({"cost": asdict(cost), "result": result}), file=answers, flush=True)


main(sys.argv[1])
