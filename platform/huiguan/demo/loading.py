"""Loads the demo: opens its chambers, appoints its people, then lets every folder that has a demo play its part."""

import functools
from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Person
from huiguan.actors import SYSTEM, acting_as
from huiguan.capability import Capability, capabilities
from huiguan.demo.people import CHAMBERS, FEDERATION_NAME, FEDERATION_SLUG, PASSWORD, PEOPLE, DemoPerson
from huiguan.demo.stage import Stage
from huiguan.roles import Role
from huiguan.tenancy import provisioning
from huiguan.tenancy.hosts import absolute_url, address
from huiguan.tenancy.models import Chamber

# A federation is founded before it is joined, members are there before anything is done for them.
FIRST = ["members", "registry", "affiliation", "liaison", "meetings", "exchange", "matching"]
LAST = ["benchmarks", "benchmarking"]  # figures are made of what all the others have left behind

Tell = Callable[[str], None]


class Interrupted(RuntimeError):
    """The demo is half there."""


def is_loaded() -> bool:
    """Whether a load came to its end: what is written last is there."""
    return bool(Person.objects.filter(email=PEOPLE[-1].email).exists())


def load(tell: Tell = lambda text: None) -> None:
    """Everything, once. Safe to call again: a loaded demo is left alone."""
    if is_loaded():
        return
    if Chamber.objects.filter(slug=CHAMBERS[0].slug).exists():
        raise Interrupted("An earlier load of the demo was interrupted. Run `make clean`, then `make up`.")
    with acting_as(SYSTEM):
        tell("chambers")
        provisioning.refill(len(CHAMBERS))
        stage = Stage(_chambers())
        _people(stage.chambers)
    for capability in parts():
        tell(f"{capability.place}: {capability.name}")
        assert capability.demo is not None
        capability.demo(stage)
        stage.deliver()
    with acting_as(SYSTEM):
        provisioning.refill()
        _person(PEOPLE[-1], stage.chambers)


def parts() -> list[Capability]:
    """Folders with a demo, in the order in which things happen."""
    found = [c for c in capabilities() if c.demo]
    return sorted(found, key=_turn)


def _turn(capability: Capability) -> tuple[int, int]:
    if capability.name in LAST:
        return len(FIRST) + 1 + LAST.index(capability.name), 0
    return FIRST.index(capability.name) if capability.name in FIRST else len(FIRST), capability.order


def accounts() -> list[dict[str, str]]:
    """Who may sign in where."""
    named = {**{c.slug: c.name for c in CHAMBERS}, FEDERATION_SLUG: FEDERATION_NAME, "": "会馆平台"}
    return [
        {
            "place": named[p.place],
            "url": absolute_url(address(p.place)) if p.place else absolute_url(address("").lstrip(".")),
            "name": p.name,
            "role": str(Role(p.role).label),
            "email": p.email,
            "password": PASSWORD,
        }
        for p in PEOPLE
    ]


@transaction.atomic
def _chambers() -> dict[str, Chamber]:
    return {
        c.slug: provisioning.open_chamber(
            name=c.name,
            slug=c.slug,
            short_name=c.short_name,
            host_region=c.host,
            home_region=c.home,
            credit_code=c.credit_code,
        )
        for c in CHAMBERS
    }


def _people(chambers: dict[str, Chamber]) -> None:
    """Those of the federation are appointed when it is founded."""
    for one in PEOPLE[:-1]:
        _person(one, chambers)


def _person(one: DemoPerson, chambers: dict[str, Chamber]) -> None:
    person = Person.objects.create(
        email=one.email, password=_hashed(), name=one.name, is_operator=one.role == "operator"
    )
    if one.place in chambers:
        appoint(person=person, role=one.role, chamber=chambers[one.place])


@functools.cache
def _hashed() -> str:
    """Once for all: it takes a fifth of a second, and this password keeps no secret."""
    return make_password(PASSWORD)
