"""`huiguan keys …`: what all chambers' keys and encrypted fields need. One chamber's: `huiguan chamber rotate-key`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiguan.actors import SYSTEM, acting_as
from huiguan.ciphers.models import ChamberKey
from huiguan.ciphers.rewriting import left, retire, rewrap, rewrite
from huiguan.ciphers.ring import ring_of
from huiguan.ciphers.wrapping import WrongKey, master, name_of
from huiguan.tenancy.models import Chamber

VERBS = {
    "encrypt": "whatever is not encrypted with the newest key yet, of one chamber or of all",
    "rewrap": "wrap all chambers' keys with a new MASTER_KEY; the old one is among MASTER_KEY_FALLBACKS until then",
    "check": "whether each chamber's keys open, and what is left to encrypt",
}


class Command(BaseCommand):
    help = "Encrypt what is left, change the master key, and say how it stands."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for name, text in VERBS.items():
            one = verbs.add_parser(name, help=text, description=text)
            one.add_argument("--json", action="store_true", help="the outcome as JSON")
            if name != "rewrap":
                one.add_argument("slug", nargs="?", help="one chamber; else all")

    def handle(self, verb: str, **options: Any) -> None:
        try:
            with acting_as(SYSTEM):
                getattr(self, f"_{verb}")(**options)
        except WrongKey as error:
            raise CommandError(str(error)) from error

    def _encrypt(self, slug: str | None, **options: Any) -> None:
        for chamber in _chambers(slug):
            rows = rewrite(chamber, self.stderr.write)
            retire(chamber)
            self._say(options, {"slug": chamber.slug, "rows": rows, "left": left(chamber)})

    def _rewrap(self, **options: Any) -> None:
        self._say(options, {"rewrapped": rewrap(), "master": name_of(master())})

    def _check(self, slug: str | None, **options: Any) -> None:
        for chamber in _chambers(slug):
            ring = ring_of(chamber.pk)
            held = ChamberKey.objects.get(pk=chamber.pk)
            said = {"slug": chamber.slug, "keys": len(ring.ciphers), "live": len(ring.live), "master": held.master}
            self._say(options, {**said, "left": left(chamber)})

    def _say(self, options: dict[str, Any], row: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(row) if options["json"] else "  ".join(f"{k} {v}" for k, v in row.items()))


def _chambers(slug: str | None) -> list[Chamber]:
    standing = Chamber.objects.exclude(status=Chamber.Status.ERASED)
    found = list(standing.filter(slug=slug) if slug else standing)
    if slug and not found:
        raise CommandError(f"there is no chamber {slug}")
    return found
