"""A chamber's schema as plain SQL: written by pg_dump under a snapshot, counted, and played into another schema."""

import itertools
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import connections
from psycopg import sql

from huiguan.tenancy import dumping
from huiguan.tenancy.keeping import Impossible

Rename = Callable[[str], str]
COPY = re.compile(rb'^COPY [^. ]+\."?(\w+)"? \(.*\) FROM stdin;\n$')
END = b"\\.\n"
ROWS_AT_ONCE = 500


def write(schema_name: str, snapshot: str, target: Path) -> None:
    """Tables, rows, constraints and indexes, as they were at the snapshot."""
    command = [dumping.program("pg_dump"), "--schema", schema_name, "--snapshot", snapshot, "--file", str(target)]
    command += ["--no-owner", "--no-privileges", "--no-comments"]
    done = subprocess.run(command, env=dumping.login(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Impossible(f"The database could not be dumped: {done.stderr.strip()}")


def rows_in(lines: Iterable[bytes]) -> dict[str, int]:
    """How many rows of each table a dump holds."""
    counts, lines = {}, iter(lines)
    for line in lines:
        if found := COPY.match(line):
            counts[found[1].decode()] = sum(1 for _row in _rows(lines))
    return counts


def replay(lines: Iterable[bytes], rename: Rename) -> None:
    """Run a dump on the owner's connection. Names are changed in its statements, never in its rows."""
    statements: list[str] = []
    lines = iter(lines)
    with connections["owner"].cursor() as cursor:
        for line in lines:
            if COPY.match(line):
                _run(cursor, statements, rename)
                _copy(cursor, rename(line.decode()), _rows(lines))
            elif not dumping.NOISE.match(text := line.decode().rstrip("\n")):
                statements.append(text)
        _run(cursor, statements, rename)


def fingerprints_of(schema_name: str) -> dict[str, list[Any]]:
    """For each table how many rows it has, and a digest of them that no order of rows changes."""
    with connections["owner"].cursor() as cursor:
        return fingerprints(cursor, schema_name)


def fingerprints(cursor: Any, schema_name: str) -> dict[str, list[Any]]:
    """The same on any cursor; the texts of times must not depend on who asks."""
    cursor.execute("set local timezone = 'UTC'")
    cursor.execute("select tablename from pg_tables where schemaname = %s order by 1", [schema_name])
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(_digest(schema_name, table))
        count, digest = cursor.fetchone()
        found[table] = [count, str(digest)]
    return found


def _digest(schema_name: str, table: str) -> sql.Composed:
    asked = "select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from {} t"
    return sql.SQL(asked).format(sql.Identifier(schema_name, table))


def _rows(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Up to the end of one table. A dump that ends before is cut off."""
    for line in lines:
        if line == END:
            return
        yield line
    raise EOFError("the rows of a table have no end")


def _copy(cursor: Any, statement: str, rows: Iterator[bytes]) -> None:
    with cursor.copy(statement) as copy:
        while chunk := b"".join(itertools.islice(rows, ROWS_AT_ONCE)):
            copy.write(chunk)


def _run(cursor: Any, statements: list[str], rename: Rename) -> None:
    if statements:
        cursor.execute(rename("\n".join(statements)))
    statements.clear()
