"""Starts error reports and follows the worker's jobs."""

from django.apps import AppConfig
from django.conf import settings


class ObservabilityConfig(AppConfig):
    """Logging itself is set up earlier, by the setting `LOGGING_CONFIG`."""

    name = "huiguan.observability"
    label = "observability"

    def ready(self) -> None:
        from huiguan.observability import errors, jobs

        errors.start(dsn=getattr(settings, "SENTRY_DSN", ""), release=getattr(settings, "RELEASE", ""))
        jobs.follow()
