"""Which column of a sheet holds which field: guessed from headings, checked against the values below them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from huiguan.names.organisations import is_organisation
from huiguan.names.people import is_role, read_contacts
from huiguan.spreadsheets.characters import clean, fold, joined
from huiguan.spreadsheets.grids import Line, Value, is_blank, shown
from huiguan.spreadsheets.headings import CERTAIN, GUESSED, LIKELY
from huiguan.spreadsheets.workbook import letter
from tenants.members.register.codes import looks_like_code
from tenants.members.register.headings import PAID, lexicon, meaning
from tenants.members.register.industries import read_industry
from tenants.members.register.phones import read_phones
from tenants.members.register.positions import position
from tenants.members.register.vocabulary import terms

MANY = frozenset({"phone", "contact", "remarks", "business", PAID, "contact_phone", "serial", "contact_role"})
_SAMPLE = 200
_GENERIC = frozenset(
    {
        "职务",
        "职位",
        "任职",
        "级别",
        "等级",
        "身份",
        "单位职务",
        "类别",
        "类型",
        "性质",
        "会员类别",
        "会员类型",
        "会员性质",
        "会员分类",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it will be read. `field` is empty where nobody knows what it holds."""

    at: int  # counted from 0
    heading: str
    field: str
    confidence: float
    year: int | None = None  # of a payment
    unit: Decimal | None = None  # yuan that a bare number counts, where the heading says it

    @property
    def letter(self) -> str:
        return letter(self.at)

    @property
    def key(self) -> str:
        """How the column is named in a mapping: `phone`, `paid.2025`."""
        return f"{self.field}.{self.year}" if self.year else self.field

    def as_json(self) -> dict[str, Any]:
        return {"column": self.letter, "heading": self.heading, "field": self.key, "confidence": self.confidence}


def guess_columns(headings: tuple[tuple[str, ...], ...], lines: list[Line]) -> list[Column]:
    """One column for each heading, or for each that has values without one."""
    samples = [_sample(lines, at) for at in range(len(headings))]
    columns = [_column(at, parts) for at, parts in enumerate(headings)]
    columns = [_checked(column, samples[column.at]) for column in columns]
    columns = _settle_principal(_settle_positions(columns))
    columns = _without_rivals(columns)
    return _with_sniffed(columns, samples)


def given_columns(columns: list[Column], mapping: Mapping[str, str]) -> list[Column]:
    """The columns as a person mapped them: letters to keys; an empty key means that a column is not read."""
    return [_given(column, mapping[column.letter]) if column.letter in mapping else column for column in columns]


def _given(column: Column, key: str) -> Column:
    field, _, year = key.partition(".")
    return replace(column, field=field, confidence=CERTAIN, year=int(year) if year else None)


def _column(at: int, parts: tuple[str, ...]) -> Column:
    found = meaning(parts)
    return Column(at, " / ".join(parts), found.field, found.confidence, found.year, found.unit)


def _checked(column: Column, values: list[Value]) -> Column:
    """A general heading such as 职务 or 类别 means what most of its values are."""
    is_general = lexicon().word(column.heading) in _GENERIC
    if column.field not in ("position", "kind", "contact_role") or not is_general or not values:
        return column
    shares = {field: _share(values, is_one) for field, is_one in _VALUES.items()}
    best = max(shares, key=lambda field: shares[field])
    if shares[best] >= 0.5 and shares[column.field] < 0.5:
        return replace(column, field=best, confidence=GUESSED)
    return column if shares[column.field] >= 0.3 else replace(column, confidence=GUESSED)


def _settle_positions(columns: list[Column]) -> list[Column]:
    """Beside 商会职务, a bare 职务 is the person's post in the company."""
    positions = [column for column in columns if column.field == "position"]
    clear = [column for column in positions if lexicon().word(column.heading) not in _GENERIC]
    if not clear:
        return columns
    return [
        replace(c, field="contact_role", confidence=LIKELY) if c in positions and c not in clear else c for c in columns
    ]


def _settle_principal(columns: list[Column]) -> list[Column]:
    """负责人 is the person to talk to, unless another column names that person."""
    fields = {column.field for column in columns}
    reading = "contact" if not fields & {"contact", "contact_phone"} else "legal_representative"
    if reading in fields:
        reading = "contact"
    return [
        replace(c, field=reading, confidence=LIKELY if reading == "contact" else GUESSED)
        if c.field == "principal"
        else c
        for c in columns
    ]


def _without_rivals(columns: list[Column]) -> list[Column]:
    """Of several columns for one field the surest stays, of equally sure ones the first; the others are not read."""
    kept: dict[str, Column] = {}
    for column in sorted(columns, key=lambda c: (-c.confidence, c.at)):
        if column.field and column.field not in MANY:
            kept.setdefault(column.field, column)
    return [c if c.field in MANY or kept.get(c.field) is c else replace(c, field="", confidence=0.0) for c in columns]


def _with_sniffed(columns: list[Column], samples: list[list[Value]]) -> list[Column]:
    """Columns that no heading explains, recognised by values that can hardly be anything else."""
    found = list(columns)
    for at, column in enumerate(columns):
        taken = {c.field for c in found}
        telling = (
            field for field, is_one in _TELLING.items() if field not in taken and _tells(field, is_one, samples[at])
        )
        field = "" if column.field else next(telling, "")
        if field and not (field == "contact" and "contact_phone" in taken):
            found[at] = replace(column, field=field, confidence=GUESSED)
    return found


def _tells(field: str, is_one: Callable[[Value], bool], values: list[Value]) -> bool:
    """Positions merged over many rows have few values, and notes stand among them."""
    few, share = (2, 0.5) if field == "position" else (3, 0.8)
    return len(values) >= few and _share(values, is_one) >= share


def _sample(lines: list[Line], at: int) -> list[Value]:
    return [value for line in lines[: 3 * _SAMPLE] if not is_blank(value := line.value(at))][:_SAMPLE]


def _share(values: list[Value], is_one: Callable[[Value], bool]) -> float:
    return sum(map(is_one, values)) / len(values) if values else 0.0


def _is_position(value: Value) -> bool:
    return position(shown(value)) is not None or (
        fold(shown(value)) in terms("names", "kinds") and "会员" in fold(shown(value))
    )


def _is_role(value: Value) -> bool:
    return position(shown(value)) is None and is_role(shown(value))


def _is_kind(value: Value) -> bool:
    return fold(shown(value)) in terms("names", "kinds")


def _is_industry(value: Value) -> bool:
    return read_industry(shown(value))[0] is not None


def _is_phone(value: Value) -> bool:
    return bool(read_phones(value)[0])


def _is_organisation(value: Value) -> bool:
    return is_organisation(joined(clean(shown(value))))


def _is_contact(value: Value) -> bool:
    return len(shown(value)) < 30 and any("name" in contact for contact in read_contacts(shown(value))[0])


_VALUES: dict[str, Callable[[Value], bool]] = {
    "position": _is_position,
    "kind": _is_kind,
    "contact_role": _is_role,
    "industry": _is_industry,
}
_TELLING: dict[str, Callable[[Value], bool]] = {
    "credit_code": looks_like_code,
    "phone": _is_phone,
    "name": _is_organisation,
    "position": lambda value: position(shown(value)) is not None,
    "contact": _is_contact,
}
