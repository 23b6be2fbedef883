"""What is taken away or shown whole leaves a row of the trail in its own transaction, or it is not given. [G18]"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.db import DatabaseError

import huiguan.trail
from api.isolation.actors import actors
from api.isolation.asking import Answer, Question, ask
from api.isolation.stage import Stage, stage
from api.isolation.values import find
from huiguan.actors import SYSTEM, acting_as
from huiguan.audit.tampering import tamper
from huiguan.capability import Place, resources
from huiguan.personal import Personal
from huiguan.roles import Role
from huiguan.tenancy.binding import in_chamber, in_federation
from huiguan.tenancy.trying import throw_away
from huiguan.verifying import Options, Result, Say
from huiguan.verifying.addresses import addresses

TABLES = ("spreadsheetml", "text/csv", "zip", "json", "msword", "wordprocessingml")  # an export; a paper is none
ENTRIES = 120  # of the chain that is tampered with
Count = Callable[[], int]
WHO = {Place.CHAMBER: Role.SECRETARY_GENERAL, Place.FEDERATION: Role.COORDINATOR}


@dataclass
class Watched:
    """`exports` and `shown` are what was given away; `faults` what left no row, or was given without one."""

    exports: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def trail(options: Options, say: Say) -> Result:
    with stage(say) as house:
        watched = watch(house, options["every"], say)
    with acting_as(SYSTEM), throw_away(1, say) as [chamber]:
        with in_chamber(chamber):
            for number in range(ENTRIES):
                apps.get_model("members.Group").objects.create(name=f"第{number}组")
        tried, missed = tamper(chamber.schema_name, options["tamperings"], options["seed"])
    faults = [*watched.faults, *missed]
    figure = f"{len(watched.exports)} kinds of exports and {len(watched.shown)} sensitive fields, "
    figure += f"{sum(tried.values()):,} tamperings: {len(watched.faults)} without a row, {len(missed)} not found"
    return Result(figure, not faults, {"tried": dict(tried), "exports": watched.exports, "faults": faults})


def watch(house: Stage, every: int, say: Say) -> Watched:
    watched = Watched()
    people = {actor.name: actor for actor in actors(house)}
    for place, role in WHO.items():
        for address in addresses(place)[::every]:
            who = people[str(role)]
            found = find(address, house, who)
            question = Question(found.method, who.host, address.at(found.own), who.cookies, who.headers)
            take_away(watched, str(address), question, lambda: _rows(house))
    say(f"{len(watched.exports)} exports, {len(watched.faults)} faults")
    who = people[str(Role.SECRETARY_GENERAL)]
    for label, key, name in _sensitive(house):
        path = f"/privacy/reveal/{label}/{key}/{name}/"
        question = Question("POST", who.host, path, who.cookies, data={"reason": "verify"})
        _have_shown(watched, f"{label}.{name}", question, lambda: _rows(house))
    say(f"{len(watched.shown)} fields shown, {len(watched.faults)} faults")
    return watched


def take_away(watched: Watched, name: str, question: Question, count: Count) -> None:
    """Asked with the trail in order; then without: nothing may leave then. `count` gives the rows of the trail."""
    answer, grown = _asked(question, count)
    if answer.status == 200 and any(kind in answer.kind for kind in TABLES):
        watched.exports.append(name)
        watched.faults += _faults(question, grown, f"left: {name}")


def _have_shown(watched: Watched, name: str, question: Question, count: Count) -> None:
    answer, grown = _asked(question, count)
    if answer.status == 200:
        watched.shown.append(name)
        watched.faults += _faults(question, grown, f"shown: {name}")


def _asked(question: Question, count: Count) -> tuple[Answer, int]:
    """The answer, and how many rows the trail has grown by."""
    before, after = count(), [0]
    answer = ask(question, after=lambda _answer: after.append(count()))
    return answer, after[-1] - before


def _faults(question: Question, grown: int, what: str) -> list[str]:
    found = [] if grown else [f"without a row: {what}"]
    with _broken():
        return found if ask(question).status != 200 else [*found, f"though the row could not be written: {what}"]


def _sensitive(house: Stage) -> Iterator[tuple[str, Any, str]]:
    """Every field of the registry's records that is masked for somebody."""
    for _capability, resource in resources(Place.CHAMBER):
        row = house.mine.rows.get(resource.model._meta.label)
        for name, kind in getattr(resource.model, "personal", {}).items():
            if row is not None and kind != Personal.NAME:
                yield resource.model._meta.label, row.pk, name


def _rows(house: Stage) -> int:
    """Of the chamber's trail, of its book of what was shown, and of the federation's trail together."""
    with in_chamber(house.mine.chamber):  # type: ignore[arg-type]
        mine = sum(apps.get_model(book).objects.count() for book in ("audit.Entry", "privacy.Access"))
    with in_federation():
        return int(mine + apps.get_model("journal.Entry").objects.count())


@contextmanager
def _broken() -> Iterator[None]:
    """Nothing can be added to any trail, nor to the book of what was shown."""

    def refuse(*_what: Any, **_how: Any) -> None:
        raise DatabaseError("the trail is closed")

    book = apps.get_model("privacy.Access")
    with patch.object(huiguan.trail, "_append", refuse), patch.object(book, "save", refuse):
        yield
