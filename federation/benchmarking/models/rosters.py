"""Who is compared in a benchmark year: fixed with the first release that says anything. [D8]"""

from django.db import models

from federation.benchmarking.models.releases import Release
from federation.registry.models import Federation
from huiguan.records import SharedRecord


class RosterEntry(SharedRecord):
    """One chamber for one KPI, in the facets it entered with. Stays for the year, whatever changes at the chamber."""

    is_trailed = False  # the release's audit report holds the roster's hash

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    chamber_id = models.UUIDField()
    facets = models.JSONField(default=dict)
    release = models.ForeignKey(Release, models.PROTECT, related_name="entries")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "year", "code", "chamber_id"], name="on_a_roster_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"
