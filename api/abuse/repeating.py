"""A key that is sent many times at once has one effect, and is worth nothing to anybody else. [G8]"""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.db import connections

from api.abuse.callers import LISTINGS, Caller, caller_of
from api.trials.house import throw_away
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from huiguan.verifying import Options, Result, Say
from tenants.exchange.models import Listing

EVERY = 50  # keys between two lines of progress


@dataclass(frozen=True)
class Partners:
    """`other` works for the same chamber, `stranger` for another."""

    first: Caller
    other: Caller
    stranger: Caller


@dataclass
class Repeated:
    """What was seen. `met` counts answers by status; `faults` are sentences."""

    keys: int
    at_once: int
    met: Counter[int] = field(default_factory=Counter)
    replayed: int = 0
    effects: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def result(self) -> Result:
        figure = f"{self.effects:,} effects of {self.keys:,} keys, each sent {self.at_once} times at once; "
        figure += f"{len(self.faults)} faults with other bodies, credentials and chambers"
        passed = self.effects == self.keys and not self.faults
        details = {"answers": dict(self.met), "replayed": self.replayed, "faults": self.faults}
        return Result(figure, passed, details)


def idempotency(options: Options, say: Say) -> Result:
    with acting_as(SYSTEM), throw_away(["甲", "乙"], say) as house:
        here, there = house.chambers.values()
        callers = [caller_of(chamber, house.mark) for chamber in (here, here, there)]
        return repeat(Partners(*callers), options["keys"], options["at_once"], say).result


def repeat(partners: Partners, keys: int, at_once: int, say: Say) -> Repeated:
    """Each key at the same moment by all threads; then with another body, by another partner, in another chamber."""
    seen, before = Repeated(keys, at_once), _count(partners.first)
    with _threads(at_once) as send_together:
        for number in range(keys):
            key, content = f"verify-{number}", _need(number)
            answers = send_together(partners.first, content, key)
            _judge(seen, key, answers)
            _try_others(seen, partners, content, key, answers)
            if number % EVERY == EVERY - 1:
                say(f"{number + 1:,} keys, {len(seen.faults)} faults")
    others = keys  # of the second partner in the same chamber, who has an effect of its own for each key
    seen.effects = _count(partners.first) - before - others
    return seen


def _judge(seen: Repeated, key: str, answers: list[httpx.Response]) -> None:
    """All are told the same, and only one of them did it."""
    seen.met.update(each.status_code for each in answers)
    replayed = sum("Idempotent-Replayed" in each.headers for each in answers)
    seen.replayed += replayed
    if {each.status_code for each in answers} != {201} or any(each.json() != answers[0].json() for each in answers):
        seen.faults.append(f"{key}: answered differently, {Counter(each.status_code for each in answers)}")
    if replayed != len(answers) - 1:
        seen.faults.append(f"{key}: {len(answers) - replayed} calls did something")


def _try_others(
    seen: Repeated, partners: Partners, content: dict[str, str], key: str, answers: list[httpx.Response]
) -> None:
    """Another body is refused. Who has another credential begins anew, and learns nothing of the first answer."""
    changed = partners.first.post(LISTINGS, {**content, "title": "另一件事"}, **{"Idempotency-Key": key})
    if changed.status_code != 422:
        seen.faults.append(f"{key}: another body was answered {changed.status_code}")
    for name, caller in (("another credential", partners.other), ("another chamber", partners.stranger)):
        theirs = caller.post(LISTINGS, content, **{"Idempotency-Key": key})
        caller.forget_rate()
        if theirs.status_code != 201 or "Idempotent-Replayed" in theirs.headers:
            seen.faults.append(f"{key}: {name} was answered {theirs.status_code}")
        elif theirs.json()["id"] in {each.json().get("id") for each in answers}:
            seen.faults.append(f"{key}: {name} was told the first answer")
    partners.first.forget_rate()


@contextmanager
def _threads(number: int) -> Iterator[Any]:
    """Threads that begin together each time, and leave no connection behind."""
    start = threading.Barrier(number, timeout=60)

    def send(caller: Caller, content: dict[str, str], key: str) -> httpx.Response:
        start.wait()
        return caller.post(LISTINGS, content, **{"Idempotency-Key": key})

    def leave() -> None:
        start.wait()  # so that each thread takes one
        connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        try:
            yield lambda *what: [each.result() for each in [pool.submit(send, *what) for _one in range(number)]]
        finally:
            for each in [pool.submit(leave) for _one in range(number)]:
                each.result()


def _need(number: int) -> dict[str, str]:
    return {"kind": "need", "title": f"第{number}件", "contact_name": "联系人", "contact_phone": "13900000001"}


def _count(caller: Caller) -> int:
    with in_chamber(caller.chamber):
        return int(Listing.objects.count())
