"""What applications do by themselves."""

from huiguan.celery import chamber_task, site_task
from huiguan.tenancy.models import Chamber
from tenants.applications.erasing import erase_due

SPREAD_SECONDS = 1200


@site_task
def erase_everywhere() -> int:
    """One task for each chamber, spread over time by its key."""
    keys = list(Chamber.objects.filter(status=Chamber.Status.ACTIVE).values_list("pk", flat=True))
    for key in keys:
        erase_in_chamber.apply_async([str(key)], countdown=key.int % SPREAD_SECONDS)
    return len(keys)


@chamber_task
def erase_in_chamber(chamber_id: str) -> int:
    return erase_due()
