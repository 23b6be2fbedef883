"""How this chamber takes payments online: which ways, and whether a receipt follows by itself."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.receiving import METHODS
from huiguan.records import Record

WAYS = list(METHODS.items())


def every_way() -> list[str]:
    return [code for code, _label in WAYS]


class OnlineTerms(Record):
    """One row; before it is written the usual terms apply: every way, and a receipt for each payment."""

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    is_offered = models.BooleanField(_("Members can pay online"), default=True)
    ways = ArrayField(
        models.CharField(max_length=12, choices=WAYS), default=every_way, blank=True, verbose_name=_("ways of payment")
    )
    is_receipted = models.BooleanField(
        _("Issue the receipt at once"),
        default=True,
        help_text=_("With the next number, as soon as the money is there."),
    )

    objects: ClassVar[Any]

    class Meta:
        verbose_name = _("terms of online payment")
        verbose_name_plural = _("terms of online payment")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "OnlineTerms":
        found: OnlineTerms | None = cls.objects.first()
        return found or cls()
