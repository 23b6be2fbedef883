"""What we asked of Stripe, once: our row outlives Stripe's idempotency keys, which live a day. [security 16]"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import SharedRecord, TrailedQuerySet


class OperationQuerySet(TrailedQuerySet):
    def waiting(self) -> models.QuerySet["Operation"]:
        return self.filter(result_id="").order_by("created_at")


class Operation(SharedRecord):
    """`key` is sent as the idempotency key; `result_id` is the object Stripe made, empty until it answered."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer", _("Make a customer")
        TRIAL = "trial", _("Begin a trial")
        CHECKOUT = "checkout", _("Open the checkout")
        ACCOUNT = "account", _("Make a receiving account")
        REFUND = "refund", _("Refund")

    is_trailed = False

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    chamber_id = models.UUIDField(db_index=True)
    asked = models.JSONField(default=dict)
    result_id = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(OperationQuerySet)()

    class Meta:
        verbose_name = _("payment request")
        verbose_name_plural = _("payment requests")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.key
