"""What the house acknowledged, written down so that it outlives everything that is killed: a line each, fsynced."""

import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = ("member", "payment", "receipt", "listing", "publication", "notice", "event")


class Notebook:
    """`tried` before a write is sent, `kept` after its 2xx (or the redirect of a form). Threads may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def tried(self, kind: str, name: str) -> None:
        self._write({"kind": kind, "name": name, "is_kept": False}, sync=False)

    def kept(self, kind: str, name: str) -> None:
        self._write({"kind": kind, "name": name, "is_kept": True}, sync=True)

    def close(self) -> None:
        self._file.close()

    def _write(self, line: dict[str, Any], *, sync: bool) -> None:
        with self._lock:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
            if sync:
                os.fsync(self._file.fileno())


@dataclass
class Notes:
    """By kind: what was tried, and the part of it that was acknowledged."""

    tried: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    kept: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def read(cls, path: Path) -> "Notes":
        notes = cls()
        for line in _lines(path):
            notes.tried[line["kind"]].add(line["name"])
            if line["is_kept"]:
                notes.kept[line["kind"]].add(line["name"])
        return notes

    def counts(self) -> dict[str, int]:
        return {kind: len(self.kept[kind]) for kind in KINDS}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
