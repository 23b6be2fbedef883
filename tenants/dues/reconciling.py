"""From a bank statement to booked payments: read and matched, decided by a person, booked, undone."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from billing import collecting
from huiguan.states import Facts
from huiguan.tenancy.binding import current_chamber
from tenants.dues import ledger
from tenants.dues.ledger import Part
from tenants.dues.models import BankStatement, Charge, Entry, Payment, StatementLine
from tenants.dues.models.statements import kept
from tenants.dues.payees import payees
from tenants.dues.statements import Match, Matched, Statement, match_lines
from tenants.dues.statements.payouts import LATE_DAYS, PaidOut
from tenants.dues.statements.reading import read_limited

Decision = StatementLine.Decision
DECISIONS = {Match.AUTO: Decision.BOOK, Match.REVIEW: Decision.ASK, Match.NONE: Decision.LEAVE}
PROVIDERS = (("支付宝", Payment.Method.ALIPAY), ("财付通", Payment.Method.WECHAT), ("微信", Payment.Method.WECHAT))


def match(content: bytes, *, filename: str, sheet: str | None = None) -> tuple[Statement, list[Matched]]:
    """What each line of a file would become; nothing is written. Raises Refused or TooMuch for a bad file."""
    statement = read_limited(content, filename=filename, sheet=sheet)
    own = [*_own_names(), statement.account.holder]
    found = match_lines(
        statement.lines, payees(), today=localdate(), own_names=filter(None, own), payouts=_payouts(statement)
    )
    return statement, found


@transaction.atomic
def keep(content: bytes, *, filename: str, sheet: str | None = None) -> BankStatement:
    """A statement for a person to check. Lines that were booked from an earlier statement are left."""
    statement, found = match(content, filename=filename, sheet=sheet)
    days = [line.booked_on for line in statement.lines]
    made = BankStatement(
        filename=filename[-120:],
        holder=statement.account.holder[:120],
        account=statement.account.number[:40],
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        problems=[problem.as_json() for problem in statement.problems],
    )
    made.save()
    booked = StatementLine.objects.booked_before([line.fingerprint for line in statement.lines])
    lines = [_line(made, order, each, booked) for order, each in enumerate(found)]
    StatementLine.objects.bulk_create(lines, batch_size=500)
    return made


def decide(line: StatementLine, parts: Sequence[dict[str, Any]], *, by: str) -> None:
    """A person's answer; without parts the line is left. Raises ValidationError if they do not add up."""
    fen = sum(part["fen"] for part in parts)
    if parts and fen > abs(line.paid_fen):
        raise ValidationError(_("The parts are more than the line."))
    sign = -1 if line.amount_fen < 0 else 1
    line.allocations = [{**part, "fen": sign * part["fen"]} for part in parts]
    line.surplus_fen = abs(line.paid_fen) - fen if parts else 0
    line.decision, line.decided_by = (Decision.BOOK if parts else Decision.LEAVE), by
    line.save()


def book(statement: BankStatement) -> Facts:
    """Called by the move; every decided line or none."""
    lines = list(statement.lines.to_book().order_by("booked_on", "order"))
    again = StatementLine.objects.booked_before([line.fingerprint for line in lines])
    if again:
        raise ValidationError(_("{n} of the lines were booked from another statement meanwhile.").format(n=len(again)))
    for line in lines:
        _pay(line) if line.amount_fen > 0 else _pay_back(line)
        line.is_booked = True
    StatementLine.objects.bulk_update(lines, ["payment", "batches", "is_booked"], batch_size=500)
    return {"lines": len(lines)}


def undo(statement: BankStatement) -> Facts:
    """Called by the move: every payment and refund of the statement is reversed, the newest first."""
    lines = list(statement.lines.filter(is_booked=True).select_related("payment").order_by("-booked_on", "-order"))
    for line in lines:
        _take_back(line, reason=str(statement))
        line.payment, line.is_booked = None, False
    StatementLine.objects.bulk_update(lines, ["payment", "batches", "is_booked"], batch_size=500)
    return {"lines": len(lines)}


