"""`huiguan chamber …`: operators' work on chambers. Progress goes to stderr, the outcome to stdout."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiguan.actors import SYSTEM, acting_as
from huiguan.ciphers import handing
from huiguan.ciphers.handing import NoKeyHere
from huiguan.ciphers.rewriting import left, rotate_key
from huiguan.ciphers.wrapping import WrongKey
from huiguan.tenancy import hosts, provisioning
from huiguan.tenancy.keeping import Impossible, offsite
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.keeping.erasing import erase
from huiguan.tenancy.keeping.exporting import export
from huiguan.tenancy.keeping.moving import finish, move
from huiguan.tenancy.keeping.receiving import receive
from huiguan.tenancy.keeping.restoring import restore
from huiguan.tenancy.models import Chamber

VERBS = {
    "open": "give a new chamber its address",
    "list": "all chambers with their status",
    "spares": "keep spare schemas ready, from which chambers open at once",
    "migrate": "bring all chambers to the head of the migrations",
    "suspend": "close a chamber to everybody; its data stay",
    "resume": "open a suspended chamber again",
    "backup": "one file with all data of a chamber, read back after writing",
    "backups": "back every chamber up to BACKUP_URL, and let those go that are older than BACKUP_DAYS",
    "fetch": "the newest backup of a chamber from BACKUP_URL into a file, for restore or receive",
    "drill": "try whether the newest backup at BACKUP_URL can be restored; the chamber is not touched",
    "restore": "put a chamber back to a backup; the others go on",
    "receive": "take in a chamber from another installation's backup, suspended",
    "move": "copy a chamber to another installation's database; then again with --finish",
    "export": "all data of a chamber as xlsx and JSON lines, for the chamber",
    "key": "a chamber's own key in a file, for an installation that receives its backup; keep it apart from backups",
    "rotate-key": "a new key for the sensitive fields of a chamber, and all of them encrypted with it",
    "erase": "remove a suspended chamber for ever",
}


class Command(BaseCommand):
    help = "Open, list, suspend, back up, restore, move, export and erase chambers."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        each = {name: verbs.add_parser(name, help=text, description=text) for name, text in VERBS.items()}
        for name in VERBS.keys() - {"list", "spares", "migrate", "receive", "backups", "drill"}:
            each[name].add_argument("slug")
        each["drill"].add_argument("slug", nargs="?", default="", help="else one at random")
        each["spares"].add_argument("--wanted", type=int, default=provisioning.SPARES)
        for name in ("restore", "receive", "export", "fetch", "key"):
            each[name].add_argument("file", type=Path)
        each["open"].add_argument("--name", required=True)
        each["open"].add_argument("--kind", choices=Chamber.Kind.values, default=Chamber.Kind.NATIVE_PLACE)
        each["backup"].add_argument("--to", type=Path, help="a file; else in the backups of the run folder")
        each["move"].add_argument("--to", required=True, help="the owner's address of the other database")
        each["move"].add_argument("--files-to", default="", help="where the other installation keeps files (FILES_URL)")
        each["move"].add_argument("--finish", action="store_true", help="open it there, put it away here")
        each["move"].add_argument("--key-to", type=Path, help="a file with the other installation's MASTER_KEY")
        each["key"].add_argument("--for", type=Path, dest="key_to", help="the same, when it is not ours")
        each["receive"].add_argument("--key", type=Path, help="the chamber's key, from `huiguan chamber key`")
        each["erase"].add_argument("--confirm", required=True, help="the chamber's full name")
        each["erase"].add_argument("--now", action="store_true", help="before thirty days are over; needs --after")
        each["erase"].add_argument("--after", type=Path, help="a backup or export made since it was suspended")
        for one in each.values():
            one.add_argument("--json", action="store_true", help="the outcome as JSON")

    def handle(self, verb: str, **options: Any) -> None:
        try:
            with acting_as(SYSTEM):
                getattr(self, f"_{verb.replace('-', '_')}")(**options)
        except (Impossible, NoKeyHere, WrongKey) as error:
            raise CommandError(str(error)) from error

    def _open(self, slug: str, name: str, kind: str, **options: Any) -> None:
        try:
            opened = provisioning.open_chamber(name=name, slug=slug, kind=kind)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self._say(options, _row(opened))

    def _list(self, **options: Any) -> None:
        for chamber in Chamber.objects.all():
            self._say(options, _row(chamber))

    def _spares(self, wanted: int, **options: Any) -> None:
        self._say(options, {"made": provisioning.refill(wanted), "wanted": wanted})

    def _migrate(self, **options: Any) -> None:
        call_command("migrate")

    def _suspend(self, slug: str, **options: Any) -> None:
        chamber = _standing(slug)
        chamber.suspend()
        hosts.forget_chamber(chamber)
        self._say(options, _row(chamber))

    def _resume(self, slug: str, **options: Any) -> None:
        chamber = _standing(slug)
        chamber.resume()
        hosts.forget_chamber(chamber)
        self._say(options, _row(chamber))

    def _backup(self, slug: str, to: Path | None, **options: Any) -> None:
        path, manifest = back_up(_standing(slug), to, self._progress)
        outcome = {
            "file": str(path),
            "rows": manifest.rows,
            "tables": len(manifest.tables),
            "files": len(manifest.files),
        }
        self._say(options, {"slug": slug, **outcome, "bytes": path.stat().st_size, "sha256": manifest.sha256})

    def _backups(self, **options: Any) -> None:
        done = offsite.back_up_all(self._progress)
        counts = {
            "made": len(done.made),
            "fresh": len(done.fresh),
            "let go": len(done.gone),
            "failed": len(done.failed),
        }
        self._say(options, done.as_dict() if options["json"] else counts)
        if done.failed:
            raise CommandError("; ".join(f"{slug}: {reason}" for slug, reason in done.failed.items()))

    def _fetch(self, slug: str, file: Path, **options: Any) -> None:
        self._say(options, {"slug": slug, "file": str(offsite.fetch(_known(slug), file.absolute(), self._progress))})

    def _drill(self, slug: str, **options: Any) -> None:
        chamber = _known(slug) if slug else _any()
        manifest = offsite.drill(chamber, self._progress)
        self._say(
            options, {"slug": chamber.slug, "as_of": manifest.made_at, "rows": manifest.rows, "status": "restorable"}
        )

    def _restore(self, slug: str, file: Path, **options: Any) -> None:
        manifest = restore(_known(slug), file, self._progress)
        self._say(options, {"slug": slug, "as_of": manifest.made_at, "rows": manifest.rows})

    def _receive(self, file: Path, key: Path | None, **options: Any) -> None:
        self._say(options, _row(receive(file, self._progress, handed=handing.read(key) if key else None)))

    def _key(self, slug: str, file: Path, key_to: Path | None, **options: Any) -> None:
        handing.write(handing.key_of(_standing(slug).pk, key_to), file)
        self._say(options, {"slug": slug, "file": str(file)})

    def _rotate_key(self, slug: str, **options: Any) -> None:
        chamber = _standing(slug)
        rows = rotate_key(chamber, self._progress)
        self._say(options, {"slug": slug, "rows": rows, "left": left(chamber)})

    def _move(self, slug: str, to: str, files_to: str, **options: Any) -> None:
        if options["finish"]:
            finish(_known(slug), to=to, files_to=files_to, say=self._progress)
            return self._say(options, {"slug": slug, "status": "moved"})
        path = move(_known(slug), to=to, files_to=files_to, key_to=options["key_to"], say=self._progress)
        return self._say(options, {"slug": slug, "status": "copied; now run the same with --finish", "file": str(path)})

    def _export(self, slug: str, file: Path, **options: Any) -> None:
        contents = export(_standing(slug), file.absolute(), self._progress)
        outcome = {"file": str(file), "rows": sum(contents.tables.values()), "files": len(contents.files)}
        self._say(options, {"slug": slug, **outcome})

    def _erase(self, slug: str, confirm: str, after: Path | None, **options: Any) -> None:
        if options["now"] and not after:
            raise CommandError("--now needs --after with a backup or export made since the chamber was suspended.")
        kept = after if options["now"] else None
        erase(_known(slug), confirm=confirm, kept=kept, say=self._progress)
        self._say(options, {"slug": slug, "status": "erased"})

    def _progress(self, line: str) -> None:
        self.stderr.write(line, self.style.NOTICE)

    def _say(self, options: dict[str, Any], row: dict[str, Any]) -> None:
        text = "  ".join(map(str, row.values()))
        self.stdout.write(json.dumps(row, ensure_ascii=False) if options.get("json") else text)


def _known(slug: str) -> Chamber:
    chamber: Chamber | None = Chamber.objects.filter(slug=slug).first()
    if chamber is None:
        raise CommandError(f"there is no chamber {slug}")
    return chamber


def _standing(slug: str) -> Chamber:
    """One that is not erased."""
    chamber = _known(slug)
    if chamber.status == Chamber.Status.ERASED:
        raise CommandError(f"{slug} was erased for ever")
    return chamber


def _any() -> Chamber:
    chamber: Chamber | None = Chamber.objects.exclude(status=Chamber.Status.ERASED).order_by("?").first()
    if chamber is None:
        raise CommandError("there is no chamber here")
    return chamber


def _row(chamber: Chamber) -> dict[str, str]:
    address = hosts.absolute_url(hosts.address(chamber.slug))
    return {"slug": chamber.slug, "name": chamber.name, "status": chamber.status, "url": address}
