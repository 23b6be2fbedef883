"""The walk: every address of every place, by every actor who has a place there, and what was found on the way."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.cache import caches
from django.db import connection

from api.isolation.actors import Actor, actors, operator
from api.isolation.asking import Answer, Question, ask
from api.isolation.forms import fields_of, is_key
from api.isolation.questions import Asker, Case, faults
from api.isolation.stage import Stage
from api.isolation.values import Found, find
from huiguan import access
from huiguan.capability import Place
from huiguan.tenancy.binding import in_chamber
from huiguan.verifying import Say
from huiguan.verifying.addresses import Address, addresses
from huiguan.verifying.canaries import marks_in

WRITTEN = ("audit_entry", "outbox_message", "deliveries_delivery")
EVERY = 1000  # requests between two lines of progress
VISITORS = {  # who has something to lose or to find in a place
    Place.CHAMBER: None,
    Place.FEDERATION: ("anonymous", "coordinator", "secretary_general"),
    Place.SITE: ("anonymous", "secretary_general", "operator"),
}


@dataclass
class Walked:
    """What has been seen so far. `asked` are the addresses that were tried, `reached` those that somebody came to."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def note(self, case: Case, answer: Answer) -> None:
        self.requests += 1
        self.statuses[answer.status] += 1
        self.forms[case.form] += 1
        self.asked.add(str(case.address))
        if answer.status not in (404, 405, 429) and not answer.is_refusal:
            self.reached.add(str(case.address))
        self.faults += [f"{what}: {case}" for what in faults(case, answer)]


class Ears(logging.Handler):
    """Hears every record of the log: no line may hold a word of anybody."""

    def __init__(self, walked: Walked) -> None:
        super().__init__()
        self.walked = walked

    def emit(self, record: logging.LogRecord) -> None:
        if marks_in(f"{record.getMessage()} {record.__dict__}".encode()):
            self.walked.faults.append(f"logged: {record.name} {record.getMessage()}"[:300])


@dataclass
class Walk:
    """Through a stage; `say` tells how far it is."""

    stage: Stage
    say: Say
    walked: Walked = field(default_factory=Walked)

    def through(self, chosen: list[Address]) -> Walked:
        ears = Ears(self.walked)
        logging.getLogger().addHandler(ears)
        try:
            for address in chosen:
                for case in self._cases(address):
                    self._try(case)
        finally:
            logging.getLogger().removeHandler(ears)
        self.walked.faults += [f"cached: {key}" for key in _cached(self.stage)]
        return self.walked

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.name: actor for actor in [*actors(self.stage), operator()]}

    def _cases(self, address: Address) -> Iterator[Case]:
        """By the one who knows the address best first, then by all who may come by."""
        guide, asker = self._actors[_guide(address)], Asker(self.stage)
        found = find(address, self.stage, guide)
        body = _body(address, found, guide)
        yield from asker.rare(address, found, guide)
        for name in VISITORS[Place(address.place)] or self._actors:
            actor = self._actors[name]
            if actor.place == address.place or name == "anonymous":
                yield from asker.cases(address, found, actor, body)
            else:
                yield from asker.strangers(address, found, actor)

    def _try(self, case: Case) -> None:
        caches["shared"].delete(f"throttle:{self._actors['partner'].key}")

        def look(answer: Answer) -> None:
            if case.question.method == "POST" and answer.status < 400:
                self.walked.faults += [f"written to {table}: {case}" for table in self._written()]

        known = len(self.walked.faults)
        self.walked.note(case, ask(case.question, after=look))
        for fault in self.walked.faults[known:]:
            self.say(fault[:300])
        if self.walked.requests % EVERY == 0:
            self.say(f"{self.walked.requests:,} requests, {len(self.walked.faults)} faults")

    def _written(self) -> list[str]:
        """The hostile chamber's books that now hold a word or a key of the other one."""
        with in_chamber(self.stage.mine.chamber), connection.cursor() as cursor:  # type: ignore[arg-type]
            return [table for table in WRITTEN if self._holds(cursor, table)]

    def _holds(self, cursor: Any, table: str) -> bool:
        """Among the rows that were written last: those of the request, and some before it."""
        last = f"select t::text as words from {table} t order by ctid desc limit 30"  # noqa: S608
        cursor.execute(f"select 1 from ({last}) as written where words ~* %s", [self._theirs])  # noqa: S608
        return cursor.fetchone() is not None

    @cached_property
    def _theirs(self) -> str:
        keys = [str(row.pk) for row in self.stage.theirs.rows.values() if is_key(row.pk)]
        return "|".join([f"CNRY-{self.stage.theirs.mark}", *keys])


def every_address() -> list[Address]:
    return [each for place in Place for each in addresses(place)]


def _guide(address: Address) -> str:
    """Who may do most there."""
    if address.place != Place.CHAMBER:
        return "coordinator" if address.place == Place.FEDERATION else "operator"
    if address.route.startswith("/api/"):
        return "partner"
    return "member" if address.needs == access.OWN else "secretary_general"


def _body(address: Address, found: Found, guide: Actor) -> dict[str, Any]:
    """The form of the page as the browser would send it back."""
    page = ask(Question("GET", guide.host, address.at(found.own), guide.cookies, guide.headers))
    return {name: value for name, value in fields_of(page.content).items() if name != "csrfmiddlewaretoken"}


def _cached(stage: Stage) -> list[str]:
    """Keys of the local cache under which one place keeps words of another. A cache elsewhere cannot be listed."""
    held: dict[str, bytes] = getattr(caches["default"], "_cache", {})
    marks = {f":{side.key.hex}:".replace(":", ""): side.mark for side in stage.sides}
    found = []
    for key, value in held.items():
        mine = {mark for place, mark in marks.items() if place in key}
        found += [key] if marks_in(bytes(value)) - mine else []
    return found
