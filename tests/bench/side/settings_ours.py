"""The product's own settings, with the tables of the benchmarks beside its capabilities."""

from huiguan.settings import *  # noqa: F403

LOGGING_CONFIG = "huiguan.observability.logs.configure"
LOGGING = {"readable": False, "level": "WARNING"}
