"""One message to one recipient, and what became of it: the delivery log. [T7]"""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan import trail
from huiguan.about import AboutARecord
from huiguan.ciphers.fields import EncryptedCharField
from huiguan.deliveries.addresses import masked
from huiguan.deliveries.models.channels import Channel
from huiguan.deliveries.purposes import choices, purpose_of
from huiguan.personal import Erased, OnErasure, Personal
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move

BY_THE_WORKER = "deliveries.receive"  # held by no role
BY_PEOPLE = "deliveries.send"
STUCK = datetime.timedelta(minutes=10)  # longer than any provider is waited for: whoever was sending it is gone


class DeliveryQuerySet(RecordQuerySet):
    """Questions to the log."""

    def due(self, at: datetime.datetime) -> "DeliveryQuerySet":
        """What may go out now, those who wait longest first: one that fails waits, and holds up none."""
        return self.filter(status__in=Delivery.TO_SEND, next_attempt_at__lte=at).order_by("next_attempt_at", "id")

    def stuck(self, at: datetime.datetime) -> "DeliveryQuerySet":
        return self.filter(status=Delivery.Status.SENDING, begun_at__lte=at - STUCK)

    def ended(self) -> "DeliveryQuerySet":
        """Of which nothing more will become."""
        status = Delivery.Status
        return self.filter(status__in=(status.SENT, status.KEPT, status.FAILED, status.REFUSED, status.CANCELLED))

    def once(self, delivery: "Delivery") -> "Delivery":
        """Write a new row, unless one with the same `dedupe` is there, or is just being written: then that one."""
        if not delivery.dedupe:
            delivery.save(force_insert=True)
            return delivery
        self.bulk_create([delivery], ignore_conflicts=True)
        found: Delivery = self.get(dedupe=delivery.dedupe)
        return found


