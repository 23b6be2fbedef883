"""What the chamber said to a liaison meeting: its own copy. The exact words that left stand in the sharing ledger."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from federation.liaison.seen import SeenSession
from huiguan.outbox.delivery import publish
from huiguan.outbox.models import Message
from huiguan.records import Record, RecordQuerySet


class ReplyQuerySet(RecordQuerySet):
    """Questions to what was said."""

    def about(self, key: uuid.UUID) -> Self:
        return self.filter(about_id=key)


class Reply(Record):
    """One thing said about one session, series or topic."""

    class Kind(models.TextChoices):
        HOSTS = "hosts", _("We will host")
        CANNOT_HOST = "cannot_host", _("We cannot host this time")
        SWAP_ASKED = "swap_asked", _("Another chamber asked to take our turn")
        SWAP_WITHDRAWN = "swap_back", _("No other chamber asked any more")
        TAKES_TURN = "takes_turn", _("We take the turn of another chamber")
        LEAVES_TURN = "leaves_turn", _("We cannot take the turn of another chamber")
        PROPOSED = "proposed", _("Topic proposed")
        SECONDED = "seconded", _("Topic seconded")
        DATES = "dates", _("Answered about dates")
        COMING = "coming", _("We are coming")
        AWAY = "away", _("We cannot come")
        APPROVED = "approved", _("Minutes approved")
        AMENDMENT = "amendment", _("Amendment asked for")

    kind = models.CharField(_("what we said"), max_length=12, choices=Kind)
    federation_id = models.UUIDField()
    federation_name = models.CharField(_("federation"), max_length=80)
    about_id = models.UUIDField(db_index=True)
    about = models.CharField(_("about"), max_length=200)
    text = models.TextField(_in("reply", "words"), max_length=2000, blank=True)
    head = models.CharField(_("head of the delegation"), max_length=40, blank=True)
    people = models.PositiveSmallIntegerField(_("number of people"), null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(ReplyQuerySet)()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("what we said")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.about}"

    def send(self, name: str, content: dict[str, Any]) -> Message:
        """One message to the federation of the meeting, readable by itself."""
        return say(self, name, content={"about": self.about, **content})


def say(record: Any, name: str, *, content: dict[str, Any]) -> Message:
    """A record that knows its federation says something to it."""
    return _say(record, name, content, record.federation_id, record.federation_name)


def say_of_session(record: Any, session: SeenSession, name: str, content: dict[str, Any]) -> Message:
    said = {"about": str(session), "session_id": str(session.id), **content}
    return _say(record, name, said, session.series.federation_id, session.series.federation)


def _say(record: Any, name: str, content: dict[str, Any], federation_id: uuid.UUID, federation: str) -> Message:
    """Everything about liaison meetings leaves on the same ground: the item of the agreement that was accepted."""
    basis = _t("Sharing agreement of {federation}, item “Liaison meetings”").format(federation=federation)
    return publish(record, name, to=federation_id, recipient=federation, content=content, basis=basis)


def on_its_way() -> set[tuple[str, str]]:
    """Name and key of what was said and has not arrived yet: it is not asked for a second time."""
    pending = Message.objects.filter(state=Message.State.PENDING, name__startswith="meetings.")
    keys = ("session_id", "topic_id", "action_id")
    return {(m.name, m.content[key]) for m in pending for key in keys if key in m.content}
