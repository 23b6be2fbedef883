"""A federation with two chambers of its own for a walk: nobody else's records are touched."""

import uuid

from federation.registry.actions import open_federation
from federation.registry.models import Federation
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.provisioning import open_chamber


def opened() -> tuple[Federation, list[Chamber]]:
    """Not members yet: the walk invites them."""
    mark = uuid.uuid4().hex[:6]
    with acting_as(SYSTEM):
        federation = open_federation(name=f"核验联合会{mark}", slug=f"walk-{mark}")
        chambers = [open_chamber(name=f"核验商会{mark}{side}", slug=f"walk-{mark}-{side}") for side in ("a", "b")]
    return federation, chambers
