"""What the chamber wants to reach in a key figure, and what came of it after two releases. [federation.md B.5]"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiguan.capability import kpi_label
from huiguan.kpis import in_unit
from huiguan.records import Record, TrailWords
from huiguan.states import Facts, Stateful, move

RELEASES_BEFORE_MEASURING = 2


class Target(Stateful, Record):
    """The middle of the federation in twelve months, its better quarter in twenty-four. It never leaves the chamber."""

    class Status(models.TextChoices):
        STANDING = "standing", _("Being worked on")
        MEASURED = "measured", _("Measured again")
        DROPPED = "dropped", _("No longer pursued")

    trail_words: ClassVar[TrailWords] = {"code": kpi_label}

    code = models.CharField(_("KPI"), max_length=10)
    unit = models.CharField(max_length=4, blank=True, editable=False)
    federation_id = models.UUIDField()
    federation_name = models.CharField(_("federation"), max_length=80)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    value = models.FloatField(_("value when adopted"))
    middle = models.FloatField(_("first target"))
    middle_by = models.DateField(_("to be reached by"))
    upper = models.FloatField(_("second target"))
    upper_by = models.DateField(_("to be reached then by"))
    adopted_on = models.DateField(_("adopted on"), default=localdate)
    adopted_by = models.CharField(_("by"), max_length=40)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.STANDING, editable=False)
    measured_on = models.DateField(_("measured again on"), null=True, editable=False)
    measured_value = models.FloatField(_("value then"), null=True, editable=False)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-adopted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation_id", "code"],
                condition=models.Q(status="standing"),
                name="one_standing_target_per_kpi",
            )
        ]

    def __str__(self) -> str:
        return self.figure()

    def figure(self) -> str:
        return kpi_label(self.code)

    def before(self) -> str:
        return in_unit(self.value, self.unit)

    def first(self) -> str:
        return in_unit(self.middle, self.unit)

    def second(self) -> str:
        return in_unit(self.upper, self.unit)

    def after(self) -> str:
        return in_unit(self.measured_value, self.unit)

    figure.short_description = _("Key figure")  # type: ignore[attr-defined]
    before.short_description = _("value when adopted")  # type: ignore[attr-defined]
    first.short_description = _("first target")  # type: ignore[attr-defined]
    second.short_description = _("second target")  # type: ignore[attr-defined]
    after.short_description = _("value then")  # type: ignore[attr-defined]

    @move(Status.STANDING, to=Status.MEASURED, permission="benchmarks.plan", label=_("Measure again"))
    def measure(self) -> Facts:
        """The chamber's own value in the newest release, once two have been made since."""
        from tenants.benchmarks.targets import value_now

        value = value_now(self)
        if value is None:
            raise ValidationError(_now("Two releases with your figure are needed before it is measured again."))
        self.measured_on, self.measured_value = localdate(), value
        return {"value": value}

    @move(Status.STANDING, to=Status.DROPPED, permission="benchmarks.plan", label=_("Pursue no longer"), danger=True)
    def drop(self) -> Facts:
        return None

    def is_reached(self) -> bool:
        """The first target, from whichever side it was set."""
        now: Any = self.measured_value
        return now is not None and (now >= self.middle if self.middle >= self.value else now <= self.middle)
