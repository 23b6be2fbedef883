"""The clock of the jobs: says on time that one is due, and knows their names only: half the size of a worker."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

from huiguan.observability import errors, logs
from huiguan.schedules import SCHEDULES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.settings")
app = Celery("huiguan", fixups=[])  # without Django's: it would load the apps
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULES
errors.start(dsn=settings.SENTRY_DSN, release=settings.RELEASE)


def _log_as_the_others_do(**_signal: Any) -> None:
    logs.configure(settings.LOGGING)


setup_logging.connect(_log_as_the_others_do)
