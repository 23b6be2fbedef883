"""Reads a file into an import that a person can check. Nothing becomes a member here."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from huiguan.limits import run_limited
from huiguan.spreadsheets.characters import fold
from tenants.members.models import ImportedRow, Member, RegisterImport
from tenants.members.register.register import Register
from tenants.members.register.rows import Row, RowClass

READER = "tenants.members.register.register:read_register"
DECISIONS = {
    RowClass.MEMBER: ImportedRow.Decision.TAKE,
    RowClass.WITHDRAWN: ImportedRow.Decision.TAKE,
    RowClass.DUPLICATE: ImportedRow.Decision.MERGE,
    RowClass.UNIMPORTABLE: ImportedRow.Decision.SKIP,
    RowClass.IGNORED: ImportedRow.Decision.SKIP,
}
Mappings = Mapping[str, Mapping[str, str]]


def read_file(*, content: bytes, filename: str, sheet: str | None = None) -> RegisterImport:
    """A new import in state "being checked". Raises register.problems.Refused or limits.TooMuch for a bad file."""
    register = parse(content, filename=filename, sheet=sheet)
    made = RegisterImport(filename=filename[-120:], content=content, digest=hashlib.sha256(content).hexdigest())
    with transaction.atomic():
        made.save()
        _fill(made, register)
    return made


@transaction.atomic
def read_again(source: RegisterImport, mapping: Mappings) -> None:
    """With other meanings of the columns. What was decided about rows is forgotten: the rows are others now."""
    register = parse(bytes(source.content or b""), filename=source.filename, mapping=mapping)
    source.rows.all().delete()
    source.mapping = {name: dict(columns) for name, columns in mapping.items()}
    _fill(source, register)


def parse(content: bytes, *, filename: str, sheet: str | None = None, mapping: Mappings | None = None) -> Register:
    """In a child process with limits."""
    given: dict[str, Any] = {"filename": filename, "today": localdate(), "sheet": sheet, "mapping": mapping}
    return run_limited(READER, content, **given)  # type: ignore[no-any-return]


def _fill(source: RegisterImport, register: Register) -> None:
    source.sheets = [sheet.as_json() for sheet in register.sheets]
    source.save()
    known = _Known()
    rows = {id(row): _as_record(source, row, known) for row in register.rows}
    for row in register.rows:
        if row.duplicate_of is not None:
            rows[id(row)].duplicate_of_id = rows[id(row.duplicate_of)].pk
    in_order = sorted(rows.values(), key=lambda r: (r.duplicate_of_id is not None, r.order))
    ImportedRow.objects.bulk_create(in_order, batch_size=500)


class _Known:
    """Members that the chamber has already, by credit code and by name."""

    def __init__(self) -> None:
        members = Member.objects.active().values_list("pk", "credit_code", "name", "kind")
        self.by_code = {code: pk for pk, code, _name, _kind in members if code}
        self.by_name = {(kind, fold(name)): pk for pk, _code, name, kind in members}

    def find(self, fields: Mapping[str, Any]) -> Any:
        found = self.by_code.get(fields.get("credit_code", ""))
        return found or self.by_name.get((fields.get("kind"), fold(str(fields.get("name", "")))))


def _as_record(source: RegisterImport, row: Row, known: _Known) -> ImportedRow:
    existing = known.find(row.fields) if row.row_class is RowClass.MEMBER and row.fields.get("name") else None
    return ImportedRow(
        source=source,
        order=row.order,
        sheet=row.sheet,
        row=row.row,
        row_class=row.row_class.value,
        reason=row.reason,
        fields=row.fields,
        problems=[problem.as_json() for problem in row.problems],
        written=row.written,
        extras=row.extras,
        existing_id=existing,
        decision=ImportedRow.Decision.MERGE if existing else DECISIONS[row.row_class],
        asks=bool(row.questions)
        or row.row_class in (RowClass.DUPLICATE, RowClass.UNIMPORTABLE)
        or existing is not None,
    )


def rows_as_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """What `huiguan members import --json` prints for each spreadsheet row."""
    return [row.as_json() for row in rows]
