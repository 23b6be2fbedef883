"""The embedded server: shared, gone with its last user, and back after a kill with everything that was committed."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from huiguan.embedded import binaries, cluster, first_logins, keeper, postgres
from huiguan.embedded.postgres import Postgres, PostgresError

Until = Callable[[Callable[[], bool]], None]


def keeper_pid(server: Postgres) -> int:
    return int((server.place / "keeper.lock").read_text().split()[0])


def test_a_server_answers_and_is_gone_when_its_user_leaves(cluster: Path) -> None:
    with Postgres(cluster) as server:
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("select current_user, current_database()").fetchone() == (
                "huiguan_app",
                "huiguan",
            )
        assert server.is_running()
    assert not server.is_running()
    assert server.pid is None


def test_it_stays_for_the_second_user_when_the_first_leaves(cluster: Path) -> None:
    with Postgres(cluster) as second:
        with Postgres(cluster) as first:
            assert first.pid == second.pid
        assert second.is_running()


def test_its_address_is_the_same_after_a_restart(cluster: Path) -> None:
    with Postgres(cluster) as server:
        before = server.url()
    with Postgres(cluster) as server:
        assert server.url() == before


def test_its_logins_are_made_once(cluster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_logins, "ensure", lambda *_: pytest.fail("was asked again"))
    with Postgres(cluster) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_it_takes_another_port_when_its_own_is_taken(cluster: Path) -> None:
    with Postgres(cluster) as server:
        before = server.port
    with socket.create_server(("127.0.0.1", before)), Postgres(cluster) as server, psycopg.connect(server.url()):
        assert server.port != before


def test_it_keeps_what_was_committed_when_it_is_killed(server: Postgres, until: Until) -> None:
    connection = psycopg.connect(server.url("huiguan_owner"))
    connection.execute("create table kept as select 1 as number")
    connection.commit()
    connection.execute("insert into kept values (2)")
    killed = server.pid
    assert killed
    os.kill(killed, signal.SIGKILL)
    connection.close()
    until(lambda: server.pid != killed and server.is_running())
    with psycopg.connect(server.url("huiguan_owner")) as connection:
        assert connection.execute("select number from kept").fetchall() == [(1,)]
        connection.execute("drop table kept")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each file is synced")
def test_after_a_kill_it_does_not_touch_each_file_of_each_chamber(server: Postgres) -> None:
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("show recovery_init_sync_method").fetchone() == ("syncfs",)
        assert connection.execute("show fsync").fetchone() == ("on",)


def test_a_killed_keeper_is_replaced_on_the_next_start(server: Postgres, until: Until) -> None:
    os.kill(keeper_pid(server), signal.SIGKILL)
    until(lambda: not server.is_running())
    server.start()
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_keeper_of_somebody_else_that_gives_up_is_not_waited_for(
    cluster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([True, True, False])
    monkeypatch.setattr(keeper, "is_at_work", lambda _place: next(answers))
    with pytest.raises(PostgresError, match="did not start"):
        Postgres(cluster).start()


def test_a_killed_user_leaves_no_server_behind(cluster: Path, until: Until) -> None:
    program = f"from huiguan.embedded.postgres import Postgres; from pathlib import Path; \
        Postgres(Path({str(cluster)!r})).start(); print('started', flush=True); input()"
    user = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with user:
        assert user.stdout and user.stdout.readline() == "started\n"
        assert keeper.is_at_work(cluster)
        user.kill()
    until(lambda: not keeper.is_at_work(cluster))
    assert not (cluster / "data" / "postmaster.pid").exists()


def test_a_pid_file_that_names_a_living_stranger_is_no_obstacle(cluster: Path) -> None:
    with Postgres(cluster) as server:
        noted = (cluster / "data" / "postmaster.pid").read_text()
    (cluster / "data" / "postmaster.pid").write_text(noted.replace(noted.split()[0], str(os.getpid()), 1))
    with Postgres(cluster) as server:
        assert server.is_running()


def test_a_pid_file_left_behind_is_not_taken_for_a_server_while_the_keeper_is_still_starting(cluster: Path) -> None:
    with Postgres(cluster) as server:
        noted = (cluster / "data" / "postmaster.pid").read_text()
    (cluster / "data" / "postmaster.pid").write_text(noted)
    with (cluster / "keeper.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        keeper.put_up(lock, 0)
        assert server.status() == "ready"
        assert not server.is_running()


def test_the_application_login_owns_nothing_and_may_create_nothing(server: Postgres) -> None:
    with psycopg.connect(server.url()) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("create table mine ()")
    with psycopg.connect(server.url()) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("set role huiguan_owner")


def test_the_owner_login_opens_a_chamber_and_hands_its_role_to_the_application(server: Postgres) -> None:
    with psycopg.connect(server.url("huiguan_owner")) as connection:
        connection.execute("create role ch_trial nologin")
        connection.execute("grant ch_trial to huiguan_app with inherit false, set true")
        connection.execute("create schema ch_trial")
        connection.rollback()


def test_no_login_works_without_its_password(server: Postgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host="127.0.0.1", port=server.port, user="postgres", password="guessed", dbname="postgres")


def test_passwords_can_be_read_by_their_owner_only(server: Postgres) -> None:
    files = list((server.place / "passwords").iterdir())
    assert len(files) == 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_lost_password_file_is_replaced_by_a_new_password(cluster: Path) -> None:
    (cluster / "passwords" / "huiguan_app").unlink()
    with Postgres(cluster) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to drop")
def test_as_root_the_server_runs_without_rights(server: Postgres) -> None:
    assert Path(f"/proc/{server.pid}").stat().st_uid == binaries.server_user() != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a home that others cannot pass")
def test_below_a_closed_folder_the_data_is_kept_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ELSEWHERE", tmp_path / "elsewhere")
    (tmp_path / "home").mkdir(mode=0o700)
    assert Postgres(tmp_path / "home" / "run").place.parent == tmp_path / "elsewhere"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops rights")
def test_programs_that_the_server_cannot_reach_are_copied_whole(
    reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "reachable", lambda path: False)
    copied = binaries.server_tool("postgres", reachable / "copy")
    said = subprocess.check_output([copied, "--version"], text=True)
    assert f"PostgreSQL) {binaries.MAJOR}." in said


def test_a_disk_that_is_full_is_not_told_as_damage() -> None:
    said = "HINT: some data is corrupted\nFATAL: could not write to file: No space left on device"
    for why in (postgres._why(said, free=10**9), postgres._why("", free=1000)):
        assert "corrupted" not in why
        assert "The disk is full" in why
        assert "磁盘已满" in why
    assert "some other reason" in postgres._why("FATAL: some other reason", free=10**9)


def test_files_of_another_version_are_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(PostgresError, match=r"9\.6"):
        cluster.create(tmp_path / "data", password="secret")
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["PG_VERSION"]


def test_an_interrupted_first_start_is_begun_again(reachable: Path) -> None:
    (reachable / "interrupted" / "data-incomplete").mkdir(parents=True)
    with Postgres(reachable / "interrupted", durable=False) as server:
        assert server.is_running()
