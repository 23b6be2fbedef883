"""Kills one process of the house and waits until what it did is done again."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from api.trials.crashing.house import DidNotOpen, House, children_of

APPLICATION, DATABASE = "application", "database"
BACK_WITHIN_SECONDS = 180  # then it is not coming back at all
A_MOMENT_SECONDS = 0.4  # what was begun before the kill has ended by then
SERVED = 'select count(*) from "{schema}".outbox_message where delivered_at is not null and created_at > %s'


@dataclass(frozen=True)
class Kill:
    """`seconds` until it worked again, None where nothing stopped working that has to come back."""

    victim: str
    layer: str
    seconds: float | None


class Killer:
    """Knows the victims of a house. All choices come from its seed."""

    def __init__(self, house: House, *, schema: str, seed: int) -> None:
        self.house, self.schema, self.chance = house, schema, random.Random(seed)  # noqa: S311  # a trial, no secret
        self.victims: dict[str, Callable[[], Kill]] = {
            "web": lambda: self._one_of("web", self.house.answers),
            "web process": lambda: self._child_of("web", self.house.answers),
            "worker": lambda: self._one_of("worker", self._messages_arrive()),
            "all workers": self._all_workers,
            "clock": lambda: self._one_of("clock", self._another_runs("clock")),
            "payments": lambda: self._one_of("payments", self._another_runs("payments")),
            "queue": self._lose_the_queue,
            "postmaster": lambda: self._of_the_database("postmaster", self.house.postgres.pid),
            "backend": lambda: self._of_the_database("backend", self._a_backend()),
        }

    def kill(self, victim: str = "") -> Kill:
        """One of them; by its name, or at random."""
        return self.victims[victim or self.chance.choice(list(self.victims))]()

    def _one_of(self, name: str, is_back: Callable[[], bool]) -> Kill:
        return self._stopped(name, APPLICATION, self.house.programs(name)[:1], is_back)

    def _child_of(self, name: str, is_back: Callable[[], bool]) -> Kill:
        """The process that answers; the one above it starts no other, and the supervisor both."""
        children = [child for parent in self.house.programs(name) for child in children_of(parent)]
        return self._stopped(f"{name} process", APPLICATION, children[-1:], is_back)

    def _all_workers(self) -> Kill:
        return self._stopped("all workers", APPLICATION, self.house.programs("worker"), self._messages_arrive())

    def _of_the_database(self, victim: str, process: int | None) -> Kill:
        return self._stopped(victim, DATABASE, [process] if process else [], self.house.answers)

    def _stopped(self, victim: str, layer: str, processes: list[int], is_back: Callable[[], bool]) -> Kill:
        """Killed at once, all of them."""
        if not processes:
            return Kill(victim, layer, None)
        began = time.monotonic()
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(map(_lives, processes)):
            time.sleep(0.005)
        with suppress(DidNotOpen):  # then the longest time is its time
            self.house.wait_until(is_back, BACK_WITHIN_SECONDS)
        return Kill(victim, layer, time.monotonic() - began)

    def _lose_the_queue(self) -> Kill:
        """A broker that was killed and remembers nothing: with files, every message of it is gone."""
        for message in (self.house.folder / "queue").glob("*.msg"):
            message.unlink(missing_ok=True)
        return Kill("queue", APPLICATION, None)

    def _messages_arrive(self) -> Callable[[], bool]:
        """A message that was written after the kill has reached the federation: the load writes them all the time."""
        since: list[object] = []

        def is_served() -> bool:
            if not since:
                since.append(self.house.asked("select now() + make_interval(secs => %s)", A_MOMENT_SECONDS))
            return bool(since[0] and self.house.asked(SERVED.format(schema=self.schema), since[0]))

        return is_served

    def _another_runs(self, name: str) -> Callable[[], bool]:
        former = self.house.programs(name)
        return lambda: bool(set(self.house.programs(name)) - set(former))

    def _a_backend(self) -> int | None:
        question = "select pid from pg_stat_activity where usename = 'huiguan_app' order by random() limit 1"
        found = self.house.asked(question)
        return int(found) if found else None


def throw_away(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    """A zombie does nothing any more."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
