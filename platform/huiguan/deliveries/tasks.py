"""The worker is woken for one chamber at a time; the sweep finds what a lost wake-up or a dead worker left."""

import logging

from django.db import DatabaseError
from django.utils.timezone import now

from huiguan.celery import site_task
from huiguan.deliveries.models import Delivery
from huiguan.deliveries.overdue import tell_overdue_of
from huiguan.deliveries.sending import recover, send_due
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber

log = logging.getLogger(__name__)
AT_ONCE = 100  # then other chambers have their turn


@site_task
def send_deliveries(chamber_id: str) -> int:
    """One chamber's, in transactions of its own: none is open while a provider is waited for."""
    chamber = Chamber.objects.filter(pk=chamber_id, status=Chamber.Status.ACTIVE).first()
    looked_at = send_due(chamber, limit=AT_ONCE) if chamber else 0
    if looked_at == AT_ONCE:
        send_deliveries.delay(chamber_id)
    return looked_at


@site_task
def sweep_deliveries() -> int:
    """Wakes the worker for each chamber with something due: a provider that is slow for one keeps no other waiting."""
    return sum(_swept(chamber) for chamber in Chamber.objects.filter(status=Chamber.Status.ACTIVE))


@site_task
def tell_overdue() -> int:
    """Every colleague's own overdue tasks, in the morning."""
    return sum(tell_overdue_of(chamber) for chamber in Chamber.objects.filter(status=Chamber.Status.ACTIVE))


def _swept(chamber: Chamber) -> int:
    try:
        recover(chamber)
        with in_chamber(chamber):
            is_due = Delivery.objects.due(now()).exists()
    except DatabaseError:
        log.exception("a chamber's messages could not be read", extra={"chamber": str(chamber.pk)})
        return 0
    if is_due:
        send_deliveries.delay(str(chamber.pk))
    return int(is_due)
