"""A mirror of what Stripe says of each subscription; never changed but by fetching it again."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.accounts import Account
from billing.models.plans import Plan
from huiguan.records import SharedRecord, TrailedQuerySet


class SubscriptionQuerySet(TrailedQuerySet):
    def current(self) -> "Subscription | None":
        return Subscription.most_telling(self)

    def living(self) -> models.QuerySet["Subscription"]:
        return self.exclude(status__in=Subscription.ENDED)


class Subscription(SharedRecord):
    """Its history is Stripe's, and the events we keep; so it leaves no trail of its own."""

    class Status(models.TextChoices):
        TRIALING = "trialing", _("On trial")
        ACTIVE = "active", _("Paid")
        PAST_DUE = "past_due", _("Payment failed")
        UNPAID = "unpaid", _("Not paid")
        PAUSED = "paused", _("Paused")
        CANCELED = "canceled", _("Ended")
        INCOMPLETE = "incomplete", _("First payment is missing")
        INCOMPLETE_EXPIRED = "incomplete_expired", _("Never paid")

    RANK = ("active", "past_due", "unpaid", "trialing", "paused", "canceled")
    ENDED = ("canceled", "incomplete_expired")

    is_trailed = False

    account = models.ForeignKey(Account, models.PROTECT, related_name="subscriptions")
    stripe_id = models.CharField(max_length=80, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+", verbose_name=_("subscription plan"))
    started_at = models.DateTimeField(_("since"))
    trial_end = models.DateTimeField(_("trial until"), null=True)
    period_start = models.DateTimeField(_("period begins"))
    period_end = models.DateTimeField(_("period ends"))
    cancel_at = models.DateTimeField(_("ends on"), null=True)
    ended_at = models.DateTimeField(_("ended on"), null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(SubscriptionQuerySet)()
    status_levels: ClassVar[dict[str, str]] = {"unpaid": "danger", "past_due": "warning"}

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.account} · {self.get_status_display()}"

    @classmethod
    def most_telling(cls, rows: Iterable["Subscription"]) -> "Subscription | None":
        """The one that counts: paid before owed before tried before ended; of equals the newest."""
        known = sorted(
            (s for s in rows if s.status in cls.RANK), key=lambda s: s.ended_at or s.started_at, reverse=True
        )
        return min(known, key=lambda s: cls.RANK.index(s.status), default=None)

    @property
    def is_bought(self) -> bool:
        """Past its trial and not ended: another plan is a change of this one, not a second purchase."""
        return self.status in ("active", "past_due", "unpaid")

    @property
    def behind_since(self) -> datetime.datetime | None:
        """When payment was due that has not come; none while all is paid."""
        return {
            "past_due": self.period_start,
            "unpaid": self.period_start,
            "paused": self.trial_end or self.period_end,
            "canceled": self.ended_at or self.period_end,
        }.get(self.status)
