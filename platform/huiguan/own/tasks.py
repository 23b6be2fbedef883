"""The worker's side of mailings."""

from huiguan.celery import chamber_task
from huiguan.own.mailing import send_part, wake
from huiguan.own.models import Mailing


@chamber_task
def send_mailing(chamber_id: str, mailing_id: str) -> None:
    """One part in one transaction; then others have their turn."""
    mailing = Mailing.objects.filter(pk=mailing_id, status=Mailing.Status.SENDING).first()
    if mailing is not None and send_part(mailing):
        wake(mailing)
