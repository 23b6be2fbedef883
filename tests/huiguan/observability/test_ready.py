"""The real checks against the real database, and the facts of a real chamber's request."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from huiguan.observability import health


@pytest.mark.parametrize("check", health.CHECKS, ids=lambda check: check.__name__)
def test_a_running_house_is_ready(db: None, check: Callable[[], None]) -> None:
    check()


def test_shared_tables_that_are_behind_make_it_not_ready(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_is_at_head", False)
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    monkeypatch.setattr(
        "django.db.migrations.recorder.MigrationRecorder.applied_migrations",
        lambda recorder: {},
    )
    with pytest.raises(health.NotReady):
        health.migrations()


def test_probes_are_answered_on_any_host_by_the_real_middleware(db: None) -> None:
    assert Client(HTTP_HOST="10.0.0.7:8000").get("/healthz").status_code == 200
    assert Client(HTTP_HOST="10.0.0.7:8000").get("/readyz").json()["database"] == "ok"
    page = Client(HTTP_HOST="10.0.0.7:8000").get("/metrics")
    assert b"huiguan_database_connections" in page.content


def test_a_line_about_a_chambers_page_names_the_chamber_and_the_person_by_their_keys(
    signed_in: Callable[..., Client], changde: Any, written: StringIO
) -> None:
    client = signed_in("qin")
    client.get("/", headers={"referer": "王小明"})
    line = next(json.loads(each) for each in reversed(written.getvalue().splitlines()) if "request.answered" in each)
    assert line["chamber"] == str(changde.pk) and line["place"] == "chamber"
    assert line["actor"] == str(client.session["_auth_user_id"])
    assert "秦若兰" not in written.getvalue() and "qin@" not in written.getvalue()
