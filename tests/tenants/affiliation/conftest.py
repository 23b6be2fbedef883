"""A second federation, which has invited 常德 and waits for its answer."""

from typing import Any

import pytest


@pytest.fixture
def northwest(changde: Any) -> Any:
    """`northwest.federation`, `northwest.invitation`."""
    from types import SimpleNamespace

    from federation.registry.actions import invite_chamber, open_federation
    from huiguan.accounts.models import Person
    from huiguan.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        lian = Person.objects.get(email="lian@example.com")
        federation = open_federation(name="西北湘商联盟", slug="northwest", coordinator=lian)
        invitation = invite_chamber(federation_id=federation.pk, slug="changde", message="诚邀加入")
    return SimpleNamespace(federation=federation, invitation=invitation)


@pytest.fixture
def arrive(changde: Any) -> Any:
    """Delivers what waits in the chamber's outbox, as the worker does."""
    from huiguan.outbox.delivery import deliver

    return lambda: deliver(changde)
