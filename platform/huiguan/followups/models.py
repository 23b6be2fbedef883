"""Something promised to be done for a record: by whom, until when, with what result. [S7]"""

import datetime
import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.about import AboutARecord
from huiguan.followups.telling import owner_of, tell_owner
from huiguan.personal import Erased, OnErasure
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move


class FollowUpQuerySet(RecordQuerySet):
    """Questions to the follow-ups."""

    def open_of(self, person_id: uuid.UUID | None) -> "FollowUpQuerySet":
        """What one person still has to do, the most urgent first."""
        return self.filter(status=FollowUp.Status.OPEN, owner_id=person_id).order_by("due_on", "id")


class FollowUp(Stateful, AboutARecord, Record):
    """One promise. Its owner is one of the chamber's people."""

    class Status(models.TextChoices):
        OPEN = "open", _in("follow-up", "Open")
        DONE = "done", _in("follow-up", "Done")
        DROPPED = "dropped", _in("follow-up", "Dropped")

    title = models.CharField(_("what is to be done"), max_length=120)
    why = models.TextField(_in("follow-up", "why"), blank=True, max_length=1000)
    owner_id = models.UUIDField(db_index=True)
    owner = models.CharField(_in("follow-up", "who"), max_length=80)
    due_on = models.DateField(_in("follow-up", "due"))
    result = models.TextField(_in("follow-up", "result"), blank=True, max_length=2000)
    reason = models.TextField(_("why it was dropped"), blank=True, max_length=2000)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)

    erasure = OnErasure(Erased.BLANKED, also=("title", "record_text", "why", "result"))
    move_forms: ClassVar[dict[str, str]] = {"hand_over": "huiguan.followups.forms.HandOverForm"}
    objects: ClassVar[Any] = models.Manager.from_queryset(FollowUpQuerySet)()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["-status", "due_on", "id"]  # what is open comes first

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        return self.status == self.Status.OPEN and self.due_on < localdate()

    def due_label(self) -> str:
        day = date_format(self.due_on, "DATE_FORMAT")
        return _now("{day} (overdue)").format(day=day) if self.is_overdue else day

    due_label.short_description = _in("follow-up", "due")  # type: ignore[attr-defined]

    @move(Status.OPEN, to=Status.DONE, permission="followups.change", label=_("Report as done"))
    def finish(self, *, result: str) -> Facts:
        self.result = result
        return None

    @move(Status.OPEN, to=None, permission="followups.change", label=_("Hand over"))
    def hand_over(self, *, to: uuid.UUID, due_on: datetime.date) -> Facts:
        """To another person of the chamber, who is told."""
        person = owner_of(to)
        self.owner_id, self.owner, self.due_on = person.person_id, person.name, due_on
        tell_owner(self)
        return None

    @move(Status.OPEN, to=Status.DROPPED, permission="followups.change", label=_in("follow-up", "Drop"), danger=True)
    def drop(self, *, reason: str) -> Facts:
        self.reason = reason
        return None
