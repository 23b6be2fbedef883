"""What was told outside the federation, which is the ledger of what that cost too. [D13]"""

from django.core.validators import MaxValueValidator
from django.db import models

from federation.benchmarking.models.releases import Release
from federation.registry.models import Federation
from huiguan.capability import kpi_label
from huiguan.kpis import in_unit
from huiguan.records import SharedRecord


class OutsideCell(SharedRecord):
    """One KPI of all chambers, with noise. Written once, and once a year: the budget of `epsilon` is spent then."""

    is_trailed = False  # the release holds them all

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, models.PROTECT, related_name="outside")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    unit = models.CharField(max_length=4, blank=True)
    lower = models.FloatField()
    median = models.FloatField()
    upper = models.FloatField()
    epsilon = models.FloatField(validators=[MaxValueValidator(1.0)])

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["federation", "year", "code"], name="told_outside_once_a_year"),
            models.CheckConstraint(condition=models.Q(epsilon__gt=0, epsilon__lte=1), name="epsilon_is_at_most_one"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"

    def label(self) -> str:
        return kpi_label(self.code)

    def middle(self) -> str:
        return in_unit(self.median, self.unit)

    def bounds(self) -> str:
        return f"{in_unit(self.lower, self.unit)}–{in_unit(self.upper, self.unit)}"
