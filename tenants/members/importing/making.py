"""From the fields of a row to a member with its people and positions, not yet stored."""

import datetime
from typing import Any, NamedTuple

from tenants.members.models import Contact, Member, Position
from tenants.members.models.positions import rank_of

PLAIN = [
    "kind",
    "name",
    "short_name",
    "former_name",
    "credit_code",
    "legal_representative",
    "industry",
    "registered_capital_wan",
    "native_place",
    "referrer",
    "address",
    "remarks",
    "left_reason",
    "paid_before",
]
IDENTITY = ("身份证", "身份證", "身份证号", "身份證號", "身份证号码", "身份證號碼", "证件号码", "證件號碼")
MISSING: tuple[Any, ...] = (None, "", [], {})


class Made(NamedTuple):
    """A member with its people and positions, not yet stored."""

    member: Member
    contacts: list[Contact]
    positions: list[Position]


def make(fields: dict[str, Any]) -> Made:
    """A member as its fields say; what they do not say stays empty."""
    member = Member(**{name: fields[name] for name in PLAIN if fields.get(name) not in MISSING})
    member.joined_on, member.joined_precision = date_of(fields.get("joined"))
    member.products = str(fields.get("business", ""))
    member.remarks = "\n".join([*filter(None, [member.remarks]), *_notes(fields.get("extras") or {})])
    if fields.get("dues_yuan") is not None:
        member.dues_fen = round(100 * fields["dues_yuan"])
    if fields.get("status") == "withdrawn":
        member.status, (member.left_on, _known) = Member.Status.LEFT, date_of(fields.get("left_on"))
    contacts, positions = _contacts(member, fields), _positions(member, fields)
    member.index(contacts)
    return Made(member, contacts, positions)


def date_of(said: str | None) -> tuple[datetime.date | None, str]:
    """YYYY, YYYY-MM or YYYY-MM-DD: the first day it can mean, and how precisely it is known."""
    if not said:
        return None, Member.Precision.DAY
    parts = [int(part) for part in said.split("-")]
    precision = [Member.Precision.YEAR, Member.Precision.MONTH, Member.Precision.DAY][len(parts) - 1]
    return datetime.date(*[*parts, 1, 1][:3]), precision


def _contacts(member: Member, fields: dict[str, Any]) -> list[Contact]:
    """The people of the cell; numbers go to the first of them, as the cell does not say whose they are."""
    people, phones = fields.get("contacts") or [], fields.get("phones") or []
    made = []
    for order, person in enumerate(people or ([{"name": member.name}] if phones else [])):
        contact = Contact(member=member, name=person.get("name") or person.get("written_as", ""), order=order)
        contact.role = person.get("role", "")
        made.append(contact)
    if made and phones:
        made[0].phone, made[0].other_phone = phones[0], "、".join(phones[1:])[:60]
    if made:
        made[0].wechat, made[0].email = str(fields.get("wechat", ""))[:40], str(fields.get("email", ""))
    return made


def _notes(extras: dict[str, str]) -> list[str]:
    """Columns that nobody could name are kept as notes; identity numbers stay in the import alone."""
    return [f"{heading}：{text}" for heading, text in extras.items() if text and heading not in IDENTITY]


def _positions(member: Member, fields: dict[str, Any]) -> list[Position]:
    titles = fields.get("positions") or []
    ends = member.left_on if member.status == Member.Status.LEFT else None
    return [Position(member=member, title=t[:20], rank=rank_of(t), ends_on=ends) for t in titles]
