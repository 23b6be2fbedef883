"""The fields of a member, read from the cells of its row; what a cell does not tell is left out and asked."""

from decimal import Decimal
from typing import Any

from huiguan.names.organisations import is_organisation, short_name
from huiguan.names.people import read_contacts, read_person
from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import clean, fold
from huiguan.spreadsheets.dates import read_date
from huiguan.spreadsheets.grids import Broken, Value, shown
from huiguan.spreadsheets.money import bare_number, plain, read_capital, read_dues
from huiguan.spreadsheets.problems import Doubt
from tenants.members.register.cells import Cells, Frame
from tenants.members.register.codes import read_code
from tenants.members.register.columns import Column
from tenants.members.register.freetext import mention_hidden_characters, read_texts
from tenants.members.register.identities import Identity
from tenants.members.register.industries import read_industry
from tenants.members.register.names import former_name, read_name
from tenants.members.register.payments import Dues, read_payment, read_payments
from tenants.members.register.phones import read_phones
from tenants.members.register.positions import read_positions
from tenants.members.register.problems import Problem
from tenants.members.register.readings import Reading

SMALLEST_PAYMENT = 100  # yuan


def read_fields(cells: Cells, frame: Frame, identity: Identity) -> Reading:
    """Reads every field the sheet has columns for, in the order in which later ones need earlier ones."""
    reading = Reading(cells, frame)
    _read_identity(reading, identity)
    _read_people(reading, identity)
    _read_place_in_chamber(reading, identity)
    _read_money(reading)
    _read_payments(reading)
    read_texts(reading, identity)
    mention_hidden_characters(reading)
    return reading


def _read_identity(reading: Reading, identity: Identity) -> None:
    reading.put("kind", identity.kind)
    reading.put("name", identity.name.text)
    reading.put("employer", identity.employer if identity.employer != identity.name.text else "")
    former = (
        read_name(reading.cells.text("former_name")).text
        or identity.name.former
        or former_name(reading.cells.text("remarks"))
    )
    reading.put("former_name", former if former != identity.name.text else "")
    said = reading.cells.text("short_name")
    reading.put(
        "short_name",
        said or (short_name(identity.name.text) if is_organisation(identity.name.text) else identity.name.text),
    )
    code, doubt = read_code(reading.usable("credit_code"))
    reading.put("credit_code", code)
    reading.doubt("credit_code", doubt)
    for field, about in identity.doubts:
        is_about_name = field == "name" or about.code == "kind_assumed"
        reading.doubt(field, about, value=identity.name.text if is_about_name else None)


def _read_people(reading: Reading, identity: Identity) -> None:
    cells = reading.cells
    contacts: list[dict[str, str]] = []
    for field in ("contact", "contact_phone"):
        for _, value in cells.all(field):
            found, doubt = (
                read_contacts(shown(value)) if not isinstance(value, Broken) else ([], Doubt("cell_has_error"))
            )
            contacts += [contact for contact in found if contact not in contacts]
            if not identity.doubts or identity.kind != "individual":
                reading.doubt("contact", _with_likely_name(doubt, shown(value), cells), value)
    if identity.kind == "individual" and not contacts:
        contacts = [{"name": identity.name.text}]
    role = cells.text("contact_role")
    if role and len(contacts) == 1 and len(role) <= 30:
        contacts[0].setdefault("role", role)
    reading.put("contacts", contacts)
    _read_legal_representative(reading, identity)
    _read_phones(reading)


def _with_likely_name(doubt: Doubt | None, written: str, cells: Cells) -> Doubt | None:
    """张总 may be the legal representative 张三, but only a person can say so."""
    likely = read_person(cells.text("legal_representative"))
    if doubt and doubt.code == "person_only_surname" and likely and likely[0] in written:
        return Doubt(doubt.code, (likely,))
    return doubt


def _read_legal_representative(reading: Reading, identity: Identity) -> None:
    text = reading.cells.text("legal_representative")
    person = read_person(text)
    if not person and not says_nothing(fold(text)):
        reading.doubt("legal_representative", Doubt("person_unreadable"))
    reading.put(
        "legal_representative",
        person or (identity.name.text if identity.kind == "individual" and not identity.doubts else None),
    )


def _read_phones(reading: Reading) -> None:
    phones: list[str] = []
    for field in ("phone", "contact_phone"):
        for _, value in reading.cells.all(field):
            found, doubt = read_phones(value) if not isinstance(value, Broken) else ([], Doubt("cell_has_error"))
            phones += [number for number in found if number not in phones]
            if not (doubt and doubt.code == "phone_not_a_number" and field == "contact_phone"):
                reading.doubt("phone", doubt, value)
    reading.put("phones", phones)


