"""A member's payment on the hosted page as the dues see it: what it is to settle, what came of it, what went back."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.formats import money
from huiguan.money import FenField
from huiguan.personal import BOOKS, Erased, OnErasure
from huiguan.records import Record, RecordQuerySet
from tenants.dues.models.payments import Payment

METHODS = {"card": Payment.Method.CARD, "alipay": Payment.Method.ALIPAY, "wechat_pay": Payment.Method.WECHAT}

DISPUTES = {
    "needs_response": _("The chamber has to answer"),
    "under_review": _("The bank is looking into it"),
    "closed": _in("of a dispute", "Closed"),
    "won": _("Decided for the chamber"),
    "lost": _("Decided for the payer"),
}
TO_ANSWER = ("needs_response", "warning_needs_response")  # a dispute's states in which the chamber has to say something


class OnlinePaymentQuerySet(RecordQuerySet):
    """Questions to what was begun online."""

    def undecided(self) -> "OnlinePaymentQuerySet":
        """On a page that is open, or with the wallet."""
        return self.filter(status__in=[OnlinePayment.Status.OPEN, OnlinePayment.Status.PROCESSING])

    def disputed(self) -> "OnlinePaymentQuerySet":
        return self.filter(dispute__in=TO_ANSWER)


class OnlinePayment(Record):
    """Begun by a member; from then on its status is what the payment service tells, never what a person says.

    `parts` are {charge, fen} as they were open when the page was opened. `payment` is what was booked of it, once.
    """

    erasure = OnErasure(Erased.STAYS, BOOKS)

    class Status(models.TextChoices):
        OPEN = "open", _in("of an online payment", "Not paid yet")
        PROCESSING = "processing", _("Being confirmed")
        PAID = "paid", _in("of an online payment", "Paid")
        FAILED = "failed", _("Payment failed")
        EXPIRED = "expired", _("Not paid in time")

    status_levels: ClassVar[dict[str, str]] = {
        "open": "neutral", "processing": "info", "paid": "success", "failed": "danger", "expired": "neutral",
    }  # fmt: skip
    trail_excludes = Record.trail_excludes | {"parts", "key", "collection_id", "reference"}

    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="online_payments", verbose_name=_("member")
    )
    parts = models.JSONField(default=list, editable=False)
    amount_fen = FenField(_("amount"))
    key = models.CharField(max_length=160, unique=True, editable=False)
    collection_id = models.UUIDField(unique=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN, editable=False)
    method = models.CharField(_("way of payment"), max_length=10, choices=Payment.Method, blank=True, editable=False)
    dispute = models.CharField(_("dispute"), max_length=30, blank=True, editable=False)
    reference = models.CharField(_("number at the payment service"), max_length=80, blank=True, editable=False)
    payment = models.OneToOneField(
        Payment, models.PROTECT, null=True, related_name="online", editable=False, verbose_name=_("payment")
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(OnlinePaymentQuerySet)()

    class Meta:
        verbose_name = _("online payment")
        verbose_name_plural = _("online payments")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(_now("{amount} online").format(amount=money(self.amount_fen)))

    def begun_at(self) -> Any:
        return self.created_at

    begun_at.short_description = _in("of an online payment", "begun")  # type: ignore[attr-defined]

    @property
    def is_disputed(self) -> bool:
        return self.dispute in TO_ANSWER

    def dispute_words(self) -> str:
        words = DISPUTES.get(self.dispute.removeprefix("warning_"), "")
        return str(words)

    dispute_words.short_description = _("dispute")  # type: ignore[attr-defined]

    def returned_fen(self) -> int:
        """What went back or is on its way back."""
        return sum(each.amount_fen for each in self.repayments.all() if each.status != Repayment.Status.FAILED)

    def returned(self) -> str:
        return money(fen) if (fen := self.returned_fen()) else ""

    returned.short_description = _("paid back")  # type: ignore[attr-defined]


class Repayment(Record):
    """Money of an online payment that went back. `batches` are what was booked of it in the ledger."""

    class Kind(models.TextChoices):
        REFUND = "refund", _("Refund")
        DISPUTE = "dispute", _("Taken back by the payer's bank")

    class Status(models.TextChoices):
        PENDING = "pending", _("Being confirmed")
        DONE = "done", _in("of a refund", "Done")
        FAILED = "failed", _in("of a refund", "Failed")

    status_levels: ClassVar[dict[str, str]] = {"pending": "info", "done": "success", "failed": "danger"}

    online = models.ForeignKey(OnlinePayment, models.PROTECT, related_name="repayments")
    return_id = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_in("of a refund", "kind"), max_length=10, choices=Kind)
    amount_fen = FenField(_("amount"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    on = models.DateField(_in("of a refund", "day"))
    status = models.CharField(_("status"), max_length=10, choices=Status, editable=False)
    batches = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("repayment")
        verbose_name_plural = _("repayments")
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.get_kind_display()} {money(self.amount_fen)}"
