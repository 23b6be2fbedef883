"""A notice, or a data call when it asks something, with the day by which it is answered. [federation.md C]"""

import datetime
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.calls.models.questions import Question
from federation.calls.shapes import Kind, Part, decimal_of
from federation.calls.totals import total_of
from federation.registry.items import Item
from federation.registry.queries import members
from huiguan.kpis import Period
from huiguan.records import SharedRecord
from huiguan.states import Facts, Stateful, move

MOST_QUESTIONS, MOST_FILES = 60, 5
ASKED = ("label", "kind", "unit", "parts", "source")


class Call(Stateful, SharedRecord):
    """Its questions are fixed once it is sent: every answer is an answer to the same form. What changes is asked anew,
    in the next edition (`replaces` is the one before)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        OPEN = "open", _("Collecting answers")
        CLOSED = "closed", _("Closed")

    status_levels: ClassVar[dict[str, str]] = {"open": "info"}
    move_forms: ClassVar[dict[str, str]] = {
        "ask": "federation.calls.forms.QuestionForm",
        "change_question": "federation.calls.forms.ChangeForm",
        "raise_question": "federation.calls.forms.KeyForm",
        "drop_question": "federation.calls.forms.KeyForm",
    }

    federation_id = models.UUIDField(editable=False, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    issuer = models.CharField(_("issued by"), max_length=80)
    text = models.TextField(_("text of the notice"), max_length=5000)
    due_on = models.DateField(_("answer by"))
    first_day = models.DateField(_("figures from"), null=True, blank=True)
    last_day = models.DateField(
        _("figures to"),
        null=True,
        blank=True,
        help_text=_("What chambers find in their own records is counted for these days. Without them: the last year."),
    )
    names_chambers = models.BooleanField(
        _("report names chambers"),
        default=False,
        help_text=_("The report shows each chamber's own figures. Chambers read this before they sign."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, editable=False, related_name="next_edition")
    edition = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    last_key = models.PositiveSmallIntegerField(default=0, editable=False)
    shared_totals = models.JSONField(_("totals that chambers read"), null=True, editable=False)

    objects: ClassVar[Any]

    class Meta:
        verbose_name = _("notice or data call")
        verbose_name_plural = _("notices and data calls")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title if self.edition == 1 else _t("{title} (edition {n})").format(title=self.title, n=self.edition)

    def clean(self) -> None:
        """Chambers sign under the words that they read: these are not changed any more. Raises ValidationError."""
        if self.status != self.Status.DRAFT:
            raise ValidationError(_t("What was sent is not changed. Write its next edition."))
        if bool(self.first_day) != bool(self.last_day):
            raise ValidationError({"last_day": _t("Give the first day and the last one, or neither.")})
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValidationError({"last_day": _t("The last day is before the first one.")})

    @move(Status.DRAFT, to=None, permission="calls.change", label=_("Ask a question"))
    def ask(self, *, label: str, kind: str, unit: str = "", parts: Sequence[Part] = (), source: str = "") -> Facts:
        number = self.questions.count() + 1
        if number > MOST_QUESTIONS:
            raise ValidationError(_t("A call asks at most {most} questions.").format(most=MOST_QUESTIONS))
        self.last_key += 1
        said = {"label": label, "kind": kind, "unit": unit, "parts": list(parts), "source": source}
        self._write(Question(call=self, number=number, key=f"q{self.last_key}"), said)
        return {"label": label}

    @move(Status.DRAFT, to=None, permission="calls.change", label=_("Change a question"))
    def change_question(
        self, *, question_id: uuid.UUID, label: str, kind: str, unit: str = "", parts: Any = (), source: str = ""
    ) -> Facts:
        said = {"label": label, "kind": kind, "unit": unit, "parts": list(parts), "source": source}
        self._write(self._question(question_id), said)
        return {"label": label}

    @move(Status.DRAFT, to=None, permission="calls.change", label=_("Move up"))
    def raise_question(self, *, question_id: uuid.UUID) -> Facts:
        """Before the one above it; the first one stays."""
        question = self._question(question_id)
        above = self.questions.filter(number=question.number - 1).first()
        if above:
            for moved, number in ((above, 0), (question, question.number - 1), (above, question.number)):
                moved.number = number  # through 0: a number belongs to one question at any moment
                moved.save()
        return {"label": question.label}

    @move(Status.DRAFT, to=None, permission="calls.change", label=_("Remove the question"), danger=True)
    def drop_question(self, *, question_id: uuid.UUID) -> Facts:
        gone = self._question(question_id)
        gone.delete()
        for question in self.questions.filter(number__gt=gone.number):
            question.number -= 1
            question.save()
        return {"label": gone.label}

    @move(Status.DRAFT, to=Status.OPEN, permission="calls.change", label=_("Send to the chambers"))
    def send(self) -> Facts:
        """To every chamber that shares the item now; one that joins later is not asked. The edition before closes."""
        if self.due_on < localdate():
            raise ValidationError(_t("The day by which to answer has passed."))
        asked = members(self.federation_id, Item.DATA_CALLS)
        if not asked:
            raise ValidationError(_t("No chamber has accepted notices and data calls yet."))
        for member in asked:
            named = {"chamber_id": member.chamber_id, "chamber_name": member.chamber_name}
            self.receipts.create(federation_id=self.federation_id, **named)
        if self.replaces and self.replaces.status == self.Status.OPEN:
            self.replaces.close()
        self.sent_at = now()
        return {"chambers": len(asked)}

    @move(Status.OPEN, to=Status.CLOSED, permission="calls.change", label=_("Close"))
    def close(self) -> Facts:
        """No answer is taken, returned or withdrawn any more."""
        self.closed_at = now()
        return None

    @move(Status.OPEN, Status.CLOSED, to=None, permission="calls.change", label=_("Write the next edition"))
    def revise(self) -> Facts:
        """A draft with the same words and questions; chambers are asked again once it is sent."""
        if hasattr(self, "next_edition"):
            raise ValidationError(_t("The next edition is there already."))
        same = ("federation_id", "title", "issuer", "text", "due_on", "first_day", "last_day", "names_chambers")
        said = {name: getattr(self, name) for name in same}
        draft = Call(replaces=self, edition=self.edition + 1, last_key=self.last_key, **said)
        draft.save()
        for question in self.form:
            draft.questions.create(**{name: getattr(question, name) for name in ("number", "key", *ASKED)})
        return {"edition": draft.edition}

    @move(Status.CLOSED, to=None, permission="calls.change", label=_("Let chambers read the totals"))
    def share_totals(self) -> Facts:
        """Of the accepted answers, to those who gave them: once, and of one edition: two tell a difference."""
        if any(edition.shared_totals is not None for edition in self._editions()):
            raise ValidationError(_t("Totals are given out once, and of one edition alone."))
        accepted = self.receipts.filter(status="accepted")
        answers = [next(iter(r.submissions.all())).answers for r in accepted.prefetch_related("submissions")]
        figures = [question for question in self.form if question.kind == Kind.NUMBER]
        self.shared_totals = [_published(question, answers) for question in figures]
        return {"totals": len(figures)}

    @cached_property
    def form(self) -> list[Question]:
        """Its questions, read once however many versions of an answer are shown."""
        return list(self.questions.all())

    @property
    def is_past(self) -> bool:
        return self.due_on < localdate()

    @property
    def is_overdue(self) -> bool:
        """It was still open when its day had passed: whoever has not answered by then is late."""
        return self.is_past and not (self.closed_at and localtime(self.closed_at).date() <= self.due_on)

    @property
    def period(self) -> Period:
        """The days that figures from a chamber's own records are counted for."""
        if self.first_day and self.last_day:
            return Period(self.first_day, self.last_day)
        return Period.year_to(localtime(self.sent_at or now()).date() - datetime.timedelta(days=1))

    def _editions(self) -> Iterator["Call"]:
        """This one, all before it, all after it."""
        yield self
        for step in ("replaces", "next_edition"):
            other = getattr(self, step, None)
            while other is not None:
                yield other
                other = getattr(other, step, None)

    def _question(self, question_id: uuid.UUID) -> Question:
        try:
            found: Question = self.questions.get(pk=question_id)
        except ObjectDoesNotExist as error:
            raise ValidationError(_t("This question is not there any more.")) from error
        return found

    def _write(self, question: Question, said: dict[str, Any]) -> None:
        for name, value in said.items():
            setattr(question, name, value)
        question.full_clean(validate_constraints=False)
        files = self.questions.filter(kind=Kind.FILE).exclude(pk=question.pk).count()
        if question.kind == Kind.FILE and files >= MOST_FILES:
            raise ValidationError(_t("A call asks for at most {most} files.").format(most=MOST_FILES))
        question.save()


def _published(question: Question, answers: list[dict[str, Any]]) -> dict[str, str]:
    said = (decimal_of(answer.get(str(question.pk))) for answer in answers)
    total = total_of([figure for figure in said if figure is not None])
    told = {"exact": "" if total.exact is None else f"{total.exact:f}", "over": f"{total.over:f}" if total.over else ""}
    return {"label": question.label, "unit": question.unit, **told}
