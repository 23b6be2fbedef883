"""Gathers a year from all capabilities: for many members at the price of one."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from huiguan.parts import Line, Members, ValuePart, Worth
from huiguan.together import value_parts

Sums = dict[str, int]


@dataclass(frozen=True)
class Told:
    """What one part says of one member."""

    part: ValuePart
    lines: Sequence[Line]

    @property
    def fen(self) -> int | None:
        """None where no line has an amount."""
        known = [line.fen for line in self.lines if line.fen is not None]
        return sum(known) if known else None

    def as_content(self) -> dict[str, Any]:
        lines = [{"text": str(line.text), "fen": line.fen, "basis": str(line.basis)} for line in self.lines]
        said = {"code": self.part.code, "label": str(self.part.label), "worth": self.part.worth.value}
        return {**said, "fen": self.fen, "lines": lines}


def contents_of(members: Sequence[Any], year: int) -> dict[UUID, dict[str, Any]]:
    """What each member's report says: the parts of the year, and the sums of the year before beside them."""
    keys = [member.pk for member in members]
    now, before = _gathered(keys, year), _gathered(keys, year - 1)
    until = min(localdate(), datetime.date(year, 12, 31))
    return {
        member.pk: {
            "year": year,
            "member": member.name,
            "until": until.isoformat(),
            "parts": [told.as_content() for told in now.get(member.pk, [])],
            "sums": sums_of(now.get(member.pk, [])),
            "before": sums_of(before.get(member.pk, [])),
        }
        for member in members
    }


def sums_of(told: Iterable[Told]) -> Sums:
    """Saved and paid in fen, and how many lines tell of what was attended and got."""
    told = list(told)
    return {
        "saved": _sum(told, Worth.SAVED),
        "paid": _sum(told, Worth.PAID),
        "attended": _count(told, Worth.ATTENDED),
        "received": _count(told, Worth.RECEIVED),
    }


def _gathered(members: Members, year: int) -> dict[UUID, list[Told]]:
    since, until = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    found: dict[UUID, list[Told]] = {}
    for part in value_parts():
        for member, lines in part.compute(members, since, until).items():
            if lines:
                found.setdefault(member, []).append(Told(part, lines))
    return found


def _sum(told: list[Told], worth: Worth) -> int:
    return sum(each.fen or 0 for each in told if each.part.worth == worth)


def _count(told: list[Told], worth: Worth) -> int:
    return sum(len(each.lines) for each in told if each.part.worth == worth)
