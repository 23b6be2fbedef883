"""A job that changes chamber: what it costs the database, on a real worker, against Celery as it comes."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figures import line
from tests.bench.machine import server_cpu
from tests.bench.places import ROOT, Places
from tests.bench.sides import Side

CHAMBERS, JOBS = 20, 400
LONGEST_SECONDS = 600
APPS = {
    "ours": "huiguan.celery",
    "stock": "tests.bench.side.stock_celery",
    "stock_kept": "tests.bench.side.stock_celery",
}


def jobs_switch(places: Places, pairs: int, _chambers: int) -> Iterator[str]:
    """Milliseconds of PostgreSQL's processor time for a task of one query, each in another chamber than the one before.

    The baseline binds as tenant-schemas-celery does, with Celery's usual connection for each task; `kept` is the same
    with `CELERY_DB_REUSE_MAX`, which its manual does not mention.
    """
    (places.folder / "run" / "queue").mkdir(exist_ok=True)
    with Side(places, "ours") as ours, Side(places, "stock") as stock:
        ours.do("open_up_to", number=CHAMBERS), stock.do("open_up_to", number=CHAMBERS)
        rounds = [[_of_one(places, name, side) for name, side in _sides(ours, stock)] for _number in range(pairs)]
    found = dict(zip(APPS, zip(*rounds, strict=True), strict=True))
    yield line("jobs.switch", found["ours"], found["stock"], unit="CPU ms", digits=2, chambers=CHAMBERS)
    yield line("jobs.switch.kept", found["ours"], found["stock_kept"], unit="CPU ms", digits=2, chambers=CHAMBERS)


def _sides(ours: Side, stock: Side) -> Iterator[tuple[str, Side]]:
    return zip(APPS, (ours, stock, stock), strict=True)


def _of_one(places: Places, name: str, side: Side) -> float:
    done = places.folder / "run" / "jobs"
    with _worker(places, name):
        _send(side, name, done, CHAMBERS)  # warm: each chamber once
        before = server_cpu(places.server.pid)
        _send(side, name, done, JOBS)
        return 1000 * (server_cpu(places.server.pid) - before) / JOBS


def _send(side: Side, name: str, done: Path, number: int) -> None:
    """Each leaves a byte: when they are there, all are done."""
    done.write_bytes(b"")
    side.do("send_jobs", number=number, done=str(done))
    until = time.monotonic() + LONGEST_SECONDS
    while done.stat().st_size < number:
        assert time.monotonic() < until, f"{name} has done {done.stat().st_size} of {number}"
        time.sleep(0.02)


@contextmanager
def _worker(places: Places, name: str) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", APPS[name], "worker", "--pool=solo", "--loglevel=ERROR"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    environment = {**places.environment(name), "CELERY_SKIP_CHECKS": "1"}
    running = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=sys.stderr)
    try:
        yield
    finally:
        running.terminate()
        running.wait(60)
