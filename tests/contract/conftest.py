"""Each resource of each place as a parameter, and people to try it with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from django.test import Client

from huiguan.actors import Actor, acting_as
from huiguan.capability import Capability, Place, Resource, resources
from huiguan.tenancy.binding import in_chamber, in_federation
from tests.conftest import chamber, sign_in
from tests.contract.samples import sample
from tests.support import cast


class Subject(NamedTuple):
    """A resource under test, with the place it lives in."""

    place: str
    capability: Capability
    resource: Resource

    def permission(self, action: str) -> str:
        return f"{self.capability.name}.{action}"

    def url(self, screen: str, *args: Any) -> str:
        base = f"/{self.capability.name}/{self.resource.model._meta.model_name}/"
        return base + {"list": "", "export": "export/", "new": "new/"}.get(screen, "") + "".join(f"{a}/" for a in args)


def subjects() -> list[Any]:
    found = [Subject(p, c, r) for p in (Place.CHAMBER, Place.FEDERATION) for c, r in resources(p)]
    return [pytest.param(s, id=f"{s.place}-{s.resource.route}") for s in found]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "subject" in metafunc.fixturenames:
        metafunc.parametrize("subject", subjects())


CONTACT = {"phone": "13812345678", "email": "canary@example.com", "wechat": "canary-wechat"}
OTHER = "13987654321"
ADMINISTRATOR = {"chamber": "qin", "federation": "lian"}


@pytest.fixture
def administrator(db: None) -> Callable[[Subject], Client]:
    """A browser of the person who may do most in the subject's place."""

    def make(subject: Subject) -> Client:
        return browser_of(ADMINISTRATOR[subject.place], subject.place)

    return make


def browser_of(key: str, place: str) -> Client:
    from huiguan.accounts.models import Person

    host = cast.FEDERATION[0] if place == "federation" else "changde"
    return sign_in(Person.objects.get(email=cast.email(key)), host)


def federation_id() -> Any:
    from huiguan.tenancy.hosts import resolve

    return resolve(f"{cast.FEDERATION[0]}.localhost").federation_id


@contextmanager
def inside(subject: Subject, slug: str = "changde") -> Iterator[None]:
    """The subject's place, as one who may do everything."""
    federation = federation_id() if subject.place == "federation" else None
    everything = Actor("contract", permissions=frozenset({"*"}), federation_id=federation)
    place = in_federation() if subject.place == "federation" else in_chamber(chamber(slug))
    with acting_as(everything), place:
        yield


def rows(subject: Subject, number: int, slug: str = "changde") -> list[Any]:
    """Some rows of the subject, made in its place."""
    model, given = subject.resource.model, {}
    if subject.place == "federation" and any(f.attname == "federation_id" for f in model._meta.concrete_fields):
        given = {"federation_id": federation_id()}
    with inside(subject, slug):
        return [sample(model, **given) for _number in range(number)]


@pytest.fixture
def canary(as_person: Any) -> Any:
    """A contact with everything, touched, changed, written to."""
    from huiguan.own.actions import invite
    from tenants.members.models import Contact, Member, Touch

    with as_person("qin"):
        member = Member.objects.create(name="金丝雀商行")
        contact = Contact.objects.create(member=member, name="金先生", other_phone=OTHER, **CONTACT)
        Touch.objects.create(member=member, contact=contact, said="问候")
        contact.role = "经理"
        contact.save()
        invite(contact, channel="sms")
    return contact
