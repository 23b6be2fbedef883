"""What Stripe told: kept first, answered at once, acted upon later by asking what is true now. [security 16]"""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

GIVE_UP_AFTER = 12


class EventQuerySet(models.QuerySet["Event"]):
    def waiting(self) -> models.QuerySet["Event"]:
        return self.filter(processed_at=None, attempts__lt=GIVE_UP_AFTER).order_by("happened_at")

    def stuck(self) -> models.QuerySet["Event"]:
        return self.filter(processed_at=None).exclude(problem="")

    def newest_moment(self) -> datetime.datetime:
        """The later of our clock and of what Stripe told: the same within seconds, except when time is tried out."""
        newest = self.aggregate(at=models.Max("happened_at"))["at"]
        return max(now(), newest) if newest else now()


class Event(models.Model):
    """The key is Stripe's, so that the second delivery of an event finds the first."""

    class FoundBy(models.TextChoices):
        DELIVERY = "delivery", _("Delivered")
        SWEEP = "sweep", _("Found by the sweep")

    stripe_id = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(_("kind"), max_length=80)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=120)
    account_id = models.CharField(max_length=80, blank=True)  # of the connected account it is about; ours without one
    payment_id = models.CharField(max_length=80, blank=True)  # which payment, where it is about one
    happened_at = models.DateTimeField(_("happened"), db_index=True)
    received_at = models.DateTimeField(_("received"), default=now)
    found_by = models.CharField(max_length=10, choices=FoundBy, default=FoundBy.DELIVERY)
    processed_at = models.DateTimeField(_("processed"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("payment event")
        verbose_name_plural = _("payment events")
        ordering = ["-happened_at"]
        indexes = [models.Index(fields=["happened_at"], condition=models.Q(processed_at=None), name="events_waiting")]

    def __str__(self) -> str:
        return self.kind