def _read_place_in_chamber(reading: Reading, identity: Identity) -> None:
    _read_positions(reading)
    frame, cells = reading.frame, reading.cells
    industry, doubt = read_industry(shown(reading.usable("industry")))
    if not industry and not cells.is_said("industry"):
        industry = frame.section.industry if frame.section else None
        industry = industry or _industry_of_business(cells)
    reading.put("industry", industry)
    reading.doubt("industry", doubt)
    for field in ("joined", "left_on"):
        for column, value in cells.all(field)[:1]:
            found, doubt = read_date(reading.usable(field), today=frame.today, keeps_zeros=_keeps_zeros(frame, column))
            reading.put(field, found)
            reading.doubt(field, doubt, value)


def _industry_of_business(cells: Cells) -> str | None:
    found, doubt = read_industry(cells.text("business"))
    return None if doubt else found


def _keeps_zeros(frame: Frame, column: Column) -> bool:
    return column.at in frame.keeps_zeros


def _read_positions(reading: Reading) -> None:
    found, doubt = read_positions(shown(reading.usable("position")))
    reading.doubt("position", doubt)
    if not found and not doubt and not reading.cells.is_said("position"):
        found = _positions_of_section(reading)
    reading.put("positions", found)


def _positions_of_section(reading: Reading) -> list[str]:
    """What the section row above says; nothing, with a question, if it leaves a choice or nobody understands it."""
    frame, section = reading.frame, reading.frame.section
    if frame.section_positions and not (section and section.is_choice):
        return list(frame.section_positions)
    if section and section.is_choice:
        reading.problems.append(Problem("position_unclear", "position", section.text, section.positions))
    elif section and section.is_unclear:
        reading.problems.append(Problem("section_unknown", "position", section.text))
    elif "position" in frame.fields and not frame.is_withdrawn:
        reading.problems.append(Problem("position_missing", "position"))
    return []


def _read_money(reading: Reading) -> None:
    frame = reading.frame
    for column, _ in reading.cells.all("dues")[:1]:
        amount, doubt = read_dues(reading.usable("dues"), unit=column.unit or frame.dues_unit)
        reading.put("dues_yuan", None if amount is None else plain(amount))
        reading.doubt("dues", doubt)
    for column, value in reading.cells.all("registered_capital_wan")[:1]:
        amount, doubt = read_capital(reading.usable("registered_capital_wan"), unit=column.unit or frame.capital_unit)
        reading.put("registered_capital_wan", None if amount is None else plain(amount))
        reading.doubt("registered_capital_wan", doubt, value)


def _read_payments(reading: Reading) -> None:
    joined, dues = reading.fields.get("joined"), reading.fields.get("dues_yuan")
    is_doubtful = ("dues" in reading.frame.fields and dues is None) or (
        "joined" in reading.frame.fields and joined is None
    )
    known = Dues(None if dues is None else Decimal(str(dues)), int(joined[:4]) if joined else None, is_doubtful)
    paid: dict[str, Any] = {}
    for column in (column for column in reading.cells.columns if column.field == "paid"):
        value = reading.cells.line.value(column.at)
        if isinstance(value, Broken):
            reading.doubt("paid", Doubt("formula_not_calculated" if value.is_formula else "cell_has_error"), value)
            continue
        found, doubt = _payments(value, known, column, reading.frame)
        paid |= {str(year): payment for year, payment in found.items()}
        reading.doubt("paid", doubt, value)
    reading.put("paid", paid)


def _payment_unit(number: float, column: Column, frame: Frame) -> Decimal:
    """A small number counts 万元 where its heading or that of the dues does: nobody pays 0.3 yuan."""
    dues = next((other.unit for other in frame.columns if other.field == "dues" and other.unit), frame.dues_unit)
    return column.unit or (dues if number < SMALLEST_PAYMENT else Decimal(1))


def _payments(value: Value, dues: Dues, column: Column, frame: Frame) -> tuple[dict[int, Any], Doubt | None]:
    number = bare_number(value)
    if number is not None and _payment_unit(number, column, frame) != 1:
        value = f"{clean(shown(value))}万"
    if column.year is None:
        return read_payments(value, dues, frame.paid_year)
    payment, doubt = read_payment(value, dues, column.year)
    return ({column.year: payment} if payment else {}), doubt
