"""Importing a long register: by the product, and the way most programs do it, one save after another."""

import datetime
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tests.bench.machine import most_memory
from tests.bench.side.registers import register

written = cache(register)


def write_register(rows: int) -> int:
    """The file that both import: its size. Writing it is nobody's work of importing."""
    return len(written(rows))


def import_register(rows: int, slug: str) -> dict[str, Any]:
    """Read, checked, kept for the preview, and applied."""
    from tenants.members.importing.reading import read_file
    from tenants.members.models import Member

    with most_memory() as peak, in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        source = read_file(content=written(rows), filename="register.xlsx")
        source.apply()
        members = Member.objects.count()
    return {"members": members, "megabytes": peak.megabytes}


def undo_import(slug: str) -> int:
    """Members that are left."""
    from tenants.members.models import Member, RegisterImport

    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        RegisterImport.objects.get().undo()
        return int(Member.objects.count())


def read_register_again(slug: str) -> int:
    """Rows, after the columns were given another meaning."""
    from tenants.members.importing.reading import read_again
    from tenants.members.models import RegisterImport

    with in_chamber(Chamber.objects.get(slug=slug)), acting_as(SYSTEM):
        source = RegisterImport.objects.get()
        source.take_up()
        read_again(source, {"会员名册": {"K": "remarks"}})
        return int(source.rows.count())


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