class Delivery(Stateful, AboutARecord, Record):
    """The row is written first; the worker sends it."""

    is_trailed = False  # the log is itself the trail of what was sent; what people do to it is told beside

    class Status(models.TextChoices):
        WAITING = "waiting", _in("message", "Waiting")
        HELD = "held", _("Held for the quiet hours")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _in("message", "Sent")
        KEPT = "kept", _("Demo: shown here, not sent")
        RETRYING = "retrying", _("Will be tried again")
        FAILED = "failed", _("Failed")
        UNCERTAIN = "uncertain", _("Perhaps sent")
        REFUSED = "refused", _("Not to be sent")
        CANCELLED = "cancelled", _("Cancelled")

    TO_SEND = (Status.WAITING, Status.HELD, Status.RETRYING)
    status_levels: ClassVar[dict[str, str]] = {
        "waiting": "info", "held": "neutral", "sent": "success", "kept": "neutral", "uncertain": "warning",
        "refused": "neutral",
    }  # fmt: skip

    personal: ClassVar[Mapping[str, Personal]] = {"recipient": Personal.NAME, "address": Personal.CONTACT}
    erasure = OnErasure(Erased.BLANKED, also=("subject", "body", "words", "parameters", "calendar", "record_text"))

    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    purpose = models.CharField(_("purpose"), max_length=60, choices=choices)
    recipient = models.CharField(_in("message", "recipient"), max_length=80)
    person_id = models.UUIDField(null=True)
    address = EncryptedCharField(_in("message", "address"), max_length=254, is_searched=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    parameters = models.JSONField(default=dict)
    calendar = models.TextField(blank=True, editable=False)
    words = models.TextField(_("word for word"), blank=True)
    sent_by = models.CharField(_("sent by"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING, editable=False)
    ignores_quiet_hours = models.BooleanField(default=False)
    dedupe = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("not before"), default=now)
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    last_error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    reference = models.CharField(_("number at the provider"), max_length=100, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(DeliveryQuerySet)()

    class Meta:
        verbose_name = _("sent message")
        verbose_name_plural = _("sent messages")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["dedupe"], condition=~models.Q(dedupe=""), name="a_delivery_is_made_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                # Written out: PostgreSQL gives a list back in other words than it was told, and schemas are compared.
                condition=models.Q(status="waiting")
                | models.Q(status="held")
                | models.Q(status="retrying")
                | models.Q(status="sending"),
                name="deliveries_to_send",
            ),
        ]

    def trail_text(self) -> str:
        return str(self.purpose_label())

    def __str__(self) -> str:
        return f"{self.purpose_label()} → {self.recipient}"

    def purpose_label(self) -> str:
        return str(purpose_of(self.purpose).label)

    def is_due(self) -> bool:
        return self.status in self.TO_SEND and self.next_attempt_at <= now()

    def masked_address(self) -> str:
        """A robot is known by its name."""
        return "" if self.channel == Channel.ROBOT else masked(self.address)

    purpose_label.short_description = _("purpose")  # type: ignore[attr-defined]
    masked_address.short_description = _in("message", "address")  # type: ignore[attr-defined]

    @move(*TO_SEND, to=Status.HELD, permission=BY_THE_WORKER, label=_("Hold"))
    def hold(self, *, until: datetime.datetime) -> Facts:
        self.next_attempt_at = until
        return None

    @move(*TO_SEND, to=Status.REFUSED, permission=BY_THE_WORKER, label=_("Keep from being sent"))
    def refuse(self, *, reason: str) -> Facts:
        self.last_error = reason[:300]
        return None

    @move(*TO_SEND, to=Status.SENDING, permission=BY_THE_WORKER, label=_("Begin to send"))
    def begin(self, *, words: str) -> Facts:
        self.words, self.begun_at, self.attempts = words, now(), self.attempts + 1
        return None

    @move(Status.SENDING, to=Status.SENT, permission=BY_THE_WORKER, label=_("Was taken by the provider"))
    def arrive(self, *, reference: str) -> Facts:
        self.sent_at, self.reference, self.last_error = now(), reference[:100], ""
        return None

    @move(Status.SENDING, to=Status.KEPT, permission=BY_THE_WORKER, label=_("Was shown here"))
    def keep(self) -> Facts:
        self.last_error = ""
        return None

    @move(Status.SENDING, to=Status.RETRYING, permission=BY_THE_WORKER, label=_("Put off"))
    def put_off(self, *, reason: str, until: datetime.datetime) -> Facts:
        self.last_error, self.next_attempt_at = reason[:300], until
        return None

    @move(Status.SENDING, to=Status.FAILED, permission=BY_THE_WORKER, label=_("Give up"))
    def give_up(self, *, reason: str) -> Facts:
        self.last_error = reason[:300]
        return None

    @move(Status.SENDING, to=Status.UNCERTAIN, permission=BY_THE_WORKER, label=_("Leave to a person"))
    def doubt(self, *, reason: str) -> Facts:
        self.last_error = reason[:300]
        return None

    @move(
        Status.RETRYING, Status.FAILED, Status.REFUSED, Status.CANCELLED, Status.KEPT,
        to=Status.WAITING, permission=BY_PEOPLE, label=_("Try again now"),
    )  # fmt: skip
    def resend(self) -> Facts:
        return self._from_the_start("resend")

    @move(Status.HELD, to=Status.WAITING, permission=BY_PEOPLE, label=_("Send in spite of the quiet hours"))
    def release(self) -> Facts:
        self.ignores_quiet_hours = True
        return self._from_the_start("release")

    @move(
        Status.UNCERTAIN, Status.SENT,
        to=Status.WAITING, permission=BY_PEOPLE, label=_("Send it once more"), danger=True,
        description=_("The recipient may get it twice."),
    )  # fmt: skip
    def send_again(self) -> Facts:
        return self._from_the_start("send_again")

    @move(Status.UNCERTAIN, to=Status.SENT, permission=BY_PEOPLE, label=_("It did arrive"))
    def confirm(self) -> Facts:
        self.sent_at = self.begun_at
        trail.record(self, "confirm", {}, None)
        return None

    @move(
        *TO_SEND, Status.FAILED, Status.UNCERTAIN,
        to=Status.CANCELLED, permission=BY_PEOPLE, label=_("Cancel"), danger=True,
    )  # fmt: skip
    def cancel(self) -> Facts:
        trail.record(self, "cancel", {}, None)
        return None

    def _from_the_start(self, verb: str) -> Facts:
        """What people do is told in the trail, without the words and the address."""
        trail.record(self, verb, {}, None)
        self.attempts, self.next_attempt_at, self.last_error = 0, now(), ""
        wake_the_worker()
        return None


def wake_the_worker() -> None:
    """After the commit. A broker that is down loses nothing: the sweep finds the row."""
    from django.db import transaction

    from huiguan.deliveries.tasks import send_deliveries
    from huiguan.tenancy.binding import bound_chamber

    chamber = bound_chamber()
    key: uuid.UUID = chamber.pk
    transaction.on_commit(lambda: send_deliveries.delay(str(key)), robust=True)
