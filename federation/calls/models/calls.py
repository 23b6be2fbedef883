"""A notice, or a data call when it asks something, with the day by which it is answered. [federation.md C]"""

from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item
from federation.registry.models import Membership
from huiguan.records import SharedRecord
from huiguan.states import Facts, Stateful, move

LONGEST_ANSWER = 2000
MOST = Decimal(10) ** 14


class Call(Stateful, SharedRecord):
    """Its questions are fixed once it is sent: every answer is an answer to the same form."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        OPEN = "open", _("Collecting answers")
        CLOSED = "closed", _("Closed")

    status_levels: ClassVar[dict[str, str]] = {"open": "info"}

    federation_id = models.UUIDField(editable=False, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    issuer = models.CharField(_("issued by"), max_length=80)
    text = models.TextField(_("text of the notice"), max_length=5000)
    due_on = models.DateField(_("answer by"))
    names_chambers = models.BooleanField(
        _("report names chambers"),
        default=False,
        help_text=_("The report shows each chamber's own figures. Chambers read this before they sign."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    objects: ClassVar[Any]

    class Meta:
        verbose_name = _("notice or data call")
        verbose_name_plural = _("notices and data calls")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Chambers sign under the words that they read: these are not changed any more. Raises ValidationError."""
        if self.status != self.Status.DRAFT:
            raise ValidationError(_t("What was sent is not changed. Close it, and write another."))

    @move(Status.DRAFT, to=None, permission="calls.change", label=_("Ask a figure"))
    def ask_figure(self, *, label: str, unit: str) -> Facts:
        return self._ask(Question.Kind.NUMBER, label, unit)

    @move(Status.DRAFT, to=None, permission="calls.change", label=_("Ask in words"))
    def ask_words(self, *, label: str) -> Facts:
        return self._ask(Question.Kind.TEXT, label, "")

    @move(Status.DRAFT, to=Status.OPEN, permission="calls.change", label=_("Send to the chambers"))
    def send(self) -> Facts:
        """To every chamber that shares the item now; one that joins later is not asked."""
        if self.due_on < localdate():
            raise ValidationError(_t("The day by which to answer has passed."))
        members = list(Membership.objects.of(self.federation_id).sharing(Item.DATA_CALLS))
        if not members:
            raise ValidationError(_t("No chamber has accepted notices and data calls yet."))
        for member in members:
            named = {"chamber_id": member.chamber_id, "chamber_name": member.chamber_name}
            self.receipts.create(federation_id=self.federation_id, **named)
        self.sent_at = now()
        return {"chambers": len(members)}

    @move(Status.OPEN, to=Status.CLOSED, permission="calls.change", label=_("Close"))
    def close(self) -> Facts:
        """No answer is taken, returned or withdrawn any more."""

    @cached_property
    def form(self) -> list["Question"]:
        """Its questions, read once however many versions of an answer are shown."""
        return list(self.questions.all())

    @property
    def is_past(self) -> bool:
        return self.due_on < localdate()

    def _ask(self, kind: str, label: str, unit: str) -> Facts:
        number = self.questions.count() + 1
        self.questions.create(number=number, kind=kind, label=label, unit=unit)
        return {"label": label}


class Question(SharedRecord):
    """One line of the form."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("Figure")
        TEXT = "text", _("Words")

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions", verbose_name=_("call"))
    number = models.PositiveSmallIntegerField(_("No."))
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind)
    label = models.CharField(_("question"), max_length=120)
    unit = models.CharField(_("unit"), max_length=20, blank=True)

    objects: ClassVar[Any]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["number"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["call", "number"], name="calls_question_numbered_once")
        ]

    def __str__(self) -> str:
        return self.label

    def takes(self, said: str) -> bool:
        """Whether this can be an answer: a figure from 0, or words that somebody will read."""
        if self.kind == self.Kind.TEXT:
            return 0 < len(said) <= LONGEST_ANSWER
        try:
            figure = Decimal(said)
        except InvalidOperation:
            return False
        return figure.is_finite() and 0 <= figure < MOST
