"""What a chamber's papers look like, and the counters of their numbers."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.files.models import KeptFile
from huiguan.records import Record, TrailWords
from huiguan.tenancy.binding import bound_chamber

ACCOUNT = RegexValidator(r"^[0-9 \-]{6,40}$", _("Digits, spaces and hyphens only."))


def _picture_words(_key: Any) -> str:
    return str(_("a picture"))


class Letterhead(Record):
    """One row: what stands on every letter, receipt and report of the chamber."""

    trail_words: ClassVar[TrailWords] = {"logo_id": _picture_words, "seal_id": _picture_words}

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(_("name on papers"), max_length=60, help_text=_("As it is registered; it is also signed."))
    subtitle = models.CharField(
        _("second line"), max_length=80, blank=True, help_text=_("Below the name, such as the name in English.")
    )
    address = models.CharField(_in("on papers", "address"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    signatory = models.CharField(
        _("signatory"), max_length=40, blank=True, help_text=_("Who signs letters, with the position: 会长 陶远山")
    )
    account_name = models.CharField(_("account name"), max_length=80, blank=True)
    bank = models.CharField(_("bank and branch"), max_length=80, blank=True)
    account = models.CharField(_("account number"), max_length=40, blank=True, validators=[ACCOUNT])
    logo = models.ForeignKey(
        KeptFile, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("logo")
    )
    seal = models.ForeignKey(
        KeptFile, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("seal")
    )

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Letterhead":
        """The bound chamber's; before it is set up, one that has the chamber's name and is not saved."""
        found: Letterhead | None = cls.objects.select_related("logo", "seal").first()
        if found is not None:
            return found
        chamber = bound_chamber()
        return cls(name=chamber.name)

    def bank_facts(self) -> list[tuple[Any, str]]:
        """Where money is paid to, for letters that ask for it; empty until an account is entered."""
        if not self.account:
            return []
        named = self.account_name or self.name
        return [(_("Account name"), named), (_("Bank"), self.bank), (_("Account number"), self.account)]


class Counter(Record):
    """The last number that was given out in a series in a year."""

    is_trailed = False  # the paper that bears the number leaves the trail

    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="a_series_is_counted_once_a_year")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last_number}"
