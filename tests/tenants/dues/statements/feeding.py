"""Feeds the matching from a register that was just read, as the dues of a chamber will feed it from their tables."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from tenants.dues.statements import Payee
from tenants.members.register import Register, Row, RowClass

Naming = Callable[[Row], str]


def payees_of(
    register: Register, *, key_of: Naming, codes_of: Callable[[str], tuple[str, ...]] | None = None
) -> list[Payee]:
    """One for each member of the register, also those that left; rows that repeat it add names, people and numbers."""
    repeats: dict[int, list[Row]] = defaultdict(list)
    for row in register.of_class(RowClass.DUPLICATE):
        if row.duplicate_of is not None:
            repeats[id(row.duplicate_of)].append(row)
    found: dict[str, Payee] = {}
    for row_class in (RowClass.MEMBER, RowClass.WITHDRAWN):
        for row in register.of_class(row_class):
            key = key_of(row)
            found.setdefault(key, _payee(key, [row, *repeats[id(row)]], codes_of(key) if codes_of else ()))
    return list(found.values())


def _payee(key: str, rows: list[Row], codes: tuple[str, ...]) -> Payee:
    main = rows[0].fields
    every = [row.fields for row in rows]
    names = [main["name"], *(fields["name"] for fields in every if fields.get("name"))]
    dues = main.get("dues_yuan")
    return Payee(
        key=key,
        name=main["name"],
        short_name=main.get("short_name", ""),
        former_names=_distinct([fields.get("former_name", "") for fields in every] + names, but=main["name"]),
        legal_representative=main.get("legal_representative", ""),
        contacts=_distinct(
            [contact.get("name", "") for fields in every for contact in fields.get("contacts", [])]
            + [fields.get("legal_representative", "") for fields in every]
        ),
        phones=_distinct(phone for fields in every for phone in fields.get("phones", [])),
        kind=main.get("kind") or "",
        credit_code=main.get("credit_code", ""),
        joined_on=_first_day(main.get("joined")),
        left_on=_first_day(main.get("left_on")),
        has_left=main["status"] == "withdrawn",
        dues_fen=None if dues is None else round(dues * 100),
        open=_open(main),
        noted=_noted(main),
        codes=codes,
    )


def _noted(fields: dict[str, Any]) -> dict[int, int]:
    paid = fields.get("paid", {})
    return {
        int(year): round(said["amount"] * 100)
        for year, said in paid.items()
        if said.get("status") == "paid" and said.get("amount")
    }


def _open(fields: dict[str, Any]) -> dict[int, int]:
    """Only what nobody paid is on record: that a year is noted as paid is what the statement is to prove."""
    dues, paid = fields.get("dues_yuan"), fields.get("paid", {})
    unpaid = (int(year) for year, said in paid.items() if said.get("status") == "unpaid")
    waived = {int(year): 0 for year, said in paid.items() if said.get("status") in ("waived", "not_due")}
    return waived | ({year: round(dues * 100) for year in unpaid} if dues else {})


def _distinct(words: Any, but: str = "") -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word and word != but))


def _first_day(text: str | None) -> date | None:
    pieces = [int(piece) for piece in (text or "").split("-") if piece]
    return date(*[*pieces, 1, 1][:3]) if pieces else None
