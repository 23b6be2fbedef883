"""Money that came in: by transfer, in cash, by card or wallet. What it settles stands in its entries."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.formats import money
from huiguan.money import FenField
from huiguan.personal import BOOKS, Erased, OnErasure
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move


class PaymentQuerySet(RecordQuerySet):
    """Questions to what came in."""

    def standing(self) -> "PaymentQuerySet":
        return self.filter(status=Payment.Status.RECEIVED)


class Payment(Stateful, Record):
    """`key` tells one payment from another: the same money is not booked twice, whoever books it, however often."""

    erasure = OnErasure(Erased.STAYS, BOOKS)

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("Bank transfer")
        CASH = "cash", _("Cash")
        CARD = "card", _("Card")
        ALIPAY = "alipay", _("Alipay")
        WECHAT = "wechat", _("WeChat Pay")

    class Status(models.TextChoices):
        RECEIVED = "received", _in("money", "Received")
        REVERSED = "reversed", _("Reversed")

    status_levels: ClassVar[dict[str, str]] = {"received": "success", "reversed": "neutral"}

    method = models.CharField(_("way of payment"), max_length=10, choices=Method, default=Method.TRANSFER)
    amount_fen = FenField(_("amount"), validators=[MinValueValidator(1)])
    fee_fen = FenField(_("fee kept by the provider"), default=0, validators=[MinValueValidator(0)])
    received_on = models.DateField(_in("money", "received"), default=localdate)
    payer = models.CharField(_("payer"), max_length=120, blank=True)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    key = models.CharField(max_length=280, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(PaymentQuerySet)()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["-received_on", "-id"], name="payments_newest_first")]
        constraints = [
            models.CheckConstraint(name="a_payment_is_of_something", condition=models.Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="a_fee_is_part_of_its_payment",
                condition=models.Q(fee_fen__gte=0, fee_fen__lte=models.F("amount_fen")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_on:%Y-%m-%d} {self.payer or self.get_method_display()} {money(self.amount_fen)}"

    def names(self) -> str:
        """The members it was for."""
        return "、".join(dict.fromkeys(str(e.member) for e in self.entries.all()))

    names.short_description = _("members")  # type: ignore[attr-defined]

    @move(
        Status.RECEIVED,
        to=Status.REVERSED,
        permission="dues.book",
        label=_("Reverse"),
        danger=True,
        description=_("For a mistake in booking. The entries stay; opposite ones are added."),
    )
    def reverse(self, *, reason: str) -> Facts:
        from tenants.dues import ledger

        if hasattr(self, "online"):
            raise ValidationError(_now("This was paid online and the money is there. Pay it back instead."))
        undone = ledger.reverse(self.entries.all(), reason=reason)
        for receipt in self.receipts.standing():
            receipt.void(reason=reason)
        self.key = f"{self.key}#{self.pk}"[:280]  # the same money can be booked again, rightly
        return {"reason": reason, "entries": len(undone)}
