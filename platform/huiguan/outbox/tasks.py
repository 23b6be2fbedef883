"""The worker's side of the outbox. The message is a row first; the broker only wakes the worker."""

from huiguan.celery import site_task
from huiguan.observability.metrics import messages_waiting
from huiguan.outbox.delivery import deliver, waiting
from huiguan.tenancy.models import Chamber


@site_task
def deliver_messages(chamber_id: str) -> int:
    """One chamber's messages. Enters the chamber itself, one transaction per batch."""
    chamber = Chamber.objects.filter(pk=chamber_id, status=Chamber.Status.ACTIVE).first()
    return deliver(chamber) if chamber else 0


@site_task
def sweep_messages() -> int:
    """Every chamber's: finds what a lost wake-up left behind."""
    chambers = list(Chamber.objects.filter(status=Chamber.Status.ACTIVE))
    delivered = sum(deliver(chamber) for chamber in chambers)
    messages_waiting.set(sum(map(waiting, chambers)))
    return delivered
