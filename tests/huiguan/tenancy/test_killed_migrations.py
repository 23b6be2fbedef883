"""A migration that is killed leaves each chamber at head or as it was, and the next round completes it (goal G20)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from huiguan.actors import SYSTEM, acting_as
from huiguan.embedded.testing import server
from huiguan.tenancy import hosts, migrating
from huiguan.tenancy.models import Chamber
from tests.conftest import chamber
from tests.huiguan.tenancy.test_provisioning import _take_back_outbox, works
from tests.support.database import ROOT

WAITS = "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'"
ENDED = "select count(*) = 0 from pg_stat_activity where datname = %s and usename = 'huiguan_owner' and pid <> all(%s)"


@pytest.fixture
def watcher(own_database: str) -> Iterator[psycopg.Connection]:
    with acting_as(SYSTEM), psycopg.connect(server().url("postgres", own_database), autocommit=True) as connection:
        yield connection


def migrate(database: str) -> "subprocess.Popen[bytes]":
    """As a deploy does, in a process of its own."""
    addresses = {
        "DATABASE_URL": server().url("huiguan_app", database),
        "DATABASE_OWNER_URL": server().url("huiguan_owner", database),
        "DJANGO_SETTINGS_MODULE": "huiguan.settings",
    }
    command = [sys.executable, "-m", "django", "migrate", "--spares", "0"]
    return subprocess.Popen(command, env={**os.environ, **addresses}, cwd=ROOT, stdout=subprocess.PIPE)


def kill_at(at: Chamber, database: str, watcher: psycopg.Connection) -> None:
    """In the middle of this chamber's transaction: its last step has to wait, and there the process is killed."""
    with psycopg.connect(server().url("postgres", database)) as holder:
        holder.execute(f'lock table "{at.schema_name}".django_migrations in share mode')
        running = migrate(database)
        until(watcher, WAITS, database)
        running.kill()
        running.wait()
    until(watcher, ENDED, database, [owners_process()])


def until(watcher: psycopg.Connection, question: str, *given: Any) -> None:
    for _attempt in range(100_000):
        if watcher.execute(question, given).fetchone()[0]:  # type: ignore[index]
            return
    raise AssertionError(question)


def owners_process() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def has_outbox(of: Chamber, watcher: psycopg.Connection) -> bool:
    found = watcher.execute("select to_regclass(%s)", [f'"{of.schema_name}".outbox_message']).fetchone()
    return found is not None and found[0] is not None


def test_a_killed_round_is_completed_by_the_next(own_database: str, watcher: psycopg.Connection, client: Any) -> None:
    both = [chamber("changde"), chamber("shaoyang")]
    for each in both:
        _take_back_outbox(each)
    kill_at(both[1], own_database, watcher)
    for each in both:
        is_at_head = Chamber.objects.get(pk=each.pk).fingerprint == migrating.fingerprint()
        assert has_outbox(each, watcher) == is_at_head  # never between
    hosts.forget_chamber(both[1])
    assert client.get("/", headers={"host": "shaoyang.localhost"}).status_code == 503
    report = migrating.migrate_chambers()
    assert "shaoyang" in report.done and report.failed == {}
    assert all(works(chamber(each.slug)) for each in both) and migrating.is_current()
