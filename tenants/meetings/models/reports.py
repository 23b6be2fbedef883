"""The chamber's own work on an action item: its notes stay here, what it reports leaves."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from federation.liaison.seen import SeenAction
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.meetings.models.replies import say


class ActionReportQuerySet(RecordQuerySet):
    """Questions to the chamber's work."""

    def for_action(self, action: SeenAction) -> "ActionReport":
        """The one of this action item, made when the chamber first opens its work on it."""
        found: ActionReport | None = self.filter(action_id=action.id).first()
        return found or ActionReport(
            action_id=action.id,
            federation_id=action.federation_id,
            federation_name=action.federation,
            title=action.title,
            session=action.session,
            due_on=action.due_on,
        )


class ActionReport(Stateful, Record):
    """One per action item. Its messages arrive in the order they were sent."""

    class Status(models.TextChoices):
        NEW = "new", _("Not begun")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Reported done")
        ENDED = "ended", _("Ended with the sharing agreement")

    UNTIL_ENDED = (Status.NEW, Status.IN_PROGRESS, Status.DONE)
    status_levels: ClassVar[dict[str, str]] = {"in_progress": "info"}

    action_id = models.UUIDField(unique=True, editable=False)
    federation_id = models.UUIDField(editable=False)
    federation_name = models.CharField(_("federation"), max_length=80, editable=False)
    title = models.CharField(_("what is to be done"), max_length=200, editable=False)
    session = models.CharField(_("session"), max_length=40, editable=False)
    due_on = models.DateField(_("due"), editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.NEW, editable=False)
    evidence = models.TextField(_("evidence"), max_length=2000, blank=True, editable=False)
    remark = models.TextField(_("notes that stay here"), max_length=2000, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(ActionReportQuerySet)()

    class Meta:
        verbose_name = _("report on an action item")
        verbose_name_plural = _("reports on action items")
        ordering = ["due_on"]

    def __str__(self) -> str:
        return self.title

    @move(Status.NEW, to=Status.IN_PROGRESS, permission="meetings.answer", label=_("Start"))
    def start(self) -> Facts:
        """The federation learns that it is being worked on."""
        self._say({"state": "in_progress"})
        return None

    @move(*UNTIL_ENDED, to=Status.DONE, permission="meetings.answer", label=_("Report done"))
    def finish(self, *, evidence: str) -> Facts:
        """Also again, when the coordinator sent it back."""
        self.evidence = evidence
        self._say({"state": "done", "evidence": evidence})
        return None

    @move(
        Status.NEW,
        Status.IN_PROGRESS,
        to=Status.ENDED,
        permission="meetings.receive",
        label=_("Ended with the sharing agreement"),
    )
    def end(self) -> Facts:
        """The chamber takes no part any more: the federation has dropped the action item."""

    def _say(self, said: dict[str, Any]) -> None:
        say(self, "meetings.action_reported", content={"about": self.title, "action_id": str(self.action_id), **said})
