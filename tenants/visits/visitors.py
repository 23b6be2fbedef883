"""Who of the house goes on visits."""

import uuid
from collections.abc import Sequence

from huiguan.accounts.staff import Colleague, colleagues
from huiguan.tenancy.binding import bound_chamber


def possible_visitors() -> list[Colleague]:
    """Those who may record what they found."""
    chamber = bound_chamber()
    return [each for each in colleagues(chamber) if each.can("visits.record")]


def names_of(person_ids: Sequence[uuid.UUID]) -> str:
    """In the order of the house; whoever is no longer there is left out."""
    return "、".join(each.name for each in possible_visitors() if each.person_id in person_ids)[:200]
