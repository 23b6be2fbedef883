"""A list of merchants that was handed in: what came of it, and the way back."""

import datetime
from collections.abc import Callable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext_lazy as _in

from huiguan.records import Record
from huiguan.states import Facts, Stateful, move
from tenants.benefits.models.merchants import Merchant
from tenants.benefits.models.offers import Offer
from tenants.benefits.models.uses import Use

TOGETHER = datetime.timedelta(seconds=5)  # what was written later than that was changed by a person


class MerchantList(Stateful, Record):
    """`merchants` and `offers` are how many were entered. [T11]"""

    class Status(models.TextChoices):
        ENTERED = "entered", _in("of a list", "Entered")
        UNDONE = "undone", _in("of a list", "Undone")

    status_levels: ClassVar[dict[str, str]] = {"entered": "success", "undone": "neutral"}

    filename = models.CharField(_("file"), max_length=120, editable=False)
    merchants = models.PositiveIntegerField(_("partner merchants"), editable=False)
    offers = models.PositiveIntegerField(_("offers for members"), editable=False)
    entered_by = models.CharField(_("entered by"), max_length=120, editable=False)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.ENTERED, editable=False)

    class Meta:
        verbose_name = _("list of merchants")
        verbose_name_plural = _("lists of merchants")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename

    @move(
        Status.ENTERED, to=Status.UNDONE, permission="benefits.change", label=_("Undo the import"), danger=True,
        description=_("Its merchants and offers go again, while nobody has used or changed them."),
    )  # fmt: skip
    def undo(self) -> Facts:
        """All of it or nothing."""
        entered, offers = Merchant.objects.filter(came_by=self), Offer.objects.filter(merchant__came_by=self)
        self._refuse(Use.objects.filter(offer__in=offers).values("offer__merchant").distinct().count(), _used)
        self._refuse(self._changed(entered) + self._changed(offers), _changed_since)
        facts = {"merchants": entered.count(), "offers": offers.count()}
        offers.delete()
        entered.delete()
        return facts

    def _changed(self, found: models.QuerySet[Record]) -> int:
        return found.filter(changed_at__gt=self.created_at + TOGETHER).count()

    def _refuse(self, number: int, words: Callable[[int], str]) -> None:
        if number:
            raise ValidationError(words(number))


def _used(number: int) -> str:
    said = ngettext(
        "Members have used offers of {n} merchant of this list. End what should not be there one by one.",
        "Members have used offers of {n} merchants of this list. End what should not be there one by one.",
        number,
    )
    return said.format(n=number)


def _changed_since(number: int) -> str:
    said = ngettext(
        "{n} entry of this list was changed or added since. Nothing was taken back, so that no work is lost.",
        "{n} entries of this list were changed or added since. Nothing was taken back, so that no work is lost.",
        number,
    )
    return said.format(n=number)
