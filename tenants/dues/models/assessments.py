"""A year's assessment: who was charged what by which rules, in one action that can be undone. [S2]"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.money import FenField
from huiguan.records import Record
from huiguan.states import Facts, Stateful, move


class Assessment(Stateful, Record):
    """One run. A second run for the same year charges only those who were not charged yet."""

    class Status(models.TextChoices):
        DONE = "done", _("Assessed")
        UNDONE = "undone", _("Undone")

    status_levels: ClassVar[dict[str, str]] = {"done": "success", "undone": "neutral"}

    year = models.PositiveSmallIntegerField(_in("of dues", "year"))
    ruleset = models.ForeignKey(
        "dues.Ruleset", models.PROTECT, related_name="assessments", verbose_name=_("dues rules")
    )
    members = models.PositiveIntegerField(_("members charged"), default=0)
    total_fen = FenField(_("charged in all"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DONE, editable=False)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(_now("Assessment of {year}").format(year=self.year))

    @move(
        Status.DONE,
        to=Status.UNDONE,
        permission="dues.assess",
        label=_("Undo the assessment"),
        danger=True,
        description=_("Every charge of this run is cancelled by an opposite entry."),
    )
    def undo(self) -> Facts:
        """Only while nobody has paid or been waived anything of it."""
        from tenants.dues import ledger
        from tenants.dues.models.charges import Charge

        charges = self.charges.standing()
        if charges.exclude(open_fen=models.F("amount_fen")).exists():
            raise ValidationError(_now("Somebody has paid or was granted something since: reverse that first."))
        keys = list(charges.values_list("pk", flat=True))
        ledger.cancel(keys, reason=str(self))
        return {"charges": len(keys), "year": self.year, "kind": Charge.Kind.DUES}
