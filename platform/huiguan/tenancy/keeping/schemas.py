"""Owner's work on whole schemas: to be alone with one, to drop one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connections, transaction
from psycopg import sql
from psycopg.errors import LockNotAvailable

from huiguan.tenancy.keeping import Impossible

TRIES = 20
SECONDS_BETWEEN = 0.2
LOCK_TIMEOUT = "400ms"  # below PostgreSQL's deadlock_timeout: it is we who give way, not a person at work


@contextmanager
def alone_with(schema_name: str) -> Iterator[None]:
    """A transaction of the owner that holds all tables of a schema; who works there is waited for, who comes waits."""
    with transaction.atomic(using="owner"):
        _lock_patiently(schema_name)
        yield


def exists(schema_name: str) -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select 1 from pg_namespace where nspname = %s", [schema_name])
        return cursor.fetchone() is not None


def drop(*names: str) -> None:
    for name in names:
        with transaction.atomic(using="owner"):
            run("drop schema if exists {} cascade", name)


def run(statement: str, *names: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _lock_patiently(schema_name: str) -> None:
    """All or none: what was locked is let go before the next try."""
    for _try in range(TRIES):
        try:
            with transaction.atomic(using="owner"):
                return _lock(schema_name)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
        time.sleep(SECONDS_BETWEEN)
    raise Impossible("People are at work in the chamber and nothing was changed. Suspend it, or run this again later.")


def _lock(schema_name: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
        cursor.execute("select tablename from pg_tables where schemaname = %s order by 1", [schema_name])
        tables = [sql.Identifier(schema_name, table) for (table,) in cursor.fetchall()]
        if tables:
            cursor.execute(sql.SQL("lock table {} in access exclusive mode").format(sql.SQL(", ").join(tables)))
