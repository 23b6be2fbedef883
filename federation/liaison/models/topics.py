"""Topics: what chambers want to talk about, ranked by how many stand behind each."""

import uuid
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.members import member, takes_part
from federation.liaison.models.series import Series
from federation.liaison.models.status import BEFORE_NOTICE
from federation.liaison.models.status import Status as SessionStatus
from federation.liaison.words import ordinal
from huiguan.records import SharedRecord, TrailedQuerySet
from huiguan.states import Facts, Stateful, move


class TopicQuerySet(TrailedQuerySet):
    """Questions to the topics."""

    def waiting(self) -> Self:
        """On no agenda yet, the most wanted first, then the oldest; `backing` counts the chambers behind each."""
        items = self.model._meta.get_field("agenda_items").related_model._default_manager
        taken = items.filter(topic=models.OuterRef("pk")).exclude(session__status=SessionStatus.CANCELLED)
        backed = self.filter(~models.Exists(taken), status=Topic.Status.OPEN)
        return backed.annotate(backing=models.Count("seconds") + models.Value(1)).order_by("-backing", "created_at")


class Topic(Stateful, SharedRecord):
    """Proposed by a chamber, or by the coordinator when `chamber_id` is empty."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waiting")
        DISMISSED = "dismissed", _("Not taken up")

    federation_id = models.UUIDField(editable=False, db_index=True)
    series = models.ForeignKey(Series, models.PROTECT, related_name="topics", verbose_name=_("series"))
    title = models.CharField(_("topic"), max_length=120)
    detail = models.TextField(_("why it matters"), max_length=1000, blank=True)
    chamber_id = models.UUIDField(null=True, editable=False)
    chamber_name = models.CharField(_("proposed by"), max_length=80, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)
    answer = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(TopicQuerySet)()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @move(Status.OPEN, to=None, permission="liaison.receive", label=_("Second"))
    def second(self, *, chamber_id: uuid.UUID) -> Facts:
        """Said by another chamber, once."""
        if self.chamber_id == chamber_id or self.seconds.filter(chamber_id=chamber_id).exists():
            raise ValidationError(_t("This chamber already stands behind the topic."))
        name = member(self.federation_id, chamber_id).chamber_name
        Second(topic=self, chamber_id=chamber_id, chamber_name=name).save()
        return {"chamber": name}

    @move(Status.OPEN, to=Status.DISMISSED, permission="liaison.change", label=_("Do not take up"), danger=True)
    def dismiss(self, *, reason: str) -> Facts:
        self.answer = reason
        return {"reason": reason}

    @move(Status.DISMISSED, to=Status.OPEN, permission="liaison.change", label=_("Take up again"))
    def reopen(self) -> Facts:
        """Only while the chamber that proposed it takes part: its words are not used without it."""
        if self.chamber_id and not takes_part(self.federation_id, self.chamber_id):
            raise ValidationError(_t("{chamber} takes no part any more.").format(chamber=self.chamber_name))
        self.answer = ""
        return None

    @move(Status.OPEN, to=None, permission="liaison.receive", label=_("Pass on"))
    def pass_on(self) -> Facts:
        """The chamber that proposed it takes no part any more: the first that seconded it stands for it."""
        heir = self.seconds.first()
        if heir is None:
            raise ValidationError(_t("Nobody else stands behind the topic."))
        before, self.chamber_id, self.chamber_name = self.chamber_name, heir.chamber_id, heir.chamber_name
        heir.delete()
        return {"from": before, "chamber": self.chamber_name}

    def standing(self) -> str:
        """In words for a list: waiting, or the session whose agenda it is on."""
        on = [item.session for item in self.agenda_items.all() if item.session.status != SessionStatus.CANCELLED]
        return ordinal(on[-1].number) if on else str(self.get_status_display())

    def sessions(self) -> list[Any]:
        """Those on whose agenda it is; while it waits, those whose agenda still takes it."""
        on = [item.session for item in self.agenda_items.all() if item.session.status != SessionStatus.CANCELLED]
        return on or list(self.series.sessions.filter(status__in=BEFORE_NOTICE))

    standing.short_description = _("Where it is")  # type: ignore[attr-defined]


class Second(SharedRecord):
    """A chamber that stands behind another's topic 附议."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="seconds")
    chamber_id = models.UUIDField()
    chamber_name = models.CharField(_("chamber"), max_length=80)

    class Meta:
        verbose_name = _("second")
        verbose_name_plural = _("seconds")
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["topic", "chamber_id"], name="a_chamber_seconds_once")]

    def __str__(self) -> str:
        return self.chamber_name
