"""The minutes of a session: drafted from the facts, approved by every chamber that was there, then never changed."""

import hashlib
import uuid
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison import drafting
from federation.liaison.members import members
from federation.liaison.models.attendance import WithAttendance
from federation.liaison.models.status import Status
from huiguan.journal.models import Entry
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, WrongState, move
from huiguan.workdays import add_working_days

WINDOW_DAYS = 5  # working days to answer in; who stays silent has approved [federation.md C]


def digest_of(text: str) -> str:
    """SHA-256 of the minutes' words, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Sha256(models.Func):
    """The same digest, computed by PostgreSQL."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField()


class Minutes(SharedRecord):
    """One per session. `version` counts how often they went out; `digest` is of the text that went out last."""

    session = models.OneToOneField("liaison.Session", models.PROTECT, related_name="minutes")
    text = models.TextField(_("minutes"), max_length=20_000)
    version = models.PositiveSmallIntegerField(_("version"), default=0)
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    respond_by = models.DateField(_("answer by"), null=True)
    adopted_at = models.DateTimeField(_("adopted"), null=True)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(adopted_at=None) | models.Q(digest=Sha256("text")),
                name="adopted_minutes_are_the_words_that_were_approved",
            )
        ]

    def __str__(self) -> str:
        return str(self.session)

    def send(self) -> None:
        """Freeze the words for this round and open the window."""
        self.version += 1
        self.digest, self.sent_at = digest_of(self.text), now()
        self.respond_by = add_working_days(localdate(), WINDOW_DAYS)
        self.save(verb="sent", facts={"version": self.version, "digest": self.digest})

    def are_as_adopted(self) -> bool:
        """Whether the words are those whose digest the adoption left in the trail, which nobody can change."""
        adoption = Entry.objects.filter(record_id=self.pk, verb="adopted").order_by("number").first()
        return adoption is not None and adoption.facts.get("digest") == digest_of(self.text)

    def window_is_over(self) -> bool:
        return self.respond_by is not None and localdate() > self.respond_by


class ApprovalQuerySet(TrailedQuerySet):
    """Questions to the answers of one round."""

    def waiting(self) -> Self:
        return self.filter(state=Approval.State.WAITING)

    def amendments(self) -> Self:
        return self.filter(state=Approval.State.AMENDMENT)


class Approval(SharedRecord):
    """One attending chamber's answer to one version of the minutes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not answered yet")
        APPROVED = "approved", _("Approved")
        SILENT = "silent", _("Approved by silence")
        AMENDMENT = "amendment", _("Asks for an amendment")

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="approvals")
    version = models.PositiveSmallIntegerField()
    chamber_id = models.UUIDField(db_index=True)
    chamber_name = models.CharField(_("chamber"), max_length=80)
    state = models.CharField(_("answer"), max_length=10, choices=State, default=State.WAITING)
    text = models.TextField(_("amendment asked for"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    status_levels: ClassVar[dict[str, str]] = {"silent": "success", "amendment": "danger"}
    objects: ClassVar[Any] = models.Manager.from_queryset(ApprovalQuerySet)()

    class Meta:
        verbose_name = _("answer to the minutes")
        verbose_name_plural = _("answers to the minutes")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "version", "chamber_id"], name="a_chamber_answers_a_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.chamber_name} · {self.session}"


class WithMinutes(WithAttendance):
    """The part of a session that writes down what was agreed and has it approved."""

    class Meta:
        abstract = True

    @move(Status.HELD, to=Status.MINUTES_DRAFT, permission="liaison.change", label=_("Draft the minutes"))
    def draft_minutes(self) -> Facts:
        """Written from what was recorded; the coordinator edits it."""
        Minutes.objects.create(session_id=self.pk, text=drafting.draft(self))
        return None

    @move(Status.MINUTES_DRAFT, to=None, permission="liaison.change", label=_("Edit the minutes"))
    def edit_minutes(self, *, text: str) -> Facts:
        self.minutes.text = text
        self.minutes.save()
        return None

    @move(
        Status.MINUTES_DRAFT,
        to=Status.MINUTES_OUT,
        permission="liaison.convene",
        label=_("Send the minutes to all chambers"),
    )
    def send_minutes(self) -> Facts:
        """Those that were there and still take part approve; every member can read."""
        self.minutes.send()
        taking_part = {member.chamber_id for member in members(self.federation_id)}
        for line in self.present().filter(chamber_id__in=taking_part):
            who = {"chamber_id": line.chamber_id, "chamber_name": line.chamber_name}
            self.approvals.create(version=self.minutes.version, **who)
        return {"version": self.minutes.version, "digest": self.minutes.digest}

    @move(Status.MINUTES_OUT, to=None, permission="liaison.receive", label=_("Approve the minutes"))
    def approve_minutes(self, *, chamber_id: uuid.UUID, version: int, digest: str) -> Facts:
        """Said by a chamber that was there, of exactly the words it read."""
        if digest != self.minutes.digest:
            raise ValidationError(_t("These are not the words of the minutes that are out for approval."))
        self._answer(chamber_id, version, Approval.State.APPROVED)
        return {"version": version, "digest": digest}

    @move(Status.MINUTES_OUT, to=None, permission="liaison.receive", label=_("Ask for an amendment"))
    def ask_amendment(self, *, chamber_id: uuid.UUID, version: int, text: str) -> Facts:
        """Nothing is adopted until the coordinator has answered with a new version."""
        self._answer(chamber_id, version, Approval.State.AMENDMENT, text)
        return {"version": version}

    @move(Status.MINUTES_OUT, to=Status.ADOPTED, permission="liaison.convene", label=_("Adopt the minutes"))
    def adopt_minutes(self) -> Facts:
        """When all have approved, or the window is over and nobody asked for an amendment."""
        if not self.can_adopt():
            raise WrongState(_t("Not every chamber has approved yet."))
        self.current_approvals().waiting().update(state=Approval.State.SILENT, answered_at=now())
        self.minutes.adopted_at = now()
        self.minutes.save(verb="adopted", facts={"digest": self.minutes.digest})
        return {"version": self.minutes.version, "digest": self.minutes.digest}

    @move(
        Status.MINUTES_OUT,
        to=Status.MINUTES_DRAFT,
        permission="liaison.change",
        label=_("Take the minutes back to amend them"),
    )
    def revise_minutes(self) -> Facts:
        """The next version is approved from the beginning."""

    def current_approvals(self) -> Any:
        """The answers to the version that is out now."""
        return self.approvals.filter(version=self.minutes.version)

    def can_adopt(self) -> bool:
        answers = self.current_approvals()
        if answers.amendments().exists():
            return False
        return self.minutes.window_is_over() or not answers.waiting().exists()

    def _answer(self, chamber_id: uuid.UUID, version: int, state: str, text: str = "") -> None:
        answer: Approval | None = self.current_approvals().filter(chamber_id=chamber_id, version=version).first()
        if answer is None:
            raise ValidationError(_t("This chamber is not asked to approve this version of the minutes."))
        answer.state, answer.text, answer.answered_at = state, text, now()
        answer.save(verb=state)
