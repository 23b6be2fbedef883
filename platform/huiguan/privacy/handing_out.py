"""Everything of a person as they may take it along: to read as a workbook, to process as JSON. [PIPL 45]"""

import io
import json
import zipfile
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from huiguan.entries import TrailEntry
from huiguan.files.keeping import content_of
from huiguan.files.models import KeptFile
from huiguan.kit.formats import money
from huiguan.privacy.accesses import note
from huiguan.privacy.persons import Part, Person, parts_of
from huiguan.screens.fields import is_money, is_named, label_of, text_of
from huiguan.spreadsheets.neutral import neutral

HIDDEN = frozenset({"seal", "search_text", "sort_key", "dedupe", "parameters", "fingerprint"})
MOST_ENTRIES = 5000


def archive_of(person: Person) -> bytes:
    """A zip; that it was made is written down."""
    parts = parts_of(person)
    entries = _entries(parts)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        plain = json.dumps(_plain(parts, entries), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
        archive.writestr("data.json", plain)
        archive.writestr("data.xlsx", _workbook(parts, entries))
        _add_files(archive, parts)
        said = [_("data.xlsx is for reading. data.json has the same for programs."), _("Kept files are in “files”.")]
        archive.writestr("README.txt", "\n".join(said))
    number = sum(len(part.rows) for part in parts)
    contact = person.contacts[0]
    note("handed_out", type(contact), [], record=contact, number=number)
    return content.getvalue()


def _plain(parts: list[Part], entries: list[TrailEntry]) -> dict[str, Any]:
    said = {part.model._meta.label: [_values(row) for row in part.rows] for part in parts}
    said["trail"] = [{"at": e.at, "verb": e.verb, "record": e.record_text, "changes": e.changes} for e in entries]
    return said


def _add_files(archive: zipfile.ZipFile, parts: list[Part]) -> None:
    """Those that were kept for one of the records, under their own names behind their keys."""
    keys = [row.pk for part in parts for row in part.rows]
    for kept in KeptFile.objects.filter(about_id__in=keys).order_by("pk"):
        try:
            archive.writestr(f"files/{kept.pk}-{kept.name}", content_of(kept))
        except FileNotFoundError:  # lost by the storage, which the sweep tells the operator
            continue


def _values(row: Any) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in HIDDEN}


def _workbook(parts: list[Part], entries: list[TrailEntry]) -> bytes:
    """A sheet for each kind of record, with the fields as people call them."""
    from openpyxl import Workbook  # large, and seldom needed

    book = Workbook(write_only=True)
    for number, part in enumerate(parts, start=1):
        names = [f.name for f in part.model._meta.concrete_fields if is_named(f) and f.name not in HIDDEN]
        sheet = book.create_sheet(f"{number} {part.label}"[:31].translate({ord(c): " " for c in "[]:*?/\\"}))
        sheet.append([label_of(part.model, name) for name in names])
        for row in part.rows:
            sheet.append([neutral(_text(row, name)) for name in names])
    trail = book.create_sheet(_("Changes"))
    for entry in entries:
        trail.append([text_of(entry.at), entry.who(), entry.verb_label(), neutral(entry.record_text)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _text(row: Any, name: str) -> str:
    """Not masked: it is theirs."""
    if is_money(type(row), name) and getattr(row, name) is not None:
        return money(getattr(row, name))
    display = getattr(row, f"get_{name}_display", None)
    return text_of(display() if display else getattr(row, name))


def _entries(parts: list[Part]) -> list[TrailEntry]:
    """What happened to their records, and what they did by their link."""
    keys = [row.pk for part in parts for row in part.rows]
    book = apps.get_model("audit", "Entry")._base_manager
    found = book.filter(record_id__in=keys) | book.filter(actor_id__in=keys)
    return list(found.order_by("number")[:MOST_ENTRIES])
