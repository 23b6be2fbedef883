"""Owner work that the worker does in the background."""

from huiguan.celery import site_task
from huiguan.tenancy import provisioning


@site_task
def refill_spares() -> int:
    """Keep spare schemas ready, so that a chamber opens at once."""
    return provisioning.refill()
