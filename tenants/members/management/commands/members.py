"""`huiguan members import FILE --chamber SLUG [--sheet NAME] [--dry-run] [--json]`: a register from a terminal."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from huiguan.actors import SYSTEM, acting_as
from huiguan.limits import TooMuch
from huiguan.spreadsheets.problems import Refused
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tenants.members.importing.reading import parse, read_file
from tenants.members.register.register import Register


class Command(BaseCommand):
    help = "Import a register of members, or only show what each of its rows would become."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["import"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--chamber", required=True)
        parser.add_argument("--sheet")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, verb: str, file: Path, chamber: str, **options: Any) -> None:
        found = Chamber.objects.filter(slug=chamber, status=Chamber.Status.ACTIVE).first()
        if found is None:
            raise CommandError(f"there is no chamber {chamber}")
        with translation.override("zh-hans"):
            register = self._read(file, options["sheet"])
            if not options["dry_run"]:
                self._import(found, file, options["sheet"])
            self._say(register, options["json"])

    def _read(self, file: Path, sheet: str | None) -> Register:
        try:
            return parse(file.read_bytes(), filename=file.name, sheet=sheet)
        except OSError as error:
            raise CommandError(f"{file.name}: {error.strerror}") from error
        except (Refused, TooMuch) as error:
            raise CommandError(str(error)) from error

    def _import(self, chamber: Chamber, file: Path, sheet: str | None) -> None:
        with acting_as(SYSTEM), in_chamber(chamber):
            read_file(content=file.read_bytes(), filename=file.name, sheet=sheet).apply()

    def _say(self, register: Register, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(register.as_json(), ensure_ascii=False))
            return
        for row in register.rows:
            notes = "；".join(problem.text for problem in row.problems)
            self.stdout.write(f"{row.sheet} {row.row}\t{row.row_class}\t{row.fields.get('name', '')}\t{notes}")
        self.stdout.write(json.dumps(register.counts()))
