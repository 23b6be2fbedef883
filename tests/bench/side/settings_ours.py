"""The product's own settings, with the tables of the benchmarks beside its capabilities."""

from huiguan.settings import *  # noqa: F403

LOGGING = {"version": 1, "disable_existing_loggers": True}
LOGGING_CONFIG = "logging.config.dictConfig"
