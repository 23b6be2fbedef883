"""`huiguan chamber open|list|migrate|suspend|resume`: operators' work on chambers."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy import hosts, provisioning
from huiguan.tenancy.models import Chamber


class Command(BaseCommand):
    help = "Open, list, migrate, suspend and resume chambers."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        opening = verbs.add_parser("open")
        opening.add_argument("slug")
        opening.add_argument("--name", required=True)
        opening.add_argument("--kind", choices=Chamber.Kind.values, default=Chamber.Kind.NATIVE_PLACE)
        for name in ("list", "migrate"):
            verbs.add_parser(name)
        for name in ("suspend", "resume"):
            verbs.add_parser(name).add_argument("slug")
        for each in verbs.choices.values():
            each.add_argument("--json", action="store_true")

    def handle(self, verb: str, **options: Any) -> None:
        with acting_as(SYSTEM):
            getattr(self, f"_{verb}")(**options)

    def _open(self, slug: str, name: str, kind: str, **options: Any) -> None:
        try:
            opened = provisioning.open_chamber(name=name, slug=slug, kind=kind)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self._say(options, _row(opened))

    def _list(self, **options: Any) -> None:
        for chamber in Chamber.objects.all():
            self._say(options, _row(chamber))

    def _migrate(self, **options: Any) -> None:
        call_command("migrate")

    def _suspend(self, slug: str, **options: Any) -> None:
        self._set(slug, Chamber.Status.SUSPENDED, options)

    def _resume(self, slug: str, **options: Any) -> None:
        self._set(slug, Chamber.Status.ACTIVE, options)

    def _set(self, slug: str, status: str, options: dict[str, Any]) -> None:
        chamber = Chamber.objects.filter(slug=slug).first()
        if chamber is None:
            raise CommandError(f"there is no chamber {slug}")
        chamber.status = status
        chamber.save()
        hosts.forget_chamber(chamber)
        self._say(options, _row(chamber))

    def _say(self, options: dict[str, Any], row: dict[str, str]) -> None:
        self.stdout.write(json.dumps(row, ensure_ascii=False) if options.get("json") else "  ".join(row.values()))


def _row(chamber: Chamber) -> dict[str, str]:
    address = hosts.absolute_url(hosts.address(chamber.slug))
    return {"slug": chamber.slug, "name": chamber.name, "status": chamber.status, "url": address}
