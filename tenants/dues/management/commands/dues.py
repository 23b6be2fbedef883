"""`huiguan dues match FILE --chamber SLUG [--sheet NAME] [--dry-run] [--json]`: a bank statement from a terminal."""

import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from huiguan.actors import SYSTEM, acting_as
from huiguan.limits import TooMuch
from huiguan.spreadsheets.problems import Refused
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tenants.dues import reconciling
from tenants.dues.statements import Matched, Skipped, Statement


class Command(BaseCommand):
    help = "Match a bank statement to members and the years they pay; without --dry-run it is kept to be checked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["match"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--chamber", required=True)
        parser.add_argument("--sheet")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true")

    def handle(self, verb: str, file: Path, chamber: str, **options: Any) -> None:
        here = Chamber.objects.filter(slug=chamber, status=Chamber.Status.ACTIVE).first()
        if here is None:
            raise CommandError(f"there is no chamber {chamber}")
        with translation.override("zh-hans"), acting_as(SYSTEM), in_chamber(here):
            try:
                statement, found = self._read(file, options["sheet"], options["dry_run"])
            except OSError as error:
                raise CommandError(f"{file.name}: {error.strerror}") from error
            except (Refused, TooMuch) as error:
                raise CommandError(str(error)) from error
            self._say(statement, found, options["json"])

    def _read(self, file: Path, sheet: str | None, dry_run: bool) -> tuple[Statement, list[Matched]]:
        content = file.read_bytes()
        matched = reconciling.match(content, filename=file.name, sheet=sheet)
        if not dry_run:
            reconciling.keep(content, filename=file.name, sheet=sheet)
        return matched

    def _say(self, statement: Statement, found: list[Matched], as_json: bool) -> None:
        rows = sorted([_line(each) for each in found] + [_skipped(s) for s in statement.skipped], key=_place)
        members = _members()
        for row in rows:
            _name(row, members)
        if as_json:
            problems = [problem.as_json() for problem in statement.problems]
            told = {"file": statement.filename, "rows": rows, "problems": problems}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for row in rows:
            parts = "、".join(f"{a['member']} {a['year']} {a['fen'] / 100:.2f}" for a in row["allocations"])
            self.stdout.write(f"{row['sheet']} {row['row']}\t{row['match']}\t{parts}\t{row['reason']}")


def _line(found: Matched) -> dict[str, Any]:
    return found.as_json()


def _skipped(row: Skipped) -> dict[str, Any]:
    said = {"sheet": row.sheet, "row": row.row, "match": "none", "kind": "no_transaction"}
    return {**said, "allocations": [], "reason": row.reason, "reasons": [row.reason]}


def _place(row: dict[str, Any]) -> tuple[str, int]:
    return row["sheet"], row["row"]


def _members() -> dict[str, dict[str, str]]:
    rows = apps.get_model("members", "Member").objects.values_list("pk", "name", "credit_code")
    return {str(pk): {"member_id": str(pk), "member": name, "credit_code": code} for pk, name, code in rows}


def _name(row: dict[str, Any], members: dict[str, dict[str, str]]) -> None:
    """Members by name, with the key and the credit code beside it: names are what both sides know."""
    for each in row["allocations"]:
        each.update(members[each["member"]])
    for candidate in row.get("candidates", []):
        for each in candidate["allocations"]:
            each.update(members[each["member"]])
        candidate.update(members[candidate["member"]])
    if row.get("payer"):
        row["payer"] = members[row["payer"]]["member"]
