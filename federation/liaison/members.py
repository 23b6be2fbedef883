"""The chambers that take part: members of the federation that accepted the item `liaison` of the sharing agreement."""

import uuid
from typing import Any

from federation.registry import queries
from federation.registry.items import Item
from federation.registry.models import Membership


def members(federation_id: Any) -> list[Membership]:
    """Who takes part now, in the order of joining. Who is suspended is not asked, invited or counted meanwhile."""
    return queries.members(federation_id, Item.LIAISON)


def member(federation_id: Any, chamber_id: Any) -> Membership:
    """Raises Membership.DoesNotExist for a chamber that does not take part."""
    found: Membership = Membership.objects.of(federation_id).sharing(Item.LIAISON).get(chamber_id=chamber_id)
    return found


def takes_part(federation_id: Any, chamber_id: Any) -> bool:
    """Whether the chamber does so now."""
    found = Membership.objects.of(federation_id).sharing(Item.LIAISON).filter(chamber_id=chamber_id)
    return bool(found.exists())


def names(federation_id: Any) -> dict[uuid.UUID, str]:
    """Of all that ever were members, by id: past sessions name chambers that have left."""
    return dict(Membership.objects.of(federation_id).values_list("chamber_id", "chamber_name"))
