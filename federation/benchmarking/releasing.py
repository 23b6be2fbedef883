"""The release job: reads the submissions by the owner's login, in the worker, and writes only what may be published."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import now

from federation.benchmarking import outside, rosters
from federation.benchmarking.disclosure import Contribution, Outcome, release
from federation.benchmarking.models import Place, Release, ReleaseCell, Submission
from federation.benchmarking.suggesting import suggest
from federation.registry.items import Item
from federation.registry.models import Membership
from federation.registry.queries import taken_back_at
from huiguan import trail
from huiguan.actors import SYSTEM, acting_as
from huiguan.capability import kpis
from huiguan.kpis import Kpi, Period
from huiguan.tenancy.binding import in_federation, in_site
from huiguan.tenancy.models import Chamber

FIGURE = ("code", "chamber_id", "organisation", "value", "members", "is_withdrawn", "is_for_topics")
SIZES = ((50, "10-49"), (200, "50-199"))


def freeze(key: str) -> Release:
    """Fill a release that is being frozen. Called again it changes nothing."""
    with in_federation():
        found: Release = Release.objects.get(pk=key)
        with acting_as(replace(SYSTEM, federation_id=found.federation_id)):
            trail.take_turn()  # whoever took the item back before is out, whoever does it later is in
            found.refresh_from_db(from_queryset=Release.objects.select_for_update())
            if found.status == Release.Status.FREEZING:
                _fill(found)
    return found


def _fill(found: Release) -> None:
    contributions, years = _contributions(found), rosters.settled_before(found)
    outcomes = {
        code: release(c, unit=kpis()[code].unit, year=years.get(code))
        for code, c in contributions.items()
        if code in kpis()
    }
    _publish(found, outcomes, contributions)
    outside.tell_outside(found, outcomes, contributions, chance=random.SystemRandom())
    rosters.enrol(found, outcomes, years)
    suggest(found, outcomes, contributions)


def _publish(found: Release, outcomes: dict[str, Outcome], contributions: dict[str, list[Contribution]]) -> None:
    for code, outcome in outcomes.items():
        ReleaseCell.objects.bulk_create(_cells(found, kpis()[code], outcome))
        who = (Place(release=found, chamber_id=c.chamber, code=code) for c in contributions[code])
        Place.objects.bulk_create([_placed(place, outcome) for place in who])
    found.status, found.frozen_at = Release.Status.FROZEN, now()
    found.audit = {code: dict(outcome.audit) for code, outcome in outcomes.items()}
    found.roster_hash = hashlib.sha256(
        repr(sorted((c, a["roster"]) for c, a in found.audit.items())).encode()
    ).hexdigest()
    found.save(verb="frozen")


def _contributions(found: Release) -> dict[str, list[Contribution]]:
    """The newest figure of each chamber that still shares benchmarking, by KPI.

    What it sent before it once took the item back does not count: accepting the item again brings nothing back.
    """
    newest = newest_figures(federation_id=found.federation_id, year=found.year, quarter=found.quarter)
    members = {m.chamber_id: m for m in _members(found)}
    by_code: dict[str, list[Contribution]] = defaultdict(list)
    for (code, chamber_id), row in newest.items():
        if row.value is not None and not row.is_withdrawn and chamber_id in members:
            by_code[code].append(_contribution(row, members[chamber_id], found))
    return by_code


def newest_figures(*, federation_id: Any, year: int, quarter: int) -> dict[tuple[str, Any], Any]:
    """The last word of each chamber on each KPI. Only what is needed is read: whole rows take ten times as long, and
    the moment of each, which orders them, four times."""
    rows = Submission.objects.using("owner").filter(federation_id=federation_id, year=year, quarter=quarter)
    ended = taken_back_at(federation_id=federation_id, item=Item.BENCHMARKING)
    standing = rows.exclude(pk__in=_said_before(rows, ended)) if ended else rows
    in_order = standing.order_by("sent_at", "id").values_list(*FIGURE, named=True)
    return {(row.code, row.chamber_id): row for row in in_order}


def _said_before(rows: QuerySet[Submission], ended: dict[UUID, datetime]) -> set[UUID]:
    """What chambers that took the item back had sent until then."""
    theirs = rows.filter(chamber_id__in=ended).values_list("id", "chamber_id", "sent_at")
    return {key for key, chamber_id, sent_at in theirs if sent_at <= ended[chamber_id]}


def _members(found: Release) -> Iterable[Membership]:
    """Who shares benchmarking now. A chamber that was erased cannot say that it no longer does."""
    members = list(Membership.objects.of(found.federation_id).sharing(Item.BENCHMARKING))
    with in_site():
        erased = Chamber.objects.filter(status=Chamber.Status.ERASED, pk__in=[m.chamber_id for m in members])
        gone = set(erased.values_list("pk", flat=True))
    return (member for member in members if member.chamber_id not in gone)


def _contribution(row: Any, member: Membership, found: Release) -> Contribution:
    last = Period.quarter(found.year, found.quarter).last
    facets = {"size": size_of(row.members), "kind": member.kind, "province": member.region[:2]}
    return Contribution(
        chamber=str(row.chamber_id),
        organisation=row.organisation,
        value=float(row.value or 0),
        active_days=(last - member.joined_on).days,
        members=row.members,
        facets={facet: value for facet, value in facets.items() if value},
        is_for_topics=row.is_for_topics,
    )


def size_of(members: int) -> str:
    return next((band for below, band in SIZES if members < below), "200+")


def _cells(found: Release, kpi: Kpi, outcome: Outcome) -> Iterable[ReleaseCell]:
    """Of a suppressed cohort nothing is written: a row that says nothing would still say that somebody is in it."""
    shared = {"release": found, "code": kpi.code, "version": kpi.version, "unit": kpi.unit, "direction": kpi.direction}
    for cell in (cell for cell in outcome.cells if not cell.is_suppressed):
        numbers = {"median": cell.median, "lower": cell.lower, "upper": cell.upper, "band": cell.band}
        yield ReleaseCell(**shared, facet=cell.cohort.facet, value=cell.cohort.value, **numbers)


def _placed(place: Place, outcome: Outcome) -> Place:
    who = str(place.chamber_id)
    place.quartile, place.is_counted = outcome.quartiles.get(who), who in outcome.counted
    return place
