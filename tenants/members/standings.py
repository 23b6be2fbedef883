"""Works out how members stand with the chamber, from what its capabilities have recorded."""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.timezone import localdate

from huiguan import trail
from tenants.members.models import Member, Standing
from tenants.members.profile import completeness

AT_ONCE = 1000
KEPT = ["worked_out_on", "completeness"]


def refresh() -> None:
    """Those that were forgotten or are of another day; left for later while somebody writes."""
    due = list(Member.objects.exclude(standing__worked_out_on=localdate()).values_list("pk", flat=True))
    if due and trail.try_turn():
        keep(due)


def keep(members: Collection[Any]) -> None:
    """Work out and store. The caller has its turn, or nobody else can be writing."""
    for found in _worked_out(members):
        Standing.objects.bulk_create(found, update_conflicts=True, unique_fields=["member"], update_fields=KEPT)


def standing_of(member: Member) -> Standing:
    """As of this moment, not stored."""
    return next(standing for found in _worked_out([member.pk]) for standing in found)


def _worked_out(keys: Collection[Any]) -> Iterator[list[Standing]]:
    keys, today = sorted(keys), localdate()
    for at in range(0, len(keys), AT_ONCE):
        members = Member.objects.filter(pk__in=keys[at : at + AT_ONCE]).prefetch_related("contacts")
        yield [Standing(member=m, worked_out_on=today, completeness=completeness(m)) for m in members]
