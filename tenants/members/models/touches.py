"""A contact with a member 联系记录: called, met or wrote, and what came of it; or planned for a day. [000 腿勤]"""

import datetime
import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.actors import current_actor
from huiguan.personal import Erased, OnErasure
from huiguan.records import RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.members.models.contacts import Contact
from tenants.members.models.members import Member, OfMember


class TouchQuerySet(RecordQuerySet):
    """Questions to the contacts with members."""

    def made(self) -> "TouchQuerySet":
        return self.filter(status=Touch.Status.MADE)

    def planned_of(self, person_id: uuid.UUID | None) -> "TouchQuerySet":
        """What this person planned, and what nobody is named for."""
        mine = models.Q(by_id=person_id) | models.Q(by_id=None)
        return self.filter(mine, status=Touch.Status.PLANNED)


class Touch(Stateful, OfMember):
    """One contact. A day that lies ahead makes it a plan."""

    class Kind(models.TextChoices):
        CALLED = "called", _("Call")
        MET = "met", _("Visit or meeting")
        WROTE = "wrote", _("Message or letter")

    class Mood(models.TextChoices):
        PLEASED = "pleased", _("Pleased")
        NEUTRAL = "neutral", _("Neither")
        DISPLEASED = "displeased", _("Displeased")
        UNREACHED = "unreached", _("Not reached")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        MADE = "made", _in("contact with a member", "Took place")
        DROPPED = "dropped", _in("contact with a member", "Called off")

    erasure = OnErasure(Erased.BLANKED, also=("said",))
    status_levels: ClassVar[dict[str, str]] = {"made": "success"}
    move_forms: ClassVar[dict[str, str]] = {"make": "tenants.members.forms.touches.MadeForm"}

    member = models.ForeignKey(Member, models.CASCADE, related_name="touches", verbose_name=_("member"))
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="touches", verbose_name=_("with whom")
    )
    kind = models.CharField(_in("of a contact", "how"), max_length=6, choices=Kind, default=Kind.CALLED)
    on = models.DateField(_in("of a contact", "day"), default=localdate)
    said = models.TextField(_("what about"), max_length=2000, blank=True)
    mood = models.CharField(_("how the member felt"), max_length=10, choices=Mood, blank=True)
    by = models.CharField(_("by whom"), max_length=40, blank=True, editable=False)
    by_id = models.UUIDField(null=True, editable=False)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.PLANNED, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(TouchQuerySet)()

    class Meta:
        verbose_name = _("contact with a member")
        verbose_name_plural = _("contacts with members")
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["member", "-on"], name="touches_of_a_member"),
            models.Index(fields=["on"], name="planned_touches", condition=models.Q(status="planned")),
        ]
        constraints = [
            models.CheckConstraint(
                name="what_is_planned_has_no_outcome", condition=~models.Q(status="planned") | models.Q(mood="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_kind_display()}"

    def note(self) -> None:
        """Keep a new one: as a plan when its day lies ahead, otherwise as what took place."""
        actor = current_actor()
        self.status = self.Status.PLANNED if self.on > localdate() else self.Status.MADE
        self.by, self.by_id = actor.name[:40], actor.person_id
        self.save()

    @move(Status.PLANNED, to=Status.MADE, permission="members.change", label=_("Record that it took place"))
    def make(self, *, on: datetime.date, said: str, mood: str) -> Facts:
        self.on, self.said, self.mood = on, said, mood
        return None

    @move(Status.PLANNED, to=Status.DROPPED, permission="members.change", label=_("Call off"), danger=True)
    def drop(self) -> Facts:
        return None
