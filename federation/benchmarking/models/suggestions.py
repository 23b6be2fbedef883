"""Key figures that would make a topic: which, and nothing of who or how many. [federation.md B.5]"""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _

from federation.benchmarking.models.releases import Release
from huiguan.capability import kpi_label
from huiguan.records import SharedRecord


class Suggestion(SharedRecord):
    """Made with a release, in the order of their weight, which is not kept."""

    is_trailed = False

    release = models.ForeignKey(Release, models.PROTECT, related_name="suggestions")
    code = models.CharField(max_length=10)
    rank = models.PositiveSmallIntegerField()
    taken_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="a_kpi_is_suggested_once")]

    def __str__(self) -> str:
        return _("What helps with: {figure}").format(figure=kpi_label(self.code))

    def detail(self) -> str:
        text = _("Several chambers are far from the middle in this figure. From the benchmark release of {quarter}.")
        return text.format(quarter=self.release)

    def take_up(self) -> None:
        self.taken_up_at = now()
        self.save()
