"""The sandbox over HTTP: Stripe's API under /v1, hosted pages beside it."""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from billing.sandbox.api import answer
from billing.sandbox.deliveries import Courier
from billing.sandbox.pages import respond
from billing.sandbox.store import HERE, Store

Respond = Callable[[str, list[tuple[str, str]]], Any]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not logged: the desk shows what happened."""


class Sandbox:
    """A running sandbox: `with Sandbox(path) as sandbox: StripeClient(…, base_addresses={"api": sandbox.address})`."""

    def __init__(self, path: Path | str = ":memory:", port: int = 0, delivering: bool = True) -> None:
        self.store = Store(path)
        self._server = make_server("127.0.0.1", port, self._application, server_class=_Server, handler_class=_Quiet)
        self.address = f"http://localhost:{self._server.server_port}"
        self.store.set("address", self.address)
        self._courier = Courier(self.store) if delivering else None
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True, name="stripe-sandbox")

    def start(self) -> None:
        self._thread.start()
        if self._courier:
            self._courier.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        if self._courier:
            self._courier.stop()
        self.store.close()

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def wait(self) -> None:
        self._thread.join()

    def _application(self, environ: dict[str, Any], start: Respond) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        size = int(environ.get("CONTENT_LENGTH") or 0)
        encoded = environ["wsgi.input"].read(size).decode() if method == "POST" else environ.get("QUERY_STRING", "")
        reply = self._api if path.startswith("/v1/") else self._page
        status, headers, body = reply(method, path, encoded, environ)
        if self._courier and method != "GET":
            self._courier.nudge()
        start(f"{status} {HTTPStatus(status).phrase}", [*headers.items(), ("Content-Length", str(len(body)))])
        return [body]

    def _api(self, method: str, path: str, encoded: str, environ: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        named = {
            name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")
        }
        done = answer(self.store, method, path, encoded, named)
        text = json.dumps(done.body).replace(HERE, self.address)
        return done.status, done.headers | {"Content-Type": "application/json"}, text.encode()

    def _page(self, method: str, path: str, encoded: str, environ: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        status, text, address = respond(self.store, method, path, encoded)
        headers = {"Content-Type": "text/html; charset=utf-8"} | ({"Location": address} if address else {})
        return status, headers, text.encode()
