"""Whether this process is alive (`/healthz`) and whether it can serve (`/readyz`)."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

log = structlog.get_logger("huiguan.health")

FREE_BYTES = 200 * 1024 * 1024  # below this PostgreSQL and uploads are about to fail
BROKER_SECONDS = 2


class NotReady(Exception):
    """Something that a request needs is missing; the text says what."""


def healthz(_request: HttpRequest) -> JsonResponse:
    """Asks nothing of anything else: a database that is down is no reason to restart the web."""
    return JsonResponse({"status": "alive"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """503 while a request could not be served. The answer names the part; the reason is in the log."""
    found = {check.__name__: _outcome(check) for check in CHECKS}
    ready = all(outcome == "ok" for outcome in found.values())
    return JsonResponse({"status": "ready" if ready else "not ready", **found}, status=200 if ready else 503)


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")


def broker() -> None:
    from huiguan.celery import app  # imported late: it reads the settings

    with app.connection_for_write(connect_timeout=BROKER_SECONDS) as line:
        line.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)


def migrations() -> None:
    """Of the shared tables. A chamber that is behind answers for itself, by its own page."""
    global _is_at_head
    if _is_at_head:
        return
    executor = MigrationExecutor(connection)
    if steps := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady(f"{len(steps)} migrations are not applied")
    _is_at_head = True


def disk() -> None:
    folder = next(each for each in (Path(settings.MEDIA_ROOT), *Path(settings.MEDIA_ROOT).parents) if each.exists())
    if shutil.disk_usage(folder).free < FREE_BYTES:
        raise NotReady(f"less than {FREE_BYTES // 1024 // 1024} MB are free in {folder}")
    if not os.access(folder, os.W_OK):
        raise NotReady(f"{folder} cannot be written")


def _outcome(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception as reason:
        log.warning("health.not_ready", check=check.__name__, reason=str(reason))
        return "failed"
    return "ok"


# The code of a process does not change, and the tables never go back.
_is_at_head = False
CHECKS: tuple[Callable[[], None], ...] = (database, broker, migrations, disk)
