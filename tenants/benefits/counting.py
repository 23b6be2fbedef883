"""Counts a use once: locked, within the limits, only for a card that is good and an offer that runs. [S1]"""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.kit.formats import money
from tenants.benefits.models import Card, Offer, Use

SOON = datetime.timedelta(minutes=10)  # the same offer with the same card within it is most likely a mistake


class CountedJustNow(ValidationError):
    """The same offer was counted with this card a moment ago; a person must say that it is another time."""


@transaction.atomic
def count_use(
    *,
    card: Card,
    offer: Offer,
    key: UUID,
    bill_fen: int | None = None,
    again: bool = False,
    at: datetime.datetime | None = None,
) -> Use:
    """`key` is the page's: sent twice it answers with the first use. Raises ValidationError in words.

    `at` is of a use that a merchant told of later, on paper.
    """
    current_actor().require("benefits.count")
    trail.take_turn()
    offer = Offer.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=offer.pk)
    there: Use | None = Use.objects.filter(key=key).first()
    if there is not None:
        return _the_same(there, card, offer)
    at = at or now()
    _refuse_unfit(card, offer, bill_fen, _day(at))
    _refuse_too_often(card, offer, again, at)
    made = Use(card=card, offer=offer, key=key, bill_fen=bill_fen, saved_fen=offer.saved_on(bill_fen))
    made.at, made.counted_by = at, current_actor().name[:120]
    made.save(verb="counted")
    return made


def take_back_at_counter(use: Use) -> bool:
    """On the spot, by the shop that counted it; later only the secretariat does it. Whether it was."""
    if use.is_fresh():
        use.take_back(reason=_("Taken back at the counter"))
        return True
    return False


def left_for(card: Card, offers: Iterable[Offer]) -> dict[UUID, int | None]:
    """How often each offer can still be used with this card now; None where nothing limits it."""
    offers, today = list(offers), localdate()
    mine = list(Use.objects.counted().filter(card=card, offer__in=offers).values_list("offer", "at"))
    counted = Use.objects.counted().filter(offer__in=offers).order_by().values_list("offer")
    total = dict(counted.annotate(n=Count("pk")))
    days = {offer.pk: [_day(at) for key, at in mine if key == offer.pk] for offer in offers}
    return {offer.pk: _left(offer, days[offer.pk], total.get(offer.pk, 0), today) for offer in offers}


def with_rest(card: Card, offers: Iterable[Offer]) -> list[dict[str, Any]]:
    """Each offer with how often it is left for this card, for a page."""
    offers = list(offers)
    left = left_for(card, offers)
    return [{"offer": offer, "left": left[offer.pk], "is_used_up": left[offer.pk] == 0} for offer in offers]


def _the_same(there: Use, card: Card, offer: Offer) -> Use:
    if (there.card_id, there.offer_id) != (card.pk, offer.pk):
        raise ValidationError(_("This page was used already. Scan the card again."))
    return there


def _refuse_unfit(card: Card, offer: Offer, bill_fen: int | None, day: datetime.date) -> None:
    if why := card.why_not():
        raise ValidationError(why)
    if day < card.issued_on:
        raise ValidationError(_("The card was issued later than this day."))
    if not Offer.objects.open(day).filter(pk=offer.pk).exists():
        raise ValidationError(_("This offer does not run on this day."))
    if offer.needs_bill and bill_fen is None:
        raise ValidationError(_("Enter the bill: what is saved depends on it."))
    if offer.least_fen and (bill_fen or 0) < offer.least_fen:
        raise ValidationError(_("This offer is for bills from {amount}.").format(amount=money(offer.least_fen)))


def _refuse_too_often(card: Card, offer: Offer, again: bool, at: datetime.datetime) -> None:
    """The row of the offer is locked: nobody counts beside us."""
    mine = list(Use.objects.counted().filter(card=card, offer=offer).values_list("at", flat=True))
    total = Use.objects.counted().filter(offer=offer).count() if offer.limit_total else 0
    if _left(offer, [_day(each) for each in mine], total, _day(at)) == 0:
        raise ValidationError(_("The limit is reached: {limits}.").format(limits=offer.limits()))
    if not again and any(at - each < SOON for each in mine):
        raise CountedJustNow(_("This was counted a moment ago. Count it again only if it is another purchase."))


def _left(offer: Offer, days: list[datetime.date], total: int, on: datetime.date) -> int | None:
    """`days` are of the uses with one card, `total` of those with all."""
    left = []
    if offer.limit_per_card:
        left.append(offer.limit_per_card - sum(_is_within(offer.limit_per, day, on) for day in days))
    if offer.limit_total:
        left.append(offer.limit_total - total)
    return max(0, min(left)) if left else None


def _is_within(per: str, day: datetime.date, on: datetime.date) -> bool:
    """Whether a day is in the same year, month or day as another."""
    told: dict[str, bool] = {
        Offer.Per.DAY: day == on,
        Offer.Per.MONTH: (day.year, day.month) == (on.year, on.month),
        Offer.Per.YEAR: day.year == on.year,
    }
    return told.get(per, True)


def _day(at: datetime.datetime) -> datetime.date:
    """By the clock on the wall."""
    return localtime(at).date()
