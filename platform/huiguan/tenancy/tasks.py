"""Owner work that the worker does in the background."""

from django.conf import settings

from huiguan.celery import site_task
from huiguan.observability.metrics import last_backups
from huiguan.tenancy import provisioning
from huiguan.tenancy.keeping import offsite


@site_task
def refill_spares() -> int:
    """Keep spare schemas ready, so that a chamber opens at once."""
    return provisioning.refill()


@site_task
def back_up_chambers() -> dict[str, str]:
    """To the place elsewhere, where one is named. What failed is in the log and tried again by the next round."""
    if not settings.BACKUP_URL:
        return {}
    done = offsite.back_up_all()
    if not done.failed:
        last_backups.set_to_current_time()
    return done.failed
