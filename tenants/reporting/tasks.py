"""What data calls do by themselves in each chamber."""

from huiguan.celery import chamber_task, site_task
from huiguan.tenancy.models import Chamber
from tenants.reporting.reminding import remind


@site_task
def remind_everywhere() -> int:
    """One task for each chamber: a slow one keeps no other waiting."""
    chambers = Chamber.objects.filter(status=Chamber.Status.ACTIVE).values_list("pk", flat=True)
    return sum(1 for pk in chambers if remind_chamber.delay(str(pk)))


@chamber_task
def remind_chamber(chamber_id: str) -> int:
    return remind()
