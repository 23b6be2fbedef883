"""A whole house for a journey: web server, worker and payments as `make up` runs them, on a database of their own."""

import os
import re
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from huiguan.embedded import folder, house
from huiguan.embedded.postgres import Postgres
from huiguan.embedded.testing import server
from tests.support import database

WITHIN_SECONDS = 60
GONE_WITHIN_SECONDS = 1.0  # the worker takes five to leave by itself, and nobody reads what it would still write


class LiveHouse(house.House):
    """The programs of `make up` that a journey names; `url("changde")` is where a chamber lives."""

    @contextmanager
    def open(self, *names: str) -> Iterator["LiveHouse"]:
        self.running = [program for program in self.programs() if program.name in names]
        try:
            for program in self.running:
                program.start()
            self.wait_until_ready()
            yield self
        finally:
            self.close()

    def close(self) -> None:
        for program in self.running:
            program.ask_to_stop()
        deadline = time.monotonic() + GONE_WITHIN_SECONDS
        for program in self.running:
            program.make_sure_it_stopped(deadline)

    def wait_until_ready(self) -> None:
        """A house that is not ready after a minute is a failure which says why."""
        deadline = time.monotonic() + WITHIN_SECONDS
        answer = httpx.Response(503)
        while time.monotonic() < deadline and answer.status_code != 200:
            with suppress(httpx.HTTPError):
                answer = httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=10)
            time.sleep(0.05)
        assert answer.status_code == 200, f"{answer.text}\n{self.said()}"

    def url(self, slug: str = "", path: str = "/") -> str:
        return f"http://{slug + '.' if slug else ''}localhost:{self.port}{path}"

    def run(self, *command: str) -> str:
        """A `huiguan` command in this house; what it printed last."""
        self.run_step(command[0], *command)
        lines = (self.folder / "log" / f"{command[0]}.log").read_text().splitlines()
        return lines[-1].partition(" ")[2].partition(" ")[2]

    @property
    def payments(self) -> str:
        return self.environment["STRIPE_API_BASE"]

    def letters(self) -> list[str]:
        """The mails that were sent, oldest first."""
        files = sorted((self.folder / "mail").iterdir(), key=lambda file: file.stat().st_mtime)
        return [file.read_text() for file in files]

    def said(self) -> str:
        """The last lines of every program, for a failure's message."""
        return "\n".join(f"{program.name}: {line}" for program in self.running for line in program.last_lines)


@contextmanager
def live_house(name: str, *programs: str, place: Path) -> Iterator[LiveHouse]:
    """On a fresh copy of the cast's database in the tests' own server."""
    copied = f"huiguan_test_{name}_{os.getpid()}"
    with database.fresh_copy(copied), on_database(server(), copied, place).open("web", *programs) as opened:
        yield opened


def on_database(postgres: Postgres, name: str, place: Path) -> LiveHouse:
    folder.prepare(place)
    environment = {
        **os.environ,
        "DATABASE_URL": postgres.url("huiguan_app", name),
        "DATABASE_OWNER_URL": postgres.url("huiguan_owner", name),
        "DJANGO_SETTINGS_MODULE": "huiguan.settings",
        "HUIGUAN_RUN_DIR": str(place),
        "SECRET_KEY": secrets.token_urlsafe(50),  # one for all programs: each reads what another signed
        "DEMO": "0",
        "CHAMBER_SHARE": "0.4",  # as everywhere but in the suite's own process
    }
    return LiveHouse(folder=place, port=free_port(), environment=environment, tell=lambda line: None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def link_in(letter: str) -> str:
    """The first address in a mail."""
    found = re.search(r"https?://\S+", letter)
    assert found, letter
    return found.group()
