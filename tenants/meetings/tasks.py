"""What liaison meetings do by themselves on the chambers' side."""

from uuid import UUID

from django.conf import settings

from federation.liaison.queries import invited_chambers
from huiguan.celery import chamber_task, site_task
from huiguan.mailboxes import read_each
from tenants.meetings.calendars import keep_all_right, take_answer


@site_task
def keep_calendars() -> int:
    """One task for each chamber that has been invited somewhere: a slow one keeps no other waiting."""
    return sum(1 for pk in invited_chambers() if keep_calendars_of.delay(str(pk)))


@chamber_task
def keep_calendars_of(chamber_id: str) -> int:
    return keep_all_right(UUID(chamber_id))


@site_task
def read_calendar_mail() -> int:
    """What calendars answer to invitations. Returns how many mails were read; none where no mailbox is set."""
    return read_each(settings.CALENDAR_MAILBOX, take_answer) if settings.CALENDAR_MAILBOX else 0
