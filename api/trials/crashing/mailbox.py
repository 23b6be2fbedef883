"""A mail server that outlives the house and counts what each recipient would see: a letter for each Message-ID."""

import re
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from api.trials.crashing.noting import Notes

MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(\S+)")


@dataclass
class Mailbox:
    """`seen` counts how often each Message-ID came. A mail programme shows the second of the same one no more."""

    port: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def letters(self) -> int:
        return len(self.seen)

    def take(self, letter: bytes) -> None:
        found = MESSAGE_ID.search(letter)
        self.seen[found[1].decode() if found else f"without one {len(self.seen)}"] += 1

    def wrong(self, notes: Path) -> list[str]:
        """A mail for each follow-up that was handed over and acknowledged; no more than were tried."""
        told = Notes.read(notes)
        least, most = len(told.kept["notice"]), len(told.tried["notice"])
        return [] if least <= self.letters <= most else [f"{self.letters} mails for {least} to {most} follow-ups"]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in iter(self.rfile.readline, b""):
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    box.take(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")

        def finish(self) -> None:
            """Whoever was killed hears no answer."""
            try:
                super().finish()
            except OSError:
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, *_arguments: object) -> None:
            return

    with Server(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()
