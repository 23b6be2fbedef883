"""What happens to liaison meetings by the clock."""

from federation.liaison.actions import adopt_by_silence
from huiguan.celery import site_task


@site_task
def adopt_minutes() -> int:
    """Minutes whose window is over and that nobody objected to are adopted, each in its own transaction."""
    return adopt_by_silence()
