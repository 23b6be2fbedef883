"""Key figures from liaison meetings, computed inside the chamber. [federation.md B.2 K21]"""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.liaison import queries
from federation.liaison.seen import SeenAction
from huiguan.kpis import Kpi, Measured, Period, rate
from huiguan.tenancy.binding import bound_chamber

FEW_ACTIONS, FEW_SESSIONS = 3, 2  # sessions come a few times a year; every member knows them from the minutes anyhow


def done_in_time(period: Period) -> Measured:
    """Of the chamber's action items that fell due, how many it had reported done by then; dropped ones do not count."""
    last = min(period.last, localdate())
    due = [a for a in _actions() if period.first <= a.due_on <= last and not a.is_dropped]
    return rate(sum(a.is_in_time for a in due), len(due))


def attendance(period: Period) -> Measured:
    """Of the sessions held while the chamber was on the roll, how many it was at."""
    chamber = bound_chamber()
    found = queries.attended(chamber_id=chamber.pk, first=period.first, last=period.last)
    return rate(found.present, found.held)


def _actions() -> list[SeenAction]:
    chamber = bound_chamber()
    return queries.action_items(chamber_id=chamber.pk)


KPIS = [
    Kpi(
        "K21",
        _("Action items done in time"),
        _("Action items of liaison meetings reported done by their date, of those that fell due in the period."),
        done_in_time,
        minimum_denominator=FEW_ACTIONS,
    ),
    Kpi(
        "K25",
        _("Attendance of liaison meetings"),
        _("Liaison meetings the chamber was at, of those held while it was on the roll."),
        attendance,
        minimum_denominator=FEW_SESSIONS,
    ),
]
