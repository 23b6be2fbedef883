"""Reports for many members in one action: made, packed as PDF to read or print, and sent."""

from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.errands import Errand, Words


def this_year() -> int:
    return localdate().year


class ReportRun(Errand):
    class Kind(models.TextChoices):
        MAKE = "make", _("Make reports")
        SEND = "send", _("Send reports")

    steps: ClassVar[Words] = {
        "making": _("Report {done} of {of} is being gathered."),
        "printing": _("Report {done} of {of} is being set."),
        "keeping": _("Report {done} of {of} is being kept."),
        "sending": _("Report {done} of {of} is being sent."),
    }

    kind = models.CharField(_in("of reports", "what"), max_length=4, choices=Kind, default=Kind.MAKE, editable=False)
    year = models.PositiveSmallIntegerField(_in("of a report", "year"), default=this_year)
    segment = models.ForeignKey(
        "members.Segment", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("segment")
    )
    of_run = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="sendings", editable=False)
    made = models.PositiveIntegerField(_in("reports", "made"), default=0, editable=False)
    empty = models.PositiveIntegerField(_("with nothing to tell"), default=0, editable=False)
    unprinted = models.JSONField(default=list, editable=False)  # {member, problem}: those that have no PDF
    sent = models.PositiveIntegerField(_in("reports", "sent"), default=0, editable=False)
    unreached = models.PositiveIntegerField(_("not reached"), default=0, editable=False)

    class Meta:
        verbose_name = _("batch of reports")
        verbose_name_plural = _("batches of reports")
        ordering = ["-id"]

    def __str__(self) -> str:
        said = {"what": self.get_kind_display(), "year": self.year, "whom": self.whom()}
        return _now("{what} {year} · {whom}").format(**said)

    def whom(self) -> str:
        return str(self.segment) if self.segment_id else str(_("all members"))

    whom.short_description = _("for whom")  # type: ignore[attr-defined]

    def carry_out(self) -> None:
        from tenants.value import making

        work: Any = making.make_all if self.kind == self.Kind.MAKE else making.send_all
        work(self)
