"""Reads a file into an import that a person can check. Nothing becomes a member here."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.keys import uuid7
from huiguan.limits import run_limited
from huiguan.progress import report
from huiguan.spreadsheets.archive import refuse_other_files
from huiguan.spreadsheets.characters import fold
from huiguan.states import WrongState
from huiguan.trail import take_turn
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
CHUNK = 1000  # rows
Keys = dict[int, uuid.UUID]
Mappings = Mapping[str, Mapping[str, str]]


def read_file(*, content: bytes, filename: str, sheet: str | None = None) -> RegisterImport:
    """A new import in state "being checked". Raises register.problems.Refused or limits.TooMuch for a bad file."""
    register = parse(content, filename=filename, sheet=sheet)
    made = _new(content, filename)
    with transaction.atomic():
        made.save()
        _fill(made, register)
    return made


def receive_file(*, content: bytes, filename: str) -> RegisterImport:
    """A new import that the worker is asked to read. Raises problems.Refused for what is no register at first sight."""
    refuse_other_files(content)
    made = _new(content, filename)
    with transaction.atomic():
        made.hand_over(RegisterImport.Job.READ)
        made.save()
    return made


def read_again(source: RegisterImport, mapping: Mappings) -> None:
    """With other meanings of the columns. What was decided about rows is forgotten: the rows are others now."""
    register = parse(bytes(source.content or b""), filename=source.filename, mapping=mapping)
    with _locked(source):
        source.mapping = _plain(mapping)
        _replace(source, register)


def read_again_later(source: RegisterImport, mapping: Mappings) -> None:
    """The same, by the worker."""
    with _locked(source):
        source.mapping = _plain(mapping)
        source.hand_over(RegisterImport.Job.READ)
        source.save()


def read_now(source: RegisterImport) -> None:
    """What the worker does with a received file, or with one whose columns mean something else now."""
    register = parse(bytes(source.content or b""), filename=source.filename, mapping=source.mapping)
    with _locked(source):
        if source.job == RegisterImport.Job.READ:
            source.job = source.failure = ""
            _replace(source, register)


def parse(content: bytes, *, filename: str, sheet: str | None = None, mapping: Mappings | None = None) -> Register:
    """In a child process with limits."""
    given: dict[str, Any] = {"filename": filename, "today": localdate(), "sheet": sheet, "mapping": mapping}
    return run_limited(READER, content, **given)  # type: ignore[no-any-return]


@contextmanager
def _locked(source: RegisterImport) -> Iterator[None]:
    """As it is now: another page, or the worker, may have changed it since."""
    with transaction.atomic():
        take_turn()
        source.refresh_from_db(from_queryset=RegisterImport.objects.select_for_update())
        if source.status != RegisterImport.Status.READ:
            raise WrongState(_("This import is no longer being checked."))
        yield


def _new(content: bytes, filename: str) -> RegisterImport:
    return RegisterImport(filename=filename[-120:], content=content, digest=hashlib.sha256(content).hexdigest())


def _plain(mapping: Mappings) -> dict[str, dict[str, str]]:
    return {name: dict(columns) for name, columns in mapping.items()}


def _replace(source: RegisterImport, register: Register) -> None:
    source.rows.all().remove()
    _fill(source, register)


def _fill(source: RegisterImport, register: Register) -> None:
    source.sheets = [sheet.as_json() for sheet in register.sheets]
    source.save()
    known, keys = _Known(), {id(row): uuid7() for row in register.rows}
    in_order = sorted(register.rows, key=lambda row: (row.duplicate_of is not None, row.order))
    for at in range(0, len(in_order), CHUNK):
        report("keeping", at, len(in_order))
        rows = in_order[at : at + CHUNK]
        ImportedRow.objects.bulk_create([_as_record(source, row, known, keys) for row in rows])


class _Known:
    """Members that the chamber has already, by credit code and by name."""

    def __init__(self) -> None:
        members = Member.objects.active().values_list("pk", "credit_code", "name", "kind")
        self.by_code = {code: pk for pk, code, _name, _kind in members if code}
        self.by_name = {(kind, fold(name)): pk for pk, _code, name, kind in members}

    def find(self, fields: Mapping[str, Any]) -> Any:
        found = self.by_code.get(fields.get("credit_code", ""))
        return found or self.by_name.get((fields.get("kind"), fold(str(fields.get("name", "")))))


def _as_record(source: RegisterImport, row: Row, known: _Known, keys: Keys) -> ImportedRow:
    existing = known.find(row.fields) if row.row_class is RowClass.MEMBER and row.fields.get("name") else None
    return ImportedRow(
        id=keys[id(row)],
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
        duplicate_of_id=keys[id(row.duplicate_of)] if row.duplicate_of is not None else None,
        existing_id=existing,
        decision=ImportedRow.Decision.MERGE if existing else DECISIONS[row.row_class],
        asks=bool(row.questions)
        or row.row_class in (RowClass.DUPLICATE, RowClass.UNIMPORTABLE)
        or existing is not None,
    )


def rows_as_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """What `huiguan members import --json` prints for each spreadsheet row."""
    return [row.as_json() for row in rows]
