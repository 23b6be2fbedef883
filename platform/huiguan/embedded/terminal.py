"""What `make up` and its neighbours print: short lines in English and Chinese, with the time each step took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO


class Terminal:
    """Plain lines, so that they read the same in a window, in a log file and over a slow line."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)  # absent when a test has put its own stream in place
            if reconfigure is not None:
                reconfigure(errors="replace", line_buffering=True)

    def say(self, english: str, chinese: str = "") -> None:
        _print(f"[{self.elapsed():6.1f} s] {english}  {chinese}".rstrip(), sys.stdout)

    def detail(self, line: str) -> None:
        _print(f"           {line}", sys.stdout)

    def complain(self, english: str, chinese: str = "") -> None:
        _print(f"\n{english}\n{chinese}".rstrip(), sys.stderr)

    def elapsed(self) -> float:
        return time.monotonic() - self.began

    @contextmanager
    def step(self, english: str, chinese: str) -> Iterator[None]:
        """Says what is beginning, and afterwards how long it took; a failure is told by the exception."""
        self.say(f"{english} …", f"{chinese}…")
        began = time.monotonic()
        yield
        self.detail(f"done 完成 ({time.monotonic() - began:.1f} s)")


def _print(text: str, stream: TextIO) -> None:
    with suppress(OSError, ValueError):  # the window was closed: the programs must still be read and stopped
        print(text, file=stream, flush=True)
