"""What each consent is about, in a member's words; giving it, and what ends when it is withdrawn. [PIPL 14, 15, 23]"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiguan import trail
from huiguan.actors import EVERYTHING, acting_as, current_actor
from huiguan.capability import capabilities
from huiguan.parts import ConsentEnd, Own
from tenants.members.models import Consent, Member


class About(NamedTuple):
    """What a person must know before they agree."""

    question: Promise | str
    shared: Promise | str
    whom: Promise | str
    end: Promise | str


ABOUT = {
    Consent.Purpose.MATCHING: About(
        _("May the chamber publish needs and offers of ours in its federation?"),
        _("The words of a need or an offer, as the chamber shows them to you beforehand. No contact leaves without a"
          " second yes."),
        _("The other chambers of the federation, to bring firms together."),
        _("What was published is taken back, and open introductions end."),
    ),
    Consent.Purpose.PARTNERS: About(
        _("May partners that the chamber let in see our entry?"),
        _("Name, industry, region, products, since when we are a member. No people, no telephone numbers."),
        _("Banks, authorities and service firms to which the chamber gave access."),
        _("From this moment on partners do not see us any more."),
    ),
}  # fmt: skip


def live(member: Member, purpose: str) -> Consent | None:
    found: Consent | None = Consent.objects.filter(member=member, purpose=purpose, withdrawn_on=None).first()
    return found


@transaction.atomic
def give(own: Own, purpose: str) -> Consent:
    """By the contact, for the member; a second yes is the first."""
    trail.take_turn()
    standing = live(own.member, purpose)
    if standing is not None:
        return standing
    said = {"given_by": own.contact.name, "evidence": _now("by the member's own link")}
    consent: Consent = Consent.objects.create(member=own.member, purpose=purpose, contact=own.contact, **said)
    return consent


@transaction.atomic
def withdraw(own: Own, purpose: str) -> None:
    trail.take_turn()
    standing = live(own.member, purpose)
    if standing is not None:
        standing.withdraw()


def what_ends(purpose: str, member: Member) -> list[str]:
    """In the words of every folder that something ends in."""
    return [said for each in _ends(purpose) if (said := each.told(member))]


def end_everything(purpose: str, member: Member) -> None:
    """Whoever withdraws need not be allowed to do what follows from it."""
    with acting_as(replace(current_actor(), permissions=frozenset({EVERYTHING}))):
        for each in _ends(purpose):
            each.end(member)


def _ends(purpose: str) -> Iterator[ConsentEnd]:
    return (each for c in capabilities() for each in c.consent_ends if each.purpose == purpose)
