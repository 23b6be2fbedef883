"""Importing a long register: by the product, and the way most programs do it, one save after another."""

import datetime
import resource
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tests.bench.side.registers import register

written = cache(register)


def import_register(rows: int, slug: str) -> dict[str, Any]:
    """Read, checked, kept for the preview, and applied."""
    from tenants.members.importing.reading import read_file
    from tenants.members.models import Member

    before = _peak_megabytes()
    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        source = read_file(content=written(rows), filename="register.xlsx")
        source.apply()
        return {"members": Member.objects.count(), "megabytes": _peak_megabytes() - before}


def import_row_by_row(rows: int, slug: str) -> dict[str, Any]:
    from tenants.members.models import Contact, Member, Position

    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        sheet = load_workbook(BytesIO(written(rows)), read_only=True).active
        for row in sheet.iter_rows(min_row=2, values_only=True):
            _number, name, code, legal, person, phone, trade, title, joined, dues, address = row
            member = Member(name=name, credit_code=code, legal_representative=legal, industry=trade, address=address)
            member.joined_on, member.dues_fen = datetime.date.fromisoformat(joined), 100 * dues
            member.save()
            Contact(member=member, name=person, phone=phone).save()
            if title:
                Position(member=member, title=title).save()
        return {"members": Member.objects.count()}


def _peak_megabytes() -> float:
    """Of this process and the largest child: the file is read in one of its own."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
