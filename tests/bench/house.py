"""Starting the house: until the first page, on data that is there already."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huiguan.embedded.folder import run_folder
from tests.bench.figures import line
from tests.bench.places import ROOT

LONGEST_SECONDS = 600


def start(pairs: int) -> Iterator[str]:
    """The first time with its tables and the demo; then as on any morning. No baseline: nothing else starts it all."""
    yield line("start.first", [_seconds_to_first_page()], digits=1)
    yield line("start", [_seconds_to_first_page() for _number in range(pairs)], digits=2)


def tests(_pairs: int) -> Iterator[str]:
    """`make test` on a prepared machine; only when it is named."""
    started = time.monotonic()
    done = subprocess.run(["make", "test"], cwd=ROOT, stdout=sys.stderr, check=False)
    yield line("tests", [time.monotonic() - started], digits=0, passed=done.returncode == 0)


def _seconds_to_first_page() -> float:
    with open_house() as house:
        return house.opened_after


@dataclass(frozen=True)
class OpenHouse:
    """`make up`, answering; closed with the block."""

    process: int
    port: int
    folder: Path
    opened_after: float


@contextmanager
def open_house() -> Iterator[OpenHouse]:
    port, folder = _free_port(), run_folder() / "bench" / "house"
    environment = {**os.environ, "PORT": str(port), "HUIGUAN_RUN_DIR": str(folder)}
    started = time.monotonic()
    house = subprocess.Popen([sys.executable, "-m", "huiguan", "up"], env=environment, cwd=ROOT, stdout=sys.stderr)
    try:
        while not _answers(port):
            if house.poll() is not None or time.monotonic() - started > LONGEST_SECONDS:
                raise RuntimeError("the house did not open")
            time.sleep(0.02)
        yield OpenHouse(house.pid, port, folder, time.monotonic() - started)
    finally:
        house.send_signal(signal.SIGINT)
        house.wait(60)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=30) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
