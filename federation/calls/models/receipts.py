"""Where one chamber stands with one call, and every version it signed."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from federation.calls.models.calls import Call
from federation.calls.models.questions import Question
from federation.calls.shapes import Kind
from huiguan.files.models import MEGABYTE
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, move

Came = Callable[[str], bytes]  # the bytes of a file that came with an answer, by their SHA-256
MOST_BYTES = 4 * 1024 * MEGABYTE  # of all answers' files in a federation


def nothing_came(sha256: str) -> bytes:
    raise ValidationError(_t("The answer does not fit the form of this call."))


class ReceiptQuerySet(TrailedQuerySet):
    """Questions to where chambers stand."""

    def waiting(self) -> Self:
        """Asked by a call that is open, and not answered."""
        return self.filter(status__in=Receipt.UNANSWERED, call__status=Call.Status.OPEN)


class Receipt(Stateful, SharedRecord):
    """From unread to accepted. A draft stays in the chamber: the federation does not learn of it."""

    class Status(models.TextChoices):
        NOT_SEEN = "not_seen", _("Not read")
        SEEN = "seen", _("Read")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")
        ENDED = "ended", _("Takes part no more")

    UNANSWERED: ClassVar[tuple[str, ...]] = (Status.NOT_SEEN, Status.SEEN, Status.RETURNED)
    status_levels: ClassVar[dict[str, str]] = {"submitted": "info", "returned": "warning", "accepted": "success"}

    federation_id = models.UUIDField(editable=False, db_index=True)
    call = models.ForeignKey(Call, models.CASCADE, related_name="receipts", verbose_name=_("call"))
    chamber_id = models.UUIDField(editable=False, db_index=True)
    chamber_name = models.CharField(_("chamber"), max_length=80, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NOT_SEEN, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=0, editable=False)
    reason = models.CharField(_("what to correct"), max_length=300, blank=True, editable=False)
    seen_at = models.DateTimeField(_("read at"), null=True, editable=False)
    answered_at = models.DateTimeField(_in("of a call", "first answered"), null=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ReceiptQuerySet)()

    class Meta:
        verbose_name = _("chamber's answer")
        verbose_name_plural = _("chambers' answers")
        ordering = ["created_at"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["call", "chamber_id"], name="calls_receipt_once_per_chamber")
        ]

    def __str__(self) -> str:
        return f"{self.chamber_name} · {self.call}"

    @move(Status.NOT_SEEN, to=Status.SEEN, permission="calls.receive", label=_("Read"))
    def see(self, *, at: datetime.datetime | None = None) -> Facts:
        """Said by the chamber, `at` the time when it said so."""
        self.seen_at = at or now()
        return None

    @move(*UNANSWERED, to=Status.SUBMITTED, permission="calls.receive", label=_("Submit"))
    def submit(
        self, *, answers: dict[str, Any], signed_by: str, at: datetime.datetime | None = None, came: Came = nothing_came
    ) -> Facts:
        """Said by the chamber: a new version, beside those before it. It is in time if it was signed in time.

        The files that `came` with it take the place of those before.
        """
        self._must_be_open()
        asked = {str(question.pk): question for question in self.call.questions.all()}
        if asked.keys() != answers.keys() or not all(asked[key].takes(said) for key, said in answers.items()):
            raise ValidationError(_t("The answer does not fit the form of this call."))
        self.version, self.reason = self.version + 1, ""
        self.seen_at, self.answered_at = self.seen_at or at or now(), self.answered_at or at or now()
        self.submissions.create(version=self.version, answers=answers, signed_by=signed_by)
        self._keep_files([(q, answers[key]) for key, q in asked.items() if q.kind == Kind.FILE], came)
        return {"version": self.version}

    @move(Status.SUBMITTED, to=Status.SEEN, permission="calls.receive", label=_("Withdraw"))
    def withdraw(self) -> Facts:
        """Said by the chamber, until the deadline."""
        self._must_be_open()
        if self.call.is_past:
            raise ValidationError(_t("After the deadline an answer is not withdrawn; ask for its return."))
        self._forget(self.submissions.filter(version=self.version))
        if not self.submissions.filter(withdrawn_at=None).exists():
            self.answered_at = None
        return {"version": self.version}

    @move(Status.SUBMITTED, to=Status.ACCEPTED, permission="calls.change", label=_("Accept"))
    def accept(self) -> Facts:
        self._must_be_open()
        return {"version": self.version}

    @move(Status.SUBMITTED, to=Status.RETURNED, permission="calls.change", label=_("Return for correction"))
    def send_back(self, *, reason: str) -> Facts:
        """The chamber reads the reason beside its form."""
        self._must_be_open()
        self.reason = reason
        return {"reason": reason}

    @move(*UNANSWERED, Status.SUBMITTED, to=Status.ENDED, permission="calls.receive", label=_("End"))
    def end(self) -> Facts:
        """The chamber took the item back: nothing is asked of it any more, and what nobody accepted is given up."""
        self._forget(self.submissions.all())
        return None

    @property
    def is_standing(self) -> bool:
        """An answer was neither withdrawn nor returned."""
        return self.status in (self.Status.SUBMITTED, self.Status.ACCEPTED)

    @property
    def done_at(self) -> datetime.datetime | None:
        """A notice that asks nothing is answered by reading it."""
        return self.answered_at if self.call.form else self.seen_at

    @property
    def is_in_time(self) -> bool:
        return self.done_at is not None and localtime(self.done_at).date() <= self.call.due_on

    def timeliness(self) -> str:
        """In words; nothing while there is time."""
        if self.is_in_time:
            return _t("in time")
        return _t("late") if self.done_at or self.call.is_overdue else ""

    timeliness.short_description = _("Timeliness")  # type: ignore[attr-defined]

    def _forget(self, versions: Any) -> None:
        """Nothing that was withdrawn is read any more, neither words nor files."""
        versions.filter(withdrawn_at=None).update(withdrawn_at=now(), answers={})
        self.files.all().delete()

    def _keep_files(self, said: Iterable[tuple[Question, Mapping[str, Any]]], came: Came) -> None:
        self.files.all().delete()
        for question, facts in said:
            told = {"name": facts["name"], "size": facts["size"], "sha256": facts["sha256"]}
            rest = {"content_type": facts["type"], "content": came(facts["sha256"])}
            self.files.create(federation_id=self.federation_id, question=question, **told, **rest)
        if self.files.model.objects.filter(federation_id=self.federation_id).total_bytes() > MOST_BYTES:
            raise ValidationError(_t("The federation has no room for more files. Tell the coordinator."))

    def _must_be_open(self) -> None:
        if self.call.status != Call.Status.OPEN:
            raise ValidationError(_t("This call is closed."))


class Submission(SharedRecord):
    """What one chamber signed, word for word. `answers`: by the question's identity; none once it was withdrawn."""

    trail_excludes: ClassVar[frozenset[str]] = SharedRecord.trail_excludes | {"answers"}

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="submissions", verbose_name=_("chamber's answer"))
    version = models.PositiveSmallIntegerField(_("version"))
    answers = models.JSONField(_("answers"), default=dict)
    signed_by = models.CharField(_("signed by"), max_length=80)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects: ClassVar[Any]

    class Meta:
        verbose_name = _("signed version")
        verbose_name_plural = _("signed versions")
        ordering = ["-version"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["receipt", "version"], name="calls_submission_version_once")
        ]

    def __str__(self) -> str:
        lines = _t("withdrawn") if self.withdrawn_at else self.lines
        return _t("Version {n}, {who}: {lines}").format(n=self.version, who=self.signed_by, lines=lines)

    @property
    def lines(self) -> str:
        """Question by question, as the coordinator reads it."""
        asked = self.receipt.call.form
        return "；".join(f"{q.label}：{q.in_words(self.answers.get(str(q.pk), ''))}" for q in asked)
