"""What visits say in a member's statement of value: how often it was visited, and what came of what it told there.

Counted only: the words are for the eyes of those who may read findings.
"""

import datetime
from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext

from huiguan.parts import Line, Lines, Members, ValuePart, Worth
from tenants.visits.models import Difficulty, Need, Visit


def visited(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    made = Visit.objects.made().filter(on__range=(since, until))
    made = made if members is None else made.filter(member__in=members)
    counted = Counter(made.order_by().values_list("member", flat=True))
    return {member: [Line(_visits(n))] for member, n in counted.items()}


def helped(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """Difficulties that were settled and needs that were taken up, of visits in the period."""
    heard: dict[str, Any] = {"visit__on__range": (since, until), "visit__status": Visit.Status.MADE}
    heard |= {} if members is None else {"visit__member__in": members}
    settled = Difficulty.objects.filter(**heard, followup__status="done").order_by()
    taken_up = Need.objects.filter(**heard, status=Need.Status.TAKEN_UP).order_by()
    found: dict[UUID, list[Line]] = defaultdict(list)
    for rows, words in ((settled, _difficulties), (taken_up, _needs)):
        for member, n in Counter(rows.values_list("visit__member", flat=True)).items():
            found[member].append(Line(words(n)))
    return found


PARTS = [
    ValuePart("visits", gettext_lazy("Visits"), Worth.RECEIVED, visited, order=5),
    ValuePart("helped", gettext_lazy("What came of the visits"), Worth.RECEIVED, helped, order=6),
]


def _visits(n: int) -> str:
    return ngettext("Visited {n} time", "Visited {n} times", n).format(n=n)


def _difficulties(n: int) -> str:
    return ngettext("{n} difficulty settled", "{n} difficulties settled", n).format(n=n)


def _needs(n: int) -> str:
    return ngettext("{n} need taken up", "{n} needs taken up", n).format(n=n)
