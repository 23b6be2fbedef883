"""The broker of a small house, a folder of files: kombu's own, except that a file is there as a whole or not at all.

Kombu makes a file and then fills it: a reader in between, or a disk that is full, made the worker end with an error
that it could meet again at every start.
"""

import time
import uuid
from json import dumps
from pathlib import Path
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

    def _queue_bind(self, exchange: str, *where: str) -> None:
        bind: Any = super()._queue_bind
        try:
            bind(exchange, *where)
        except ValueError:  # torn by a full disk; what it said is said again by everyone who starts
            (self.control_folder / f"{exchange}.exchange").unlink()
            bind(exchange, *where)


class Transport(filesystem.Transport):
    Channel = Channel
