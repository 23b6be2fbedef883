"""What came of the matching, counted for each chamber; the ledger of what it gave and received. No member is named.

An introduction counts in the period it began in, for both chambers, with all that has come of it since.
"""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.utils.functional import Promise

from federation.matching.introductions import FETCHED, JOINED
from federation.matching.models import ExpressionOfInterest, Profile, ValueBand
from federation.matching.models.agreements import lower_of
from federation.matching.models.states import AFTER_CONTACT, WITH_AGREEMENT, Status
from federation.registry.items import Item
from federation.registry.queries import members
from huiguan.kpis import Period
from huiguan.tenancy.binding import in_federation

SECONDS_PER_HOUR = 3600


@dataclass
class Balance:
    """With one other chamber, or with all: agreements in which it gave, and in which it received."""

    name: str = ""
    given: int = 0
    received: int = 0


@dataclass
class Tally:
    """One chamber's figures of a period. `hours` to its first answer, for each introduction it was asked for."""

    needs: int = 0
    offers: int = 0
    asking: int = 0
    asked: int = 0
    unanswered: int = 0
    introduced: int = 0
    met: int = 0
    agreed: int = 0
    confirmed: int = 0
    disputed: int = 0
    bands: Counter[str] = field(default_factory=Counter)
    hours: list[float] = field(default_factory=list)
    balances: dict[uuid.UUID, Balance] = field(default_factory=dict)

    @property
    def first_answer(self) -> float | None:
        """Median hours; None when nothing was answered."""
        return median(self.hours) if self.hours else None

    @property
    def balance(self) -> Balance:
        """With all others together."""
        each = self.balances.values()
        return Balance(given=sum(one.given for one in each), received=sum(one.received for one in each))

    @property
    def values(self) -> list[tuple[str | Promise, int]]:
        """Agreements by band, from the lowest; every band stands there."""
        return [(band.label, self.bands[band.value]) for band in ValueBand]

    def add(self, interest: ExpressionOfInterest, chamber_id: uuid.UUID) -> None:
        """Count an introduction of this chamber."""
        self._add_answer(interest, chamber_id)
        self.introduced += interest.status in AFTER_CONTACT
        self.met += interest.met_on is not None
        self.disputed += interest.status == Status.DISPUTED
        if interest.status in WITH_AGREEMENT:
            self.agreed += 1
            self.confirmed += interest.status == Status.CONFIRMED
            self.bands[band_of(interest)] += 1
            self._add_balance(interest, chamber_id)

    def _add_answer(self, interest: ExpressionOfInterest, chamber_id: uuid.UUID) -> None:
        if interest.from_chamber_id == chamber_id:
            self.asking += 1
            return
        self.asked += 1
        self.unanswered += interest.status == Status.LAPSED
        if interest.answered_at:
            self.hours.append((interest.answered_at - interest.sent_at).total_seconds() / SECONDS_PER_HOUR)

    def _add_balance(self, interest: ExpressionOfInterest, chamber_id: uuid.UUID) -> None:
        has_given = interest.offer.chamber_id == chamber_id
        other = interest.need if has_given else interest.offer
        balance = self.balances.setdefault(other.chamber_id, Balance(other.chamber_name))
        balance.given += has_given
        balance.received += not has_given


def band_of(interest: ExpressionOfInterest) -> str:
    """What both say it was worth, the lower of the two; before that, what was reported with the agreement."""
    said = [outcome.amount_band for outcome in interest.outcomes.all()]
    return lower_of(said) if len(said) == 2 else interest.agreement.value_band


def tally_of(*, chamber_id: uuid.UUID, period: Period) -> Tally:
    """A chamber's own, in all its federations."""
    with in_federation():
        published = _published(Profile.objects.filter(chamber_id=chamber_id), period)
        return _count(chamber_id, published, _begun(ExpressionOfInterest.objects.of_chamber(chamber_id), period))


def tallies_in(*, federation_id: uuid.UUID, period: Period) -> list[tuple[str, Tally]]:
    """Of every chamber that takes part now, as the coordinator reads it. The caller is in the federation."""
    profiles = list(_published(Profile.objects.of(federation_id), period))
    interests = list(_begun(ExpressionOfInterest.objects.filter(federation_id=federation_id), period))
    return [
        (member.chamber_name, _count(member.chamber_id, profiles, interests))
        for member in members(federation_id, Item.MATCHING)
    ]


def _published(profiles: Any, period: Period) -> Iterable[Profile]:
    found: Iterable[Profile] = profiles.filter(created_at__date__range=period)
    return found


def _begun(interests: Any, period: Period) -> Iterable[ExpressionOfInterest]:
    begun = interests.filter(sent_at__date__range=period).select_related(*JOINED)
    found: Iterable[ExpressionOfInterest] = begun.prefetch_related(*FETCHED)
    return found


def _count(chamber_id: uuid.UUID, profiles: Iterable[Profile], interests: Iterable[ExpressionOfInterest]) -> Tally:
    kinds = Counter(profile.kind for profile in profiles if profile.chamber_id == chamber_id)
    tally = Tally(needs=kinds[Profile.Kind.NEED], offers=kinds[Profile.Kind.OFFER])
    for interest in interests:
        if chamber_id in (interest.from_chamber_id, interest.to_chamber_id):
            tally.add(interest, chamber_id)
    return tally
