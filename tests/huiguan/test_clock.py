"""The clock says that a job is due; the worker knows what to do."""

import subprocess
import sys

from huiguan.celery import app
from huiguan.embedded.folder import PROJECT
from huiguan.schedules import SCHEDULES

HEAVY = ("huiguan.tenancy.models", "tenants.members.models", "psycopg", "stripe", "sentry_sdk")


def test_every_job_of_the_clock_is_known_to_the_worker() -> None:
    app.autodiscover_tasks(force=True)
    assert {entry["task"] for entry in SCHEDULES.values()} <= set(app.tasks)


def test_the_clock_itself_loads_nothing_of_the_site() -> None:
    asked = f"import sys; from huiguan.clock import app; print(*[name for name in {HEAVY} if name in sys.modules])"
    asked += "; print(len(app.conf.beat_schedule), app.conf.broker_transport)"
    said = subprocess.check_output([sys.executable, "-c", asked], text=True, cwd=PROJECT).splitlines()
    assert said[0] == ""
    assert said[1] == f"{len(SCHEDULES)} huiguan.embedded.queue:Transport"
