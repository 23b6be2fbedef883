"""Health and metrics are answered on any host, and tell operators no more than they need."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from prometheus_client import REGISTRY

from huiguan.observability import health


@transaction.non_atomic_requests
def answers(request: HttpRequest, word: str) -> HttpResponse:
    return HttpResponse("here")


urlpatterns = [path("here/<str:word>/", answers, name="probe-here")]
ALONE = override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["huiguan.observability.middleware.ObservabilityMiddleware"],
    METRICS_TOKEN="",
    ALLOWED_HOSTS=["testserver"],
)


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    with ALONE:
        yield


def no_database() -> None:
    raise RuntimeError("password of 13800138000 refused")


def works() -> None:
    return


def test_a_process_is_alive_whatever_else_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECKS", (no_database,))
    assert Client().get("/healthz", headers={"host": "10.0.0.7:8000"}).json() == {"status": "alive"}


def test_one_failed_part_makes_it_not_ready_and_is_named_without_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECKS", (works, no_database))
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "works": "ok", "no_database": "failed"}
    monkeypatch.setattr(health, "CHECKS", (works,))
    assert Client().get("/readyz").status_code == 200


def test_a_full_disk_makes_it_not_ready(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "not yet made"
    health.disk()
    monkeypatch.setattr(health, "FREE_BYTES", 1 << 62)
    with pytest.raises(health.NotReady):
        health.disk()


def test_requests_are_measured_by_the_name_of_their_view(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = {"view": "probe-here", "place": "none", "method": "GET", "status": "200"}
    before = REGISTRY.get_sample_value("huiguan_request_seconds_count", labels) or 0
    Client().get("/here/secret/")
    assert REGISTRY.get_sample_value("huiguan_request_seconds_count", labels) == before + 1
    monkeypatch.setattr("huiguan.observability.metrics._connections_by_state", lambda: [("idle", 3)])
    page = Client().get("/metrics").content.decode()
    assert 'huiguan_database_connections{state="idle"} 3.0' in page
    assert "probe-here" in page and "secret" not in page


def test_metrics_are_for_this_machine_or_for_the_token(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("huiguan.observability.metrics._connections_by_state", list)
    assert Client().get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="10.0.0.9").get("/metrics").status_code == 404
    assert Client(headers={"x-forwarded-for": "10.0.0.9"}).get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "scrape"
    assert Client().get("/metrics").status_code == 404
    assert Client(REMOTE_ADDR="10.0.0.9", headers={"authorization": "Bearer scrape"}).get("/metrics").status_code == 200


def test_the_proxys_request_id_is_kept_only_when_it_is_one() -> None:
    given = "0190a5b2-1234-7abc-8def-123456789012"
    assert Client(headers={"x-request-id": given}).get("/here/x/")["X-Request-ID"] == given
    assert Client(headers={"x-request-id": "a\nb"}).get("/here/x/")["X-Request-ID"] != "a\nb"


def test_one_process_answers_for_all_that_share_the_folder(tmp_path: Path) -> None:
    count = "from huiguan.observability import metrics as m; m.jobs_failed.labels('dues.assess').inc(); "
    show = "from prometheus_client import generate_latest; print(generate_latest(m.registry()).decode())"
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for code in (count, count + show):
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert 'huiguan_jobs_failed_total{task="dues.assess"} 2.0' in done.stdout
