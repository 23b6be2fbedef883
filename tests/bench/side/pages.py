"""The pages of a chamber that has few or many members: each opened by its secretary-general, in this process."""

import datetime
import uuid
from typing import Any

from django.db import connections
from django.test import Client
from django.urls import reverse

from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Person
from huiguan.actors import SYSTEM, acting_as
from huiguan.capability import Place, resources
from huiguan.roles import Role
from huiguan.tenancy import provisioning
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.hosts import resolve
from huiguan.tenancy.models import Chamber
from huiguan.warm import warm_up
from tests.bench.side.assessing import assess, dues_chamber
from tests.bench.side.requests import one, queries_of

CHAMBER_URLS = "huiguan.urls_chamber"
TRADES = ("餐饮", "建材", "贸易", "食品", "物流", "教育", "农产品")


def chamber_of_pages(members: int) -> str:
    """A chamber with its members, their contacts, and the dues of a year; one in three has paid nothing yet."""
    slug = f"pages-{uuid.uuid4().hex[:12]}"
    chamber = provisioning.open_chamber(name="基准商会", slug=slug)
    dues_chamber(members, slug)
    with in_chamber(chamber), acting_as(SYSTEM):
        _fill()
    assess(slug)
    email = f"{slug}@example.com"
    with acting_as(SYSTEM):
        appoint(person=Person.objects.create_user(email, name="秦若兰"), role=Role.SECRETARY_GENERAL, chamber=chamber)
    _settle(chamber)
    return slug


def pages(slug: str) -> dict[str, str]:
    """The workbench, a member's page, the dues' boards, and every list of the chamber, by name."""
    from tenants.members.models import Member

    with in_chamber(Chamber.objects.get(slug=slug)):
        member = Member.objects.order_by("id")[20].pk
    named = {"workbench": "home", "dues.overview": "dues-overview", "dues.ladder": "dues-ladder"}
    found = {name: reverse(url, urlconf=CHAMBER_URLS) for name, url in named.items()}
    found["member"] = reverse("members-member-detail", urlconf=CHAMBER_URLS, args=[member])
    for _capability, resource in resources(Place.CHAMBER):
        found[resource.route.replace("-", ".")] = reverse(f"{resource.route}-list", urlconf=CHAMBER_URLS)
    return found


def page(slug: str, path: str, times: int, is_changing: bool = False) -> dict[str, Any]:
    """How long each of many took, in milliseconds, and the statements sent; as a web process that has warmed up.

    `is_changing`: a record is changed before each, so that nothing that was kept for the chamber holds any more.
    """
    client = _signed_in(slug)
    for _number in range(3):
        one(client, path)
    warm_up()
    taken = []
    for number in range(times):
        if is_changing:
            _change(slug, f"第{number}次")
        taken.append(1000 * one(client, path))
    return {"ms": taken, "statements": queries_of(client, path)}


def _change(slug: str, said: str) -> None:
    from tenants.members.models import Member

    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        member = Member.objects.order_by("id")[21]
        member.short_name = said
        member.save()


def _signed_in(slug: str) -> Client:
    host = f"{slug}.localhost"
    client = Client(HTTP_HOST=host)
    client.force_login(Person.objects.get(email=f"{slug}@example.com"), "huiguan.accounts.backends.PersonBackend")
    session = client.session
    session["host"] = resolve(host).key
    session.save()
    return client


def _settle(chamber: Chamber) -> None:
    """As autovacuum does within a minute: nobody works in a chamber that was filled a second ago."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = %s", [chamber.schema_name])
        names = [f'"{chamber.schema_name}"."{table}"' for (table,) in cursor.fetchall()]
        cursor.execute(f"analyze {', '.join(names)}")


def _fill() -> None:
    from tenants.members.models import Contact, Member

    members = list(Member.objects.order_by("id"))
    for number, member in enumerate(members):
        member.industry, member.short_name = TRADES[number % len(TRADES)], f"样本{number}"
        member.joined_on = datetime.date(2015 + number % 10, 1 + number % 12, 3)
    Member.objects.bulk_update(members, ["industry", "short_name", "joined_on"])
    people = (Contact(member=m, name="何小满", phone=f"138{n:08d}") for n, m in enumerate(members))
    Contact.objects.bulk_create(people, batch_size=1000)
