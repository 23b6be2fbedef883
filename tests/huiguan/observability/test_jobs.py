"""A job is known by its task and its chamber while it runs, and measured when it ends."""

import uuid
from typing import Any

from celery import Celery
from prometheus_client import REGISTRY

from huiguan.observability import context

app = Celery("test", set_as_current=False)


@app.task(name="dues.assess")
def assess(chamber_id: str, year: int) -> dict[str, Any]:
    return context.known()


@app.task(name="site.sweep")
def sweep(first: str) -> dict[str, Any]:
    return context.known()


@app.task(name="dues.fail")
def fail(chamber_id: str) -> None:
    raise ValueError("canary")


def figure(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


def test_a_job_of_a_chamber_knows_its_chamber_and_forgets_it_afterwards() -> None:
    chamber = str(uuid.uuid4())
    for known in (
        assess.apply(args=[chamber, 2026]).get(),
        assess.apply(kwargs={"chamber_id": chamber, "year": 2026}).get(),
    ):
        assert known["chamber"] == chamber and known["task"] == "dues.assess" and uuid.UUID(known["request_id"])
    assert "chamber" not in context.known() and "task" not in context.known()


def test_a_job_of_the_site_takes_no_argument_for_a_chamber() -> None:
    assert "chamber" not in sweep.apply(args=["0190a5b2"]).get()


def test_jobs_are_measured_by_how_they_ended() -> None:
    done = {"task": "dues.fail", "state": "FAILURE"}
    before, failed = figure("huiguan_job_seconds_count", **done), figure("huiguan_jobs_failed_total", task="dues.fail")
    fail.apply(args=[str(uuid.uuid4())])
    assert figure("huiguan_job_seconds_count", **done) == before + 1
    assert figure("huiguan_jobs_failed_total", task="dues.fail") == failed + 1
