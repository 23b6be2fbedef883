"""The broker of a small house, a folder of files: kombu's own, except that a file is there as a whole or not at all.

Kombu makes a file and then fills it: a reader in between, or a disk that is full, made the worker end with an error
that it could meet again at every start. And it takes one by way of the system's folder for temporary files, which on
another disk is a copy that two workers can make at once.
"""

import fcntl
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from json import dumps, loads
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]  # two names in kombu
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        whole = Path(self.data_folder_out) / name
        half = whole.with_name(f".{name}")  # no reader takes it: its queue would be another
        try:
            half.write_text(dumps(payload), encoding="utf-8")
            half.rename(whole)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise ChannelError(f"Cannot write to {self.data_folder_out}: {error.strerror}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The oldest one. Of two who reach for it at once, one gets it."""
        folder = Path(self.data_folder_in)
        for file in sorted(each for each in folder.iterdir() if each.name.partition(".")[2] == f"{queue}.msg"):
            taken = file.with_name(f".{file.name}.taken")
            try:
                file.rename(taken)
            except OSError:
                continue
            content = taken.read_text(encoding="utf-8")
            taken.unlink()
            return loads(content)
        raise Empty

    def _queue_bind(self, exchange: str, *where: str) -> None:
        bind: Any = super()._queue_bind
        with self._alone(fcntl.LOCK_EX):  # two workers begin at the same moment
            try:
                bind(exchange, *where)
            except ValueError:  # torn by a full disk; what it said is said again by everyone who starts
                (self.control_folder / f"{exchange}.exchange").unlink()
                bind(exchange, *where)

    def get_table(self, exchange: str) -> Any:
        """Not while somebody is writing it."""
        with self._alone(fcntl.LOCK_SH):
            return super().get_table(exchange)  # type: ignore[no-untyped-call]

    @contextmanager
    def _alone(self, kind: int) -> Iterator[None]:
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / ".lock").open("a") as lock:
            fcntl.flock(lock, kind)
            yield


class Transport(filesystem.Transport):
    Channel = Channel
