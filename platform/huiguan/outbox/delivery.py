"""Sends messages and brings them to the federation: once each, in order per record, retried until they arrive."""

import datetime
import logging
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from huiguan.actors import acting_as, current_actor, system_of
from huiguan.files.models import KeptFile
from huiguan.inbox.handlers import Delivered, Refused, hand_over
from huiguan.observability.metrics import messages_delivered
from huiguan.outbox import attaching
from huiguan.outbox.models import AT_REFUSAL, Message
from huiguan.tenancy.binding import bound_chamber, in_chamber, in_federation
from huiguan.tenancy.models import Chamber

log = logging.getLogger(__name__)
RETRY_SECONDS = (5, 30, 120, 600, 3600)
BATCH = 50  # messages per transaction: one failure rolls back only itself


def publish(
    record: Any,
    name: str,
    *,
    to: uuid.UUID,
    recipient: str,
    content: dict[str, Any],
    basis: str,
    version: int = 1,
    files: Sequence[KeptFile] = (),
) -> Message:
    """Put a message in the ledger, in the transaction of the change. `content` is plain JSON: just what will leave.

    It names each of the `files` with its size and SHA-256; whose they were, they are the ledger's from now on.
    """
    chamber = bound_chamber()
    message = Message(
        name=name, recipient_id=to, recipient=recipient, content=content, basis=str(basis)[:200], version=version
    )
    message.record_label, message.record_id = record._meta.label, record.pk
    message.record_text, message.sent_by = str(record)[:200], current_actor().name
    attaching.attach(message, files)
    message.save(force_insert=True)
    transaction.on_commit(lambda: _wake(chamber.pk), robust=True)
    return message


def deliver(chamber: Chamber, *, limit: int = 1000) -> int:
    """Deliver what is due. Returns the number of messages that left the outbox."""
    left = 0
    while left < limit:
        with in_chamber(chamber):
            batch = list(Message.objects.due(now()).select_for_update(skip_locked=True, of=("self",))[:BATCH])
            left += _deliver_all(chamber, batch)
        if not batch:
            break
    return left


def waiting(chamber: Chamber) -> int:
    """Messages that have not arrived, those between two attempts among them."""
    with in_chamber(chamber):
        return int(Message.objects.filter(state=Message.State.PENDING).count())


def _deliver_all(chamber: Chamber, batch: list[Message]) -> int:
    """The federation's role is bound once for a batch; each message has a savepoint of its own inside it."""
    told = [_as_delivered(chamber, message) for message in batch]
    with in_federation():
        for message, delivered in zip(batch, told, strict=True):
            _deliver_one(message, delivered)
    Message.objects.bulk_update(batch, ["state", "attempts", "last_error", "next_attempt_at", "delivered_at"])
    for message in batch:
        if message.state == Message.State.REFUSED and message.name in AT_REFUSAL:
            _tell_refusal(message)
    return sum(message.state != Message.State.PENDING for message in batch)


def _tell_refusal(message: Message) -> None:
    """The record goes back to what it was; when that fails, the ledger still says that the message was refused."""
    try:
        with transaction.atomic(), acting_as(system_of(bound_chamber().pk)):
            AT_REFUSAL[message.name](message)
    except Exception:
        log.exception("a record was not told of a refusal", extra={"message_id": str(message.id)})


def _deliver_one(message: Message, delivered: Delivered) -> None:
    try:
        hand_over(delivered)
    except Refused as refusal:
        message.state, message.last_error = Message.State.REFUSED, str(refusal)[:300]
    except Exception as error:
        log.exception("a message was not delivered", extra={"message_id": str(message.id)})
        _try_later(message, error)
    else:
        message.state, message.delivered_at, message.last_error = Message.State.DELIVERED, now(), ""
    message.attempts += 1
    messages_delivered.labels(message.state).inc()


def _as_delivered(chamber: Chamber, message: Message) -> Delivered:
    return Delivered(
        id=message.id,
        name=message.name,
        chamber_id=chamber.pk,
        chamber_name=chamber.name,
        federation_id=message.recipient_id,
        content=message.content,
        sent_at=message.created_at,
        files=attaching.handed_over(chamber.pk, message),
    )


def _try_later(message: Message, error: Exception) -> None:
    wait = RETRY_SECONDS[min(message.attempts, len(RETRY_SECONDS) - 1)]
    message.next_attempt_at = now() + datetime.timedelta(seconds=wait)
    message.last_error = f"{type(error).__name__}: {error}"[:300]


def _wake(chamber_id: uuid.UUID) -> None:
    from huiguan.outbox.tasks import deliver_messages

    deliver_messages.delay(str(chamber_id))
