"""Receipts 收据: numbered without gaps, one for each member of a payment; a wrong one is void and keeps its number."""

from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.actors import name_in_words
from huiguan.money import FenField
from huiguan.personal import BOOKS, Erased, OnErasure
from huiguan.records import Record, RecordQuerySet, TrailWords
from huiguan.states import Facts, Stateful, move

SERIES = "dues.receipt"


class ReceiptQuerySet(RecordQuerySet):
    """Questions to the receipts."""

    def standing(self) -> "ReceiptQuerySet":
        return self.filter(status=Receipt.Status.ISSUED)


class Receipt(Stateful, Record):
    """What it says is kept as it was said: `lines` are {what, period, fen}."""

    erasure = OnErasure(Erased.STAYS, BOOKS)

    class Status(models.TextChoices):
        ISSUED = "issued", _in("of a receipt", "Issued")
        VOID = "void", _("Void")

    status_levels: ClassVar[dict[str, str]] = {"issued": "success", "void": "neutral"}
    trail_excludes = Record.trail_excludes | {"lines"}

    year = models.PositiveSmallIntegerField(_in("of dues", "year"))
    number = models.PositiveIntegerField(_in("of a receipt", "number"))
    payment = models.ForeignKey("dues.Payment", models.PROTECT, related_name="receipts", verbose_name=_("payment"))
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="receipts", verbose_name=_("member"))
    payer = models.CharField(_("made out to"), max_length=120)
    amount_fen = FenField(_("amount"))
    lines = models.JSONField(default=list)
    issued_on = models.DateField(_in("of a receipt", "issued"), default=localdate)
    issued_by = models.CharField(_in("of a receipt", "by whom"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ISSUED, editable=False)

    trail_words: ClassVar[TrailWords] = {"issued_by": name_in_words}
    objects: ClassVar[Any] = models.Manager.from_queryset(ReceiptQuerySet)()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_receipt_of_a_number"),
            models.UniqueConstraint(
                fields=["payment", "member"], condition=models.Q(status="issued"), name="one_receipt_for_a_payment"
            ),
        ]

    def __str__(self) -> str:
        return str(_now("Receipt {number}").format(number=self.shown_number()))

    def who(self) -> str:
        return name_in_words(self.issued_by)

    who.short_description = _in("of a receipt", "by whom")  # type: ignore[attr-defined]

    def shown_number(self) -> str:
        """As it is printed: 2026-000123."""
        return f"{self.year}-{self.number:06}"

    shown_number.short_description = _in("of a receipt", "number")  # type: ignore[attr-defined]

    @move(
        Status.ISSUED, to=Status.VOID, permission="dues.book", label=_("Void"), danger=True,
        description=_("The number stays used. A new receipt can be issued for the payment."),
    )  # fmt: skip
    def void(self, *, reason: str) -> Facts:
        return {"reason": reason}
