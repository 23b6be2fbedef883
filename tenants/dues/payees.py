"""The chamber's members as the matching of payments sees them: from the tables, with what each owes."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.apps import apps

from tenants.dues.models import Charge, StatementLine
from tenants.dues.statements import KnownPayer, Payee
from tenants.dues.statements.codes import payment_code


def payees() -> list[Payee]:
    """All members, those who left among them: an old debt may still come in. A few queries at any size."""
    members = apps.get_model("members", "Member").objects.prefetch_related("contacts")
    charges, known = _charges(), _known_payers()
    return [_payee(member, charges[member.pk], known.get(member.pk, ())) for member in members]


def _payee(member: Any, charges: list[Charge], known: tuple[KnownPayer, ...]) -> Payee:
    dues: dict[int, int] = defaultdict(int)
    still: dict[int, int] = defaultdict(int)
    for charge in charges:
        dues[charge.year] += charge.amount_fen
        still[charge.year] += charge.open_fen
    people = list(member.contacts.all())
    return Payee(
        key=str(member.pk),
        name=member.name,
        short_name=member.short_name,
        former_names=tuple(filter(None, [member.former_name])),
        legal_representative=member.legal_representative,
        contacts=tuple(dict.fromkeys(person.name for person in people)),
        phones=tuple(p for person in people for p in (person.phone, *person.other_phone.split("、")) if p),
        kind=member.kind,
        credit_code=member.credit_code,
        joined_on=member.joined_on,
        left_on=member.left_on,
        has_left=member.status != "active",
        dues_fen=member.dues_fen,
        dues=dict(dues),
        open=_noted_as_owed(member) | still,
        noted={int(year): note["fen"] for year, note in member.paid_before.items() if _is_paid(note)},
        codes=tuple(payment_code(charge.year, charge.serial) for charge in charges),
        known_payers=known,
    )


def _is_paid(note: Mapping[str, Any]) -> bool:
    return note["status"] == "paid" and bool(note.get("fen"))


def _noted_as_owed(member: Any) -> dict[int, int]:
    """By the register, for years of before the dues were kept here: nothing where they were waived or not yet due."""
    status = {int(year): note["status"] for year, note in member.paid_before.items()}
    owed = {year: member.dues_fen for year, said in status.items() if said == "unpaid" and member.dues_fen}
    return owed | {year: 0 for year, said in status.items() if said in ("waived", "not_due")}


def _charges() -> Mapping[UUID, list[Charge]]:
    """Yearly dues by member; a service has a title of its own and is not matched by its amount."""
    found: dict[UUID, list[Charge]] = defaultdict(list)
    for charge in Charge.objects.standing().filter(kind=Charge.Kind.DUES).order_by("year"):
        found[charge.member_id].append(charge)
    return found


def _known_payers() -> dict[UUID, tuple[KnownPayer, ...]]:
    """Who paid for a member before, by lines that were booked for this member alone."""
    found: dict[UUID, dict[KnownPayer, None]] = defaultdict(dict)
    booked = StatementLine.objects.filter(is_booked=True, amount_fen__gt=0)
    for line in booked.only("party", "party_account", "allocations"):
        members = {each["member"] for each in line.allocations}
        if len(members) == 1 and (line.party or line.party_account):
            found[UUID(members.pop())][KnownPayer(line.party, line.party_account)] = None
    return {member: tuple(payers) for member, payers in found.items()}
