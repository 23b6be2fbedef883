"""There is one `make up` per run folder: a lock that the kernel drops with its holder, so it is never stale."""

import errno
import fcntl
import json
import os
import socket
from pathlib import Path
from typing import IO, Any

from huiguan.embedded.keeper import is_locked


class AlreadyRunning(Exception):
    """Somebody has started it already; `.url` and `.pid` say where and who."""

    def __init__(self, *, url: str, pid: int) -> None:
        super().__init__(f"Huiguan is already running at {url} (process {pid}), or just starting.")
        self.url, self.pid = url, pid


class PortInUse(Exception):
    """The web server cannot listen where it should: another program does, or only the administrator may."""

    def __init__(self, port: int, *, is_reserved: bool = False) -> None:
        other = 8080 + port % 1000  # never the same
        english = "is reserved for the administrator" if is_reserved else "is in use by another program"
        chinese = "只有管理员才能使用" if is_reserved else "已被其他程序占用"
        super().__init__(
            f"Port {port} {english}. Choose another one: make up PORT={other}\n"
            f"端口 {port} {chinese}，请换一个：make up PORT={other}"
        )
        self.port = port


def claim(folder: Path, *, url: str) -> IO[str]:
    """Hold the run folder until the returned file is closed, or raise AlreadyRunning."""
    file = (folder / "up.lock").open("a+")
    if not is_locked(file, fcntl.LOCK_EX):
        file.close()
        raise AlreadyRunning(**running(folder))
    file.truncate(0)
    json.dump({"url": url, "pid": os.getpid()}, file)
    file.flush()
    return file


def is_up(folder: Path) -> bool:
    try:
        with (folder / "up.lock").open() as file:
            return not is_locked(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def running(folder: Path) -> dict[str, Any]:
    try:
        noted: dict[str, Any] = json.loads((folder / "up.lock").read_text())
    except (ValueError, FileNotFoundError):  # it is just starting
        return {"url": "http://localhost", "pid": 0}
    return noted


def check_port(port: int) -> None:
    """At both addresses of localhost: a browser that tries the other one first must not meet a stranger."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        refusal = _refusal(family, address, port)
        if refusal:
            raise PortInUse(port, is_reserved=refusal == errno.EACCES)


def _refusal(family: socket.AddressFamily, address: str, port: int) -> int:
    """Why nobody can listen there; 0 when one can, or when this machine has no such address."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return error.errno if error.errno in (errno.EADDRINUSE, errno.EACCES) else 0
    return 0
