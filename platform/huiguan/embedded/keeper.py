"""Keep one PostgreSQL server alive for as long as somebody uses it.

A process of its own, started by path with the standard library only (about 10 MB). It is the server's parent, so a
killed server is reaped and started again at once; and it watches the lock that every user of the server holds, so the
server ends with its last user, however that user went. If the keeper is killed, the kernel has the server shut down.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

LOOK_EVERY_SECONDS = 0.2
GIVE_UP_AFTER_SECONDS = 20
LIVED_SECONDS = 5
STOP_WITHIN_SECONDS = 90  # a slow disk; one that is hurried loses nothing and starts more slowly
LOG_BYTES = 8 * 1024 * 1024
STATUS_LINE = 7  # of postmaster.pid, counted from 0: "starting", "ready", "stopping"


class Keeper:
    def __init__(self, *, command: list[str], folder: str, log: str, options: dict[str, Any]) -> None:
        self.command, self.folder, self.log, self.options = command, Path(folder), Path(log), options
        self.asked_to_stop = False
        self.failing_since: float | None = None

    def keep(self, users: IO[str], notice: IO[str]) -> int:
        while not self.asked_to_stop:
            server = self.start()
            put_up(notice, server.pid)
            while server.poll() is None:
                if self.asked_to_stop or self.is_unused(users):
                    return self.stop(server)
                self.trim_log()
                time.sleep(LOOK_EVERY_SECONDS)
            if self.has_failed_too_long():
                return 1
        return 0

    def start(self) -> subprocess.Popen[bytes]:
        self.disown_former_server()
        self.started_at = time.monotonic()
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,
                **self.options,
            )

    def disown_former_server(self) -> None:
        """A pid file left by a kill may name a zombie, or by now a stranger's process.

        PostgreSQL takes a pid file that names its own parent as stale, but still checks the shared memory recorded in
        it, so two generations can never write the same files.
        """
        pid_file = self.folder / "postmaster.pid"
        if not pid_file.exists():
            return
        with pid_file.open("r+") as file:  # in place: a full disk has no room for a second copy
            lines = file.readlines()
            file.seek(0)
            file.writelines([f"{os.getpid()}\n", *lines[1:STATUS_LINE]])
            file.truncate()

    def is_unused(self, users: IO[str]) -> bool:
        """True when no user is left; then newcomers wait at the lock until the server has stopped."""
        return is_locked(users, fcntl.LOCK_EX)

    def stop(self, server: subprocess.Popen[bytes]) -> int:
        for request in (signal.SIGINT, signal.SIGQUIT):  # fast, then immediate
            server.send_signal(request)
            try:
                server.wait(STOP_WITHIN_SECONDS)
                return 0
            except subprocess.TimeoutExpired:
                continue
        return 1

    def has_failed_too_long(self) -> bool:
        """A server that lived a while is simply started again; one that never comes up is left to the one who asked."""
        now = time.monotonic()
        if now - self.started_at > LIVED_SECONDS or self.failing_since is None:
            self.failing_since = now
        time.sleep(LOOK_EVERY_SECONDS)
        return now - self.failing_since > GIVE_UP_AFTER_SECONDS

    def trim_log(self) -> None:
        if self.log.stat().st_size > LOG_BYTES:
            with contextlib.suppress(OSError):  # a full disk loses the old log, never the server
                shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)

    def ask_to_stop(self, *_: object) -> None:
        self.asked_to_stop = True


def put_up(notice: IO[str], server: int) -> None:
    """Say beside the lock who keeps the server and which process it is; 0 before there is one."""
    notice.truncate(0)
    print(os.getpid(), server, file=notice, flush=True)


def server_of(place: Path) -> int:
    """The server that a keeper started here and still looks after, else 0."""
    with (place / "keeper.lock").open("a+") as lock:
        return 0 if is_locked(lock, fcntl.LOCK_SH) else _noted(lock)[1]


def is_at_work(place: Path) -> bool:
    """Whether a keeper holds this place."""
    with (place / "keeper.lock").open("a") as lock:
        return not is_locked(lock, fcntl.LOCK_SH)


def send_home(place: Path) -> None:
    """Ask the keeper to stop its server, and wait until both are gone."""
    with (place / "keeper.lock").open("a+") as lock:
        deadline = time.monotonic() + 2 * STOP_WITHIN_SECONDS
        asked = 0
        while not is_locked(lock, fcntl.LOCK_SH) and time.monotonic() < deadline:
            keeper = _noted(lock)[0]
            if keeper != asked:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(keeper, signal.SIGTERM)
                asked = keeper
            time.sleep(0.02)


def main() -> int:
    keeper = Keeper(**json.loads(sys.argv[1]))
    signal.signal(signal.SIGTERM, keeper.ask_to_stop)
    signal.signal(signal.SIGINT, keeper.ask_to_stop)
    place = keeper.log.parent
    with (place / "keeper.lock").open("a") as own, (place / "users.lock").open("a") as users:
        fcntl.flock(own, fcntl.LOCK_EX)
        put_up(own, 0)
        return keeper.keep(users, own)


def is_locked(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _noted(lock: IO[str]) -> tuple[int, int]:
    """Keeper and server; zeros while it is being written."""
    lock.seek(0)
    words = lock.read().split()
    return (int(words[0]), int(words[1])) if len(words) == 2 else (0, 0)


def _end_with_parent() -> None:
    """Linux only; elsewhere a server whose keeper was killed stays until the next start takes over."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


if __name__ == "__main__":
    sys.exit(main())
