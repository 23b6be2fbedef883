"""Programs under supervision: started again when they end, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from huiguan.embedded import processes
from huiguan.embedded.processes import Program

Until = Callable[[Callable[[], bool]], None]
WAITS = "import time; time.sleep(60)"


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def start(tmp_path: Path, told: list[str]) -> Callable[[str], Program]:
    def start(code: str) -> Program:
        program = Program("clerk", [sys.executable, "-S", "-c", code], dict(os.environ), tmp_path, told.append)
        program.pause = 0.001
        program.start()
        return program

    return start


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_killed_program_is_started_again_and_the_person_is_told(
    start: Callable[[str], Program], told: list[str], until: Until
) -> None:
    program = start(WAITS)
    assert program.process
    first = program.process.pid
    os.kill(first, signal.SIGKILL)

    def is_back() -> bool:
        program.look_after()
        return program.process is not None and program.process.pid != first and program.is_running()

    until(is_back)
    program.make_sure_it_stopped(time.monotonic())
    assert "ended by SIGKILL" in told[0]
    assert "starting again" in told[1]


def test_a_program_that_keeps_ending_is_started_ever_later(start: Callable[[str], Program], until: Until) -> None:
    program = start("raise SystemExit(3)")
    pauses = {program.pause}

    def has_paused_four_times() -> bool:
        program.look_after()
        pauses.add(program.pause)
        return len(pauses) > 4

    until(has_paused_four_times)
    assert sorted(pauses) == [0.001 * 2**n for n in range(5)]
    program.make_sure_it_stopped(time.monotonic())


def test_what_a_killed_program_started_ends_with_it(start: Callable[[str], Program], until: Until) -> None:
    code = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-S', '-c', {WAITS!r}]).pid, flush=True)"
    program = start(f"{code}; {WAITS}")
    until(lambda: bool(program.last_lines))
    assert program.process
    program.process.kill()
    until(lambda: not program.is_running())
    program.look_after()
    until(lambda: is_gone(int(program.last_lines[0])))


def test_a_program_that_will_not_stop_is_ended(start: Callable[[str], Program], until: Until) -> None:
    program = start(f"import signal; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); {WAITS}")
    until(lambda: bool(program.last_lines))
    program.ask_to_stop()
    program.make_sure_it_stopped(time.monotonic() + 0.1)
    assert not program.is_running()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel does it on Linux only")
def test_programs_end_with_a_killed_supervisor(tmp_path: Path, until: Until) -> None:
    code = (
        "import os, pathlib; from huiguan.embedded.processes import Program; "
        f"command, log = [{sys.executable!r}, '-S', '-c', {WAITS!r}], pathlib.Path({str(tmp_path)!r}); "
        "p = Program('clerk', command, os.environ, log, print); "
        "p.start(); print(p.process.pid, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as supervisor:
        assert supervisor.stdout
        child = int(supervisor.stdout.readline())
        supervisor.kill()
    until(lambda: is_gone(child))


def test_every_line_is_logged_and_only_the_important_ones_are_told(
    start: Callable[[str], Program], told: list[str], tmp_path: Path
) -> None:
    program = start("print('served a page'); print('ERROR the queue is gone')")
    program.wait()
    assert told == ["clerk: ERROR the queue is gone"]
    log = (tmp_path / "clerk.log").read_text()
    assert "served a page" in log
    assert "queue is gone" in log


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the kernel offers no full disk")
def test_a_full_disk_costs_lines_of_the_log_and_nothing_else(
    start: Callable[[str], Program], told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "clerk.log").symlink_to("/dev/full")
    program = start("print('served a page'); print('ERROR the queue is gone')")
    assert program.wait() == 0
    assert told == ["clerk: ERROR the queue is gone"]
    assert not program._reader.is_alive()


def test_a_failed_step_is_told_in_one_line(start: Callable[[str], Program], told: list[str]) -> None:
    program = start("print('counting'); 1 / 0")
    assert program.wait() == 1
    assert program.last_important() == "ZeroDivisionError: division by zero"
    assert not any("File" in line for line in told)


def test_a_step_that_takes_long_says_so(
    start: Callable[[str], Program], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STILL_AT_WORK_SECONDS", 0.01)
    assert start("import time; time.sleep(0.1)").wait() == 0
    assert "still at work" in told[0]
