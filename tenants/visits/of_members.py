"""What visits add to a member: its page, its timeline, how close it is, and when it was last met."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiguan.actors import Actor, current_actor
from huiguan.once import once
from huiguan.parts import Mark, Marks, Members, Moment
from tenants.visits.models import Difficulty, Need, Visit

NEWEST = 5
NEWEST_MOMENTS = 100
LEAST = 0.3  # of a visit that is almost a year old: it did take place


def visits_of(member: Any, actor: Actor) -> dict[str, Any] | None:
    """The next and the newest visits, and what of them is still open."""
    found = _visits(member.pk)[:NEWEST]
    may_write, may_read = actor.can("visits.record"), actor.can("visits.findings")
    if not found and not may_write:
        return None
    heard = {"visit__member": member}
    difficulties = Difficulty.objects.filter(**heard, followup__status="open").select_related("followup")
    return {
        "visits": found,
        "difficulties": list(difficulties) if found and may_read else [],
        "needs": list(Need.objects.open().filter(**heard)) if found and may_read else [],
        "may_plan": actor.can("visits.change"),
        "may_record": may_write,
        "member": member,
    }


def visits_made(member: Any) -> Iterator[Moment]:
    """Visits that took place; what was found only for those who may read it."""
    may_read = current_actor().can("visits.findings")
    for visit in (each for each in _visits(member.pk) if each.status == Visit.Status.MADE):
        parts = [_("Visited by {names}").format(names=visit.who() or "—"), visit.found[:80] if may_read else ""]
        yield Moment(
            visit.on, "　".join(filter(None, parts)), reverse("visits-visit-detail", args=[visit.pk]), "map-pin"
        )


@once
def _visits(member_id: Any) -> list[Visit]:
    """The newest, for the page's panel and its timeline."""
    return list(Visit.objects.filter(member=member_id).order_by("-on", "-id")[:NEWEST_MOMENTS])


def being_visited(members: Members, since: datetime.date, until: datetime.date) -> Marks:
    """The newer the last visit the closer, unless the member was displeased at it. Without a visit nothing is said."""
    rows = _made(members, since, until).order_by("member_id", "-on", "-id").distinct("member_id")
    return {m: _mark(on, mood, since, until) for m, on, mood in rows.values_list("member_id", "on", "mood")}


def visited_on(members: Members, since: datetime.date, until: datetime.date) -> Any:
    """The day of each member's last visit in the span."""
    return _made(members, since, until).order_by().values_list("member_id").annotate(last=Max("on"))


def _made(members: Members, since: datetime.date, until: datetime.date) -> Any:
    made = Visit.objects.made().filter(on__range=(since, until))
    return made if members is None else made.filter(member__in=members)


def _mark(on: datetime.date, mood: str, since: datetime.date, until: datetime.date) -> Mark:
    day = date_format(on, "DATE_FORMAT")
    if mood == Visit.Mood.DISPLEASED:
        return Mark(0.0, _("Displeased when visited on {day}.").format(day=day))
    return Mark(max(LEAST, 1 - (until - on) / (until - since)), _("Visited on {day}.").format(day=day))
