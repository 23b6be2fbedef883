"""What is paid to a chamber online, and what of it went back: mirrors of what the payment service says."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from billing.models.receiving import ReceivingAccount
from huiguan.records import SharedRecord, TrailedQuerySet


class CollectionQuerySet(TrailedQuerySet):
    def locked(self, **which: Any) -> "Collection":
        """The row is held until the transaction ends: whoever fetches after this knows the later state."""
        found: Collection = self.select_for_update(of=("self",)).get(**which)
        return found

    def unsettled(self) -> models.QuerySet["Collection"]:
        """Those of which the service may still have something to tell."""
        return self.filter(status__in=[Collection.Status.OPEN, Collection.Status.PROCESSING])

    def to_hand_over(self) -> models.QuerySet["Collection"]:
        return self.filter(handed_over_at=None).order_by("created_at")


class Collection(SharedRecord):
    """One hosted page for one purpose. `key` is the purpose's own: asked twice, it is one page.

    Without `handed_over_at` the chamber's own books do not know yet what this row says.
    """

    class Status(models.TextChoices):
        OPEN = "open", _in("of an online payment", "Not paid yet")
        PROCESSING = "processing", _("Being confirmed")
        PAID = "paid", _("Paid")
        FAILED = "failed", _("Payment failed")
        EXPIRED = "expired", _("Not paid in time")

    is_trailed = False

    chamber_id = models.UUIDField(db_index=True, editable=False)
    account = models.ForeignKey(ReceivingAccount, models.PROTECT, related_name="collections")
    purpose = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    title = models.CharField(_("for"), max_length=200)
    amount_fen = models.BigIntegerField(_("amount"))
    session_id = models.CharField(max_length=120, blank=True, db_index=True)
    payment_id = models.CharField(max_length=80, blank=True, db_index=True)
    url = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    method = models.CharField(_("way of payment"), max_length=20, blank=True)
    paid_fen = models.BigIntegerField(_("paid"), default=0)
    fee_fen = models.BigIntegerField(_("fee"), default=0)
    paid_at = models.DateTimeField(_("paid at"), null=True)
    dispute = models.CharField(_("dispute"), max_length=30, blank=True)
    mirrored_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(CollectionQuerySet)()

    class Meta:
        verbose_name = _("online payment")
        verbose_name_plural = _("online payments")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["chamber_id", "purpose", "key"], name="one_page_for_a_key"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(handed_over_at=None), name="collections_to_hand_over"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Return(SharedRecord):
    """Money of one payment that went back: refunded by the chamber, or taken back by the payer's bank."""

    class Kind(models.TextChoices):
        REFUND = "refund", _("Refund")
        DISPUTE = "dispute", _("Taken back by the payer's bank")

    class Status(models.TextChoices):
        PENDING = "pending", _("Being confirmed")
        DONE = "done", _in("of a refund", "Done")
        FAILED = "failed", _in("of a refund", "Failed")

    is_trailed = False

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="returns")
    stripe_id = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    amount_fen = models.BigIntegerField(_("amount"))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    happened_at = models.DateTimeField(_("happened"))

    class Meta:
        verbose_name = _("returned payment")
        verbose_name_plural = _("returned payments")
        ordering = ["happened_at"]

    def __str__(self) -> str:
        return f"{self.collection} · {self.get_status_display()}"
