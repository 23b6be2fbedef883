"""Works out every night how the members of each chamber stand."""

from django.utils.timezone import localdate

from huiguan import trail
from huiguan.celery import chamber_task, site_task
from huiguan.tenancy.models import Chamber
from tenants.members import standings
from tenants.members.models import Member

SPREAD_SECONDS = 1200


@site_task
def work_out_standings() -> int:
    """Wakes a task for each chamber, spread over time by its key."""
    keys = list(Chamber.objects.filter(status=Chamber.Status.ACTIVE).values_list("pk", flat=True))
    for key in keys:
        keep_standings.apply_async([str(key)], countdown=key.int % SPREAD_SECONDS)
    return len(keys)


@chamber_task
def keep_standings(chamber_id: str) -> int:
    """Those that are not of today; what the day itself changed, such as a layer's last day, is seen so."""
    trail.take_turn()
    due = Member.objects.exclude(standing__worked_out_on=localdate()).values_list("pk", flat=True)
    standings.keep(due)
    return len(due)
