"""What can be bought: a price for a month or a year, and what it includes."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiguan.records import SharedRecord, TrailedQuerySet


class PlanQuerySet(TrailedQuerySet):
    def offered(self) -> models.QuerySet["Plan"]:
        return self.filter(is_offered=True).order_by("price_fen", "code")

    def for_trials(self) -> "Plan | None":
        """What a trial is given: the middle of the monthly plans."""
        monthly = list(self.offered().filter(interval=Plan.Interval.MONTH))
        return monthly[len(monthly) // 2] if monthly else None


class Plan(SharedRecord):
    """Limits are numbers of members, of people who sign in, and of megabytes; none is without limit."""

    class Interval(models.TextChoices):
        MONTH = "month", _("per month")
        YEAR = "year", _("per year")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("names"), default=dict, help_text=_("By language: zh-hans, zh-hant, en"))
    price_fen = models.PositiveIntegerField(_("price in fen"))
    interval = models.CharField(_("interval"), max_length=10, choices=Interval, default=Interval.MONTH)
    members = models.PositiveIntegerField(_("members included"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("people who sign in"), null=True, blank=True)
    storage_mb = models.PositiveIntegerField(_("storage in megabytes"), null=True, blank=True)
    is_offered = models.BooleanField(_("is offered"), default=True)
    stripe_price_id = models.CharField(max_length=80, blank=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(PlanQuerySet)()

    class Meta:
        verbose_name = _("subscription plan")
        verbose_name_plural = _("subscription plans")
        ordering = ["price_fen"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.names.get(get_language() or "") or self.names.get("zh-hans") or self.code)

    @property
    def fen_a_month(self) -> int:
        return round(self.price_fen / 12) if self.interval == self.Interval.YEAR else self.price_fen
