"""An introduction as one of its two sides sees it."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from federation.matching.explaining import ShownProfile, show_profile
from federation.matching.models import Agreement, ContactDisclosure, Dispute, ExpressionOfInterest, Outcome, Profile
from federation.matching.models.states import AFTER_CONTACT, TALKING, Status

DAYS_OF_NEWS = datetime.timedelta(days=7)
JOINED = ("need", "offer", "agreement")
FETCHED = ("disclosures", "outcomes", "disputes")


@dataclass(frozen=True)
class Contact:
    """Whom to call on the other side."""

    chamber: str
    name: str
    phone: str


@dataclass(frozen=True)
class Introduction:
    """`contact` and `other_outcome` are the other side's; `dispute` is the newest, whether it lasts or not.

    `other_is_closed`: the other chamber is suspended on the platform, and answers nothing meanwhile.
    """

    interest: ExpressionOfInterest
    chamber_id: uuid.UUID
    is_incoming: bool
    mine: ShownProfile
    other: ShownProfile
    other_name: str
    has_given_contact: bool
    contact: Contact | None
    was_ended_by_me: bool
    agreement: Agreement | None = None
    my_outcome: Outcome | None = None
    other_outcome: Outcome | None = None
    dispute: Dispute | None = None
    other_is_closed: bool = False

    @property
    def is_news(self) -> bool:
        """The other side ended it a few days ago: what its secretariat is told among its tasks."""
        interest = self.interest
        if interest.ended_at is None or self.was_ended_by_me:
            return False
        is_late = localdate(interest.ended_at) + DAYS_OF_NEWS < localdate()
        return not is_late and interest.status in (Status.WITHDRAWN, *AFTER_CONTACT)

    @property
    def is_waiting_for_me(self) -> bool:
        match self.interest.status:
            case Status.SENT:
                return self.is_incoming
            case Status.MORE_INFO:
                return not self.is_incoming
            case Status.ACCEPTED:
                return not self.has_given_contact
            case _later:
                return self.interest.ended_at is None and self._is_asked_how_far()

    @property
    def is_asked_to_mediate(self) -> bool:
        """The other side wants a mediator, and this one has not said so."""
        dispute = self.dispute
        return bool(dispute and dispute.status == dispute.Status.OPEN and self._is_only_wish_of_other(dispute))

    def _is_asked_how_far(self) -> bool:
        status, day = self.interest.status, self.interest.ask_on
        if status == Status.DELIVERED:
            return self.my_outcome is None
        if status in (*TALKING, Status.AGREED):
            return day is not None and day <= localdate()
        return status == Status.DISPUTED and self.is_asked_to_mediate

    def _is_only_wish_of_other(self, dispute: Dispute) -> bool:
        return bool(dispute.asked_by) and not dispute.is_asked_by(self.chamber_id)


@dataclass(frozen=True)
class Mediation:
    """A dispute as the chamber that mediates sees it: the two sides, what they agreed, what it is about."""

    dispute: Dispute
    need: ShownProfile
    offer: ShownProfile
    sides: tuple[str, str]

    @property
    def profiles(self) -> tuple[ShownProfile, ShownProfile]:
        return self.need, self.offer

    @property
    def is_waiting(self) -> bool:
        return self.dispute.status == Dispute.Status.MEDIATING


def introduction_of(
    interest: ExpressionOfInterest, chamber_id: uuid.UUID, closed: frozenset[uuid.UUID] = frozenset()
) -> Introduction:
    """`interest` comes with JOINED and FETCHED; `closed` are chambers that are suspended."""
    need_is_mine = interest.need.chamber_id == chamber_id
    mine, other = (interest.need, interest.offer) if need_is_mine else (interest.offer, interest.need)
    given = _by_chamber(interest, "disclosures")
    outcomes = _by_chamber(interest, "outcomes")
    is_known = interest.status in (*AFTER_CONTACT, Status.ACCEPTED)
    return Introduction(
        interest=interest,
        chamber_id=chamber_id,
        is_incoming=interest.to_chamber_id == chamber_id,
        mine=show_profile(mine),
        other=show_profile(other),
        other_name=other.chamber_name if is_known else other.publisher(),
        has_given_contact=chamber_id in given,
        contact=_contact(interest, other, given.get(other.chamber_id)),
        was_ended_by_me=interest.ended_by_id == chamber_id,
        agreement=getattr(interest, "agreement", None),
        my_outcome=outcomes.get(chamber_id),
        other_outcome=outcomes.get(other.chamber_id),
        dispute=max(_related(interest, "disputes"), key=lambda dispute: dispute.raised_at, default=None),
        other_is_closed=other.chamber_id in closed,
    )


def mediation_of(dispute: Dispute) -> Mediation:
    interest = dispute.interest
    sides = interest.need.chamber_name, interest.offer.chamber_name
    return Mediation(dispute, show_profile(interest.need), show_profile(interest.offer), sides)


def _contact(interest: ExpressionOfInterest, other: Profile, given: ContactDisclosure | None) -> Contact | None:
    if interest.status not in AFTER_CONTACT or given is None:
        return None
    return Contact(other.chamber_name, given.contact_name, given.contact_phone)


def _by_chamber(interest: ExpressionOfInterest, name: str) -> dict[uuid.UUID, Any]:
    return {one.chamber_id: one for one in _related(interest, name)}


def _related(interest: ExpressionOfInterest, name: str) -> list[Any]:
    return list(getattr(interest, name).all())
