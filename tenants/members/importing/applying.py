"""Makes members of the rows that were taken: all in one transaction, in bulk."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from huiguan import entitlements
from huiguan.progress import report
from huiguan.states import Facts
from huiguan.tenancy.binding import current_chamber
from tenants.members.importing.making import MISSING, PLAIN, Made, make
from tenants.members.models import Contact, ImportedRow, Member, Position, RegisterImport
from tenants.members.paid_before import notes_of

CHUNK = 1000  # rows
Others = dict[Any, list[dict[str, Any]]]


def apply(source: RegisterImport) -> Facts:
    """Called by the move; every row or none. A thousand at a time, so that a long register needs no more memory."""
    others = _merged_into(source)
    read = source.rows.taken().values_list("pk", "fields").iterator(CHUNK)
    taken = [key for key, fields in read if "name" in fields]
    updated = list(source.rows.completing().values_list("pk", flat=True))
    _refuse_beyond_the_plan(len(taken))
    work = [(_create, keys) for keys in _chunks(taken)] + [(_complete, keys) for keys in _chunks(updated)]
    done, of = 0, len(taken) + len(updated)
    for verb, keys in work:
        report("applying", done, of)
        with _codes_told_apart():
            verb(list(source.rows.filter(pk__in=keys).defer("problems", "written")), others)
        done += len(keys)
    return {"members": len(taken), "updated": len(updated)}


@contextmanager
def _codes_told_apart() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise ValidationError(
            _("Two rows have the same credit code, or somebody entered a member with it since. Correct one of them.")
        ) from error


def _refuse_beyond_the_plan(number: int) -> None:
    chamber = current_chamber()
    answer = entitlements.may(chamber.pk, "members.add", number) if chamber else None
    if answer and not answer.allowed:
        raise ValidationError(str(answer.reason))


def merged(main: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The main row's fields, with what only the other row says. Lists are joined, the main row's first."""
    result = dict(main)
    for name, value in other.items():
        if result.get(name) in MISSING:
            result[name] = value
        elif name == "phones":
            result[name] = list(dict.fromkeys([*result[name], *value]))
    return result


def _merged_into(source: RegisterImport) -> Others:
    """By the key of a row, the fields of those that a person or the reader merged into it."""
    found: Others = {}
    merging = source.rows.filter(decision=ImportedRow.Decision.MERGE).exclude(duplicate_of=None)
    for main, fields in merging.values_list("duplicate_of", "fields"):
        found.setdefault(main, []).append(fields)
    return found


def _folded(row: ImportedRow, others: Others) -> dict[str, Any]:
    """A row's fields, with those of the rows that were merged into it."""
    fields = reduce(merged, others.get(row.pk, []), {**row.fields, "extras": row.extras})
    return {**fields, "paid_before": notes_of(fields.get("paid"))}


def _create(rows: list[ImportedRow], others: Others) -> None:
    made = [make(_folded(row, others)) for row in rows]
    store(made)
    for row, one in zip(rows, made, strict=True):
        row.member = one.member
    ImportedRow.objects.bulk_update(rows, ["member"])


def store(made: Sequence[Made]) -> None:
    Member.objects.bulk_create([m.member for m in made])
    Contact.objects.bulk_create([c for m in made for c in m.contacts])
    Position.objects.bulk_create([p for m in made for p in m.positions])


def _complete(rows: list[ImportedRow], others: Others) -> None:
    """A member that was there already is only completed: what it says stays."""
    there = Member.objects.prefetch_related("contacts").in_bulk([row.existing_id for row in rows])
    for row in rows:
        row.member = there[row.existing_id]
        row.before = _fill_gaps(row.member, _folded(row, others))
    changed = {row.member.pk: row.member for row in rows if row.before and row.member}
    for member in changed.values():
        member.index()
    Member.objects.bulk_update(changed.values(), [*PLAIN, "search_text", "sort_key"], verb="completed")
    ImportedRow.objects.bulk_update(rows, ["member", "before"])


def _fill_gaps(member: Member, fields: dict[str, Any]) -> dict[str, Any]:
    """What it was before, of that which changed."""
    gaps = [n for n in PLAIN if getattr(member, n) in MISSING and fields.get(n) not in MISSING]
    before = {name: getattr(member, name) for name in gaps}
    for name in gaps:
        setattr(member, name, fields[name])
    return before


def _chunks(keys: list[Any]) -> Iterator[list[Any]]:
    return (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))
