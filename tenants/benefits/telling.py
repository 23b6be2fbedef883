"""Sends members the link to their card: by mail, or by text message where there is no mail address."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.models import Channel
from huiguan.kit.formats import day
from huiguan.progress import report
from huiguan.tenancy.binding import current_chamber
from tenants.benefits.addresses import Addresses
from tenants.benefits.models import Card, CardRun
from tenants.benefits.purposes import CARD


def tell(run: CardRun, members: list[UUID]) -> int:
    """How many of the members could be written to."""
    found = Card.objects.usable().filter(member__in=members, holder="").select_related("member")
    cards, addresses, told = list(found.prefetch_related("member__contacts").order_by("pk")), Addresses.here(), 0
    for number, card in enumerate(cards):
        report("telling", number, len(cards))
        told += send(card, addresses, dedupe=f"benefits.card:{run.pk}:{card.pk}")
    return told


def send(card: Card, addresses: Addresses, *, dedupe: str = "") -> bool:
    """To the first of the member's people who can be reached. Whether anybody could be."""
    channel, person = _reachable(card.member)
    if person is None:
        return False
    chamber = current_chamber()
    said = {"chamber": chamber.name if chamber else "", "member": card.member.name, "number": str(card)}
    said |= {"until": day(card.valid_until), "link": addresses.of_own(card)}
    deliver(
        about=card,
        channel=channel,
        to=Recipient(person.name, person.email if channel == Channel.EMAIL else person.phone),
        subject=_("Your member card of {chamber}").format(**said),
        body=_(
            "{member}: your member card {number} is valid until {until}. Open it on the phone and show its QR code "
            "at our partner merchants: {link}"
        ).format(**said),
        purpose=CARD,
        dedupe=dedupe,
        parameters={name: said[name] for name in ("member", "number", "until")},
    )
    return True


def _reachable(member: Any) -> tuple[Channel, Any]:
    people = list(member.contacts.all())
    for channel, field in ((Channel.EMAIL, "email"), (Channel.SMS, "phone")):
        person = next((each for each in people if getattr(each, field)), None)
        if person is not None:
            return channel, person
    return Channel.EMAIL, None
