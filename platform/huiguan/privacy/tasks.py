"""Once a night: what has been kept long enough goes."""

from huiguan.celery import chamber_task, site_task, wake_in_each_chamber
from huiguan.privacy.retaining import remove_due


@site_task
def remove_everywhere() -> int:
    """One task for each chamber."""
    return wake_in_each_chamber(remove_in_chamber)


@chamber_task
def remove_in_chamber(chamber_id: str) -> int:
    return sum(removal.number for removal in remove_due())
