"""Servers on this machine that stand for the outside: what they were sent, and what they shall answer."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    """One request as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class HttpSink:
    """`reply` answers with a status and a body; `connections` counts who connected, whatever they then said."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    reply: Callable[[Received], tuple[int, bytes]] = lambda request: (200, b"{}")
    headers: dict[str, str] = field(default_factory=dict)
    connections: int = 0


@contextmanager
def http_sink(context: ssl.SSLContext | None = None) -> Iterator[HttpSink]:
    sink = HttpSink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            sink.received.append(request)
            status, said = sink.reply(request)
            self.send_response(status)
            for name, value in sink.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_arguments: Any) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def get_request(self) -> tuple[socket.socket, Any]:
            connection, address = super().get_request()
            sink.connections += 1
            return (context.wrap_socket(connection, server_side=True) if context else connection), address

        def handle_error(self, *_arguments: Any) -> None:
            return

    with _running(Server(("127.0.0.1", 0), Handler)) as server:
        sink.port = server.server_address[1]
        yield sink


@dataclass
class SmtpSink:
    """`answers` replaces what it says to a command, for instance {"RCPT": "550 5.1.1 no such user"}."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


@contextmanager
def smtp_sink() -> Iterator[SmtpSink]:
    sink = SmtpSink()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 sink")
            for line in iter(self.rfile.readline, b""):
                command = line.decode().strip().upper()
                word = command[:4]
                if word in sink.answers:
                    self.say(sink.answers[word])
                elif word == "DATA":
                    self.take_mail()
                else:
                    self.say("221 bye" if word == "QUIT" else "250 ok")

        def take_mail(self) -> None:
            self.say("354 go on")
            sink.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say(sink.answers.get("END", "250 taken"))

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with _running(Server(("127.0.0.1", 0), Handler)) as server:
        sink.port = server.server_address[1]
        yield sink


@contextmanager
def _running(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
