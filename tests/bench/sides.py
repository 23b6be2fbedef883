"""A side of a comparison: a process with its own settings that does what it is told and says what it cost."""

import json
import subprocess
import sys
from typing import Any, Self

from tests.bench.machine import Cost
from tests.bench.places import ROOT, Places


class Side:
    """`with Side(places, "stock") as stock: stock.do("open_by_migrating")`. Ended with the block, whatever happens."""

    def __init__(self, places: Places, name: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.side", name],
            env=places.environment(name),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(60)

    def do(self, what: str, **given: Any) -> tuple[Cost, Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"do": what, "with": given}) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        if not said:
            raise RuntimeError(f"{self.name} ended while doing {what}")
        answer = json.loads(said)
        return Cost(**answer["cost"]), answer["result"]
