"""There is one `make up` per run folder: a lock that the kernel drops with its holder, so it is never stale."""

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
        super().__init__(f"Huiguan is already running at {url} (process {pid}).")
        self.url, self.pid = url, pid


class PortInUse(Exception):
    """Another program listens where the web server wants to."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is in use by another program. Choose another one: make up PORT={port + 80}")
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
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortInUse(port) from error
