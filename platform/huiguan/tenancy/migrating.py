"""Brings chambers to the head of the migrations: planned once, broadcast as SQL, one transaction per chamber."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import DatabaseError, connections
from django.db.migrations import CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor

from huiguan.tenancy import hosts
from huiguan.tenancy.binding import engine
from huiguan.tenancy.grants import books, grant_shared, keep_books
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.owner import as_owner_of
from huiguan.tenancy.places import SITE

LOCK_TIMEOUT = "5s"  # a chamber in use is left for the next round rather than blocking its people


@dataclass
class Report:
    """What a round did: chambers at head, and those that failed with the reason. A round can be repeated."""

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


@cache
def fingerprint() -> str:
    """Of all migrations of a chamber's apps: what a chamber at head carries."""
    digest = hashlib.sha256()
    for path in sorted(_migration_files()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def migrate_shared(verbosity: int = 0) -> None:
    """Public tables, by the standard executor on the owner's login; then the grants."""
    engine("owner").set_tenant(SITE)
    call_command(Migrate(), database="owner", interactive=False, verbosity=verbosity)
    grant_shared()


def is_current() -> bool:
    """Whether nothing is left to do: one query."""
    return not Chamber.objects.exclude(fingerprint=fingerprint()).exclude(status=Chamber.Status.ERASED).exists()


def migrate_chambers(progress: Callable[[int, int], None] = lambda done, of: None) -> Report:
    """All chambers that are not at head. One is at head or unchanged, never between."""
    behind = Chamber.objects.exclude(fingerprint=fingerprint()).exclude(status=Chamber.Status.ERASED)
    groups, report = defaultdict(list), Report()
    for chamber in behind:
        groups[chamber.fingerprint].append(chamber)
    for group in groups.values():
        plan = _plan_for(group[0])
        for chamber in group:
            _bring(chamber, plan, report)
            progress(len(report.done) + len(report.failed), sum(map(len, groups.values())))
    return report


@dataclass(frozen=True)
class Plan:
    """The statements of the steps that are left; None when they can only be run by the standard executor.

    `books` are tables among the new ones that are added to and never changed.
    """

    steps: list[tuple[str, str]]
    sql: str | None
    books: list[str]


def _plan_for(chamber: Chamber) -> Plan:
    owner = connections["owner"]
    with as_owner_of(chamber.schema_name):
        executor = MigrationExecutor(owner)
        todo = [m for m, _ in executor.migration_plan(_targets(executor))]
        sql = _collect(executor, todo) if all(map(_is_plain, todo)) else None
    return Plan([(m.app_label, m.name) for m in todo], sql, _new_books(todo))


def _bring(chamber: Chamber, plan: Plan, report: Report) -> None:
    try:
        with as_owner_of(chamber.schema_name):
            _broadcast(plan) if plan.sql is not None else migrate_schema(chamber.schema_name)
            keep_books(chamber.schema_name, plan.books)
            _note_head(chamber)
    except DatabaseError as error:
        report.failed[chamber.slug] = str(error).strip()
        return
    hosts.forget_chamber(chamber)
    report.done.append(chamber.slug)


def _note_head(chamber: Chamber) -> None:
    """In the transaction of the steps: whoever is killed between the two would leave a chamber that no round can bring,
    for its steps were done and it is still taken for behind."""
    with connections["owner"].cursor() as cursor:
        head = "update public.tenancy_chamber set fingerprint = %s where id = %s"
        cursor.execute(head, [fingerprint(), chamber.pk])


def _broadcast(plan: Plan) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
        if plan.sql:
            cursor.execute(plan.sql)
        cursor.executemany("insert into django_migrations (app, name, applied) values (%s, %s, now())", plan.steps)


def migrate_schema(schema_name: str) -> None:
    """By the standard executor: for a template, and for steps that cannot be told as SQL."""
    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    executor.migrate(_targets(executor))


def _collect(executor: MigrationExecutor, todo: Iterable[Migration]) -> str:
    state, statements = (
        executor._create_project_state(  # type: ignore[attr-defined]
            with_applied_migrations=True
        ),
        [],
    )
    for migration in todo:
        with executor.connection.schema_editor(collect_sql=True, atomic=False) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        statements += editor.collected_sql
    return "\n".join(statements)


def _new_books(todo: Iterable[Migration]) -> list[str]:
    made = {f"{m.app_label}_{o.name_lower}" for m in todo for o in m.operations if isinstance(o, CreateModel)}
    return [table for table in books() if table in made]


def _is_plain(migration: Migration) -> bool:
    return migration.atomic and all(o.reduces_to_sql and not _has_unseen_sql(o) for o in migration.operations)


def _has_unseen_sql(operation: Any) -> bool:
    return type(operation).__name__ in ("RunPython", "SeparateDatabaseAndState")


def _targets(executor: MigrationExecutor) -> list[tuple[str, str]]:
    labels = {apps.get_app_config(_label(name)).label for name in settings.TENANT_APPS}
    return [key for key in executor.loader.graph.leaf_nodes() if key[0] in labels]


def _label(app_name: str) -> str:
    return next(c.label for c in apps.get_app_configs() if c.name == app_name)


def _migration_files() -> Iterable[Path]:
    for name in settings.TENANT_APPS:
        folder = Path(apps.get_app_config(_label(name)).path) / "migrations"
        yield from folder.glob("[0-9]*.py")
