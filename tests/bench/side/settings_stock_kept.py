"""The stock side whose worker keeps its connection."""

from tests.bench.side.settings_stock import *  # noqa: F403

CELERY_DB_REUSE_MAX = 1000
