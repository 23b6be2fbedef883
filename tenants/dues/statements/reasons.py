"""Why a line was matched, asked or left: whole sentences with named parts, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from tenants.dues.statements.problems import written

REASONS = {
    # who it is for
    "code": _("The payment code %(code)s belongs to %(members)s."),
    "payer_is_member": _("The payer is %(members)s."),
    "payer_former": _("The payer bears the former name of %(members)s."),
    "payer_cut": _("The payer's name is cut off; it begins that of %(members)s only."),
    "payer_abbreviated": _("The payer's name is short for %(members)s."),
    "payer_person": _("%(words)s speaks for %(members)s."),
    "payer_known": _("This payer has paid for %(members)s before."),
    "named": _("The remark names %(members)s (“%(words)s”)."),
    "person_named": _("The remark names %(words)s, who speaks for %(members)s."),
    "number_named": _("The remark gives the number %(words)s of %(members)s."),
    # what it is for
    "fits": _("%(fen)s is exactly what is open for %(years)s."),
    "fits_each": _("%(fen)s is exactly what they owe together for %(years)s."),
    "part": _("A part: %(fen)s of the %(open_fen)s open for %(year)s."),
    "dues_unknown": _("The remark says dues for %(year)s; how much is due is not recorded."),
    "net_of_fee": _("%(gross_fen)s less a fee of %(fee_fen)s."),
    "takes_back_double": _("It gives back the double payment of %(date)s."),
    "takes_back_surplus": _("It gives back what was paid too much on %(date)s."),
    "takes_back_dues": _("It gives back the dues paid on %(date)s."),
    # why a person is asked
    "namesakes": _("%(words)s can be %(members)s."),
    "several_called": _("“%(words)s” can mean %(members)s."),
    "nobody": _("Nobody in the register is called “%(words)s”."),
    "no_payer": _("The line names no payer."),
    "nobody_named": _("The remark names “%(words)s”, who is not in the register."),
    "looks_like": _("The name looks like that of %(members)s, but differs."),
    "purpose_unclear": _("The remark does not say what it is for, and %(fen)s is not what is open."),
    "words_unclear": _("The amount would be that of the dues, but the remark does not say that it is them."),
    "purpose_unknown": _("Nobody knows what “%(words)s” is; the amount would be that of the dues."),
    "purposes_mixed": _("The remark speaks of dues and of “%(words)s”."),
    "already_paid": _("%(members)s has already paid %(year)s."),
    "already_paid_on": _("%(members)s has already paid %(year)s, on %(date)s."),
    "nothing_due": _("%(members)s owes nothing for %(year)s."),
    "too_much": _("%(surplus_fen)s more than is open."),
    "less_a_fee": _("%(fen)s of the %(open_fen)s open: was a fee kept back, or is it a part?"),
    "another_chamber": _("The remark speaks of the dues of “%(words)s”."),
    "does_not_fit": _("%(fen)s is not what is open for %(members)s and %(years)s (%(open_fen)s)."),
    "name_and_amount": _("Only part of the name agrees, and %(fen)s is not what is open."),
    "which_year": _("It can be for %(years)s."),
    "has_left": _("%(members)s had left by then."),
    "not_yet_joined": _("%(members)s joined only after %(year)s."),
    "in_future": _("The line is dated after today."),
    "batch": _("A payment service paid out what several people paid; its own list says who."),
    "paid_out_alike": _("The amount is that of a payout of online payments, which are booked already. Is it one?"),
    "paid_out_unknown": _("The payment service paid out online payments; each was booked when it was made."),
    "contradicts": _("The remark names others than the payment code."),
    "refund_unclear": _("Money went back to %(members)s, but no earlier payment of this amount was found."),
    # why it is no dues
    "other_purpose": _("“%(words)s” is not dues."),
    "paid_out": _("Payout of online payments, for %(date)s: each was booked when it was made."),
    "interest": _("Interest of the bank."),
    "returned": _("A transfer came back."),
    "own_account": _("Moved between the chamber's own accounts."),
    "fee": _("A fee of the bank."),
    "expense": _("An expense."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence by its code, with its parts: names, amounts (`…_fen`, `fen`) and dates."""

    code: str
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def text(self) -> str:
        return str(REASONS[self.code]) % written(self.params)


def because(code: str, /, **params: Any) -> Reason:
    return Reason(code, tuple(params.items()))


def sentences(reasons: Sequence[Reason]) -> str:
    """All of them one after another."""
    return reduce(_followed_by, (reason.text for reason in reasons)) if reasons else ""


def _followed_by(first: str, second: str) -> str:
    return pgettext("two sentences", "%(first)s %(second)s") % {"first": first, "second": second}
