"""The tests' databases: one template per state of the migrations, built once, and a copy for each process or test.

Loaded by pytest before the settings are (`-p tests.support.database`), because the settings read the address.
"""

import functools
import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import psycopg
from psycopg import sql

from huiguan.embedded import binaries, logins
from huiguan.embedded.folder import make_passable, run_folder
from huiguan.embedded.postgres import Postgres
from huiguan.embedded.testing import server
from huiguan.texts.compiling import compile_catalogues

gc.disable()  # until all is loaded and collected: see `conftest`
ROOT = Path(__file__).resolve().parents[2]
LOCK = 7_304_198  # any number: one process builds the template, the others wait


@functools.cache
def template_name(extra: str = os.environ.get("EXTRA_CAPABILITIES", "")) -> str:
    """Of all migrations, those of folders from elsewhere among them, the code that grants rights, and the cast."""
    digest = hashlib.sha256()
    patterns = ("*/migrations/*.py", "*/*/migrations/*.py", "platform/huiguan/*/migrations/*.py")
    files = {p for pattern in patterns for p in ROOT.glob(pattern)}
    files |= {ROOT / "tests/support/cast.py", *(ROOT / "platform/huiguan/tenancy").glob("*.py")}
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    for name in filter(None, extra.split(",")):
        for path in sorted(Path(str(resources.files(name) / "migrations")).glob("*.py")):
            digest.update(f"{name}/{path.name}".encode() + path.read_bytes())
    return f"huiguan_template_{digest.hexdigest()[:16]}"


def empty_name() -> str:
    """Of the template of a house that was migrated and has nobody in it."""
    return template_name("").replace("huiguan_template_", "huiguan_template_empty_")


def use(name: str) -> None:
    """Point the settings, read after this, at a database."""
    os.environ["DATABASE_URL"] = server().url("huiguan_app", name)
    os.environ["DATABASE_OWNER_URL"] = server().url("huiguan_owner", name)


def prepare() -> str:
    """A fresh database for this process."""
    name = f"huiguan_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with _superuser() as connection:
        _sweep(connection)
        _build_template(connection)
        copy_of(template_name(), name, connection)
    return name


def copy_of(template: str, name: str, connection: psycopg.Connection) -> None:
    _run(connection, "create database {} template {} owner huiguan_owner strategy file_copy", name, template)
    _run(connection, "grant connect on database {} to huiguan_app", name)


def drop(name: str) -> None:
    with _superuser() as connection:
        _run(connection, "drop database if exists {} with (force)", name)


@contextmanager
def fresh_copy(name: str, template: str = "") -> Iterator[str]:
    """A database of its own for a test that must commit; with the cast in it unless another template is named."""
    with _superuser() as connection:
        copy_of(template or template_name(), name, connection)
    try:
        yield name
    finally:
        drop(name)


def carry_to(other: Postgres) -> str:
    """The cast on a server of its own, which a test may kill: its roles, then its database, under the usual name."""
    roles = _dump("pg_dumpall", "postgres", "--roles-only", "--no-role-passwords")
    _play(roles, other.url("postgres", "postgres"))
    _play(_dump("pg_dump", template_name()), other.url("postgres", logins.DATABASE))
    return logins.DATABASE


def _dump(program: str, name: str, *options: str) -> bytes:
    command = [binaries.tool(program), *options, "--dbname", server().url("postgres", name)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _play(statements: bytes, address: str) -> None:
    """Roles that are there already are no obstacle."""
    command = [binaries.tool("psql"), "--quiet", "--no-psqlrc", "--output", os.devnull, address]
    subprocess.run(command, input=statements, stderr=subprocess.DEVNULL, check=True)


def _build_template(connection: psycopg.Connection) -> None:
    connection.execute("select pg_advisory_lock(%s)", [LOCK])
    try:
        _build(connection, empty_name(), _prepare_house)
        _build(connection, template_name(""), _fill, empty_name())
        _build(connection, template_name(), _migrate, template_name(""))
    finally:
        connection.execute("select pg_advisory_unlock(%s)", [LOCK])


def _build(connection: psycopg.Connection, name: str, fill: Callable[[str], None], base: str = "template1") -> None:
    if _exists(connection, name):
        return
    building = f"{name}_building"
    _run(connection, "drop database if exists {} with (force)", building)
    copy_of(base, building, connection)
    fill(building)
    _run(connection, "alter database {} rename to {}", building, name)


def _prepare_house(name: str) -> None:
    """With the schema that chambers are copied from: whoever opens some in a copy need not migrate one first."""
    _migrate(name, EXTRA_CAPABILITIES="")
    made = "import django; django.setup(); from huiguan.tenancy import provisioning; provisioning.template()"
    _python(name, "-c", made, EXTRA_CAPABILITIES="")


def _fill(name: str) -> None:
    _python(name, "-m", "tests.support.cast", EXTRA_CAPABILITIES="")


def _migrate(name: str, **variables: str) -> None:
    """As in a house that runs: a new folder's tables come to every chamber that is there by its migrations."""
    _python(name, "-m", "django", "migrate", "--spares", "0", **variables)


def _python(database: str, *arguments: str, **variables: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "huiguan.settings", **variables}
    environment["DATABASE_URL"] = server().url("huiguan_app", database)
    environment["DATABASE_OWNER_URL"] = server().url("huiguan_owner", database)
    done = subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    done.check_returncode()


def _sweep(connection: psycopg.Connection) -> None:
    """Databases of processes that are gone, and templates of other states of the code."""
    names = [n for (n,) in connection.execute("select datname from pg_database where datname like 'huiguan\\_te%'")]
    for name in names:
        numbers = [part for part in name.split("_") if part.isdigit()]  # others may follow the process: `…_4711_there`
        is_gone = name.startswith("huiguan_test_") and not any(Path(f"/proc/{pid}").exists() for pid in numbers)
        if is_gone:
            _run(connection, "drop database if exists {} with (force)", name)


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def _superuser() -> psycopg.Connection:
    return psycopg.connect(server().url("postgres", "postgres"), autocommit=True)


def _run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


os.environ.setdefault("MASTER_KEY", "dGVzdHMtdGVzdHMtdGVzdHMtdGVzdHMtdGVzdHMtISE=")
os.environ.setdefault("KEY_SECONDS", "86400")  # what a request asks the database does not depend on the hour
os.environ.setdefault("CHAMBER_SHARE", "0")  # a suite asks one chamber for more than any crowd of people does
os.environ.setdefault("MEDIA_ROOT", str(run_folder() / "test" / "files"))
compile_catalogues()  # first of all: the cast's messages keep the words of the day on which they were sent
DATABASE = prepare()
use(DATABASE)
make_passable(run_folder() / "static")  # where collected files would be
