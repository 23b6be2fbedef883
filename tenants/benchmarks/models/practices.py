"""How the chamber does what it is good at, and with whom it shares that. [federation.md B.5]"""

from typing import ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.capability import kpi_label
from huiguan.records import Record, TrailWords


class Practice(Record):
    """A card for one key figure; shown to the federation's members until it is ended."""

    trail_words: ClassVar[TrailWords] = {"code": kpi_label}

    federation_id = models.UUIDField()
    federation_name = models.CharField(_("federation"), max_length=80)
    code = models.CharField(_("KPI"), max_length=10)
    title = models.CharField(_("what helps"), max_length=80)
    text = models.TextField(_("how it is done"), max_length=2000)
    takes_mentees = models.BooleanField(
        _("We receive up to two chambers in a half-year for a visit or an hour online"),
        default=False,
        help_text=_("Nobody sees this. You learn who asks, and say yes or no; only then does it learn who you are."),
    )
    shared_on = models.DateField(_("shared on"), default=localdate)
    shared_by = models.CharField(_("by"), max_length=40)
    ended_on = models.DateField(_("no longer shown since"), null=True, editable=False)

    class Meta:
        verbose_name = _("practice card")
        verbose_name_plural = _("practice cards")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation_id", "code"],
                condition=models.Q(ended_on=None),
                name="one_shared_practice_per_kpi",
            )
        ]

    def __str__(self) -> str:
        return self.title
