"""Whose turn it is to preside: the rotating presidents 轮值会长, one after the other. [001 轮值会长]"""

import datetime
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.records import Record, RecordQuerySet
from tenants.members.models.members import Member


class DateRange(models.Func):
    """From a day to a day, both included."""

    function = "DATERANGE"
    output_field = DateRangeField()


class TurnQuerySet(RecordQuerySet):
    """Questions to the rotation."""

    def on(self, day: datetime.date | None = None) -> "Turn | None":
        """Who presides on a day; nobody where nobody was planned."""
        day = day or localdate()
        found: Turn | None = self.filter(starts_on__lte=day, ends_on__gte=day).select_related("member").first()
        return found

    def after(self, day: datetime.date) -> "TurnQuerySet":
        return self.filter(starts_on__gt=day).select_related("member")


class Turn(Record):
    """Two never preside at once: the database refuses it."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="turns", verbose_name=_("member"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects: ClassVar[Any] = models.Manager.from_queryset(TurnQuerySet)()

    class Meta:
        verbose_name = _("turn to preside")
        verbose_name_plural = _("turns to preside")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(name="a_turn_lasts", condition=models.Q(ends_on__gte=models.F("starts_on"))),
            ExclusionConstraint(
                name="one_presides_at_a_time",
                expressions=[
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.starts_on:%Y-%m-%d}"
