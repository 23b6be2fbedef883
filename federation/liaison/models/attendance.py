"""Which chambers come to a session, with whom, and which were there: the quorum counts chambers, not heads."""

import uuid
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.members import members
from federation.liaison.models.parts import SessionPart
from federation.liaison.models.status import AT_MEETING, Status
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, move


class AttendanceQuerySet(TrailedQuerySet):
    """Questions to the roll."""

    def present(self) -> Self:
        return self.filter(checked_in_at__isnull=False)

    def unanswered(self) -> Self:
        return self.filter(answer=Attendance.Answer.NONE)


class Attendance(SharedRecord):
    """One chamber's line on the roll of a session."""

    class Answer(models.TextChoices):
        NONE = "none", _("No answer yet")
        COMING = "coming", _("Coming")
        AWAY = "away", _("Not coming")

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="roll")
    chamber_id = models.UUIDField(db_index=True)
    chamber_name = models.CharField(_("chamber"), max_length=80)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.NONE)
    head = models.CharField(_("head of the delegation"), max_length=40, blank=True)
    people = models.PositiveSmallIntegerField(_("number of people"), default=0)
    is_online = models.BooleanField(_("joins online"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    checked_in_at = models.DateTimeField(_("checked in"), null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(AttendanceQuerySet)()

    class Meta:
        verbose_name = _("chamber on the roll")
        verbose_name_plural = _("attendance")
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "chamber_id"], name="a_chamber_is_on_the_roll_once")]

    def __str__(self) -> str:
        return f"{self.chamber_name} · {self.session}"

    @property
    def status(self) -> str:
        """For the badge: who was there counts more than who promised."""
        if self.checked_in_at:
            return "present"
        return "absent" if self.session.held_at else str(self.answer)

    def get_status_display(self) -> str:
        was_there: dict[str, str] = {"present": _t("Present"), "absent": _t("Absent")}
        return was_there.get(self.status) or str(self.get_answer_display())

    status_levels: ClassVar[dict[str, str]] = {
        "present": "success",
        "coming": "info",
        "away": "neutral",
        "none": "warning",
    }


class WithAttendance(SessionPart):
    """The part of a session that knows who comes."""

    class Meta:
        abstract = True

    @move(Status.NOTICE_SENT, to=None, permission="liaison.receive", label=_("Answer the invitation"))
    def answer_attendance(
        self,
        *,
        chamber_id: uuid.UUID,
        coming: bool,
        head: str = "",
        people: int = 0,
        is_online: bool = False,
        note: str = "",
    ) -> Facts:
        """Said by a chamber on the roll; it may change its mind until the meeting."""
        line = self._line(chamber_id)
        line.answer = Attendance.Answer.COMING if coming else Attendance.Answer.AWAY
        line.head, line.people = (head, people) if coming else ("", 0)
        line.is_online, line.note, line.answered_at = coming and is_online, note, now()
        line.save(verb="answered")
        return {"chamber": line.chamber_name, "coming": coming}

    @move(*AT_MEETING, to=None, permission="liaison.change", label=_("Check in"))
    def check_in(self, *, chamber_id: uuid.UUID) -> Facts:
        """A chamber that joins online counts like one in the room; so does one that joined since the notice."""
        if self.status == Status.NOTICE_SENT:
            self.call_roll()
        line = self._line(chamber_id)
        line.checked_in_at = line.checked_in_at or now()
        line.save(verb="checked_in")
        self._recount()
        return {"chamber": line.chamber_name}

    @move(*AT_MEETING, to=None, permission="liaison.change", label=_("Undo the check-in"))
    def undo_check_in(self, *, chamber_id: uuid.UUID) -> Facts:
        line = self._line(chamber_id)
        line.checked_in_at = None
        line.save(verb="check_in_undone")
        self._recount()
        return {"chamber": line.chamber_name}

    def call_roll(self) -> None:
        """A line for every chamber that takes part now; the lines that are there stay."""
        known = set(self.roll.values_list("chamber_id", flat=True))
        for chamber in members(self.federation_id):
            if chamber.chamber_id not in known:
                self.roll.create(chamber_id=chamber.chamber_id, chamber_name=chamber.chamber_name)

    def forget_answers(self) -> None:
        """Every chamber is asked anew."""
        self.roll.update(answer=Attendance.Answer.NONE, answered_at=None)

    def present(self) -> Any:
        return self.roll.present()

    @property
    def is_quorate(self) -> bool:
        """More than half of the member chambers are there; below that there is discussion only. [federation.md C]"""
        lines = list(self.roll.all())
        return 2 * sum(1 for line in lines if line.checked_in_at) > len(lines)

    def _line(self, chamber_id: uuid.UUID) -> Attendance:
        line: Attendance | None = self.roll.select_for_update().filter(chamber_id=chamber_id).first()
        if line is None:
            raise ValidationError(_t("This chamber is not on the roll."))
        return line

    def _recount(self) -> None:
        if self.status == Status.HELD:
            self.present_count = self.present().count()