def _line(statement: BankStatement, order: int, found: Matched, booked: set[str]) -> StatementLine:
    line = found.line
    is_known = line.fingerprint in booked
    return StatementLine(
        statement=statement,
        order=order,
        sheet=line.sheet[:100],
        row=line.row,
        booked_on=line.booked_on,
        party=line.party[:200],
        party_account=line.party_account[:40],
        amount_fen=line.amount_fen,
        summary=line.summary[:300],
        remark=line.remark[:500],
        reference=line.reference[:80],
        fingerprint=line.fingerprint,
        match=found.match.value,
        kind="booked" if is_known else found.kind.value,
        reasons=kept(found.reasons),
        allocations=[each.as_json() for each in found.allocations],
        candidates=[{**each.as_json(), "reason": each.reason.text} for each in found.candidates],
        surplus_fen=found.surplus_fen,
        gross_fen=found.gross_fen,
        payer_member=UUID(found.payer) if found.payer else None,
        decision=Decision.LEAVE if is_known else DECISIONS[found.match],
    )


def _pay(line: StatementLine) -> None:
    payment = Payment(
        method=next((method for word, method in PROVIDERS if word in line.party + line.remark), "transfer"),
        amount_fen=line.paid_fen,
        fee_fen=line.paid_fen - line.amount_fen,
        received_on=line.booked_on,
        payer=line.party[:120],
        reference=line.reference,
        note=line.remark[:200],
        key=f"line:{line.fingerprint}",
    )
    payment.save()
    parts = [part for each in line.allocations for part in _parts(each)]
    rest = line.paid_fen - sum(part.fen for part in parts)
    ledger.pay(payment, [*parts, *_credit(UUID(line.allocations[0]["member"]), rest)])
    line.payment = payment


def _parts(said: dict[str, Any]) -> Iterable[Part]:
    """What a year's charge takes; more than is open, or a year that was not assessed, becomes credit."""
    member = UUID(said["member"])
    charge = Charge.objects.of_year(said["year"]).filter(member=member).first()
    taken = min(said["fen"], charge.open_fen) if charge else 0
    return [*([Part(member, taken, charge.pk)] if charge and taken else []), *_credit(member, said["fen"] - taken)]


def _credit(member: UUID, fen: int) -> list[Part]:
    return [Part(member, fen)] if fen > 0 else []


def _pay_back(line: StatementLine) -> None:
    """Out of the member's credit; what was paid for the year becomes credit first where there is too little."""
    reason = _("Bank statement, {day:%Y-%m-%d}: {words}").format(day=line.booked_on, words=line.remark or line.summary)
    booked: list[Entry] = []
    for each in line.allocations:
        member, fen = UUID(each["member"]), -each["fen"]
        short = fen - Entry.objects.credit(member)
        charge = Charge.objects.of_year(each["year"]).filter(member=member).first()
        if short > 0 and charge is not None:
            booked += ledger.release(charge, fen=min(short, ledger.paid_for(charge)), reason=reason)
        booked += ledger.refund(member, fen=fen, reason=reason, on=line.booked_on)
    line.batches = list(dict.fromkeys(str(entry.batch) for entry in booked))


def _take_back(line: StatementLine, *, reason: str) -> None:
    if line.payment is not None:
        line.payment.reverse(reason=reason)
    for batch in reversed(line.batches):
        ledger.reverse(Entry.objects.filter(batch=batch), reason=reason)
    line.batches = []


def _payouts(statement: Statement) -> list[PaidOut]:
    """What the payment service paid out around the statement's days."""
    chamber, days = current_chamber(), [line.booked_on for line in statement.lines]
    if chamber is None or not days:
        return []
    around = datetime.timedelta(days=LATE_DAYS)
    found = collecting.payouts(chamber.pk, since=min(days) - around, until=max(days) + around)
    return [PaidOut(fen, arrives_on) for fen, arrives_on in found]


def _own_names() -> list[str]:
    """The chamber's own names: money between its accounts is no dues."""
    chamber = current_chamber()
    return [name for name in (chamber.name, chamber.short_name) if name] if chamber else []
