"""A visit to a member 走访: planned for a day with those who go, recorded when it took place. [001 腿勤, 004]"""

import datetime
import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.actors import current_actor
from huiguan.personal import Erased, OnErasure
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move


class VisitQuerySet(RecordQuerySet):
    """Questions to the visits."""

    def made(self) -> "VisitQuerySet":
        return self.filter(status=Visit.Status.MADE)

    def planned(self) -> "VisitQuerySet":
        return self.filter(status=Visit.Status.PLANNED)

    def of(self, person_id: uuid.UUID | None) -> "VisitQuerySet":
        """Where this person goes along, and where nobody of the house is named."""
        return self.filter(models.Q(visitor_ids__contains=[person_id]) | models.Q(visitor_ids=[]))

    def in_order_of_the_way(self) -> "VisitQuerySet":
        """District by district, street by street; who fixed an hour is at its place by it."""
        return self.order_by("on", "member__region", "member__address", "at", "id")


class Visit(Stateful, Record):
    """One visit to one member. Its findings are for the eyes of those who may read them."""

    class Mood(models.TextChoices):
        PLEASED = "pleased", _("Pleased")
        NEUTRAL = "neutral", _("Neither")
        DISPLEASED = "displeased", _("Displeased")

    class Status(models.TextChoices):
        PLANNED = "planned", _in("visit", "Planned")
        MADE = "made", _in("visit", "Made")
        CANCELLED = "cancelled", _in("visit", "Cancelled")

    status_levels: ClassVar[dict[str, str]] = {"made": "success"}
    guarded: ClassVar[dict[str, str]] = {"found": "visits.findings", "mood": "visits.findings"}
    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"visitor_ids", "batch"}
    erasure = OnErasure(Erased.BLANKED, also=("found", "purpose", "companions"))
    move_forms: ClassVar[dict[str, str]] = {
        "postpone": "tenants.visits.forms.plans.PostponeForm",
        "cancel": "tenants.visits.forms.plans.CancelForm",
        "plan_again": "tenants.visits.forms.plans.DayForm",
    }

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="visits", verbose_name=_("member"))
    contact = models.ForeignKey(
        "members.Contact", models.SET_NULL, null=True, blank=True, related_name="visits", verbose_name=_("with whom")
    )
    on = models.DateField(_in("of a visit", "day"))
    at = models.TimeField(_in("of a visit", "hour"), null=True, blank=True)
    visitors = models.CharField(_("who goes"), max_length=200, blank=True, editable=False)
    visitor_ids = ArrayField(models.UUIDField(), default=list, editable=False)
    companions = models.CharField(_("who comes along"), max_length=100, blank=True)
    purpose = models.TextField(_in("of a visit", "what for"), max_length=1000, blank=True)
    place = models.CharField(_("other meeting place"), max_length=200, blank=True)
    found = models.TextField(_("findings"), max_length=4000, blank=True)
    mood = models.CharField(_("how the member felt"), max_length=10, choices=Mood, blank=True)
    postponed = models.PositiveSmallIntegerField(_("times postponed"), default=0, editable=False)
    reason = models.CharField(_("why it was put off or cancelled"), max_length=200, blank=True, editable=False)
    recorded_by = models.CharField(_in("of a visit", "recorded by"), max_length=80, blank=True, editable=False)
    batch = models.UUIDField(null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(VisitQuerySet)()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["member", "-on"], name="visits_of_a_member"),
            models.Index(fields=["on"], name="planned_visits", condition=models.Q(status="planned")),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_planned_visit_has_no_outcome", condition=~models.Q(status="planned") | models.Q(mood="")
            )
        ]

    def __str__(self) -> str:
        return _now("Visit to {member}").format(member=self.member)

    @property
    def is_late(self) -> bool:
        return self.status == self.Status.PLANNED and self.on < localdate()

    def where(self) -> str:
        """The meeting place, or else the member's own."""
        return self.place or " ".join(filter(None, [self.member.region, self.member.address]))

    def who(self) -> str:
        """All who go, of the house and not."""
        return "、".join(filter(None, [self.visitors, self.companions]))

    where.short_description = _in("of a visit", "place")  # type: ignore[attr-defined]
    who.short_description = _("who goes")  # type: ignore[attr-defined]

    @move(Status.PLANNED, to=Status.MADE, permission="visits.record", label=_("Record the visit"))
    def record(self, *, on: datetime.date, found: str, mood: str, contact: Any = None) -> Facts:
        """What was found; difficulties, needs and pictures are kept beside it."""
        if on > localdate():
            raise ValidationError(_now("A visit that lies ahead has not taken place yet."))
        self.on, self.found, self.mood, self.contact = on, found, mood, contact or self.contact
        self.reason, self.recorded_by = "", current_actor().name[:80]
        return None

    @move(Status.PLANNED, to=None, permission="visits.change", label=_("Postpone"))
    def postpone(self, *, on: datetime.date, reason: str) -> Facts:
        self._go_on(on)
        self.postponed, self.reason = self.postponed + 1, reason
        return {"reason": reason}

    @move(Status.PLANNED, to=Status.CANCELLED, permission="visits.change", label=_("Cancel the visit"), danger=True)
    def cancel(self, *, reason: str) -> Facts:
        self.reason = reason
        return {"reason": reason}

    @move(Status.CANCELLED, to=Status.PLANNED, permission="visits.change", label=_("Plan it again"))
    def plan_again(self, *, on: datetime.date) -> Facts:
        self._go_on(on)
        self.reason = ""
        return None

    @move(
        Status.MADE,
        to=Status.PLANNED,
        permission="visits.record",
        label=_("It did not take place"),
        danger=True,
        description=_("Takes the record back; the visit is planned again."),
    )
    def take_back(self) -> Facts:
        """Only while nothing rests on it: a difficulty somebody looks after, or a need, was heard somewhere."""
        if self.difficulties.exists() or self.needs.exists():
            raise ValidationError(_now("Difficulties or needs were heard on it: it did take place."))
        self.mood = self.recorded_by = ""
        return None

    def _go_on(self, on: datetime.date) -> None:
        if on < localdate():
            raise ValidationError(_now("Choose today or a day to come."))
        self.on = on
