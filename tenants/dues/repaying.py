"""Money that goes back the way it came: asked of the payment service, booked when that says it is done."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from billing import collecting
from billing.purposes import Returned
from huiguan.actors import current_actor
from huiguan.kit.formats import money
from huiguan.tenancy.binding import bound_chamber
from tenants.dues import ledger
from tenants.dues.models import Charge, Entry, OnlinePayment, Payment, Repayment


def repayable_fen(online: OnlinePayment) -> int:
    """What has neither gone back nor is on its way."""
    return int(online.payment.amount_fen - online.returned_fen()) if online.payment else 0


def repay(payment: Payment, *, fen: int, reason: str, key: str) -> None:
    """Give back a part of a payment that was made online. `key` is one for each press of the button.

    Raises ValidationError, and ProviderError when the payment service refuses; then nothing has happened.
    """
    current_actor().require("dues.book")
    online = OnlinePayment.objects.get(payment=payment)
    most = repayable_fen(online)
    if fen > most:
        raise ValidationError(_("At most {amount} can go back.").format(amount=money(most)))
    chamber = bound_chamber()
    collecting.refund(chamber_id=chamber.pk, collection_id=online.collection_id, fen=fen, key=key, reason=reason)


def follow_returns(online: OnlinePayment, told: Iterable[Returned]) -> None:
    """Each repayment once: booked when it is done, undone when it failed after all."""
    known = {row.return_id: row for row in online.repayments.all()}
    for each in told:
        row = known.get(each.id) or Repayment(online=online, return_id=each.id)
        before = (row.status, row.amount_fen)
        row.kind, row.amount_fen, row.reason, row.on = each.kind, each.fen, each.reason, each.on
        row.status = each.status
        if each.status == Repayment.Status.DONE and not row.batches:
            row.batches = _give_back(online, row)
        elif each.status == Repayment.Status.FAILED and row.batches:
            _take_again(row)
        if before != (row.status, row.amount_fen):
            row.save()
    _void_receipts(online)


def _give_back(online: OnlinePayment, row: Repayment) -> list[str]:
    """Out of what this payment left as credit, then out of what it paid for; the latest charge first."""
    reason = _("Paid back online: {why}").format(why=row.reason) if row.reason else _("Paid back online")
    member, fen = online.member_id, row.amount_fen
    booked = _release(_own_charges(online), fen - min(_own_credit(online), Entry.objects.credit(member)), reason)
    others = Charge.objects.standing().filter(member=member).order_by("-due_on", "-id")
    booked += _release(others, fen - Entry.objects.credit(member), reason)  # the money is gone in any case
    booked += ledger.refund(member, fen=fen, reason=reason, on=row.on)
    return list(dict.fromkeys(str(entry.batch) for entry in booked))


def _release(charges: Iterable[Charge], fen: int, reason: str) -> list[Entry]:
    booked: list[Entry] = []
    for charge in charges:
        taken = min(fen, ledger.paid_for(charge))
        if taken > 0:
            booked += ledger.release(charge, fen=taken, reason=reason)
            fen -= taken
    return booked


def _own_charges(online: OnlinePayment) -> Iterable[Charge]:
    return Charge.objects.filter(entries__payment=online.payment_id).distinct().order_by("-due_on", "-id")


def _own_credit(online: OnlinePayment) -> int:
    """What this payment left as credit when it was booked, in fen."""
    return -int(online.payment.entries.filter(charge=None).total()) if online.payment else 0


def _take_again(row: Repayment) -> None:
    """The money did not arrive and is with the chamber again."""
    for batch in reversed(row.batches):
        ledger.reverse(Entry.objects.filter(batch=batch), reason=_("The repayment failed"))
    row.batches = []


def _void_receipts(online: OnlinePayment) -> None:
    """A receipt for money that went back entirely."""
    done = sum(each.amount_fen for each in online.repayments.filter(status=Repayment.Status.DONE))
    if online.payment and done >= online.payment.amount_fen:
        for receipt in online.payment.receipts.standing():
            receipt.void(reason=_("Paid back"))
