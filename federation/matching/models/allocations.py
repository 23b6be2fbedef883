"""A distribution of what more chambers ask for than can be given: what each need got, and why. Never changed. [A.4]"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.evidence import Evidence, EvidenceQuerySet
from federation.matching.models.profiles import Profile
from huiguan.kit.charts import Chart, Series
from huiguan.kpis import in_unit
from huiguan.records import SharedRecord

MOST_SHOWN, MOST_DRAWN = 50, 20


class AllocationRunQuerySet(EvidenceQuerySet):
    """Questions to the distributions."""

    def newest(self, federation_id: uuid.UUID) -> "AllocationRun | None":
        found: AllocationRun | None = self.filter(federation_id=federation_id).order_by("-number").first()
        return found


class AllocationRun(Evidence, SharedRecord):
    """One distribution. `total` and `best_total` are sums of scores: of what was given, and without regard to chambers.

    `chambers`: for each that asks its name, how many needs ask, were served before, got something, and would have got
    something by score alone. `jain`: how even the shares are that chambers got of what they asked for, 1 when equal.
    """

    trail_excludes: ClassVar[frozenset[str]] = SharedRecord.trail_excludes | {
        "chambers", "parameters", "total", "best_total", "jain", "best_jain", "is_raised", "input_hash",
        "algorithm_version", "read_at",
    }  # the run itself never changes  # fmt: skip

    federation_id = models.UUIDField()
    number = models.PositiveIntegerField(_("number"))
    read_at = models.DateTimeField(_("as of"))
    algorithm_version = models.CharField(_("version of the rules"), max_length=40)
    input_hash = models.CharField(_("fingerprint of what was read"), max_length=64)
    parameters = models.JSONField(_("parameters"), default=dict)
    needs = models.PositiveIntegerField(_("needs that ask"))
    offers = models.PositiveIntegerField(_("scarce offers"))
    times = models.PositiveIntegerField(_("times they can be given"))
    given = models.PositiveIntegerField(_("given to needs"))
    total = models.FloatField(_("sum of scores"))
    best_total = models.FloatField(_("sum without regard to chambers"))
    jain = models.FloatField(_("evenness"))
    best_jain = models.FloatField(_("evenness without regard to chambers"))
    is_raised = models.BooleanField(_("a chamber would have got nothing otherwise"), default=False)
    chambers = models.JSONField(_("by chamber"), default=list)

    objects: ClassVar[Any] = models.Manager.from_queryset(AllocationRunQuerySet)()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["federation_id", "number"], name="distributions_are_numbered"),
        ]

    def __str__(self) -> str:
        return _now("Distribution no. {number}").format(number=self.number)

    def says_the_same(self, algorithm_version: str, input_hash: str) -> bool:
        """Whether one by these rules of what was read so would say nothing new."""
        return (self.algorithm_version, self.input_hash) == (algorithm_version, input_hash)

    def share_of_best(self) -> str:
        """How much of the sum of scores is reached that could be without regard to chambers."""
        return in_unit(100 * self.total / self.best_total if self.best_total else 100.0, "%")

    share_of_best.short_description = _("Of the best sum of scores")  # type: ignore[attr-defined]

    def evenness(self) -> str:
        return _now("{fair} (by score alone {best})").format(fair=f"{self.jain:.2f}", best=f"{self.best_jain:.2f}")

    evenness.short_description = _("Evenness among the chambers, at most 1")  # type: ignore[attr-defined]

    @cached_property
    def changed(self) -> list["AllocationItem"]:
        """What regard to the chambers changed, the first of it: pairs that got or lost an offer by it."""
        items = self.items.select_related("need", "offer")
        moved = items.filter(by_score=True).exclude(outcome__in=GIVEN) | items.filter(outcome=Outcome.BALANCED)
        return list(moved.order_by("offer_id", "-score")[:MOST_SHOWN])

    @cached_property
    def asked(self) -> int:
        return int(self.items.count())

    @cached_property
    def chart(self) -> Chart:
        """Those chambers that ask for most."""
        most = sorted(self.chambers, key=lambda row: (-row["asked"], row["name"]))[:MOST_DRAWN]
        figures = [(_now("Needs that ask"), "asked"), (_now("By score alone"), "by_score"), (_now("Given"), "given")]
        series = [Series(name, [row[key] for row in most]) for name, key in figures]
        return Chart(_now("Needs served, by chamber"), [row["name"] for row in most], series)


class Outcome(models.TextChoices):
    """What a pair got, and why."""

    FITS = "fits", _("Given: it fits best")
    BALANCED = "balanced", _("Given for the balance among the chambers")
    URGENT = "urgent", _("Urgent: not part of the distribution, decided by how well it fits")
    BETTER = "better", _("Others that fit as well or better take every time it can be given")
    BALANCE = "balance", _("For the balance among the chambers it goes to others")
    ELSEWHERE = "elsewhere", _("The need gets another offer that it asked for")
    PROMISED = "promised", _("The need is promised another offer already")
    URGENT_FIRST = "urgent_first", _("What is left is kept for urgent needs")


GIVEN = (Outcome.FITS, Outcome.BALANCED)


class AllocationItem(Evidence):
    """One need that asks for one scarce offer, and what became of it. `by_score`: given, were it by score alone."""

    federation_id = models.UUIDField()
    run = models.ForeignKey(AllocationRun, models.CASCADE, related_name="items", verbose_name=_("distribution"))
    need = models.ForeignKey(Profile, models.PROTECT, related_name="+", verbose_name=_("need"))
    offer = models.ForeignKey(Profile, models.PROTECT, related_name="+", verbose_name=_("offer"))
    need_version = models.PositiveIntegerField()
    offer_version = models.PositiveIntegerField()
    score = models.FloatField(_("score"))
    outcome = models.CharField(_("what became of it"), max_length=20, choices=Outcome)
    by_score = models.BooleanField(_("given by score alone"), default=False)

    class Meta:
        verbose_name = _("request for a scarce offer")
        verbose_name_plural = _("requests for scarce offers")
        ordering = ["offer_id", "-score", "need_id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "need", "offer"], name="a_pair_stands_once_in_a_distribution"),
            models.UniqueConstraint(
                fields=["run", "need"],
                condition=models.Q(outcome="fits") | models.Q(outcome="balanced"),
                name="a_need_gets_one_offer_of_a_distribution",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} · {self.offer}"

    @property
    def is_given(self) -> bool:
        return self.outcome in GIVEN

    def points(self) -> int:
        """The score out of a hundred, as people are shown it."""
        return round(100 * self.score)

    points.short_description = _("Fit")  # type: ignore[attr-defined]
