"""Behind PgBouncer in transaction mode a connection is another's after each commit (trap T15 of docs/security.md)."""

import os
import pwd
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from huiguan.actors import SYSTEM, acting_as
from huiguan.embedded.testing import server
from huiguan.tenancy.binding import current_schema, in_chamber, in_federation
from huiguan.tenancy.models import Chamber
from tenants.members.models import Group
from tests.conftest import chamber
from tests.support.threads import together

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
POOL, THREADS, ROUNDS = 2, 6, 40
UNTIL_CANCELLED = "select pg_sleep(60)"
CANCEL = """
with busy as materialized (
    select pid from pg_stat_activity
    where datname = current_database() and usename = 'huiguan_app' and state = 'active'
)
select pid from busy where pg_cancel_backend(pid)
"""
CONFIGURATION = """
[databases]
{name} = host={host} port={server_port} dbname={name} user={user} password={password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
auth_type = any
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 50
ignore_startup_parameters = options
unix_socket_dir =
"""

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="pgbouncer is not installed (Debian: apt-get install pgbouncer)"
)


@pytest.fixture
def pooled(own_database: str) -> Iterator[str]:
    """The application's login goes through a pool of two server connections."""
    settings, port = connections["default"].settings_dict, free_port()
    before = {key: settings[key] for key in ("HOST", "PORT")}
    with TemporaryDirectory() as folder, running(Path(folder), own_database, port):
        point_to(HOST="127.0.0.1", PORT=port)
        yield own_database
        point_to(**before)


def point_to(**where: Any) -> None:
    """This thread's connection and those that other threads will make."""
    connections["default"].close()
    connections["default"].settings_dict.update(where)
    connections.settings["default"].update(where)


@contextmanager
def running(folder: Path, name: str, port: int) -> Iterator[None]:
    """PgBouncer refuses to be root: it becomes nobody, and reads its file as such."""
    file = folder / "pgbouncer.ini"
    file.write_text(configuration(name, port))
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        os.chown(file, nobody.pw_uid, nobody.pw_gid)
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid}
    with subprocess.Popen([str(PROGRAM), "-q", str(file)], cwd="/", **who) as program:
        wait_for(program, port)
        yield
        program.terminate()


def configuration(name: str, port: int) -> str:
    database = connections["default"].settings_dict
    where = {"host": database["HOST"], "server_port": database["PORT"]}
    login = {"user": database["USER"], "password": database["PASSWORD"]}
    return CONFIGURATION.format(name=name, port=port, pool=POOL, **where, **login)


def wait_for(program: "subprocess.Popen[bytes]", port: int) -> None:
    for _attempt in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with suppress(subprocess.TimeoutExpired):
            program.wait(timeout=0.05)
            break
    pytest.fail("pgbouncer did not start")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_no_read_through_a_shared_connection_is_another_chambers(pooled: str) -> None:
    both = chamber("changde"), chamber("shaoyang")
    for each in both:
        with acting_as(SYSTEM), in_chamber(each):
            Group.objects.create(name=each.slug)

    def work(number: int) -> Work:
        """Of two chambers in turn, whatever happens to its statements."""
        done = Work()
        for turn in range(ROUNDS):
            done.read(both[(number + turn) % 2], turn)
        return done

    with cancelling_statements(pooled):
        outcomes = together(work, range(THREADS))
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert [wrong for each in outcomes for wrong in each.wrong] == []
    assert sum(each.right for each in outcomes) > THREADS * ROUNDS / 2
    assert sum(each.failed for each in outcomes) >= THREADS * ROUNDS / 4
    assert len(set.union(*(each.servers for each in outcomes))) <= POOL


@dataclass
class Work:
    """What one thread read, and from which of the server's processes."""

    right: int = 0
    failed: int = 0
    wrong: list[Any] = field(default_factory=list)
    servers: set[int] = field(default_factory=set)

    def read(self, me: Chamber, turn: int) -> None:
        try:
            with in_chamber(me):
                disturb(turn)
                found, used = list(Group.objects.values_list("name", flat=True)), backend()
        except DatabaseError:
            self.failed += 1
            return
        self.servers.add(used)
        if found == [me.slug]:
            self.right += 1
        else:
            self.wrong.append((me.slug, found))


@contextmanager
def cancelling_statements(name: str) -> Iterator[None]:
    """An impatient administrator, past the pool: again and again whatever runs is cancelled."""
    stop = threading.Event()

    def cancel() -> None:
        with psycopg.connect(server().url("postgres", name), autocommit=True) as administrator:
            while not stop.wait(0.001):
                administrator.execute(CANCEL)

    thread = threading.Thread(target=cancel)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def disturb(turn: int) -> None:
    """What leaves something behind in other engines: an error or a cancelled statement inside a savepoint, a cancelled
    statement that ends the transaction, another place for a moment."""
    if turn % 4 == 1:
        with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(UNTIL_CANCELLED if turn % 8 == 1 else "select 1 / 0")
    if turn % 4 == 2:
        with connection.cursor() as cursor:
            cursor.execute(UNTIL_CANCELLED)
    if turn % 5 == 0:
        with in_federation(), connection.cursor() as cursor:
            cursor.execute("select 1")


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_shared_connection_keeps_nothing_of_a_chamber(pooled: str) -> None:
    here = chamber("changde")
    with in_chamber(here):
        Group.objects.count()
        assert current_schema() == here.schema_name
    for _turn in range(2 * POOL):
        with connection.cursor() as cursor:
            cursor.execute("select current_user, current_setting('search_path')")
            assert cursor.fetchone() == ("huiguan_app", '"$user", public')


def test_a_pool_that_is_gone_is_an_error_and_no_answer(own_database: str) -> None:
    here, before = chamber("changde"), connections["default"].settings_dict["PORT"]
    point_to(PORT=free_port())
    try:
        with pytest.raises(OperationalError), in_chamber(here):
            Group.objects.count()
    finally:
        point_to(PORT=before)
