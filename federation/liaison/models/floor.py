"""Who has the floor: the agenda item under way, and one chamber after the other speaking to it."""

import datetime
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from federation.liaison.models.agenda import AgendaItem
from federation.liaison.models.attendance import WithAttendance
from federation.liaison.models.status import Status
from huiguan.records import SharedRecord
from huiguan.states import Facts, WrongState, move


class Speech(SharedRecord):
    """One chamber's turn to speak; without an end while it lasts. `minutes` is what it was given."""

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="speeches")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="speeches")
    chamber_id = models.UUIDField()
    chamber_name = models.CharField(_("chamber"), max_length=80)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    begun_at = models.DateTimeField(_in("of an item or a speech", "begun"))
    ended_at = models.DateTimeField(_in("of an item or a speech", "ended"), null=True)

    class Meta:
        verbose_name = _("turn to speak")
        verbose_name_plural = _("turns to speak")
        ordering = ["begun_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(ended_at=None), name="one_chamber_has_the_floor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.chamber_name} · {self.item}"

    @property
    def ends_at(self) -> datetime.datetime:
        """When the time that was given is over."""
        return self.begun_at + datetime.timedelta(minutes=self.minutes)


class WithFloor(WithAttendance):
    """The part of a session that leads it while it is on."""

    class Meta:
        abstract = True

    @move(Status.NOTICE_SENT, to=None, permission="liaison.change", label=_("Take up this item"))
    def take_up(self, *, item_id: uuid.UUID) -> Facts:
        """What was under way before is finished; an item can be taken up again, and its time goes on."""
        if not self.present().exists():
            raise WrongState(_t("Check in the chambers that are there first."))
        item: AgendaItem | None = self.agenda.filter(pk=item_id).first()
        if item is None:
            raise ValidationError(_t("This is not on the agenda."))
        self.yield_the_floor()
        item.begun_at, item.ended_at = item.begun_at or now(), None
        item.save(verb="taken_up")
        return {"item": item.title}

    @move(Status.NOTICE_SENT, to=None, permission="liaison.change", label=_("Give the floor"))
    def give_floor(self, *, chamber_id: uuid.UUID) -> Facts:
        """To a chamber that is there, for its share of the item's time."""
        item, line = self.item_under_way(), self._line(chamber_id)
        if item is None:
            raise WrongState(_t("Take up an item of the agenda first."))
        if not line.checked_in_at:
            raise ValidationError(_t("Check {chamber} in first.").format(chamber=line.chamber_name))
        self._end_speech()
        given = {"minutes": item.minutes_each(self.present().count()), "begun_at": now()}
        self.speeches.create(item=item, chamber_id=chamber_id, chamber_name=line.chamber_name, **given)
        return {"chamber": line.chamber_name}

    @move(Status.NOTICE_SENT, to=None, permission="liaison.change", label=_("Finish this item"))
    def finish_item(self) -> Facts:
        self.yield_the_floor()
        return None

    def item_under_way(self) -> AgendaItem | None:
        found: AgendaItem | None = self.agenda.filter(begun_at__isnull=False, ended_at=None).first()
        return found

    def yield_the_floor(self) -> None:
        """Nobody speaks any more, and no item is under way."""
        self._end_speech()
        if item := self.item_under_way():
            item.ended_at = now()
            item.save(verb="finished")

    def _end_speech(self) -> None:
        running: Any = self.speeches.filter(ended_at=None).first()
        if running:
            running.ended_at = now()
            running.save()
