"""Once a night: values from before the encryption, of older keys, or from a backup that was restored."""

from huiguan.celery import chamber_task, site_task, wake_in_each_chamber
from huiguan.ciphers.rewriting import retire, rewrite
from huiguan.tenancy.binding import bound_chamber


@site_task
def encrypt_everywhere() -> int:
    """One task for each chamber."""
    return wake_in_each_chamber(encrypt_in_chamber)


@chamber_task
def encrypt_in_chamber(chamber_id: str) -> int:
    chamber = bound_chamber()
    written = rewrite(chamber)
    retire(chamber)
    return written
