"""The product's web server on the benchmarks' own database, and people who ask it at the same time."""

import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import httpx

from tests.bench.machine import TICKS, family_of, server_cpu
from tests.bench.places import ROOT, Places

WORKERS, THREADS = 2, 5
LONGEST_SECONDS = 600


@dataclass(frozen=True)
class Served:
    """Milliseconds of each answer; processor milliseconds of the web server and of the database for one."""

    taken: Sequence[float]
    cpu: float
    database: float

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.taken, n=20)[-1]


class Server:
    def __init__(self, process: int, port: int, postmaster: int) -> None:
        self.process, self.port, self.postmaster = process, port, postmaster

    def get(self, slug: str, path: str, cookies: dict[str, str]) -> str:
        jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers = {"Host": f"{slug}.localhost", "Cookie": jar}
        answer = httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=LONGEST_SECONDS)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def ask(self, slug: str, paths: Sequence[str], cookies: dict[str, str], *, at_once: int, times: int) -> Served:
        """So many people, each asking one after the other."""

        def one(path: str) -> float:
            started = time.perf_counter()
            self.get(slug, path, cookies)
            return 1000 * (time.perf_counter() - started)

        before = self._cpu(), server_cpu(self.postmaster)
        with ThreadPoolExecutor(at_once) as people:
            taken = list(people.map(one, islice(cycle(paths), at_once * times)))
        after = self._cpu(), server_cpu(self.postmaster)
        web, database = (1000 * (late - early) / len(taken) for early, late in zip(before, after, strict=True))
        return Served(taken, web, database)

    def _cpu(self) -> float:
        return sum(map(_seconds_of, family_of(self.process)))


def _seconds_of(process: int) -> float:
    """Of all its threads, to the tick."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def serving(places: Places, side: str = "ours") -> Iterator[Server]:
    """Answering with a side's settings; stopped with the block. The port is its alone: no one else listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-ws", "huiguan.wsgi:application"]
    web = subprocess.Popen(command, env=places.environment(side), cwd=ROOT, stdout=sys.stderr)
    try:
        deadline = time.monotonic() + LONGEST_SECONDS
        while not _answers(port):
            if web.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the web server did not open")
            time.sleep(0.1)
        yield Server(web.pid, port, places.server.pid)
    finally:
        web.terminate()
        web.wait(60)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=30).status_code < 500
    except httpx.HTTPError:
        return False
