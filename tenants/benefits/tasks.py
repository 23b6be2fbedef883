"""The worker's side of cards: many at once."""

from huiguan.celery import chamber_task
from huiguan.errands import work_on
from tenants.benefits.models import CardRun


@chamber_task
def work_on_run(chamber_id: str, run_id: str, language: str) -> None:
    """One issue or one print; nothing when it is done already."""
    work_on(CardRun, run_id, language)
