"""What the folders of a chamber answer together: each says its part in its `capability.py`, none imports another."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from huiguan.capability import Place, Text, capabilities
from huiguan.parts import Days, EngagementPart, Members, OwnPage, ValuePart


def verb(name: str) -> Callable[..., Any]:
    """What a chamber's folder does for the others. Raises LookupError where no folder does it."""
    for capability in capabilities(Place.CHAMBER):
        if name in capability.verbs:
            return capability.verbs[name]
    raise LookupError(name)


def engagement_parts() -> list[EngagementPart]:
    """All that says how close a member is to the chamber."""
    return [part for c in capabilities(Place.CHAMBER) for part in c.engagement]


def own_pages() -> list[OwnPage]:
    """All that members open by their link, in the order of the portal."""
    found = (page for c in capabilities(Place.CHAMBER) for page in c.own_pages)
    return sorted(found, key=lambda page: page.order)


def contact_days(members: Members, since: datetime.date, until: datetime.date) -> Days:
    """When the chamber and each member last met or spoke, whichever capability recorded it: one query for all."""
    told = [p.contacted_on(members, since, until) for p in engagement_parts() if p.contacted_on]
    newest: dict[uuid.UUID, datetime.date] = {}
    for member, day in told[0].union(*told[1:], all=True) if told else ():
        newest[member] = max(day, newest.get(member, day))
    return newest


def suspended(members: Members = None) -> dict[uuid.UUID, Text]:
    """Members who get no services for now, each with the first reason that a capability gives."""
    found: dict[uuid.UUID, Text] = {}
    for capability in capabilities(Place.CHAMBER):
        for each in capability.suspensions:
            found = {**each.compute(members), **found}
    return found


def value_parts() -> list[ValuePart]:
    """All that a member's statement of value is made of, in its order."""
    found = (part for c in capabilities(Place.CHAMBER) for part in c.value)
    return sorted(found, key=lambda part: (part.order, part.code))
