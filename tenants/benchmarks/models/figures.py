"""The chamber's own figures by quarter, which of them it shares with which federation, and what it sent."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.capability import kpi_label, kpis
from huiguan.kpis import in_unit, quarter_name
from huiguan.records import Record, RecordQuerySet, TrailWords


def told(figures: Iterable[Mapping[str, Any]]) -> str:
    """The figures of a message as people read them."""
    unit = {code: kpi.unit for code, kpi in kpis().items()}
    return "；".join(f"{kpi_label(f['code'])} {in_unit(f['value'], unit.get(f['code'], ''))}" for f in figures)


def named(codes: Iterable[str]) -> str:
    return "；".join(kpi_label(code) for code in codes)


class Figure(Record):
    """One KPI of one quarter, as computed from the chamber's own records."""

    is_trailed = False  # computed anew at any time

    code = models.CharField(_("KPI"), max_length=10)
    version = models.PositiveSmallIntegerField(default=1)
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    value = models.FloatField(_("value"), null=True)
    numerator = models.FloatField(default=0)
    denominator = models.FloatField(default=0)
    quality = models.FloatField(_("data quality"), default=1)
    computed_at = models.DateTimeField(_("computed"), default=now)

    class Meta:
        verbose_name = _("own figure")
        verbose_name_plural = _("own figures")
        ordering = ["-year", "-quarter", "code"]
        constraints = [models.UniqueConstraint(fields=["code", "year", "quarter"], name="one_figure_per_quarter")]

    def __str__(self) -> str:
        return f"{self.code} {quarter_name(self.year, self.quarter)}"


class ShareQuerySet(RecordQuerySet):
    """Questions to the consents."""

    def standing(self, federation_id: uuid.UUID) -> Self:
        return self.filter(federation_id=federation_id, withdrawn_on=None)

    def ended_with_item(self, federation_id: uuid.UUID) -> list["Share"]:
        """KPIs that were shared until the item was taken back. What was withdrawn by itself since is not among them."""
        newest = self.filter(federation_id=federation_id).order_by("code", "-id").distinct("code")
        return [share for share in newest if share.is_ended_with_item]


class Share(Record):
    """Consent to share one KPI with one federation, given after its value was seen; live until withdrawn.

    `counts_for_topics`: the release may count it when it suggests topics to all, without names or numbers.
    `is_ended_with_item`: it was withdrawn because the item “Benchmarking” was taken back, not one by one.
    """

    trail_words: ClassVar[TrailWords] = {"code": kpi_label}

    federation_id = models.UUIDField()
    federation_name = models.CharField(_("federation"), max_length=80)
    code = models.CharField(_("KPI"), max_length=10)
    given_on = models.DateField(_in("key figure", "since"), default=localdate)
    given_by = models.CharField(_("by"), max_length=40)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    counts_for_topics = models.BooleanField(_("may count for topics"), default=False)
    is_ended_with_item = models.BooleanField(_("with the sharing agreement"), default=False, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ShareQuerySet)()

    class Meta:
        verbose_name = _("shared KPI")
        verbose_name_plural = _("shared KPIs")
        ordering = ["code", "-given_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation_id", "code"], condition=models.Q(withdrawn_on=None), name="a_kpi_is_shared_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure()} → {self.federation_name}"

    def figure(self) -> str:
        return kpi_label(self.code)

    figure.short_description = _("Key figure")  # type: ignore[attr-defined]


class SendingQuerySet(RecordQuerySet):
    """Questions to what was sent."""

    def standing(self) -> Self:
        return self.filter(taken_back_on=None)


class Sending(Record):
    """That the figures of a quarter were sent to a federation; the ledger holds the words.

    `taken_back_on`: they stay out of the release, which had not been made when the item was taken back.
    """

    trail_words: ClassVar[TrailWords] = {"figures": told, "for_topics": named}

    federation_id = models.UUIDField()
    federation_name = models.CharField(_("federation"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    sent_by = models.CharField(_("sent by"), max_length=40)
    taken_back_on = models.DateField(_("taken back on"), null=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(SendingQuerySet)()

    class Meta:
        verbose_name = _("sent figures")
        verbose_name_plural = _("sent figures")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{quarter_name(self.year, self.quarter)} → {self.federation_name}"
