"""Behind PgBouncer in transaction mode a connection is another's after each commit (trap T15 of docs/security.md)."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import current_schema, in_chamber, in_federation
from tenants.members.models import Group
from tests.conftest import chamber
from tests.support.threads import together

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
POOL, THREADS, ROUNDS = 2, 6, 25
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

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed")


@pytest.fixture
def pooled(own_database: str) -> Iterator[None]:
    """The application's login goes through a pool of two server connections."""
    settings, port = connections["default"].settings_dict, free_port()
    before = {key: settings[key] for key in ("HOST", "PORT")}
    with TemporaryDirectory() as folder, running(Path(folder), own_database, port):
        point_to(HOST="127.0.0.1", PORT=port)
        yield
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


def test_no_read_through_a_shared_connection_is_another_chambers(pooled: None) -> None:
    both = chamber("changde"), chamber("shaoyang")
    for each in both:
        with acting_as(SYSTEM), in_chamber(each):
            Group.objects.create(name=each.slug)

    def work(number: int) -> tuple[list[Any], set[int]]:
        """What was read wrongly, and the server connections that were used."""
        wrong, used = [], set()
        for turn in range(ROUNDS):
            me = both[(number + turn) % 2]
            with in_chamber(me):
                disturb(turn)
                found = list(Group.objects.values_list("name", flat=True))
                wrong += [] if found == [me.slug] else [(me.slug, found)]
                used.add(backend())
        return wrong, used

    outcomes = together(work, range(THREADS))
    errors = [o for o in outcomes if isinstance(o, Exception)]
    assert errors == []
    assert [wrong for wrong, _used in outcomes if wrong] == []
    assert len(set.union(*(used for _wrong, used in outcomes))) <= POOL


def disturb(turn: int) -> None:
    """What leaves something behind in other engines: an error inside a savepoint, another place for a moment."""
    if turn % 3 == 0:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select 1 / 0")
    if turn % 5 == 0:
        with in_federation(), connection.cursor() as cursor:
            cursor.execute("select 1")


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_shared_connection_keeps_nothing_of_a_chamber(pooled: None) -> None:
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
