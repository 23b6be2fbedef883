"""Offers 优惠: what a merchant gives to whoever shows a member's card, on which terms and how often. [S1]"""

import datetime
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.formats import money
from huiguan.money import FenField
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.benefits.models.merchants import Merchant


class OfferQuerySet(RecordQuerySet):
    """Questions to the offers."""

    def open(self, on: datetime.date | None = None) -> "OfferQuerySet":
        """Those that can be used on a day, of merchants whose agreement holds."""
        day = on or localdate()
        runs = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        found = self.filter(runs, starts_on__lte=day, status=Offer.Status.OPEN)
        return found.filter(merchant__in=Merchant.objects.partners(day).order_by())


class Offer(Stateful, Record):
    """What a use saves is reckoned from the offer, and from the bill where it must be known."""

    class Saving(models.TextChoices):
        PERCENT = "percent", _("Per cent off")
        AMOUNT = "amount", _("Amount off")
        GIFT = "gift", _("Gift or service")

    class Per(models.TextChoices):
        EVER = "ever", _("in all")
        YEAR = "year", _("a year")
        MONTH = "month", _("a month")
        DAY = "day", _("a day")

    class Status(models.TextChoices):
        OPEN = "open", _in("of an offer", "Open")
        PAUSED = "paused", _in("of an offer", "Paused")
        ENDED = "ended", _in("of an offer", "Ended")

    status_levels: ClassVar[dict[str, str]] = {"open": "success", "paused": "warning"}

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="offers", verbose_name=_("partner merchant"))
    title = models.CharField(_("title"), max_length=60)
    terms = models.TextField(_in("of an offer", "terms"), max_length=1000, blank=True)
    saving = models.CharField(_("what members save"), max_length=7, choices=Saving, default=Saving.GIFT)
    percent = models.PositiveSmallIntegerField(
        _("per cent off"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    amount_fen = FenField(_("amount off, or worth"), null=True, blank=True, validators=[MinValueValidator(1)])
    least_fen = FenField(_("from a bill of"), null=True, blank=True, validators=[MinValueValidator(1)])
    starts_on = models.DateField(_("from"), default=localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    limit_per_card = models.PositiveIntegerField(
        _("times for a card"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    limit_per = models.CharField(_("counted over"), max_length=5, choices=Per, default=Per.EVER)
    limit_total = models.PositiveIntegerField(
        _("times for all cards"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.OPEN, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(OfferQuerySet)()

    class Meta:
        verbose_name = _("offer for members")
        verbose_name_plural = _("offers for members")
        ordering = ["merchant__category", "merchant__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="an_offer_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(saving="percent") | models.Q(percent__gte=1, percent__lte=100),
                name="per_cent_off_is_said",
            ),
            models.CheckConstraint(
                condition=~models.Q(saving="amount") | models.Q(amount_fen__gt=0), name="an_amount_off_is_said"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merchant} · {self.title}"

    @property
    def needs_bill(self) -> bool:
        """Whether the bill must be known before a use can be counted."""
        return self.saving == self.Saving.PERCENT or self.least_fen is not None

    def saved_on(self, bill_fen: int | None) -> int | None:
        """What a member saves on a bill, in fen; None where nobody can tell."""
        if self.saving == self.Saving.PERCENT:
            return None if bill_fen is None else (bill_fen * int(self.percent or 0) + 50) // 100
        if self.saving == self.Saving.AMOUNT and bill_fen is not None:
            return min(int(self.amount_fen or 0), bill_fen)
        return None if self.amount_fen is None else int(self.amount_fen)

    def saves(self) -> str:
        """In a few words: 8.8 折, ¥30 off."""
        if self.saving == self.Saving.PERCENT:
            tenths = f"{(100 - (self.percent or 0)) / 10:g}"
            return _now("{percent}% off ({tenths} of 10)").format(percent=self.percent, tenths=tenths)
        if self.saving == self.Saving.AMOUNT:
            return _now("{amount} off").format(amount=money(self.amount_fen))
        return _now("worth {amount}").format(amount=money(self.amount_fen)) if self.amount_fen else _now("Gift")

    def limits(self) -> str:
        """How often, in words; empty where nothing is limited."""
        said = []
        if self.limit_per_card:
            words = _now("{n} times for a card {per}")
            said.append(words.format(n=self.limit_per_card, per=self.get_limit_per_display()))
        if self.limit_total:
            said.append(_now("{n} times for all cards").format(n=self.limit_total))
        return _now("; ").join(said)

    saves.short_description = _("what members save")  # type: ignore[attr-defined]
    limits.short_description = _("limits")  # type: ignore[attr-defined]

    @move(Status.OPEN, to=Status.PAUSED, permission="benefits.change", label=_in("an offer", "Pause"))
    def pause(self) -> Facts:
        return None

    @move(Status.PAUSED, to=Status.OPEN, permission="benefits.change", label=_in("an offer", "Go on"))
    def resume(self) -> Facts:
        return None

    @move(
        Status.OPEN, Status.PAUSED, to=Status.ENDED, permission="benefits.change", label=_("End the offer"), danger=True
    )
    def end(self) -> Facts:
        """What was counted stays counted."""
        return None
