"""What the register does by itself."""

from federation.registry.leaving import end_what_is_gone
from huiguan.celery import site_task


@site_task
def sweep_memberships() -> int:
    """Every minute: chambers that are not in this house any more leave their federations."""
    return end_what_is_gone()
