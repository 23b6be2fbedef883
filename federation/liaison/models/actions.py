"""Action items: what a chamber took on at a session and reported; it works on them in its own task list."""

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.models.agenda import AgendaItem
from federation.liaison.models.sessions import Session
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, move

DAYS_BEFORE_ESCALATION = 7  # calendar days after the due date


class ActionItemQuerySet(TrailedQuerySet):
    """Questions to the action items."""

    def unsettled(self) -> Self:
        """Not yet verified or dropped."""
        return self.filter(settled_at=None)

    def overdue(self, *, on: datetime.date) -> Self:
        return self.filter(due_on__lt=on, done_on=None, settled_at=None)

    def before(self, session: Session) -> Self:
        """Of earlier sessions, still unsettled when this one was held: the first item of its agenda."""
        until = session.held_at or now()
        earlier = self.filter(session__series_id=session.series_id, session__number__lt=session.number)
        open_then = models.Q(settled_at=None) | models.Q(settled_at__gt=until)
        return earlier.filter(open_then).order_by("session__number", "created_at")


class ActionItem(Stateful, SharedRecord):
    """Owned by one chamber, with a date and the agenda item it came from. [federation.md C]"""

    class Status(models.TextChoices):
        OPEN = "open", _("Not begun")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Reported done")
        VERIFIED = "verified", _("Verified")
        DROPPED = "dropped", _("Dropped")

    status_levels: ClassVar[dict[str, str]] = {"in_progress": "info", "done": "warning", "open": "neutral"}

    federation_id = models.UUIDField(editable=False, db_index=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="action_items", verbose_name=_("session"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="action_items", verbose_name=_("agenda item")
    )
    title = models.CharField(_("what is to be done"), max_length=200)
    chamber_id = models.UUIDField(editable=False, db_index=True)
    chamber_name = models.CharField(_("chamber"), max_length=80, editable=False)
    person = models.CharField(_("person in charge"), max_length=60, blank=True)
    due_on = models.DateField(_("due"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN, editable=False)
    evidence = models.TextField(_("evidence"), max_length=2000, blank=True, editable=False)
    answer = models.CharField(_("answer of the coordinator"), max_length=300, blank=True, editable=False)
    done_on = models.DateField(_("reported done on"), null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    is_hand_over = models.BooleanField(default=False, editable=False)  # from one host to the next

    objects: ClassVar[Any] = models.Manager.from_queryset(ActionItemQuerySet)()

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["due_on", "created_at"]

    def __str__(self) -> str:
        return self.title

    @move(Status.OPEN, to=Status.IN_PROGRESS, permission="liaison.receive", label=_("Start"))
    def start(self) -> Facts:
        """Said by the chamber."""

    @move(Status.OPEN, Status.IN_PROGRESS, to=Status.DONE, permission="liaison.receive", label=_("Report done"))
    def finish(self, *, evidence: str, on: datetime.date) -> Facts:
        """Said by the chamber, with what shows it; the day counts for “in time” once it is verified."""
        self.evidence, self.done_on, self.answer = evidence, on, ""
        return None

    @move(Status.DONE, to=Status.VERIFIED, permission="liaison.change", label=_("Verify"))
    def verify(self) -> Facts:
        """The evidence is enough."""
        self.settled_at = now()
        return None

    @move(Status.DONE, to=Status.IN_PROGRESS, permission="liaison.change", label=_("Send back"))
    def send_back(self, *, reason: str) -> Facts:
        """The chamber reads the reason beside its task."""
        self.answer, self.done_on = reason, None
        return {"reason": reason}

    @move(Status.OPEN, Status.IN_PROGRESS, to=Status.DROPPED, permission="liaison.change", label=_("Drop"), danger=True)
    def drop(self, *, reason: str) -> Facts:
        self.answer, self.settled_at = reason, now()
        return {"reason": reason}

    @property
    def is_overdue(self) -> bool:
        return self.done_on is None and self.settled_at is None and self.due_on < localdate()

    @property
    def is_escalated(self) -> bool:
        """Overdue for more than a week: the coordinator takes it up with the chamber's secretary-general."""
        return self.is_overdue and (localdate() - self.due_on).days > DAYS_BEFORE_ESCALATION

    def timeliness(self) -> str:
        """In words for a list."""
        if self.is_escalated:
            return _t("Escalated")
        return _t("Overdue") if self.is_overdue else ""

    timeliness.short_description = _("In time")  # type: ignore[attr-defined]
