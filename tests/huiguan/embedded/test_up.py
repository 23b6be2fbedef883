"""`huiguan up`: clear words when it cannot, and nothing left when it ends."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.request import urlopen

import pytest

from huiguan.embedded import environment, instance, keeper, up
from huiguan.embedded.postgres import Postgres
from huiguan.embedded.terminal import Terminal

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free_port(busy_port: int) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def house(cluster: Path, free_port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator["subprocess.Popen[str]"]:
    monkeypatch.setenv("HUIGUAN_RUN_DIR", str(cluster.parent))
    monkeypatch.setenv("PORT", str(free_port))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    script = Path(__file__).with_name("small_house.py")
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as house:
        yield house
        house.kill()


def read_until(house: "subprocess.Popen[str]", word: str) -> str:
    assert house.stdout
    said = ""
    for line in house.stdout:
        said += line
        if word in line:
            return said
    raise AssertionError(f"never said {word}: {said}")


def test_it_opens_comes_through_a_kill_of_the_database_and_closes_without_a_trace(
    house: "subprocess.Popen[str]", cluster: Path, free_port: int
) -> None:
    read_until(house, "Ready")
    assert urlopen(f"http://127.0.0.1:{free_port}").read() == b"welcome"
    pid = Postgres(cluster).pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    read_until(house, "PostgreSQL is back")
    house.send_signal(signal.SIGINT)
    read_until(house, "Stopped")
    assert house.wait(10) == 0
    assert not keeper.is_at_work(cluster)
    instance.check_port(free_port)


def test_when_it_is_killed_the_database_stops_and_it_can_start_again(
    house: "subprocess.Popen[str]", cluster: Path, free_port: int, until: Until
) -> None:
    read_until(house, "Ready")
    house.kill()
    until(lambda: not keeper.is_at_work(cluster))
    assert not instance.is_up(cluster.parent)


def test_a_second_one_says_where_the_first_is(run_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_dir.mkdir()
    with instance.claim(run_dir, url="http://localhost:8123"):
        assert up.main([]) == 0
    assert f"already running at http://localhost:8123 (process {os.getpid()})" in capsys.readouterr().out


def test_two_started_at_once_are_one_house(house: "subprocess.Popen[str]") -> None:
    assert house.stdout
    house.stdout.readline()  # it has begun, and is far from ready
    script = Path(__file__).with_name("small_house.py")
    second = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert second.returncode == 0
    assert f"(process {house.pid})" in second.stdout
    assert "已经在运行" in second.stdout
    read_until(house, "Ready")


def test_a_note_left_by_a_killed_one_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "up.lock").write_text('{"url": "http://localhost:8000", "pid": 1}')
    with instance.claim(tmp_path, url="http://localhost:8123"):
        assert instance.running(tmp_path) == {"url": "http://localhost:8123", "pid": os.getpid()}


def test_a_port_in_use_is_named_with_the_way_out(
    run_dir: Path, busy_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", str(busy_port))
    assert up.main([]) == 1
    said = capsys.readouterr().err
    assert f"Port {busy_port} is in use" in said
    assert f"端口 {busy_port} 已被其他程序占用" in said
    assert said.count("make up PORT=") == 2
    assert not (run_dir / "postgres").exists()


def test_a_port_taken_at_the_other_address_of_localhost_is_in_use_too(free_port: int) -> None:
    with socket.socket(socket.AF_INET6) as listener:
        try:
            listener.bind(("::1", free_port))
        except OSError:
            pytest.skip("this machine has no ::1")
        listener.listen()
        with pytest.raises(instance.PortInUse, match="in use"):
            instance.check_port(free_port)
    instance.check_port(free_port)


def test_a_port_for_the_administrator_is_told_from_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(instance.PortInUse, match=r"reserved for the administrator(.|\n)*只有管理员"):
        instance.check_port(80)


@pytest.mark.parametrize("port", [80, 443, 8000, 8080, 9000, 65535])
def test_the_port_that_is_proposed_is_another_and_possible(port: int) -> None:
    proposed = int(str(instance.PortInUse(port)).rpartition("PORT=")[2])
    assert proposed != port
    assert 1024 <= proposed < 65536


def test_a_port_that_is_no_number_is_refused(
    run_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "http")
    assert up.main([]) == 1
    assert "PORT must be a number" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_named_with_the_way_out(
    tmp_path: Path, run_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("HUIGUAN_RUN_DIR", str(tmp_path / "file" / "run"))
    assert up.main([]) == 1
    said = capsys.readouterr().err
    assert str(tmp_path / "file" / "run") in said
    assert "HUIGUAN_RUN_DIR" in said


def test_a_full_disk_is_told_before_anything_is_begun(
    run_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10_000_000))
    assert up.main([]) == 1
    said = capsys.readouterr().err
    assert "nearly full (9 MB free" in said
    assert "磁盘空间不足" in said
    assert not (run_dir / "postgres").exists()


@pytest.mark.parametrize(
    ("number", "name"), [(errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system")]
)
def test_a_disk_that_refuses_in_the_middle_is_named(
    run_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, name: str
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(number, os.strerror(number), str(run_dir / "postgres"))

    monkeypatch.setattr(up.Supervisor, "open", refuse)
    assert up.main([]) == 1
    said = capsys.readouterr().err
    assert f"Cannot write {run_dir / 'postgres'}: {name}" in said
    assert "请检查磁盘" in said
    assert not instance.is_up(run_dir)


def test_a_disk_that_fills_while_it_runs_is_told_once_and_again_after_it_was_free(
    run_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    supervisor = up.Supervisor(Terminal(), port=8000)
    told = []
    for free in (10**9, 10**7, 10**7, 10**9, 10**7):
        monkeypatch.setattr(up, "free_bytes", lambda _folder, free=free: free)
        supervisor.look_after_disk()
        said = capsys.readouterr().err
        assert ("nearly full" in said) == ("磁盘空间不足" in said)
        told.append("nearly full" in said)
    assert told == [False, True, False, False, True]


def test_a_web_process_never_holds_the_owners_login(server: Postgres, run_dir: Path) -> None:
    variables = environment.variables(server)
    assert "huiguan_owner" in variables["DATABASE_OWNER_URL"]
    assert "huiguan_owner" not in str(environment.for_web(variables))


def test_a_database_of_ones_own_replaces_the_embedded_one(run_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.uses_embedded_server()
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    assert not environment.uses_embedded_server()
    assert "DATABASE_URL" not in environment.variables(None)
