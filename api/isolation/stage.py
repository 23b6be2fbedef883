"""Two chambers of one federation and another federation, all filled, for as long as one transaction lasts."""

import io
import secrets
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.timezone import localdate

from federation.registry import queries
from federation.registry.actions import invite_chamber, open_federation
from federation.registry.items import Item
from federation.registry.models import Federation
from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Person
from huiguan.actors import SYSTEM, acting_as
from huiguan.capability import capabilities
from huiguan.deliveries.purposes import refusable
from huiguan.files import storage
from huiguan.outbox import delivery
from huiguan.records import Record, SharedRecord
from huiguan.roles import Role
from huiguan.tenancy import hosts, provisioning
from huiguan.tenancy.binding import in_chamber, in_federation
from huiguan.tenancy.models import Chamber
from huiguan.verifying import Say
from huiguan.verifying.canaries import Filler
from tenants.affiliation.actions import join
from tenants.value.gathering import contents_of

CHAMBER_ROLES = (Role.SECRETARY_GENERAL, Role.OFFICER, Role.TREASURER, Role.PRESIDENT, Role.SUPERVISOR)
VALUES = {  # where a table takes few values, or a page wants a state that is not the first
    "matching.Outcome.success": 3,
    "members.Proposal.field": "industry",
    "value.Report.status": "sent",
    "dues.StatementLine.decision": "leave",
    "papers.Letterhead.logo": None,
    "papers.Letterhead.seal": None,
    **{f"benchmarks.{model}.code": "K04" for model in ("Figure", "Share", "Practice", "Target")},
    **{f"{label}.code": "K04" for label in ("benchmarking.Practice",)},
}
PEOPLE = ("person_id", "owner_id", "by_id", "who_id", "asked_by_id", "asked_by", "submitted_by_id")
ONE_OF_ALL = ("registry.Federation", "registry.Membership", "registry.MembershipInvitation", "registry.Acceptance")


@dataclass
class Side:
    """One place with its people by role, its rows by model, and the mark of its words."""

    mark: str
    host: str
    key: uuid.UUID
    people: Mapping[str, Person]
    filler: Filler
    chamber: Chamber | None = None

    @property
    def rows(self) -> Mapping[str, Any]:
        return {label: row for label, row in self.filler.rows.items() if row is not None}


@dataclass
class Stage:
    """`mine` is hostile, `theirs` is what it is after; `common` is the federation of both, `strange` another."""

    mine: Side
    theirs: Side
    common: Side
    strange: Side

    @property
    def sides(self) -> tuple[Side, ...]:
        return self.mine, self.theirs, self.common, self.strange


@contextmanager
def stage(say: Say) -> Iterator[Stage]:
    """Nothing of it is ever committed; only the files are removed by hand."""
    provisioning.refill(2)
    mark = f"verify-{secrets.token_hex(4)}"
    with acting_as(SYSTEM), transaction.atomic():
        try:
            chambers = [provisioning.open_chamber(name=f"{mark} {n}", slug=f"{mark}-{n}") for n in "ab"]
            yield set_up(chambers[0], chambers[1], mark, say)
        finally:
            transaction.set_rollback(True)
            for each in chambers:
                storage.remove_all(each.pk)
                hosts.forget(hosts.address(each.slug))


def set_up(mine: Chamber, theirs: Chamber, mark: str, say: Say) -> Stage:
    """In two chambers that are there; inside a transaction that somebody takes back."""
    marks = {name: f"{name}{secrets.token_hex(2)}" for name in "abcd"}
    common, strange = (open_federation(name=f"{mark} {n}", slug=f"{mark}-{n}") for n in "cd")
    sides = [_chamber(each, common, marks[name]) for each, name in ((mine, "a"), (theirs, "b"))]
    say(f"filled two chambers, {len(sides[0].rows)} kinds of rows each")
    federations = [_federation(each, marks[name]) for each, name in ((common, "c"), (strange, "d"))]
    say(f"filled two federations, {len(federations[0].rows)} kinds of rows each")
    return Stage(sides[0], sides[1], federations[0], federations[1])


