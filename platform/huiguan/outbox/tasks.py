"""The worker's side of the outbox. The message is a row first; the broker only wakes the worker."""

import logging

from django.db import DatabaseError

from huiguan.celery import site_task
from huiguan.observability.metrics import messages_waiting
from huiguan.outbox.delivery import deliver, waiting
from huiguan.tenancy.models import Chamber

log = logging.getLogger(__name__)
AT_ONCE = 200  # then other chambers have their turn


@site_task
def deliver_messages(chamber_id: str) -> int:
    """One chamber's messages. Enters the chamber itself, one transaction per batch."""
    chamber = Chamber.objects.filter(pk=chamber_id, status=Chamber.Status.ACTIVE).first()
    left = deliver(chamber, limit=AT_ONCE) if chamber else 0
    if left >= AT_ONCE:
        deliver_messages.delay(chamber_id)
    return left


@site_task
def sweep_messages() -> int:
    """Every chamber's: finds what a lost wake-up left behind."""
    swept = [_swept(chamber) for chamber in Chamber.objects.filter(status=Chamber.Status.ACTIVE)]
    messages_waiting.set(sum(left for _delivered, left in swept))
    return sum(delivered for delivered, _left in swept)


def _swept(chamber: Chamber) -> tuple[int, int]:
    """Delivered and still waiting. A chamber whose tables are in trouble does not keep the others' messages."""
    try:
        if not waiting(chamber):  # nearly always: one short question
            return 0, 0
        return deliver(chamber, limit=AT_ONCE), waiting(chamber)
    except DatabaseError:
        log.exception("a chamber's messages could not be read", extra={"chamber": str(chamber.pk)})
        return 0, 0
