"""The fixed cast of the tests: two chambers, their federation, its people. Written once, into the template database."""

import os

import django

PASSWORD = "correct-horse-battery"
CHAMBERS = {"changde": "西安市常德商会", "shaoyang": "陕西省邵阳商会"}
PEOPLE = {
    "qin": ("秦若兰", "changde", "secretary_general"),
    "tan": ("谭一鸣", "changde", "officer"),
    "peng": ("彭小满", "changde", "officer"),
    "gu": ("顾清和", "changde", "treasurer"),
    "tao": ("陶远山", "changde", "president"),
    "ruan": ("阮知行", "changde", "supervisor"),
    "dai": ("戴星河", "shaoyang", "secretary_general"),
    "nie": ("聂长风", "shaoyang", "officer"),
}
FEDERATION = ("hunan", "在陕湘籍商会联席会议")
COORDINATORS = {"lian": ("连若谷", "hunan", "coordinator"), "qiao": ("乔望舒", "hunan", "delegate")}
OPERATOR = ("operator", "平台运营")


def email(key: str) -> str:
    return f"{key}@example.com"


def make() -> None:
    """Into an empty house: two chambers, their people, the federation of both, an operator, one spare schema."""
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy import provisioning

    with acting_as(SYSTEM):
        chambers = {slug: provisioning.open_chamber(name=name, slug=slug) for slug, name in CHAMBERS.items()}
        _people(chambers)
        _federation(chambers)
    provisioning.refill(1)


def _people(chambers: dict[str, object]) -> None:
    from huiguan.accounts.actions import appoint
    from huiguan.accounts.models import Person

    for key, (name, slug, role) in PEOPLE.items():
        person = Person.objects.create_user(email(key), PASSWORD, name=name)
        appoint(person=person, role=role, chamber=chambers[slug])
    Person.objects.create_user(email(OPERATOR[0]), PASSWORD, name=OPERATOR[1], is_operator=True)


def _federation(chambers: dict[str, object]) -> None:
    """Both chambers are members and accepted every item, through the same messages as any other."""
    from federation.registry.actions import open_federation
    from federation.registry.items import Item
    from huiguan.accounts.actions import appoint
    from huiguan.accounts.models import Person
    from huiguan.outbox.delivery import deliver

    slug, name = FEDERATION
    federation = open_federation(name=name, slug=slug)
    for key, (person_name, _slug, role) in COORDINATORS.items():
        person = Person.objects.create_user(email(key), PASSWORD, name=person_name)
        appoint(person=person, role=role, federation_id=federation.pk)
    for chamber in chambers.values():
        join(chamber, federation, Item.values)
        deliver(chamber)


def join(chamber: object, federation: object, items: list[str]) -> object:
    """Invited by the federation, joined by the chamber; the message waits in its outbox."""
    from federation.registry import queries
    from federation.registry.actions import invite_chamber
    from huiguan.tenancy.binding import in_chamber
    from tenants.affiliation import actions

    made = invite_chamber(federation_id=federation.pk, slug=chamber.slug)
    with in_chamber(chamber):
        invitation = queries.invitation(chamber_id=chamber.pk, pk=made.pk)
        return actions.join(invitation=invitation, items=items, version=1)


if __name__ == "__main__":
    os.environ.setdefault("BROKER_URL", "memory://")  # the cast's messages are delivered here; no worker is woken
    django.setup()
    make()
