"""On which day a session is held: dates offered to every chamber, and what each says of them. [F2]"""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.choosing import Option, Word, ranked
from federation.liaison.members import member
from federation.liaison.models.parts import SessionPart
from federation.liaison.models.status import WITH_DATES_OFFERED, Status
from huiguan.records import SharedRecord
from huiguan.states import Facts, move


class PollOption(SharedRecord):
    """One date that is offered."""

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="options")
    starts_at = models.DateTimeField(_("begins"))

    class Meta:
        verbose_name = _("date offered")
        verbose_name_plural = _("dates offered")
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["session", "starts_at"], name="a_date_is_offered_once")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} · {self.session}"

    def as_option(self) -> Option:
        return Option(self.pk, self.starts_at, {a.chamber_id: Word(a.word) for a in self.answers.all()})


class PollAnswer(SharedRecord):
    """What one chamber says of one date."""

    class Word(models.TextChoices):
        YES = Word.YES.value, _("Can come")
        MAYBE = Word.MAYBE.value, _("If need be")
        NO = Word.NO.value, _("Cannot come")

    option = models.ForeignKey(PollOption, models.CASCADE, related_name="answers")
    chamber_id = models.UUIDField(db_index=True)
    chamber_name = models.CharField(_("chamber"), max_length=80)
    word = models.CharField(_("answer"), max_length=5, choices=Word)

    status_levels: ClassVar[dict[str, str]] = {"yes": "success", "maybe": "warning", "no": "neutral"}

    class Meta:
        verbose_name = _("answer about a date")
        verbose_name_plural = _("answers about dates")
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["option", "chamber_id"], name="a_chamber_answers_a_date_once")]

    def __str__(self) -> str:
        return f"{self.chamber_name} · {self.option}"


class WithPoll(SessionPart):
    """The part of a session that finds its day."""

    options: Any
    poll_until: Any

    class Meta:
        abstract = True

    @move(
        Status.PLANNED,
        Status.POSTPONED,
        to=Status.POLLING,
        permission="liaison.convene",
        label=_("Poll the chambers for a date"),
    )
    def open_poll(self, *, times: Sequence[datetime.datetime], answer_by: datetime.date) -> Facts:
        """Every chamber is asked about each of the dates; those of an earlier poll are asked no more."""
        if self.host_id is None:
            raise ValidationError(_t("Ask a chamber to host the session first."))
        if len(set(times)) < 2 or min(times) <= now():
            raise ValidationError(_t("Offer at least two dates that lie ahead."))
        if not localdate() <= answer_by < localdate(min(times)):
            raise ValidationError(_t("The answers are due before the first of the dates."))
        self.options.all().delete()
        for starts_at in sorted(set(times)):
            self.options.create(starts_at=starts_at)
        self.poll_until = answer_by
        return {"dates": len(set(times))}

    @move(Status.POLLING, to=Status.PLANNED, permission="liaison.convene", label=_("Take the poll back"))
    def withdraw_poll(self) -> Facts:
        """Other dates can be offered."""
        self.poll_until = None
        return None

    @move(Status.POLLING, to=None, permission="liaison.receive", label=_("Answer about dates"))
    def answer_poll(self, *, chamber_id: uuid.UUID, words: Mapping[uuid.UUID, str]) -> Facts:
        """Said by one chamber for itself, about every date; it may change its mind until one is taken."""
        offered = {option.pk: option for option in self.options.all()}
        if offered.keys() != words.keys():
            raise ValidationError(_t("The dates of the poll have changed meanwhile. Look again."))
        name = member(self.federation_id, chamber_id).chamber_name
        for key, word in words.items():
            answer = offered[key].answers.filter(chamber_id=chamber_id).first()
            answer = answer or PollAnswer(option=offered[key], chamber_id=chamber_id)
            answer.chamber_name, answer.word = name, word
            answer.save(verb="answered")
        return {"chamber": name}

    @move(
        *WITH_DATES_OFFERED, to=None, permission="liaison.receive",
        label=_("Propose another date"),
    )  # fmt: skip
    def propose_date(self, *, chamber_id: uuid.UUID, starts_at: datetime.datetime) -> Facts:
        """A COUNTER of a delegation's head: the chamber's yes to a date, offered or not. [RFC 5546]"""
        if starts_at <= now():
            raise ValidationError(_t("The date lies in the past."))
        name = member(self.federation_id, chamber_id).chamber_name
        option, _is_new = self.options.get_or_create(starts_at=starts_at)
        answer = option.answers.filter(chamber_id=chamber_id).first()
        answer = answer or PollAnswer(option=option, chamber_id=chamber_id, chamber_name=name)
        answer.word = PollAnswer.Word.YES
        answer.save(verb="answered")
        return {"chamber": name}

    def ranked_options(self) -> list[Option]:
        """The dates offered, that of the rule first."""
        offered = [option.as_option() for option in self.options.prefetch_related("answers")]
        return ranked(offered, host=self.host_id, left_out_before=self.left_out_before())

    def left_out_before(self) -> set[uuid.UUID]:
        """The chambers that had said they could not come on the day that the session before this one took."""
        before = PollAnswer.objects.filter(option__session__series_id=self.series_id, word=PollAnswer.Word.NO)
        before = before.filter(option__session__number=_number_before(self.series_id, self.number))
        taken = before.filter(option__starts_at=models.F("option__session__starts_at"))
        return set(taken.values_list("chamber_id", flat=True))


def _number_before(series_id: Any, number: int) -> int | None:
    """Of the last session of the series that was not cancelled."""
    from federation.liaison.models.sessions import Session

    earlier = Session.objects.filter(series_id=series_id, number__lt=number).exclude(status=Status.CANCELLED)
    found: int | None = earlier.aggregate(n=models.Max("number"))["n"]
    return found