def _chamber(chamber: Chamber, federation: Federation, mark: str) -> Side:
    people = {str(role): _person(mark, role, chamber=chamber) for role in CHAMBER_ROLES}
    _join(chamber, federation)
    known = {**dict.fromkeys(PEOPLE, people[Role.OFFICER].pk), "federation_id": federation.pk, **VALUES}
    known["deliveries.Delivery.purpose"] = next(refusable())[0]
    filler = Filler(mark, known | _of_files())
    with in_chamber(chamber):
        filler.fill([m for m in apps.get_models() if issubclass(m, Record)])
        _bind(filler.rows["own.Link"])
        _tell(filler.rows["value.Report"])
    kept = filler.rows["files.KeptFile"]
    storage.write(chamber.pk, kept.object_name, io.BytesIO(f"CNRY-{mark}-file".encode()))
    shared = Filler(mark, {"chamber": chamber, "chamber_id": chamber.pk}, filler.rows)
    shared.fill(list(_shared_of_a_chamber()))
    return Side(mark, hosts.address(chamber.slug), chamber.pk, people, filler, chamber)


def _bind(link: Any) -> None:
    """To the contact as they are: a link of somebody else does not open."""
    link.bind()
    link.save()


def _tell(report: Any) -> None:
    """What such a report holds: its pages read no other words."""
    content = contents_of([report.member], localdate().year)[report.member.pk]
    models.QuerySet(type(report)).filter(pk=report.pk).update(content=content)


def _of_files() -> dict[str, Any]:
    """A file is kept for a purpose that exists, under a name that is its own."""
    purpose = next(each.name for c in capabilities("chamber") for each in c.files)
    given = {"object_name": storage.new_name(), "content_type": "application/pdf", "kind": "pdf", "purpose": purpose}
    return {f"files.KeptFile.{name}": value for name, value in given.items()}


def _shared_of_a_chamber() -> Iterator[type[models.Model]]:
    """Rows of the site that belong to one chamber: invitations, grants, subscriptions."""
    for model in apps.get_models():
        config = model._meta.app_config
        names = {f.name for f in model._meta.concrete_fields}
        is_shared = issubclass(model, SharedRecord) and config and not config.name.startswith("federation.")
        if is_shared and names & {"chamber", "chamber_id"} and model._meta.label != "journal.Entry":
            yield model


def _federation(federation: Federation, mark: str) -> Side:
    """Rows as of a chamber that nobody here works for."""
    roles = (Role.COORDINATOR, Role.DELEGATE)
    people = {str(role): _person(mark, role, federation_id=federation.pk) for role in roles}
    known = {"federation": federation, "federation_id": federation.pk, "chamber_id": uuid.uuid4(), **VALUES}
    filler = Filler(mark, known | {"person_id": people[Role.DELEGATE].pk}, {"registry.Federation": federation})
    with in_federation():
        filler.fill([m for m in apps.get_models() if _is_of_a_federation(m)])
    return Side(mark, hosts.address(federation.slug), federation.pk, people, filler)


def _is_of_a_federation(model: type[models.Model]) -> bool:
    config = model._meta.app_config
    return issubclass(model, SharedRecord) and config is not None and config.name.startswith("federation.")


def _person(mark: str, role: str, **place: Any) -> Person:
    name = f"CNRY-{mark}-person-{role}"
    person = Person(email=f"{name}@example.com".lower(), name=name[:40])
    person.set_unusable_password()
    person.save()
    appoint(person=person, role=role, **place)
    return person


def _join(chamber: Chamber, federation: Federation) -> None:
    made = invite_chamber(federation_id=federation.pk, slug=chamber.slug)
    with in_chamber(chamber):
        invitation = queries.invitation(chamber_id=chamber.pk, pk=made.pk)
        assert invitation is not None, "it was written a moment ago"
        join(invitation=invitation, items=Item.values, version=1)
    delivery.deliver(chamber)
