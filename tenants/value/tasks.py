"""The worker's side of reports: many at once."""

from huiguan.celery import chamber_task
from huiguan.errands import work_on
from tenants.value.models import ReportRun


@chamber_task
def work_on_run(chamber_id: str, run_id: str, language: str) -> None:
    """One making or one sending; nothing when it is done already."""
    work_on(ReportRun, run_id, language)
