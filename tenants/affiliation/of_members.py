"""What the federations add to a group member that is a chamber on the platform: its entry in their directories."""

from collections.abc import Iterator
from typing import Any

from federation.registry import queries
from huiguan.actors import Actor
from tenants.affiliation.models import Affiliation


def entries_of(member: Any, actor: Actor) -> dict[str, Any] | None:
    """What it published in each federation that both belong to."""
    if not member.chamber_id or actor.chamber_id is None:
        return None
    return {"entries": list(_entries(member.chamber_id, actor))}


def _entries(chamber_id: Any, actor: Actor) -> Iterator[dict[str, Any]]:
    for affiliation in Affiliation.objects.current():
        try:
            profiles = queries.published_profiles(
                federation_id=affiliation.federation_id,
                chamber_id=actor.chamber_id,  # type: ignore[arg-type]
            )
        except queries.NotAMember:
            continue  # the chamber has just left: its own record of it is on the way
        for profile in profiles:
            if profile.membership.chamber_id == chamber_id:
                yield {"affiliation": affiliation, "profile": profile}
