"""A real PostgreSQL server in a folder, from the wheel's programs: shared by its users, gone with the last of them."""

import contextlib
import fcntl
import hashlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from huiguan.embedded import binaries, cluster, keeper, logins
from huiguan.embedded.cluster import SUPERUSER, PostgresError
from huiguan.embedded.folder import free_bytes, make_passable, secret

__all__ = ["Postgres", "PostgresError"]

START_WITHIN_SECONDS = 600  # after a crash it reads its log first; one that cannot start ends, and is told at once
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "max_locks_per_transaction": "512",  # one transaction may create or drop a whole chamber
    "shared_preload_libraries": "",
    "log_checkpoints": "off",
    # four processes less that a small house has no use for
    "io_method": "sync",
    "max_logical_replication_workers": "0",
}
if sys.platform == "linux":  # after a crash one call, instead of one for each file of each chamber: minutes with 200
    SETTINGS["recovery_init_sync_method"] = "syncfs"
SEGMENT_BYTES = 16 * 1024 * 1024  # of the write-ahead log: it does not start without room for one
ELSEWHERE = Path("/var/lib/huiguan")
DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass
class Postgres:
    """`with Postgres(folder) as server: server.url()`. Any number of processes may do so at the same time."""

    folder: Path
    durable: bool = True
    _users: IO[str] | None = field(default=None, init=False, repr=False)
    _keeper: "subprocess.Popen[bytes] | None" = field(default=None, init=False, repr=False)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Use the server: the first user starts it, and one that has gone is started again."""
        make_passable(self.folder)
        make_passable(self.place)
        try:
            self._join()
            with self._alone():
                if not self.is_running():
                    cluster.create(self._data, password=self.password(SUPERUSER)[0])
                    self._launch()
                    self._ensure_logins()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Leave the server; the last one to leave stops it and waits for its end."""
        if self._users is None:
            return
        users, self._users = self._users, None
        with users:
            if keeper.is_locked(users, fcntl.LOCK_EX):  # nobody else: newcomers wait until it is closed
                keeper.send_home(self.place)
        if self._keeper is not None:
            self._keeper.poll()

    def is_running(self) -> bool:
        """A pid file left behind says ready too: it must be the very process that the keeper looks after."""
        return self.status() == "ready" and self.pid == keeper.server_of(self.place)

    def status(self) -> str:
        """What the server last wrote about itself: starting, ready, stopping; empty when there is none."""
        lines = self._pid_file()
        return lines[keeper.STATUS_LINE].strip() if len(lines) > keeper.STATUS_LINE else ""

    @property
    def pid(self) -> int | None:
        lines = self._pid_file()
        return int(lines[0]) if lines else None

    @property
    def port(self) -> int:
        return int((self.place / "port").read_text())

    @property
    def log(self) -> Path:
        return self.place / "server.log"

    def url(self, role: str = logins.APP, database: str = logins.DATABASE) -> str:
        """The address for one of our two logins, or for the superuser `postgres`."""
        return f"postgres://{role}:{self.password(role)[0]}@127.0.0.1:{self.port}/{database}"

    def password(self, role: str) -> tuple[str, bool]:
        """The role's password, and whether it was made just now."""
        return secret(self.place / "passwords" / role)

    @property
    def place(self) -> Path:
        """The folder itself; elsewhere when the server's user could never reach it, as below root's closed home."""
        if binaries.reachable(self.folder / "data"):
            return self.folder
        return ELSEWHERE / hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]

    @property
    def _data(self) -> Path:
        return self.place / "data"

    def _join(self) -> None:
        if self._users is None:
            self._users = (self.place / "users.lock").open("a")
            fcntl.flock(self._users, fcntl.LOCK_SH)  # waits while a former server is still stopping

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.place / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _launch(self) -> None:
        """Start the keeper unless one is at work, and wait until the server answers."""
        said_before, self._keeper = self.log.stat().st_size if self.log.exists() else 0, None
        if not keeper.is_at_work(self.place):
            (self.place / "keeper.lock").write_text("")  # what a killed keeper noted
            self._keeper = self._start_keeper()
        deadline = time.monotonic() + START_WITHIN_SECONDS
        while not self.is_running():
            if self._has_given_up() or time.monotonic() > deadline:
                raise PostgresError(_why(self._log_since(said_before), free_bytes(self.place)))
            time.sleep(0.02)

    def _ensure_logins(self) -> None:
        """Asked of the server once for its files, and again for a password file that was lost."""
        passwords = {role: self.password(role) for role in logins.RIGHTS}
        done = self._data / "huiguan-logins"
        if not done.exists() or any(is_new for _value, is_new in passwords.values()):
            from huiguan.embedded import first_logins  # imported late: `make up` does without psycopg

            first_logins.ensure(self.url(SUPERUSER, "postgres"), passwords)
            done.touch()

    def _has_given_up(self) -> bool:
        """The keeper, ours or one that somebody else has started."""
        return not keeper.is_at_work(self.place) if self._keeper is None else self._keeper.poll() is not None

    def _start_keeper(self) -> "subprocess.Popen[bytes]":
        orders = {
            "command": [str(binaries.server_tool("postgres", self.place)), "-D", str(self._data), *self._settings()],
            "folder": str(self._data),
            "log": str(self.log),
            "options": {**binaries.as_server_user(), "env": binaries.environment()},
        }
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", keeper.__file__, json.dumps(orders)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for those who use the server
            )

    def _settings(self) -> list[str]:
        durability = dict.fromkeys(DURABILITY, "on" if self.durable else "off")
        settings = {**SETTINGS, **durability, "port": str(self._free_port())}
        return [f"--{name}={value}" for name, value in settings.items()]

    def _free_port(self) -> int:
        """The port of last time when it is free, so that addresses stay valid after a restart."""
        file = self.place / "port"
        former = int(file.read_text() or 0) if file.exists() else 0
        for candidate in (former, 0):
            with socket.socket() as probe, contextlib.suppress(OSError):
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", candidate))
                port = int(probe.getsockname()[1])
                file.write_text(str(port))
                return port
        raise PostgresError("No free port on 127.0.0.1. 本机没有空闲端口。")

    def _pid_file(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _log_since(self, size: int) -> str:
        with self.log.open(errors="replace") as log:
            log.seek(size)
            return "".join(log.readlines()[-15:])


def _why(said: str, free: int) -> str:
    """Without its guess at damage where the disk is just full, and perhaps has no room for the log either."""
    if "No space left on device" in said or free < SEGMENT_BYTES:
        return (
            "The disk is full: PostgreSQL cannot work until some space is free. What was saved is not lost.\n"
            "磁盘已满，数据库无法工作。请先清理空间；已保存的数据没有丢失。"
        )
    return f"PostgreSQL did not start. It said: 数据库未能启动，它的说明：\n{said}"
