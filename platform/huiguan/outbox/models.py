"""The sharing ledger: what left the schema, word for word, to whom, why and when. [the promise; T6]"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan.actors import name_in_words
from huiguan.files.models import KeptFile
from huiguan.records import Record, RecordQuerySet

SUBJECTS: dict[str, Any] = {}
AT_REFUSAL: dict[str, Callable[["Message"], None]] = {}


def name_subject(name: str, label: Any, *, at_refusal: Callable[["Message"], None] | None = None) -> None:
    """A capability says what its messages are called in the ledger, and what becomes of its record
    when the federation refuses one: called in the chamber, in the transaction that marks it refused."""
    SUBJECTS[name] = label
    if at_refusal:
        AT_REFUSAL[name] = at_refusal


class MessageQuerySet(RecordQuerySet):
    """Questions to the ledger."""

    def due(self, at: Any) -> "MessageQuerySet":
        """Pending, not waiting for a retry, and with no earlier pending message of the same record."""
        earlier = Message.objects.filter(record_id=models.OuterRef("record_id"), state=Message.State.PENDING)
        earlier = earlier.filter(id__lt=models.OuterRef("id"))
        waiting = models.Q(next_attempt_at=None) | models.Q(next_attempt_at__lte=at)
        return self.filter(waiting, ~models.Exists(earlier), state=Message.State.PENDING).order_by("id")


class Message(Record):
    """One message to a federation. Its content is never changed. `attached`: keys of the files that left with it."""

    is_trailed = False  # the ledger is itself the trail of what left

    class State(models.TextChoices):
        PENDING = "pending", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        REFUSED = "refused", _("Refused")

    name = models.CharField(_("kind"), max_length=60)
    recipient_id = models.UUIDField()
    recipient = models.CharField(_("recipient"), max_length=80)
    record_label = models.CharField(max_length=80)
    record_id = models.UUIDField()
    record_text = models.CharField(_("about"), max_length=200)
    content = models.JSONField(_("content"))
    attached = models.JSONField(default=list, editable=False)
    basis = models.CharField(_("legal basis"), max_length=200)
    version = models.PositiveSmallIntegerField(default=1)
    sent_by = models.CharField(_("sent by"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    next_attempt_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(MessageQuerySet)()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("sharing ledger")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["record_id", "id"], condition=models.Q(state="pending"), name="pending_messages"),
        ]

    def __str__(self) -> str:
        return f"{self.subject()} · {self.record_text} → {self.recipient}"

    def subject(self) -> str:
        """The kind of message in a person's words."""
        return str(SUBJECTS.get(self.name, self.name))

    subject.short_description = _("Kind")  # type: ignore[attr-defined]

    def sender(self) -> str:
        return name_in_words(self.sent_by)

    sender.short_description = _("sent by")  # type: ignore[attr-defined]

    def files(self) -> "list[KeptFile]":
        """The very bytes that left: the ledger keeps them as long as the message."""
        kept = {str(each.pk): each for each in KeptFile.objects.filter(pk__in=self.attached)} if self.attached else {}
        return [kept[key] for key in self.attached if key in kept]

    def told(self) -> dict[str, Any]:
        from huiguan.outbox.wording import in_words

        return in_words(self.record_label, self.content)
