"""`huiguan federation open|list|invite|members`: operators' work on federations."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from federation.registry import queries
from federation.registry.actions import invite_chamber, invite_coordinator, open_federation
from federation.registry.models import Federation, Membership
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy import hosts


class Command(BaseCommand):
    help = "Open federations, list them, invite chambers, list members."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        opening = verbs.add_parser("open")
        opening.add_argument("slug")
        opening.add_argument("--name", required=True)
        opening.add_argument("--coordinator", default="", help="e-mail of the first coordinator")
        opening.add_argument("--coordinator-name", default="")
        verbs.add_parser("list")
        inviting = verbs.add_parser("invite")
        inviting.add_argument("slug")
        inviting.add_argument("chambers", nargs="+")
        inviting.add_argument("--message", default="")
        verbs.add_parser("members").add_argument("slug")
        for each in verbs.choices.values():
            each.add_argument("--json", action="store_true")

    def handle(self, verb: str, **options: Any) -> None:
        self.as_json = options["json"]
        with acting_as(SYSTEM):
            try:
                getattr(self, f"_{verb}")(**options)
            except ValidationError as error:
                raise CommandError("; ".join(error.messages)) from error

    def _open(self, slug: str, name: str, coordinator: str, coordinator_name: str, **options: Any) -> None:
        federation = open_federation(name=name, slug=slug)
        row = _row(federation)
        if coordinator:
            row["invitation"] = invite_coordinator(federation, email=coordinator, name=coordinator_name or coordinator)
        self._say(row)

    def _list(self, **options: Any) -> None:
        for federation in Federation.objects.all():
            self._say(_row(federation))

    def _invite(self, slug: str, chambers: list[str], message: str, **options: Any) -> None:
        federation = _found(slug)
        for chamber in chambers:
            made = invite_chamber(federation_id=federation.pk, slug=chamber, message=message)
            self._say({"chamber": made.chamber_name, "invitation": str(made.pk), "answer_by": str(made.expires_on)})

    def _members(self, slug: str, **options: Any) -> None:
        for member in queries.members(_found(slug).pk):
            self._say(_member(member))

    def _say(self, row: dict[str, Any]) -> None:
        words = json.dumps(row, ensure_ascii=False) if self.as_json else "  ".join(str(value) for value in row.values())
        self.stdout.write(words)


def _found(slug: str) -> Federation:
    federation = queries.federation_at(slug)
    if federation is None:
        raise CommandError(f"there is no federation {slug}")
    return federation


def _row(federation: Federation) -> dict[str, Any]:
    url = hosts.absolute_url(hosts.address(federation.slug))
    return {"slug": federation.slug, "name": federation.name, "id": str(federation.pk), "url": url}


def _member(member: Membership) -> dict[str, Any]:
    return {
        "chamber": member.chamber_name,
        "chamber_id": str(member.chamber_id),
        "joined_on": str(member.joined_on),
        "items": member.items,
    }
