"""Letting go of what was kept long enough."""

from django.utils.timezone import now

from api.models import KeptAnswer
from huiguan.celery import site_task


@site_task
def clear_kept_answers() -> None:
    """After a week nobody repeats a call any more; the answers may hold names and numbers."""
    KeptAnswer.objects.filter(created_at__lt=now() - KeptAnswer.LIFE).delete()
