"""A house of its own for the trial: `huiguan up` in a folder of its own, on a free port, and its processes by name."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg

from huiguan.embedded import logins
from huiguan.embedded.folder import PROJECT
from huiguan.embedded.postgres import Postgres

OPENS_WITHIN_SECONDS = 900
NOT_INHERITED = (
    "DATABASE_",
    "SECRET_KEY",
    "MASTER_KEY",
    "PROMETHEUS_",
    "STRIPE_",
    "EMAIL_URL",
    "BROKER_URL",
    "CACHE_URL",
    "MEDIA_",
)
MARKS = {"granian": "web", "worker": "worker", "beat": "clock", "stripe-sandbox": "payments"}  # words of a command

Say = Callable[[str], None]


class DidNotOpen(RuntimeError):
    """The house cannot be tried: it never answered. The message has the last lines of its log."""


class House:
    """Runs from `open` on. Everything it writes is below `folder`, which the caller removes."""

    def __init__(self, folder: Path, *, mail_port: int) -> None:
        self.folder, self.port = folder, free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
        own = {"HUIGUAN_RUN_DIR": str(folder), "PORT": str(self.port), "DEMO": "0"}
        self.environment = {**kept, **own, "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}"}
        self.postgres = Postgres(folder / "postgres")

    @contextmanager
    def opened(self, say: Say) -> Iterator["House"]:
        say("opening a house of its own")
        with (self.folder / "up.log").open("w") as log:
            command = [sys.executable, "-m", "huiguan", "up"]
            self.up = subprocess.Popen(command, env=self.environment, cwd=PROJECT, stdout=log, stderr=log)
            try:
                self.wait_until(self.answers, OPENS_WITHIN_SECONDS)
                yield self
            finally:
                self.up.send_signal(signal.SIGTERM)
                self.up.wait(120)

    def answers(self) -> bool:
        """It can work, and a page that asks the database is there."""
        with suppress(httpx.HTTPError):
            ready = httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5)
            page = httpx.get(f"http://127.0.0.1:{self.port}/accounts/login/", headers={"Host": "localhost"}, timeout=5)
            return ready.status_code == page.status_code == 200
        return False

    def wait_until(self, is_so: Callable[[], bool], seconds: float) -> float:
        """How long it took, in seconds. Raises DidNotOpen."""
        began = time.monotonic()
        while not is_so():
            if time.monotonic() - began > seconds or self.up.poll() is not None:
                raise DidNotOpen("\n".join((self.folder / "up.log").read_text(errors="replace").splitlines()[-15:]))
            time.sleep(0.05)
        return time.monotonic() - began

    def run(self, module: str, *arguments: str) -> None:
        """A module of ours to its end, in this house; its errors are this process's."""
        environment = {**self.environment, **self.addresses(), "DJANGO_SETTINGS_MODULE": "huiguan.settings"}
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise DidNotOpen(f"{module}: {done.stderr[-1500:]}")

    def addresses(self) -> Mapping[str, str]:
        secrets = self.folder / "secrets"
        return {
            "DATABASE_URL": self.postgres.url(logins.APP),
            "DATABASE_OWNER_URL": self.postgres.url(logins.OWNER),
            "SECRET_KEY_FILE": str(secrets / "secret_key"),
            "MASTER_KEY_FILE": str(secrets / "master_key"),
            "PUBLIC_PORT": str(self.port),
        }

    def asked(self, question: str, *given: Any) -> Any:
        """The first value of the first row, as the superuser sees it; None while the database is away."""
        address = self.postgres.url("postgres")
        with suppress(psycopg.Error), psycopg.connect(address, connect_timeout=5, autocommit=True) as connection:
            row = connection.execute(question, given or None).fetchone()
            return row[0] if row else None
        return None

    def webhook_secret(self) -> str:
        return (self.folder / "secrets" / "stripe_webhook_secret").read_text().strip()

    def programs(self, name: str) -> list[int]:
        """The processes of a program of the house that live now; there are two workers."""
        return [process for process in children_of(self.up.pid) if _name_of(process) == name]


def children_of(parent: int) -> list[int]:
    """Processes that it started and that still live."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def staged(house: House) -> dict[str, Any]:
    """What `staging` made, read back."""
    file = house.folder / "staged.json"
    house.run("api.trials.crashing.staging", str(file))
    told: dict[str, Any] = json.loads(file.read_text())
    return told


def _name_of(process: int) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
        return next((name for mark, name in MARKS.items() if mark in words), "")
    return ""
