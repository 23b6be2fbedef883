"""The worker's side: how the members stand, worked out every night; imports of registers."""

from django.utils import translation
from django.utils.timezone import localdate

from huiguan import trail
from huiguan.celery import chamber_task, site_task, wake_in_each_chamber
from tenants.members import standings
from tenants.members.importing import jobs
from tenants.members.models import Member, RegisterImport


@site_task
def work_out_standings() -> int:
    """Wakes a task for each chamber."""
    return wake_in_each_chamber(keep_standings)


@chamber_task
def keep_standings(chamber_id: str) -> int:
    """Those that are not of today; what the day itself changed, such as a layer's last day, is seen so."""
    trail.take_turn()
    due = Member.objects.exclude(standing__worked_out_on=localdate()).values_list("pk", flat=True)
    standings.keep(due)
    return len(due)


@chamber_task
def work_on_import(chamber_id: str, import_id: str, language: str) -> None:
    """One import; when there is nothing to do for it any more, nothing is done."""
    source = RegisterImport.objects.filter(pk=import_id).exclude(job="").first()
    if source is not None:
        with translation.override(language):
            jobs.carry_out(source)
