"""A match in a person's words: what the score is made of, the words both share, the limits that were checked."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from federation.matching.models import Profile
from federation.matching.places import region_names
from federation.matching.ranking import Match
from federation.matching.scoring import WEIGHTS
from federation.matching.text import normalise, words
from federation.matching.units import unit_label

MOST_WORDS = 8
PARTS: dict[str, tuple[Promise, Promise]] = {
    "text": (_("Words"), _("How much of what is asked for stands in the other's words")),
    "category": (_("Category"), _("How near the two categories are")),
    "region": (_("Region"), _("Whether it is served there")),
    "capacity": (_("Size"), _("Whether there is enough, and a venue not much too big")),
    "budget": (_("Price"), _("How far below the budget it stays")),
}


@dataclass(frozen=True)
class ShownProfile:
    """What a chamber may see of a need or an offer."""

    id: str
    kind: str
    ref_no: str
    title: str
    text: str
    category: str
    category_label: str
    publisher: str
    regions: str
    quantity: Decimal | None
    unit: str
    price: Decimal | None
    starts_on: datetime.date
    ends_on: datetime.date
    status: str
    is_urgent: bool
    changed_at: datetime.datetime

    @property
    def kind_label(self) -> str:
        return str(Profile.Kind(self.kind).label)


@dataclass(frozen=True)
class Part:
    """One of the five parts: `value` of `max` points of a hundred."""

    label: Promise
    text: Promise
    value: int
    max: int


@dataclass(frozen=True)
class ShownMatch:
    """`score` is out of a hundred."""

    profile: ShownProfile
    score: int
    parts: tuple[Part, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class ShownRefusal:
    """An offer that would be worth showing but for a hard limit."""

    profile: ShownProfile
    reasons: tuple[str, ...]


def show_profile(profile: Profile) -> ShownProfile:
    return ShownProfile(
        id=str(profile.pk),
        kind=profile.kind,
        ref_no=profile.ref_no,
        title=profile.title,
        text=profile.text,
        category=profile.category,
        category_label=profile.category_label(),
        publisher=profile.publisher(),
        regions=region_names(profile.regions),
        quantity=profile.quantity,
        unit=unit_label(profile.unit),
        price=profile.price,
        starts_on=profile.starts_on,
        ends_on=profile.ends_on,
        status=profile.status,
        is_urgent=profile.is_urgent_on(localdate()),
        changed_at=profile.changed_at,
    )


def show_match(match: Match, profile: Profile) -> ShownMatch:
    parts = _parts(match)
    return ShownMatch(show_profile(profile), sum(part.value for part in parts), parts, _words(match, profile))


def _parts(match: Match) -> tuple[Part, ...]:
    points = _points({part: 100 * WEIGHTS[part] * value for part, value in match.parts.as_dict().items()})
    return tuple(Part(label, text, points[part], round(100 * WEIGHTS[part])) for part, (label, text) in PARTS.items())


def _points(exact: dict[str, float]) -> dict[str, int]:
    """Whole points that add up to the score as it is shown: what is left over goes to the largest remainders."""
    points = {part: int(value) for part, value in exact.items()}
    left = round(sum(exact.values())) - sum(points.values())
    for part in sorted(exact, key=lambda part: (points[part] - exact[part], part))[:left]:
        points[part] += 1
    return points


def _words(match: Match, profile: Profile) -> tuple[str, ...]:
    """Whole words rather than pairs of characters, and nothing that is part of a longer one."""
    whole = set(words(normalise(f"{profile.title} {profile.text}")))
    terms = [term for term in match.matched if term in whole] or match.matched
    found: list[str] = []
    for word in sorted((term.removeprefix("#") for term in terms), key=lambda word: (-len(word), word)):
        if len(word) > 1 and not any(word in longer for longer in found):
            found.append(word)
    return tuple(found[:MOST_WORDS])
