"""What the benefits add to a member: its cards, what it used and saved, how much it takes part."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.actors import Actor
from huiguan.kit.formats import money
from huiguan.once import once
from huiguan.parts import Mark, Members, Moment, Own
from tenants.benefits.models import Card, Use

NEWEST = 50
OFTEN = 3  # uses in a period that are as good as many


def cards_of(member: Any, actor: Actor) -> dict[str, Any] | None:
    """Live cards first, each with what was used and saved with it."""
    cards = _cards(member.pk)
    may_issue = actor.can("benefits.issue")
    found = sorted(cards, key=lambda card: card.status not in (Card.Status.VALID, Card.Status.SUSPENDED))
    merchants = list(member.merchants.all())
    if not found and not may_issue and not merchants:
        return None
    return {"member": member, "cards": found, "merchants": merchants, "may_issue": may_issue}


@once
def _cards(member_id: Any) -> list[Any]:
    """For the page's panel and its timeline, with how often each was `used` and the fen that were `saved`."""
    counted = Q(uses__status=Use.Status.COUNTED)
    sums = {"used": Count("uses", filter=counted), "saved": Sum("uses__saved_fen", filter=counted)}
    return list(Card.objects.filter(member=member_id).annotate(**sums))


def cards_for(own: Own) -> list[Card]:
    """Live cards of the member that are for this contact; those of its other people are theirs."""
    found = Card.objects.live().filter(member=own.member, holder__in=["", own.contact.name]).select_related("member")
    return sorted(found, key=lambda card: not card.holder)


def has_card(own: Own) -> bool:
    return bool(cards_for(own))


def moments_of(member: Any) -> Iterator[Moment]:
    """Cards as they were issued, and what they were used for."""
    cards = _cards(member.pk)
    for card in cards:
        said = _("Member card {number} issued").format(number=card)
        yield Moment(card.issued_on, said, reverse("benefits-card-detail", args=[card.pk]), "id-badge-2")
    uses = Use.objects.counted().filter(card__member=member).select_related("offer__merchant")
    for use in uses[:NEWEST] if cards else ():
        url = reverse("benefits-use-detail", args=[use.pk])
        saved = _("{offer}: {amount} saved").format(offer=use.offer, amount=money(use.saved_fen))
        yield Moment(use.at, saved if use.saved_fen else str(use.offer), url, "discount")


def using(members: Members, since: datetime.date, until: datetime.date) -> dict[Any, Mark]:
    """Who uses the card has something of the chamber; who does not may simply not need it."""
    uses = Use.objects.counted().filter(at__date__range=(since, until)).order_by()
    uses = uses if members is None else uses.filter(card__member__in=members)
    found = dict(uses.values_list("card__member").annotate(n=Count("pk")))
    return {member: Mark(min(1.0, n / OFTEN), _words(n)) for member, n in found.items()}


def _words(n: int) -> str:
    return ngettext("Used the member card {n} time", "Used the member card {n} times", n).format(n=n)
