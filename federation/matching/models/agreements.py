"""What two sides agreed, and what each says came of it. Values in bands: nobody's books are laid open."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.interests import ExpressionOfInterest
from huiguan.records import SharedRecord


class ValueBand(models.TextChoices):
    """From the lowest to the highest."""

    NONE = "none", _("No money involved")
    UNDER_10K = "under_10k", _("Below 10,000 yuan")
    UNDER_100K = "under_100k", _("10,000 to 100,000 yuan")
    UNDER_1M = "under_1m", _("100,000 to 1 million yuan")
    UNDER_10M = "under_10m", _("1 to 10 million yuan")
    OVER_10M = "over_10m", _("Above 10 million yuan")


def lower_of(bands: list[str]) -> str:
    """Where the two sides differ, the lower one counts."""
    return min(bands, key=ValueBand.values.index)


class Agreement(SharedRecord):
    """One for an introduction, as the side that reported it said."""

    class Kind(models.TextChoices):
        PURCHASE = "purchase", _("Purchase or sale")
        SERVICE = "service", _("Services rendered")
        VENUE = "venue", _("Use of a place or of equipment")
        FINANCE = "finance", _("Financing")
        INVESTMENT = "investment", _("Investment")
        COOPERATION = "cooperation", _("Cooperation or exchange")
        OTHER = "other", _("Something else")

    interest = models.OneToOneField(ExpressionOfInterest, models.CASCADE, related_name="agreement")
    kind = models.CharField(_("kind of agreement"), max_length=20, choices=Kind)
    value_band = models.CharField(_("value agreed"), max_length=20, choices=ValueBand)
    signed_on = models.DateField(_("signed"))
    reported_by_id = models.UUIDField()
    reported_at = models.DateTimeField(_("reported"), default=now)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_value_band_display()}"


class Outcome(SharedRecord):
    """What one side says came of it; the introduction is confirmed when both have. `success`: 1 poor to 5 excellent."""

    interest = models.ForeignKey(ExpressionOfInterest, models.CASCADE, related_name="outcomes")
    chamber_id = models.UUIDField()
    success = models.PositiveSmallIntegerField(_("how well"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    amount_band = models.CharField(_("value in fact"), max_length=20, choices=ValueBand)
    jobs = models.PositiveIntegerField(_("jobs"), null=True, blank=True)
    note = models.TextField(_("what came of it"), max_length=600, blank=True)
    reported_at = models.DateTimeField(_("reported"), default=now)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(fields=["interest", "chamber_id"], name="a_side_says_once_what_came_of_it"),
            models.CheckConstraint(condition=models.Q(success__gte=1, success__lte=5), name="success_is_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.success} · {self.get_amount_band_display()}"
