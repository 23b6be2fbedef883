"""A chamber's own account at the payment service: what its members pay goes there and never through us."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.records import SharedRecord, TrailedQuerySet

METHODS = {"card": _("Bank card"), "alipay": _("Alipay"), "wechat_pay": _("WeChat Pay")}


class ReceivingAccountQuerySet(TrailedQuerySet):
    def of(self, chamber_id: Any) -> "ReceivingAccount | None":
        """The one that is connected now."""
        return self.filter(chamber_id=chamber_id, disconnected_at=None).first()

    def locked(self, **which: Any) -> "ReceivingAccount":
        found: ReceivingAccount = self.select_for_update(of=("self",)).get(**which)
        return found


class ReceivingAccount(SharedRecord):
    """What the service says of it is fetched, never set; a disconnected one stays, for the payments that it took."""

    trail_excludes = SharedRecord.trail_excludes | {"requirements", "offered", "mirrored_at"}

    chamber_id = models.UUIDField(db_index=True, editable=False)
    stripe_id = models.CharField(max_length=80, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    country = models.CharField(_("registered in"), max_length=2)
    details_submitted = models.BooleanField(default=False, editable=False)
    charges_enabled = models.BooleanField(_("takes payments"), default=False, editable=False)
    payouts_enabled = models.BooleanField(_("pays out"), default=False, editable=False)
    offered = models.JSONField(default=list, editable=False)
    requirements = models.JSONField(default=dict, editable=False)
    mirrored_at = models.DateTimeField(null=True, editable=False)
    disconnected_at = models.DateTimeField(_("disconnected"), null=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ReceivingAccountQuerySet)()

    class Meta:
        verbose_name = _("receiving account")
        verbose_name_plural = _("receiving accounts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["chamber_id"], condition=models.Q(disconnected_at=None), name="one_receiving_account_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.stripe_id

    @property
    def methods(self) -> list[str]:
        """How members can pay into it now."""
        if self.disconnected_at or not self.charges_enabled:
            return []
        return [method for method in METHODS if method in self.offered]

    @property
    def missing(self) -> list[str]:
        """What the service still asks for, by its own names."""
        return list(
            dict.fromkeys([*self.requirements.get("past_due", []), *self.requirements.get("currently_due", [])])
        )


class Payout(SharedRecord):
    """What the service paid out to the chamber's bank account: many payments less the fees, none of it new money."""

    is_trailed = False

    account = models.ForeignKey(ReceivingAccount, models.PROTECT, related_name="payouts")
    stripe_id = models.CharField(max_length=80, unique=True, editable=False)
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)
    arrives_on = models.DateField(_("arrives on"))
    status = models.CharField(_("status"), max_length=20)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        ordering = ["-arrives_on", "-id"]

    def __str__(self) -> str:
        return f"{self.arrives_on:%Y-%m-%d} {self.amount_fen / 100:.2f}"
