"""A member's report of value for a year. What was sent is kept word for word; a later one is a new version."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.money import FenField
from huiguan.personal import Erased, OnErasure, Personal
from huiguan.records import Merged, Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move


class ReportQuerySet(RecordQuerySet):
    """Questions to the reports."""

    def drafts(self) -> "ReportQuerySet":
        return self.filter(status=Report.Status.DRAFT)

    def sent(self) -> "ReportQuerySet":
        return self.filter(status=Report.Status.SENT)


class Report(Stateful, Record):
    """`content` is what the page and the paper say: words and fen, as `gathering` made them."""

    class Status(models.TextChoices):
        DRAFT = "draft", _in("report of value", "Draft")
        SENT = "sent", _in("report of value", "Sent")

    when_merged = Merged.STAYS  # it says what that member was told
    personal: ClassVar[Mapping[str, Personal]] = {"sent_to": Personal.NAME}
    erasure = OnErasure(Erased.GONE)
    status_levels: ClassVar[dict[str, str]] = {"draft": "info", "sent": "success"}
    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"content", "opened_at"}

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="value_reports", verbose_name=_("member"))
    year = models.PositiveSmallIntegerField(_in("of a report", "year"))
    version = models.PositiveSmallIntegerField(_in("of a report", "version"), default=1, editable=False)
    content = models.JSONField(default=dict, editable=False)
    lines = models.PositiveIntegerField(_("lines"), default=0, editable=False)
    saved_fen = FenField(_in("of a member", "saved"), default=0, editable=False)
    paid_fen = FenField(_in("of a member", "paid"), default=0, editable=False)
    run = models.ForeignKey("value.ReportRun", models.SET_NULL, null=True, editable=False, related_name="reports")
    sent_at = models.DateTimeField(_in("of a report", "sent"), null=True, editable=False)
    sent_to = models.CharField(_("sent to"), max_length=120, blank=True, editable=False)
    opened_at = models.DateTimeField(_("first opened"), null=True, editable=False)
    status = models.CharField(_("status"), max_length=5, choices=Status, default=Status.DRAFT, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ReportQuerySet)()

    class Meta:
        verbose_name = _("report of value")
        verbose_name_plural = _("reports of value")
        ordering = ["-year", "member__sort_key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["member", "year", "version"], name="one_report_of_a_version"),
            models.UniqueConstraint(
                fields=["member", "year"], condition=models.Q(status="draft"), name="one_draft_of_a_years_report"
            ),
        ]

    def __str__(self) -> str:
        return str(_now("Report of value {year} · {member}").format(year=self.year, member=self.member))

    def note_opened(self) -> None:
        """By its member, the first time."""
        type(self).objects.filter(pk=self.pk, opened_at=None).update(opened_at=now())

    @property
    def is_empty(self) -> bool:
        return self.lines == 0

    @move(
        Status.DRAFT,
        to=Status.SENT,
        permission="value.send",
        label=_("Send to the member"),
        description=_("By mail with a link. Afterwards it is never changed."),
    )
    def send(self) -> Facts:
        """To the member's first person who can be reached. Raises ValidationError where nobody can."""
        from tenants.value.telling import tell

        self.sent_to = tell(self)
        if not self.sent_to:
            raise ValidationError(_now("None of this member's people has a mail address or a mobile number."))
        self.sent_at = now()
        return None
