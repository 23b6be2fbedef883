"""Group members 团体会员 that are chambers on the platform: only those of a common federation can be known. [004]"""

import uuid
from typing import NamedTuple

from federation.registry import queries


class KnownChamber(NamedTuple):
    """A chamber as its federation names it."""

    id: uuid.UUID
    name: str
    federation: str


def known_chambers(chamber_id: uuid.UUID) -> list[KnownChamber]:
    """The other members of the federations that a chamber belongs to, each once."""
    found: dict[uuid.UUID, KnownChamber] = {}
    for federation in queries.federations_of(chamber_id):
        for membership in queries.members(federation.id):
            if membership.chamber_id != chamber_id:
                known = KnownChamber(membership.chamber_id, membership.chamber_name, federation.name)
                found.setdefault(membership.chamber_id, known)
    return list(found.values())
