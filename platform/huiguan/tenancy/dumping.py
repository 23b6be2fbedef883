"""A schema as SQL, by pg_dump: what a template is replayed from, and what tests compare."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.conf import settings

from huiguan.embedded import binaries

NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*|CREATE SCHEMA .*|)$")


class NoDumpProgram(RuntimeError):
    """No pg_dump was found, or it is older than the server: a new schema is then migrated step by step."""


def schema_sql(name: str) -> str:
    """Tables, constraints, indexes and seed rows of a schema, without owners and grants; each name is qualified."""
    command = [program("pg_dump"), "--schema", name, "--no-owner", "--no-privileges", "--inserts", "--no-comments"]
    done = subprocess.run(command, env=login(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoDumpProgram(done.stderr.strip())
    return "\n".join(line for line in done.stdout.splitlines() if not NOISE.match(line))


def program(name: str) -> str:
    """A PostgreSQL program: from PG_BIN, from the embedded server, or from the path."""
    if (folder := settings.PG_BIN) and (Path(folder) / name).exists():
        return str(Path(folder) / name)
    if (embedded := binaries.tool(name)).exists():
        return str(embedded)
    if found := shutil.which(name):
        return found
    raise NoDumpProgram(name)


def login() -> dict[str, str]:
    """The owner's login for a PostgreSQL program: in its environment, because anybody may read its arguments."""
    owner = settings.DATABASES["owner"]
    names = {"PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    said = {variable: str(owner[name]) for variable, name in names.items()}
    host, port = str(owner["HOST"] or "127.0.0.1"), str(owner["PORT"] or 5432)
    where = {"PGHOST": host, "PGPORT": port, "PGCONNECT_TIMEOUT": "5"}
    return {**os.environ, **said, **where}
