"""Once a night: what has been kept long enough goes."""

from huiguan.celery import chamber_task, site_task
from huiguan.privacy.retaining import remove_due
from huiguan.tenancy.models import Chamber

SPREAD_SECONDS = 1200


@site_task
def remove_everywhere() -> int:
    """One task for each chamber, spread over time by its key."""
    keys = list(Chamber.objects.filter(status=Chamber.Status.ACTIVE).values_list("pk", flat=True))
    for key in keys:
        remove_in_chamber.apply_async([str(key)], countdown=key.int % SPREAD_SECONDS)
    return len(keys)


@chamber_task
def remove_in_chamber(chamber_id: str) -> int:
    return sum(removal.number for removal in remove_due())
