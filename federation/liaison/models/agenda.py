"""What a session talks about: topics that chambers proposed and seconded, and the agenda made of them."""

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from federation.liaison.members import member
from federation.liaison.models.parts import SessionPart
from federation.liaison.models.status import BEFORE_NOTICE
from federation.liaison.models.topics import Topic
from huiguan.records import SharedRecord
from huiguan.states import Facts, move

FOLLOW_UP_MINUTES = 15


class AgendaItem(SharedRecord):
    """One point of the agenda. `position` counts from 1 within the session."""

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", _("What became of the last session")
        TOPIC = "topic", _("Topic of a chamber")
        OTHER = "other", _("Other")

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="agenda")
    kind = models.CharField(_("kind of item"), max_length=10, choices=Kind, default=Kind.OTHER)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="agenda_items")
    position = models.PositiveSmallIntegerField(_in("on the agenda", "position"))
    title = models.CharField(_("title"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=20)
    chamber_id = models.UUIDField(null=True)
    chamber_name = models.CharField(_("speaker"), max_length=80, blank=True)
    begun_at = models.DateTimeField(_in("of an item or a speech", "begun"), null=True, editable=False)
    ended_at = models.DateTimeField(_in("of an item or a speech", "ended"), null=True, editable=False)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["position", "created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.begun_at is not None and self.ended_at is None

    @property
    def ends_at(self) -> datetime.datetime | None:
        """When its time is over, counted from when it was taken up."""
        return self.begun_at and self.begun_at + datetime.timedelta(minutes=self.minutes)

    @property
    def took(self) -> int | None:
        """Whole minutes from beginning to end, at least one; None while it is not finished."""
        if self.begun_at is None or self.ended_at is None:
            return None
        return max(1, round((self.ended_at - self.begun_at).total_seconds() / 60))

    def minutes_each(self, chambers: int) -> int:
        """The share of each chamber that is there, at least a minute."""
        return max(1, self.minutes // max(1, chambers))


class WithAgenda(SessionPart):
    """The part of a session that sets its agenda."""

    class Meta:
        abstract = True

    def open_agenda(self) -> None:
        """The first item of every session but the first: what became of the last one's action items."""
        if self.number > 1:
            title = _t("What became of what we agreed last time")
            self._append(kind=AgendaItem.Kind.FOLLOW_UP, title=title, minutes=FOLLOW_UP_MINUTES)

    @move(*BEFORE_NOTICE, to=None, permission="liaison.change", label=_("Put a topic on the agenda"))
    def take_topic(self, *, topic_id: uuid.UUID, minutes: int = 30) -> Facts:
        """The chamber that proposed it speaks to it."""
        locked = (
            Topic.objects.filter(series_id=self.series_id).select_for_update(of=("self",)).filter(pk=topic_id).first()
        )
        topic = locked and Topic.objects.waiting().filter(pk=topic_id).first()
        if topic is None:
            raise ValidationError(_t("There is no such topic, or it is on an agenda already."))
        speaker = {"chamber_id": topic.chamber_id, "chamber_name": topic.chamber_name}
        self._append(kind=AgendaItem.Kind.TOPIC, topic=topic, title=topic.title, minutes=minutes, **speaker)
        return {"topic": topic.title}

    @move(*BEFORE_NOTICE, to=None, permission="liaison.change", label=_("Add an agenda item"))
    def add_agenda_item(self, *, title: str, minutes: int, chamber_id: uuid.UUID | None = None) -> Facts:
        name = member(self.federation_id, chamber_id).chamber_name if chamber_id else ""
        self._append(title=title, minutes=minutes, chamber_id=chamber_id, chamber_name=name)
        return {"item": title}

    @move(*BEFORE_NOTICE, to=None, permission="liaison.change", label=_("Move up"))
    def raise_agenda_item(self, *, item_id: uuid.UUID) -> Facts:
        """One place towards the beginning."""
        items = list(self.agenda.all())
        at = next((n for n, item in enumerate(items) if item.pk == item_id), 0)
        if at:
            items[at - 1], items[at] = items[at], items[at - 1]
        self._number(items)
        return None

    @move(*BEFORE_NOTICE, to=None, permission="liaison.change", label=_("Take off the agenda"))
    def drop_agenda_item(self, *, item_id: uuid.UUID) -> Facts:
        """A topic waits again with the others; what became of the last session always stays."""
        item = self.agenda.filter(pk=item_id).exclude(kind=AgendaItem.Kind.FOLLOW_UP).first()
        if item is None:
            raise ValidationError(_t("This stays on the agenda."))
        item.delete()
        self._number(list(self.agenda.all()))
        return {"item": item.title}

    def timed_agenda(self) -> Iterator[tuple[datetime.datetime | None, AgendaItem]]:
        """Each item with the time it begins, once the session has a date."""
        at = self.starts_at
        for item in self.agenda.all():
            yield at, item
            at = at and at + datetime.timedelta(minutes=item.minutes)

    def _append(self, **fields: Any) -> None:
        self.agenda.create(position=self.agenda.count() + 1, **fields)

    def _number(self, items: list[AgendaItem]) -> None:
        for position, item in enumerate(items, start=1):
            if item.position != position:
                item.position = position
                item.save()
