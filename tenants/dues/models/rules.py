"""What the chamber charges, by level, from when, and who resolved it.

[S2; 002 §3 明确规则: amount, time of payment and what happens when it is late are written down;
发改经体〔2017〕1999号: at most four levels, one amount for each; 民发〔2014〕166号: the general assembly resolves]
"""

import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.bodies import Body
from huiguan.money import FenField
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move

CUSTOMARY_LEVELS = 4


class RulesetQuerySet(RecordQuerySet):
    """Questions to the rules."""

    def in_force(self, on: datetime.date) -> "Ruleset | None":
        """The adopted rules that apply on a day."""
        adopted = self.filter(status=Ruleset.Status.ADOPTED, effective_from__lte=on)
        found: Ruleset | None = adopted.order_by("-effective_from", "-adopted_at").first()
        return found


class Ruleset(Stateful, Record):
    """One version of the rules. Adopted ones are never edited: a change is a new version."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ADOPTED = "adopted", _("Adopted")
        WITHDRAWN = "withdrawn", _in("dues rules", "Withdrawn")

    class Newcomers(models.TextChoices):
        FULL = "full", _("The whole year")
        MONTHS = "months", _("By the months that are left, that of joining included")
        HALF_YEAR = "half_year", _("Half, from the second half-year on")
        NEXT_YEAR = "next_year", _("Nothing from the last quarter on")

    title = models.CharField(_in("dues rules", "title"), max_length=60)
    effective_from = models.DateField(_("effective from"))
    due_month = models.PositiveSmallIntegerField(
        _("due in month"), default=3, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    due_day = models.PositiveSmallIntegerField(
        _("on day"), default=31, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    newcomers = models.CharField(_("newcomers pay"), max_length=10, choices=Newcomers, default=Newcomers.MONTHS)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=30)
    suspend_after_days = models.PositiveSmallIntegerField(_("services suspended after days"), default=90)
    talk_after_days = models.PositiveSmallIntegerField(_("council talks after days"), default=180)
    removal_after_days = models.PositiveSmallIntegerField(_("removal proposed after days"), default=365)
    most_levels = models.PositiveSmallIntegerField(
        _("levels allowed by the charter"), default=CUSTOMARY_LEVELS, validators=[MinValueValidator(1)]
    )
    body = models.CharField(_("resolved by"), max_length=20, choices=Body, blank=True, editable=False)
    resolution = models.CharField(_("resolution"), max_length=80, blank=True, editable=False)
    resolved_on = models.DateField(_("resolved on"), null=True, editable=False)
    adopted_at = models.DateTimeField(null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    move_forms: ClassVar[dict[str, str]] = {"adopt": "tenants.dues.forms.rules.AdoptionForm"}
    objects: ClassVar[Any] = models.Manager.from_queryset(RulesetQuerySet)()

    class Meta:
        verbose_name = _("dues rules")
        verbose_name_plural = _("dues rules")
        ordering = ["-effective_from", "-id"]
        constraints = [
            models.CheckConstraint(
                name="the_ladder_of_dues_goes_up",
                condition=models.Q(grace_days__lte=models.F("suspend_after_days"))
                & models.Q(suspend_after_days__lte=models.F("talk_after_days"))
                & models.Q(talk_after_days__lte=models.F("removal_after_days")),
                violation_error_message=_("Each step comes later than the one before it."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def due_on(self, year: int) -> datetime.date:
        """The day in a year; the 31st of a shorter month is its last."""
        after = datetime.date(year + self.due_month // 12, self.due_month % 12 + 1, 1)
        last = (after - datetime.timedelta(days=1)).day
        return datetime.date(year, self.due_month, min(self.due_day, last))

    def warnings(self) -> list[str]:
        """What is unusual in these rules."""
        from tenants.dues.customs import warnings_about

        return warnings_about(self)

    @move(
        Status.DRAFT,
        to=Status.ADOPTED,
        permission="dues.resolve",
        label=_in("dues rules", "Adopt"),
        description=_("Record the resolution. Afterwards these rules cannot be edited."),
    )
    def adopt(self, *, body: str, resolution: str, resolved_on: datetime.date) -> Facts:
        levels = list(self.levels.all())
        _refuse_unfit(self, levels, resolved_on)
        self.body, self.resolution, self.resolved_on = body, resolution, resolved_on
        self.adopted_at = datetime.datetime.now(datetime.UTC)
        return {"resolution": resolution, "levels": len(levels)}

    @move(
        Status.ADOPTED, to=Status.WITHDRAWN, permission="dues.resolve", label=_in("dues rules", "Withdraw"), danger=True
    )
    def withdraw(self, *, reason: str) -> Facts:
        """Rules by which somebody was charged stay: those charges would have no ground."""
        if self.charges.exclude(status="cancelled").exists():
            raise ValidationError(_now("Members were assessed by these rules. Undo the assessment first."))
        return {"reason": reason}


class Level(Record):
    """What members with certain positions pay a year. The one without positions is for everybody else."""

    ruleset = models.ForeignKey(Ruleset, models.CASCADE, related_name="levels", verbose_name=_("dues rules"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_in("of dues", "level"), max_length=30)
    titles = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("positions"))
    amount_fen = FenField(_("yearly dues"), validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = _in("of dues", "level")
        verbose_name_plural = _("levels of dues")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["ruleset", "name"], name="one_level_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, levels: list[Self], titles: set[str]) -> "Self | None":
        """The highest level that one of the positions belongs to; else the one for everybody else."""
        named = (level for level in levels if titles & set(level.titles))
        return next(named, None) or next((level for level in levels if not level.titles), None)


def _refuse_unfit(ruleset: Ruleset, levels: list[Level], resolved_on: datetime.date) -> None:
    """Raises ValidationError with everything that is wrong, in words."""
    doubled = sorted({t for level in levels for t in level.titles if _holders(levels, t) > 1})
    wrong = [
        (not levels, _now("Enter at least one level.")),
        (len(levels) > ruleset.most_levels, _now("The charter allows {n} levels.").format(n=ruleset.most_levels)),
        (sum(not level.titles for level in levels) > 1, _now("Only one level can be for everybody else.")),
        (bool(doubled), _now("In two levels: {titles}.").format(titles="、".join(doubled))),
        (resolved_on > localdate(), _now("A resolution cannot be of a day to come.")),
    ]
    if found := [text for is_wrong, text in wrong if is_wrong]:
        raise ValidationError(found)


def _holders(levels: list[Level], title: str) -> int:
    return sum(title in level.titles for level in levels)
