"""Keeping the people's tables tidy."""

from django.core.management import call_command

from huiguan.celery import site_task


@site_task
def clear_sessions() -> None:
    """Sessions that have ended."""
    call_command("clearsessions")
