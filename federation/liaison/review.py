"""A year of a series in figures: who met, who hosted, what was brought up, and what was done about it. [F2]"""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from federation.liaison.models import ActionItem, Attendance, Decision, Series, Session, Statement, Topic
from huiguan.kit.charts import Chart
from huiguan.kit.charts import Series as Row


@dataclass(frozen=True, slots=True)
class ChamberOfYear:
    """What one chamber gave to the year. `asked`: sessions it was on the roll of."""

    name: str
    present: int
    asked: int
    hosted: int
    topics: int
    practices: int
    taken_on: int
    done: int
    in_time: int

    @property
    def attendance(self) -> int | None:
        return round(100 * self.present / self.asked) if self.asked else None


@dataclass(frozen=True, slots=True)
class Year:
    """The year of a series."""

    year: int
    sessions: list[Session]
    chambers: list[ChamberOfYear]
    statements: int
    decisions: int
    open_actions: int

    @property
    def attendance(self) -> int | None:
        """Per cent of all places on the rolls that were taken."""
        return _share(sum(c.present for c in self.chambers), sum(c.asked for c in self.chambers))

    @property
    def done(self) -> int | None:
        """Per cent of what was taken on that is done."""
        return _share(sum(c.done for c in self.chambers), sum(c.taken_on for c in self.chambers))

    @property
    def in_time(self) -> int | None:
        """Per cent of what is done that was done by its date."""
        return _share(sum(c.in_time for c in self.chambers), sum(c.done for c in self.chambers))

    def chart(self) -> Chart:
        rows = [Row(_("Sessions attended"), [c.present for c in self.chambers])]
        rows.append(Row(_("Action items reported done"), [c.done for c in self.chambers]))
        return Chart(_("What each chamber gave"), [c.name for c in self.chambers], rows, sideways=True)


def years(series: Series) -> list[int]:
    """Those in which a session was held, the newest first."""
    return [day.year for day in series.sessions.filter(held_at__isnull=False).dates("held_at", "year", order="DESC")]


def of(series: Series, year: int) -> Year:
    """From the records of the sessions held in that year, in a fixed number of queries."""
    held = list(series.sessions.filter(held_at__year=year).order_by("number"))
    roll = list(Attendance.objects.filter(session__in=held))
    actions = list(ActionItem.objects.filter(session__in=held).exclude(status=ActionItem.Status.DROPPED))
    brought_up = Topic.objects.filter(series=series, created_at__year=year)
    names = {line.chamber_id: line.chamber_name for line in roll}
    counted = {
        "present": Counter(line.chamber_id for line in roll if line.checked_in_at),
        "asked": Counter(line.chamber_id for line in roll),
        "hosted": Counter(key for s in held for key in (s.host_id, s.co_host_id) if key),
        "topics": Counter(brought_up.filter(chamber_id__isnull=False).values_list("chamber_id", flat=True)),
        "practices": Counter(_practices(held)),
        "taken_on": Counter(a.chamber_id for a in actions),
        "done": Counter(a.chamber_id for a in actions if a.done_on),
        "in_time": Counter(a.chamber_id for a in actions if a.done_on and a.done_on <= a.due_on),
    }
    return Year(
        year=year,
        sessions=held,
        chambers=sorted((_chamber(key, name, counted) for key, name in names.items()), key=lambda c: -c.present),
        statements=Statement.objects.filter(session__in=held).count(),
        decisions=Decision.objects.filter(session__in=held).count(),
        open_actions=sum(a.settled_at is None for a in actions),
    )


def _practices(held: list[Session]) -> Any:
    shared = Statement.objects.filter(session__in=held, is_practice=True).order_by()
    return shared.values_list("chamber_id", flat=True)


def _chamber(key: uuid.UUID, name: str, counted: dict[str, Counter[uuid.UUID]]) -> ChamberOfYear:
    return ChamberOfYear(name, **{what: counts[key] for what, counts in counted.items()})


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
