"""A numbered session: what it is about, and its way from the plan to the adopted minutes."""

import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.models.agenda import WithAgenda
from federation.liaison.models.floor import WithFloor
from federation.liaison.models.handover import WithHandOver
from federation.liaison.models.hosting import WithHost
from federation.liaison.models.materials import WithPapers
from federation.liaison.models.minutes import WithMinutes
from federation.liaison.models.polling import WithPoll
from federation.liaison.models.proceedings import WithProceedings
from federation.liaison.models.series import Series
from federation.liaison.models.status import BEFORE_MEETING, IN_ORDER, WITHOUT_DATE
from federation.liaison.models.status import Status as SessionStatus
from federation.liaison.models.swapping import WithSwap
from federation.liaison.words import ordinal
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, move

NOTICE_DAYS = 10  # a notice is to reach the chambers so long before the meeting [federation.md C]


class SessionQuerySet(TrailedQuerySet):
    """Questions to the sessions."""

    def of(self, federation_id: Any) -> Self:
        return self.filter(federation_id=federation_id)

    def ahead(self) -> Self:
        """Not yet held, the nearest first; those without a date come last."""
        return self.filter(status__in=BEFORE_MEETING).order_by(models.F("starts_at").asc(nulls_last=True), "number")


class Session(
    WithHost,
    WithSwap,
    WithPoll,
    WithAgenda,
    WithPapers,
    WithFloor,
    WithProceedings,
    WithMinutes,
    WithHandOver,
    SharedRecord,
):
    """第三期: one meeting of a series. [001]"""

    Status = SessionStatus
    status_levels: ClassVar[dict[str, str]] = {
        "polling": "info",
        "notice_sent": "accent",
        "held": "success",
        "minutes_draft": "warning",
        "minutes_out": "warning",
        "postponed": "warning",
    }

    federation_id = models.UUIDField(editable=False, db_index=True)
    series = models.ForeignKey(Series, models.PROTECT, related_name="sessions", verbose_name=_("series"))
    number = models.PositiveIntegerField(_("number"), editable=False)
    theme = models.CharField(_("theme"), max_length=120)
    question = models.CharField(_("question to discuss"), max_length=300, blank=True)
    host_id = models.UUIDField(null=True, editable=False)
    host_name = models.CharField(_("host"), max_length=80, blank=True, editable=False)
    co_host_id = models.UUIDField(null=True, editable=False)
    co_host_name = models.CharField(_("co-host"), max_length=80, blank=True, editable=False)
    starts_at = models.DateTimeField(_("begins"), null=True, editable=False)
    poll_until = models.DateField(_("answers about dates by"), null=True, editable=False)
    place = models.CharField(_("meeting place"), max_length=200, blank=True, editable=False)
    link = models.URLField(_("link for those who join online"), blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=20, choices=SessionStatus, default=SessionStatus.PLANNED, editable=False
    )
    sequence = models.PositiveSmallIntegerField(
        default=0, editable=False
    )  # as calendars count changes [RFC 5545 §3.8.7.4]
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    notice_sent_at = models.DateTimeField(_("notice sent"), null=True, editable=False)
    held_at = models.DateTimeField(_("held"), null=True, editable=False)
    active_count = models.PositiveSmallIntegerField(_("member chambers"), null=True, editable=False)
    present_count = models.PositiveSmallIntegerField(_("chambers present"), null=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="a_session_has_its_own_number")]

    def __str__(self) -> str:
        return f"{ordinal(self.number)} {self.theme}"

    def name(self) -> str:
        return ordinal(self.number)

    name.short_description = _("Session")  # type: ignore[attr-defined]

    @property
    def day(self) -> datetime.date | None:
        return localdate(self.starts_at) if self.starts_at else None

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= now()

    @property
    def has_come(self) -> bool:
        """It is the day of the meeting, or later."""
        return self.day is not None and self.day <= localdate()

    @property
    def step(self) -> int:
        """How far it is, counted from 1; a postponed one is back at the beginning."""
        return IN_ORDER.index(self.status) + 1 if self.status in IN_ORDER else 1

    @property
    def is_short_notice(self) -> bool:
        """Less time than the chambers were promised."""
        told = localdate(self.notice_sent_at) if self.notice_sent_at else localdate()
        return self.day is not None and (self.day - told).days < NOTICE_DAYS

    @move(
        *WITHOUT_DATE,
        to=SessionStatus.SCHEDULED,
        permission="liaison.convene",
        label=_("Set the date"),
    )
    def schedule(self, *, starts_at: datetime.datetime, place: str, link: str = "") -> Facts:
        """The host has said yes before there is a date."""
        if self.host_id is None:
            raise ValidationError(_t("Ask a chamber to host the session first."))
        self._take_place(starts_at, place, link)
        return None

    @move(
        SessionStatus.SCHEDULED, to=SessionStatus.NOTICE_SENT, permission="liaison.convene", label=_("Send the notice")
    )
    def send_notice(self) -> Facts:
        """From now on every chamber can answer with its delegation."""
        if not self.agenda.exclude(kind="follow_up").exists():
            raise ValidationError(_t("Put at least one topic on the agenda first."))
        if not self.place:
            raise ValidationError(_t("Set the place first: the session has changed hosts."))
        self.swaps.end(_t("The notice has gone out."))
        self.call_roll()
        self.notice_sent_at = now()
        return {"chambers": self.roll.count()}

    @move(
        SessionStatus.NOTICE_SENT, to=SessionStatus.HELD, permission="liaison.convene", label=_("The meeting is over")
    )
    def hold(self) -> Facts:
        """Freezes who was there: the quorum is counted once."""
        if not self.has_begun:
            raise ValidationError(_t("The meeting has not begun yet."))
        self.call_roll()
        self.active_count, self.present_count = self.roll.count(), self.present().count()
        if not self.present_count:
            raise ValidationError(_t("Check in the chambers that are there first."))
        self.yield_the_floor()
        self.held_at = self.starts_at
        return {"present": self.present_count, "of": self.active_count}

    @move(
        SessionStatus.SCHEDULED,
        SessionStatus.NOTICE_SENT,
        to=None,
        permission="liaison.convene",
        label=_("Change time or place"),
    )
    def rearrange(self, *, starts_at: datetime.datetime, place: str, link: str = "") -> Facts:
        """After the notice, another time asks every chamber again."""
        has_moved = self.starts_at != starts_at
        self._take_place(starts_at, place, link)
        if has_moved:
            self.forget_answers()
        return None

    @move(
        SessionStatus.SCHEDULED,
        SessionStatus.NOTICE_SENT,
        to=SessionStatus.POSTPONED,
        permission="liaison.convene",
        label=_("Postpone"),
    )
    def postpone(self, *, reason: str) -> Facts:
        """The number and the host stay; the date is open again."""
        self.starts_at, self.reason = None, reason
        self.sequence += 1
        self.forget_answers()
        return {"reason": reason}

    @move(
        *BEFORE_MEETING,
        to=SessionStatus.CANCELLED,
        permission="liaison.convene",
        label=_("Cancel the session"),
        danger=True,
    )
    def cancel(self, *, reason: str) -> Facts:
        """The number stays used: the next session gets the next one."""
        self.reason = reason
        self.sequence += 1
        return {"reason": reason}

    @move(SessionStatus.ADOPTED, to=SessionStatus.CLOSED, permission="liaison.convene", label=_("Close the session"))
    def close(self) -> Facts:
        """What is still open goes on: it heads the agenda of the next session."""
        return {"open": self.action_items.unsettled().count()}

    def _take_place(self, starts_at: datetime.datetime, place: str, link: str) -> None:
        """Calendars that know of the session learn that it is another time or place."""
        is_new = (starts_at, place, link) != (self.starts_at, self.place, self.link)
        self.sequence += self.starts_at is not None and is_new
        self.starts_at, self.place, self.link, self.reason = starts_at, place, link, ""
