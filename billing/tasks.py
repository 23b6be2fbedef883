"""The jobs of billing."""

from billing import events, reconciliation
from huiguan.celery import site_task


@site_task
def process_event(event_id: str) -> None:
    events.process(event_id)


@site_task
def sweep() -> None:
    """Every five minutes: chambers without an account, operations and events that were left behind."""
    reconciliation.sweep()


@site_task
def reconcile() -> None:
    """Every night: every subscription as Stripe has it."""
    reconciliation.reconcile()
