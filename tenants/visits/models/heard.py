"""What members told on visits: difficulties that somebody looks after, needs that the exchange can use.

[004: 走访的目的是了解企业发展情况、实际困难与现实需求]
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.actors import Actor
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move
from tenants.visits.models.visits import Visit

TITLE = 40  # as long as the title of what is written into the exchange


def for_those_who_may_read(rows: Any, actor: Actor) -> Any:
    """What was heard in confidence is not there for others."""
    return rows if actor.can("visits.findings") else rows.none()


class Difficulty(Record):
    """One difficulty of the member; the follow-up says who looks after it and what came of it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="difficulties", verbose_name=_("visit"))
    text = models.CharField(_("difficulty"), max_length=500)
    followup = models.ForeignKey(
        "followups.FollowUp", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("follow-up")
    )

    class Meta:
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= TITLE else f"{self.text[:TITLE]}…"


class NeedQuerySet(RecordQuerySet):
    """Questions to the needs."""

    def open(self) -> "NeedQuerySet":
        return self.filter(status=Need.Status.OPEN)


class Need(Stateful, Record):
    """One need of the member, in words that can be taken over into the exchange."""

    class Status(models.TextChoices):
        OPEN = "open", _in("need of a member", "Open")
        TAKEN_UP = "taken_up", _in("need of a member", "Taken up")
        DROPPED = "dropped", _in("need of a member", "No longer needed")

    status_levels: ClassVar[dict[str, str]] = {"taken_up": "success"}

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="needs", verbose_name=_("visit"))
    title = models.CharField(_("what is needed"), max_length=TITLE)
    text = models.TextField(_("more about it"), max_length=600, blank=True)
    reason = models.CharField(_("why it is no longer needed"), max_length=200, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(NeedQuerySet)()

    class Meta:
        verbose_name = _("need heard on a visit")
        verbose_name_plural = _("needs heard on visits")
        ordering = ["-status", "-id"]

    def __str__(self) -> str:
        return self.title

    @move(Status.OPEN, to=Status.TAKEN_UP, permission="visits.change", label=_("Taken up"))
    def take_up(self) -> Facts:
        """Somebody sees to it: by the exchange, by a call, by an introduction."""
        return None

    @move(Status.OPEN, to=Status.DROPPED, permission="visits.change", label=_("No longer needed"), danger=True)
    def drop(self, *, reason: str) -> Facts:
        self.reason = reason[:200]
        return None

    @move(Status.TAKEN_UP, Status.DROPPED, to=Status.OPEN, permission="visits.change", label=_("Open again"))
    def reopen(self) -> Facts:
        self.reason = ""
        return None
