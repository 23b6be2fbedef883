"""The steps of an introduction as this chamber takes them: each a message in the sharing ledger, about its listing."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from federation.matching.introductions import Introduction
from federation.matching.models.states import TALKING, WITHOUT_CONTACT
from federation.matching.queries import introductions
from huiguan.actors import current_actor
from huiguan.keys import uuid7
from huiguan.outbox.delivery import publish
from huiguan.outbox.models import Message
from tenants.exchange.models import Listing

OPEN_STATES = (*WITHOUT_CONTACT, *TALKING)


@transaction.atomic
def send_interest(*, listing: Listing, other_id: str, other_title: str, text: str = "") -> uuid.UUID:
    """Ask the other chamber for an introduction. Nothing but this message leaves; no contact."""
    current_actor().require("exchange.agree")
    if other_id in {*asked_already(listing), *on_the_way(listing)}:
        raise ValidationError(_("You have already shown interest in this."))
    interest_id = uuid7()
    _send(listing, "exchange.interest_sent", interest_content(listing, interest_id, other_id, other_title, text))
    return interest_id


def interest_content(
    listing: Listing, interest_id: uuid.UUID | None, other_id: str, other_title: str, text: str
) -> dict[str, Any]:
    """Word for word what leaves with an expression of interest."""
    mine, other = (str(listing.pk), listing.title), (other_id, other_title)
    need, offer = (mine, other) if listing.is_need else (other, mine)
    pair = {"need_id": need[0], "need": need[1], "offer_id": offer[0], "offer": offer[1]}
    return {"interest_id": str(interest_id or ""), **pair, "message": text}


@transaction.atomic
def accept(*, introduction: Introduction, contact_name: str, contact_phone: str, text: str = "") -> None:
    """Agree to be introduced, and give the contact that the other side sees once it has given its own."""
    _answer(introduction, "accept", text)
    give_contact(introduction=introduction, contact_name=contact_name, contact_phone=contact_phone)


def decline(*, introduction: Introduction, reason: str, text: str = "") -> None:
    _answer(introduction, "decline", text, reason=reason)


def ask_more(*, introduction: Introduction, text: str) -> None:
    _answer(introduction, "more_info", text)


def tell_more(*, introduction: Introduction, text: str) -> None:
    _answer(introduction, "tell_more", text)


def step_back(*, introduction: Introduction, text: str = "") -> None:
    _answer(introduction, "withdraw", text)


@transaction.atomic
def give_contact(*, introduction: Introduction, contact_name: str, contact_phone: str) -> None:
    """This side agrees: both contacts appear when the other side has given its own too."""
    tell(introduction, "exchange.contact_disclosed", contact_name=contact_name, contact_phone=contact_phone)


@transaction.atomic
def tell(introduction: Introduction, name: str, **said: Any) -> None:
    """One more step of an introduction, as a message about the listing."""
    current_actor().require("exchange.agree")
    _send(_listing(introduction), name, {**_about(introduction), **said})


def asked_already(listing: Listing) -> dict[str, Introduction]:
    """What this listing has an open introduction with, by the other's key."""
    chamber_id = current_actor().chamber_id
    found = introductions(chamber_id=chamber_id, listing_id=listing.pk) if chamber_id else []
    return {i.other.id: i for i in found if i.interest.status in OPEN_STATES and i.interest.ended_at is None}


def on_the_way(listing: Listing) -> set[str]:
    """Keys of others that were asked a moment ago: the message is still in the outbox."""
    pending = Message.objects.filter(record_id=listing.pk, name="exchange.interest_sent", state=Message.State.PENDING)
    return {m.content["offer_id" if listing.is_need else "need_id"] for m in pending}


def is_on_the_way(introduction: Introduction) -> bool:
    """Whether something this chamber said about it has not arrived yet."""
    key = str(introduction.interest.pk)
    return bool(Message.objects.filter(state=Message.State.PENDING, content__interest_id=key).exists())


def _answer(introduction: Introduction, answer: str, text: str, **more: str) -> None:
    tell(introduction, "exchange.interest_answered", answer=answer, text=text, **more)


def _about(introduction: Introduction) -> dict[str, str]:
    interest = introduction.interest
    return {"interest_id": str(interest.pk), "need": interest.need.title, "offer": interest.offer.title}


def _listing(introduction: Introduction) -> Listing:
    found: Listing = Listing.objects.get(pk=introduction.mine.id)
    return found


def _send(listing: Listing, name: str, content: dict[str, Any]) -> None:
    publish(
        listing,
        name,
        to=listing.recipient_id,  # type: ignore[arg-type]
        recipient=listing.recipient,
        content=content,
        basis=_("Sharing agreement, item “Matching”; a step of an introduction"),
    )
