"""The chamber's own copy of each answer. The exact words that left stand in the sharing ledger."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.calls.queries import SeenCall
from huiguan.files.models import KeptFile
from huiguan.outbox.delivery import publish
from huiguan.outbox.models import Message
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move


class AnswerQuerySet(RecordQuerySet):
    """Questions to the chamber's answers."""

    def of(self, call: SeenCall) -> "Answer":
        """The one answer to this call, begun when there is none."""
        about = {"federation_id": call.federation_id, "federation_name": call.federation, "title": call.title}
        found: Answer = self.get_or_create(call_id=call.id, defaults=about)[0]
        return found


class Answer(Stateful, Record):
    """A draft until the secretary-general signs it; signing again sends a new version."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed and sent")
        RETURNED = "returned", _("Returned for correction")

    status_levels: ClassVar[dict[str, str]] = {"signed": "info", "returned": "warning"}

    call_id = models.UUIDField(unique=True, editable=False)
    federation_id = models.UUIDField(editable=False)
    federation_name = models.CharField(_("federation"), max_length=80, editable=False)
    title = models.CharField(_("call"), max_length=200, editable=False)
    words = models.JSONField(_("answers"), default=dict, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    is_seen = models.BooleanField(_("confirmed as read"), default=False, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(AnswerQuerySet)()

    class Meta:
        verbose_name = _("answer to a call")
        verbose_name_plural = _("answers to calls")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @move(*Status.values, to=Status.DRAFT, permission="reporting.answer", label=_("Save the draft"))
    def write(self, *, words: dict[str, Any]) -> Facts:
        """Stays in the chamber."""
        self.words = words
        return None

    @move(Status.DRAFT, Status.RETURNED, to=Status.SIGNED, permission="reporting.sign", label=_("Sign and send"))
    def sign(self, *, content: dict[str, Any], files: Sequence[KeptFile] = ()) -> Facts:
        """`content` is what stood in the preview; with the files that it names it is all that leaves."""
        self.say("reporting.answer_signed", content, files)
        return None

    @move(Status.SIGNED, to=Status.DRAFT, permission="reporting.sign", label=_("Withdraw"), danger=True)
    def withdraw(self) -> Facts:
        self.say("reporting.answer_withdrawn", {})
        return None

    @move(*Status.values, to=None, permission="reporting.receive", label=_("Follow the federation"))
    def follow(self, *, call: SeenCall) -> Facts:
        """After a refusal, or when it is sent back: this copy says again what the federation holds."""
        self.status = self.Status.SIGNED if call.is_standing else self.Status.DRAFT
        if call.is_returned:
            self.status = self.Status.RETURNED
        return None

    def let_go_of_files(self) -> None:
        """Those of the draft that it does not name any more. What has left is the ledger's."""
        named = [said["id"] for said in self.words.values() if isinstance(said, dict)]
        for kept in KeptFile.objects.about(self).exclude(pk__in=named):
            kept.delete()

    def say(self, name: str, content: dict[str, Any], files: Sequence[KeptFile] = ()) -> Message:
        """One message to the federation that asked."""
        basis = _t("Sharing agreement of {federation}, item “Notices and data calls”")
        return publish(
            self,
            name,
            to=self.federation_id,
            recipient=self.federation_name,
            content={"call_id": str(self.call_id), "call": self.title, **content},
            basis=basis.format(federation=self.federation_name),
            files=files,
        )


def on_its_way(call_id: uuid.UUID) -> bool:
    """Whether something said about the call has not arrived yet."""
    pending = Message.objects.filter(state=Message.State.PENDING, name__startswith="reporting.")
    return any(m.content.get("call_id") == str(call_id) for m in pending)
