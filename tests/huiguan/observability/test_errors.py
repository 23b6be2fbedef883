"""What really leaves for Sentry, received by a server of our own from the SDK's own transport."""

import gzip
import json
import logging
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
import sentry_sdk
from celery import Celery
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from huiguan.observability import context, errors

CHAMBER = uuid.uuid4()
PHONE, IDENTITY, EMAIL, CODE, NAME = (
    "13800138000",
    "43070219700101123X",
    "wang@example.org",
    "91430700MA4L16JQ9B",
    "王小明",
)
WORD = "canary-in-plain-words"
CANARIES = (PHONE, IDENTITY, EMAIL, CODE, NAME, WORD)


HOST = SimpleNamespace(kind="chamber", chamber=SimpleNamespace(pk=CHAMBER))


class PlaceStub:
    """Stands where the tenancy middleware stands."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        request.host = HOST
        return self.get_response(request)


@transaction.non_atomic_requests
def breaks(request: HttpRequest, secret: str) -> HttpResponse:
    person = {"name": NAME, "phone": PHONE}
    logging.getLogger("partner.library").warning("looked for %s", NAME)
    logging.getLogger("partner.library").warning(f"found {WORD}")
    sentry_sdk.add_breadcrumb(category="query", message=f"call find_member('{WORD}', {PHONE})")
    raise ValueError(f"{WORD} {person} {IDENTITY} {EMAIL} {CODE} {secret}")


urlpatterns = [path("break/<str:secret>/", breaks, name="cases-case-detail")]
HERE = override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["huiguan.observability.middleware.ObservabilityMiddleware", f"{__name__}.PlaceStub"],
)


@pytest.fixture
def sink() -> Iterator[list[str]]:
    received: list[str] = []

    class Sink(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(
                (gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body).decode()
            )
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    with sentry_sdk.isolation_scope():
        errors.start(dsn=f"http://public@127.0.0.1:{server.server_port}/1", release="9.9", keep_alive=False)
        yield received
        sentry_sdk.get_client().close()
        sentry_sdk.get_global_scope().set_client(None)
    server.shutdown()
    server.server_close()


def events_in(received: list[str]) -> list[dict[str, Any]]:
    sentry_sdk.flush(5)
    lines = [json.loads(line) for envelope in received for line in envelope.splitlines() if line.startswith("{")]
    return [line for line in lines if "exception" in line or "logentry" in line]


@HERE
def test_a_broken_page_is_reported_with_its_chamber_and_without_what_anybody_typed(sink: list[str]) -> None:
    client = Client(
        raise_request_exception=False, headers={"cookie": f"session={WORD}", "authorization": f"Bearer {WORD}"}
    )
    given = client.post(f"/break/{WORD}/?q={NAME}", {"phone": PHONE, "note": WORD})["X-Request-ID"]
    (event,) = events_in(sink)
    assert event["tags"] == {
        "request_id": given,
        "chamber": str(CHAMBER),
        "place": "chamber",
        "view": "cases-case-detail",
    }
    assert event["release"] == "9.9"
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "breaks"
    everything = json.dumps({**event, "exception": _without_source(event["exception"])}, ensure_ascii=False)
    assert [canary for canary in CANARIES if canary in everything] == []
    assert '"vars"' not in everything and "cookie" not in everything.lower() and "/break/" not in everything


def _without_source(exception: dict[str, Any]) -> Any:
    """The canaries of this file are written in its own lines, which a report shows around the place of the error."""
    for value in exception["values"]:
        for frame in value["stacktrace"]["frames"]:
            assert set(frame) <= {
                "filename", "function", "module", "lineno", "pre_context", "context_line", "post_context", "in_app"
            }  # fmt: skip
            frame["pre_context"] = frame["context_line"] = frame["post_context"] = None
    return exception


def test_a_logged_error_keeps_its_pattern_and_loses_its_words(sink: list[str]) -> None:
    log = logging.getLogger("partner.library")
    with context.work(chamber=CHAMBER, place="chamber", task="outbox.deliver"):
        log.error("delivery to %s failed", NAME)
        log.error(f"{WORD} failed")
    first, second = events_in(sink)
    assert first["logentry"] == {"message": "delivery to %s failed"}
    assert second["logentry"] == {"message": ""}
    assert first["tags"]["task"] == first["transaction"] == "outbox.deliver"
    assert first["tags"]["chamber"] == str(CHAMBER)
    assert [canary for canary in CANARIES if canary in "".join(sink)] == []


def test_a_failed_job_is_reported_with_its_chamber_and_without_its_arguments(sink: list[str]) -> None:
    app = Celery("test-errors", set_as_current=False)

    @app.task(name="cases.remind")
    def remind(chamber_id: str, phone: str) -> None:
        raise ValueError(phone)

    remind.apply(args=[str(CHAMBER), PHONE])
    (event,) = events_in(sink)
    assert event["tags"]["chamber"] == str(CHAMBER) and event["tags"]["task"] == event["transaction"] == "cases.remind"
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert PHONE not in json.dumps({**event, "exception": _without_source(event["exception"])})


def test_nothing_is_set_up_without_an_address() -> None:
    errors.start(dsn="", release="9.9")
    assert not sentry_sdk.get_client().is_active()
