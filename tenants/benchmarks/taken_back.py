"""What ends of the chamber's figures with the item `benchmarking`: its consents, and what waits for a release."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import ngettext_lazy

from federation.benchmarking.queries import released_quarters
from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place
from huiguan.outbox.models import Message
from tenants.benchmarks.models import Practice, Sending, Share

LEFT_OUT = ngettext_lazy(
    "{n} figure that was sent and is not released stays out of the release",
    "{n} figures that were sent and are not released stay out of the release",
)
UNSHARED = ngettext_lazy("{n} key figure is no longer shared", "{n} key figures are no longer shared")


@on_item_taken_back(Item.BENCHMARKING, Place.CHAMBER)
def end_sharing(whose: Whose) -> Iterator[Ending]:
    """Releases already made stay as they are. [federation.md D5]"""
    released = released_quarters(federation_id=whose.federation_id)
    sendings = Sending.objects.standing().filter(federation_id=whose.federation_id)
    waiting = [sending for sending in sendings if (sending.year, sending.quarter) not in released]
    yield Ending(waiting, _take_back, LEFT_OUT, count=len(_figures_of(waiting)))
    yield Ending(Share.objects.standing(whose.federation_id), _end, UNSHARED)
    yield Ending(Practice.objects.filter(federation_id=whose.federation_id, ended_on=None), _end_practice)


def _figures_of(sendings: list[Sending]) -> set[tuple[Any, ...]]:
    """KPI and quarter of each, as the ledger has them; sent twice they are the same."""
    sent = Message.objects.filter(record_id__in=[sending.pk for sending in sendings])
    contents = sent.values_list("content", flat=True)
    return {(said["year"], said["quarter"], figure["code"]) for said in contents for figure in said["figures"]}


def _take_back(sending: Sending) -> None:
    sending.taken_back_on = localdate()
    sending.save(verb="withdrawn")


def _end(share: Share) -> None:
    share.withdrawn_on, share.is_ended_with_item = localdate(), True
    share.save(verb="withdrawn")


def _end_practice(card: Practice) -> None:
    card.ended_on = localdate()
    card.save(verb="withdrawn")
