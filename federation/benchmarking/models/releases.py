"""A release of a quarter: open while chambers send figures, then frozen for ever. [D5]"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from federation.registry.models import Federation
from huiguan import regions
from huiguan.capability import kpi_label, kpis
from huiguan.kpis import Period, in_unit, quarter_name
from huiguan.records import SharedRecord
from huiguan.states import Facts, Stateful, move
from huiguan.tenancy.models import Chamber


class Release(Stateful, SharedRecord):
    """One quarter of one federation."""

    class Status(models.TextChoices):
        OPEN = "open", _("Collecting")
        FREEZING = "freezing", _("Being released")
        FROZEN = "frozen", _("Released")

    class Quarter(models.IntegerChoices):
        FIRST = 1, _("First quarter")
        SECOND = 2, _("Second quarter")
        THIRD = 3, _("Third quarter")
        FOURTH = 4, _("Fourth quarter")

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter)
    is_for_outside = models.BooleanField(
        _("also for outside the federation"),
        default=False,
        help_text=_(
            "From a hundred chambers on: figures with noise that may be passed on. Once a year for each figure."
        ),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)
    frozen_at = models.DateTimeField(_("released"), null=True, editable=False)
    roster_hash = models.CharField(max_length=64, editable=False, blank=True)
    audit = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("benchmark release")
        verbose_name_plural = _("benchmark releases")
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["federation", "year", "quarter"], name="one_release_per_quarter"),
        ]

    def __str__(self) -> str:
        return quarter_name(self.year, self.quarter)

    def clean(self) -> None:
        """Not even its quarter is changed: a second release of the same one could be held against the first."""
        made = type(self).objects.filter(pk=self.pk).exclude(status=self.Status.OPEN)
        if made.exists():
            raise ValidationError(_now("A release that is made is never changed."))

    @move(Status.OPEN, to=Status.FREEZING, permission="benchmarking.freeze", label=_("Release now"), danger=True)
    def freeze(self) -> Facts:
        """The worker does it: nobody who answers a page may read a submission."""
        from federation.benchmarking.tasks import freeze_release

        if Period.quarter(self.year, self.quarter).last >= localdate():
            raise ValidationError(_now("The quarter is not over yet."))
        transaction.on_commit(lambda: freeze_release.delay(str(self.pk)), robust=True)
        return None

    def published(self) -> list[tuple[str, list["ReleaseCell"]]]:
        """Every KPI there is with what was published of it: nothing tells a few contributors from none."""
        cells: dict[str, list[ReleaseCell]] = defaultdict(list)
        for cell in self.cells.all():
            cells[cell.code].append(cell)
        known = {code: str(kpi.label) for code, kpi in kpis().items()}
        return [(label, cells[code]) for code, label in {**dict.fromkeys(cells, ""), **known}.items()]

    def exchanges(self) -> str:
        """How many chambers concluded a practice exchange in the last half-year, roughly."""
        from federation.benchmarking.mentoring import concluded_lately

        return concluded_lately(self.federation_id)

    @property
    def period(self) -> tuple[int, int]:
        return self.year, self.quarter


def chambers_in(band: str) -> str:
    """Roughly how many were compared, never exactly. [D2]"""
    if band == "0-9":
        return _now("fewer than ten chambers")
    return _now("{band} chambers").format(band=band) if band else "—"


class ReleaseCell(SharedRecord):
    """What was published of one KPI for one cohort. Written once."""

    is_trailed = False  # the release's audit report holds them all

    release = models.ForeignKey(Release, models.PROTECT, related_name="cells")
    code = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField(default=1)
    unit = models.CharField(max_length=4, blank=True)
    direction = models.SmallIntegerField(default=1)
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=30, blank=True)
    median = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    band = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["code", "facet", "value"]
        constraints = [
            models.UniqueConstraint(fields=["release", "code", "facet", "value"], name="one_cell_per_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.facet} {self.value}".strip()

    def label(self) -> str:
        """The KPI's name, as its capability says it."""
        return kpi_label(self.code)

    def cohort_label(self) -> str:
        """All chambers, or those alike in one facet."""
        facets = {
            "all": _("All"),
            "size": _in("chambers compared", "Members"),
            "kind": _("Kind"),
            "province": _("Region"),
        }
        shown = dict(Chamber.Kind.choices).get(self.value) or regions.name_of(self.value) or self.value
        return f"{facets.get(self.facet, self.facet)} {shown}".strip()

    def middle(self) -> str:
        """The median in its unit."""
        return in_unit(self.median, self.unit)

    def bounds(self) -> str:
        """The middle half of the chambers, when it may be told."""
        return "—" if self.lower is None else f"{in_unit(self.lower, self.unit)}–{in_unit(self.upper, self.unit)}"

    def how_many(self) -> str:
        return chambers_in(self.band)


class Place(SharedRecord):
    """That a chamber contributed a KPI to a release (D12), and its quartile, when one may be told (D9).

    `is_counted`: it was on the year's roster, so that the published numbers are made of its figure too (D8).
    """

    is_trailed = False

    release = models.ForeignKey(Release, models.PROTECT, related_name="places")
    chamber_id = models.UUIDField()
    code = models.CharField(max_length=10)
    quartile = models.PositiveSmallIntegerField(null=True)
    is_counted = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "chamber_id", "code"], name="one_place_per_kpi")]

    def __str__(self) -> str:
        return self.code
