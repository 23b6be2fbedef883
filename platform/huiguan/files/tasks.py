"""The worker's part: once a day, what belongs to nobody is removed."""

from huiguan.celery import chamber_task, site_task
from huiguan.files import sweeping
from huiguan.tenancy.binding import bound_chamber
from huiguan.tenancy.models import Chamber

SECONDS_APART = 2  # chambers one after another, so that the storage is never asked for all at once


@site_task
def sweep_files() -> None:
    """One job for each open chamber."""
    open_chambers = Chamber.objects.filter(status=Chamber.Status.ACTIVE).values_list("pk", flat=True)
    for at, key in enumerate(open_chambers):
        sweep_chamber.apply_async([str(key)], countdown=at * SECONDS_APART)


@chamber_task
def sweep_chamber(chamber_id: str) -> int:
    chamber = bound_chamber()
    return sweeping.sweep(chamber)
