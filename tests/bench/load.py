"""Load on a real server: as fast as it answers, or at a given rate whether it answers or not (an open loop)."""

import http.client
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.bench.serving import LONGEST_SECONDS, Server

AT_ONCE = 16
WRITES = 0.05  # of all
OPEN = 48  # requests that may wait at once: more than ever do below the peak


@dataclass(frozen=True)
class Answer:
    """Milliseconds from the moment the person asked, which may be before anybody was free to ask."""

    slug: str
    status: int
    ms: float


@dataclass
class People:
    """Of many secretariats: who asks next and for what, the same for the same seed."""

    places: Sequence[dict[str, Any]]
    weights: Sequence[float]
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def next(self) -> tuple[dict[str, Any], str, str | None]:
        """The secretariat, the path, and what is written there."""
        [place] = self.chance.choices(self.places, self.weights)
        if self.chance.random() < WRITES:
            form = {"name": f"小组{self.chance.getrandbits(60):x}", "csrfmiddlewaretoken": place["token"]}
            return place, place["writes"], urlencode(form)
        return place, self.chance.choice(place["paths"]), None


class Line:
    """Connections that are kept, one for each thread that asks."""

    def __init__(self, server: Server) -> None:
        self.port, self._kept = server.port, threading.local()

    def ask(self, place: dict[str, Any], path: str, written: str | None, asked_at: float) -> Answer:
        jar = "; ".join(f"{name}={value}" for name, value in place["cookies"].items())
        headers = {"Host": f"{place['slug']}.localhost", "Cookie": jar}
        if written is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status = self._send("GET" if written is None else "POST", path, written, headers)
        return Answer(place["slug"], status, 1000 * (time.perf_counter() - asked_at))

    def _send(self, verb: str, path: str, written: str | None, headers: dict[str, str]) -> int:
        if not hasattr(self._kept, "connection"):
            self._kept.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_SECONDS)
        try:
            self._kept.connection.request(verb, path, written, headers)
            answer = self._kept.connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self._kept.connection.close()
            return 0
        return int(answer.status)


def as_fast_as_it_answers(server: Server, people: People, *, seconds: float, at_once: int = AT_ONCE) -> float:
    """Answers in a second: each asks again as soon as it was answered. Raises for a page that failed."""
    line, until, lock = Line(server), time.perf_counter() + seconds, threading.Lock()

    def one(_number: int) -> list[Answer]:
        answers = []
        while time.perf_counter() < until:
            with lock:
                asked = people.next()
            answers.append(line.ask(*asked, time.perf_counter()))
        return answers

    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        answers = [answer for each in pool.map(one, range(at_once)) for answer in each]
    assert not (failed := {a.status for a in answers} - {200, 302}), failed
    return len(answers) / (time.perf_counter() - began)


def at_a_rate(server: Server, people: People, *, rate: float, seconds: float) -> list[Answer]:
    """So many in a second at random moments. Who has to wait until a line is free has waited."""
    line, began, moment = Line(server), time.perf_counter(), 0.0
    with ThreadPoolExecutor(OPEN) as pool:
        asked = []
        while (moment := moment + people.chance.expovariate(rate)) < seconds:
            asked.append(pool.submit(_at, began + moment, line.ask, people.next()))
        return [each.result() for each in asked]


def _at(moment: float, ask: Callable[..., Answer], what: tuple[Any, ...]) -> Answer:
    """The pool takes them in order: whoever has its thread early waits for its moment."""
    time.sleep(max(0.0, moment - time.perf_counter()))
    return ask(*what, moment)
