"""A use of an offer with a card, counted once. What it saved is kept as it was reckoned then. [003: 会员看到了效益]"""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.keys import uuid7
from huiguan.money import FenField
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.benefits.models.cards import Card
from tenants.benefits.models.offers import Offer


class UseQuerySet(RecordQuerySet):
    """Questions to what was used."""

    def counted(self) -> "UseQuerySet":
        return self.filter(status=Use.Status.COUNTED)

    def of_year(self, year: int) -> "UseQuerySet":
        return self.counted().filter(at__year=year)

    def saved_fen(self) -> int:
        return int(self.order_by().aggregate(sum=models.Sum("saved_fen"))["sum"] or 0)


class Use(Stateful, Record):
    """`key` is of the page on which it was counted: the same page sent twice counts once."""

    class Status(models.TextChoices):
        COUNTED = "counted", _in("of a use", "Counted")
        TAKEN_BACK = "taken_back", _in("of a use", "Taken back")

    status_levels: ClassVar[dict[str, str]] = {"counted": "success"}

    card = models.ForeignKey(Card, models.PROTECT, related_name="uses", verbose_name=_("member card"))
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="uses", verbose_name=_("offer for members"))
    at = models.DateTimeField(_in("of a use", "when"), default=now, editable=False)
    bill_fen = FenField(_("bill"), null=True, blank=True)
    saved_fen = FenField(_("saved"), null=True, blank=True)
    key = models.UUIDField(default=uuid7, unique=True, editable=False)
    counted_by = models.CharField(_in("of a use", "counted by"), max_length=120, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.COUNTED, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(UseQuerySet)()

    class Meta:
        verbose_name = _("use of an offer")
        verbose_name_plural = _("uses of offers")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["offer", "-at"], name="uses_of_an_offer"),
            models.Index(fields=["card", "offer"], name="uses_with_a_card"),
            models.Index(fields=["-at", "-id"], name="uses_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.offer} · {self.card}"

    def is_fresh(self) -> bool:
        """Whether whoever counted it may still take it back on the spot."""
        return self.status == self.Status.COUNTED and now() - self.at < datetime.timedelta(minutes=10)

    @move(
        Status.COUNTED, to=Status.TAKEN_BACK, permission="benefits.count", label=_in("a use", "Take back"), danger=True
    )
    def take_back(self, *, reason: str) -> Facts:
        """It was counted by mistake: it neither limits nor saves anything."""
        return {"reason": reason}
