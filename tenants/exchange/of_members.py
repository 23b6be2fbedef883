"""What the exchange adds to a member: its needs and offers, when they were published, how much it takes part."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.actors import Actor
from huiguan.once import once
from huiguan.parts import Mark, Members, Moment
from tenants.exchange.models import Listing

SHOWN = 20
MUCH, SOME = 1.0, 0.6  # something is published now; something was, within the period


def listings_of(member: Any, actor: Actor) -> dict[str, Any] | None:
    """This member's needs and offers, the newest first."""
    found = _listings(member.pk)
    may_write = actor.can("exchange.change")
    return {"listings": found, "may_write": may_write, "member": member} if found or may_write else None


def published_for(member: Any) -> Iterator[Moment]:
    for listing in _listings(member.pk):
        if listing.published_at is None:
            continue
        said = _("Need published: {title}") if listing.is_need else _("Offer published: {title}")
        url = reverse("exchange-listing-detail", args=[listing.pk])
        yield Moment(listing.published_at, said.format(title=listing.title), url, "arrows-exchange")


@once
def _listings(member_id: Any) -> list[Listing]:
    """The newest, for the page's panel and its timeline."""
    return list(Listing.objects.filter(member_id=member_id)[:SHOWN])


def taking_part(members: Members, since: datetime.date, until: datetime.date) -> dict[Any, Mark]:
    """Members for whom something was written or published in the period."""
    within = Q(published_at__date__range=(since, until)) | Q(created_at__date__range=(since, until))
    found = Listing.objects.filter(within).exclude(member=None).order_by()
    found = found if members is None else found.filter(member__in=members)
    states: dict[Any, list[str]] = {}
    for member, status in found.values_list("member_id", "status"):
        states.setdefault(member, []).append(status)
    return {member: _mark(each) for member, each in states.items()}


def _mark(states: list[str]) -> Mark:
    said = ngettext("{n} need or offer in the period", "{n} needs and offers in the period", len(states))
    return Mark(MUCH if Listing.Status.PUBLISHED in states else SOME, said.format(n=len(states)))
