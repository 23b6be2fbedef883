"""Timing a view in the process, and counting what it really sends to PostgreSQL, whoever sends it."""

import statistics
import time
from typing import Any
from unittest import mock

import psycopg
from django.test import Client


def seconds_of(client: Client, path: str, times: int) -> float:
    """The median of many calls; the first ones, which fill caches, are left out."""
    taken = [one(client, path) for _number in range(times + 5)][5:]
    return statistics.median(taken)


def queries_of(client: Client, path: str) -> int:
    """Statements, without those that begin and end the transaction."""
    sent: list[str] = []
    plain = psycopg.Cursor.execute

    def counted(cursor: Any, query: Any, *given: Any, **options: Any) -> Any:
        sent.append(str(query))
        return plain(cursor, query, *given, **options)

    with mock.patch.object(psycopg.Cursor, "execute", counted):
        one(client, path)
    return len(sent)


def one(client: Client, path: str) -> float:
    started = time.perf_counter()
    answer = client.get(path)
    taken = time.perf_counter() - started
    assert answer.status_code == 200, (path, answer.status_code)
    return taken
