"""A series of meetings, and the counter that numbers them."""

import uuid
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from federation.registry.suggestions import suggestions
from huiguan import counting, trail
from huiguan.actors import current_actor
from huiguan.records import SharedRecord

if TYPE_CHECKING:
    from federation.liaison.models.sessions import Session
    from federation.liaison.models.topics import Topic


class Series(SharedRecord):
    """As 在陕湘籍商会秘书长联席会议: its sessions are numbered without gaps, also when one is cancelled. [001]"""

    federation_id = models.UUIDField(editable=False, db_index=True)
    name = models.CharField(_("name"), max_length=80)
    purpose = models.TextField(_("purpose"), max_length=1000, blank=True)
    convening = models.CharField(_("convened by"), max_length=80, blank=True)
    last_number = models.PositiveIntegerField(_("sessions so far"), default=0, editable=False)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series of meetings")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def take_up(self, key: uuid.UUID) -> "Topic | None":
        """What another part of the federation suggests becomes a topic of nobody's; None when it no longer does."""
        current_actor().require("liaison.change")
        trail.take_turn()
        suggested = next((one for one in suggestions(self.federation_id) if one.key == key), None)
        if suggested is None:
            return None
        topic: Topic = self.topics.model(
            series=self, federation_id=self.federation_id, title=suggested.title[:120], detail=suggested.detail
        )
        topic.save(verb="proposed")
        suggested.take_up()
        return topic

    @transaction.atomic
    def convene(self, *, theme: str, question: str = "") -> "Session":
        """Open the next session. Its number is counted under a lock: two at once get two, a failure gives it back."""
        current_actor().require("liaison.convene")
        trail.take_turn()
        self.last_number = counting.next_of(Series.objects.filter(pk=self.pk))
        session: Session = self.sessions.model(
            series=self, federation_id=self.federation_id, number=self.last_number, theme=theme, question=question
        )
        session.save()
        session.open_agenda()
        return session
