"""The outermost middleware: an id, a log line and a time for each request; health and metrics before anything else."""

import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponseBase

from huiguan.observability import context, metrics
from huiguan.observability.urls import ANSWERED_FIRST

log = structlog.get_logger("huiguan.web")


class ObservabilityMiddleware:
    """A probe comes with any host name and must be answered while the database is down: nothing is asked before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if first := ANSWERED_FIRST.get(request.path_info):
            return first(request)
        with context.work(request_id=_id_given_by_proxy(request)):
            started = time.perf_counter()
            response = self.get_response(request)
            _note(request, response, time.perf_counter() - started)
            response["X-Request-ID"] = context.known()["request_id"]
            return response

    def process_view(self, request: Any, _view: Any, _args: Any, _kwargs: Any) -> None:
        """By now the host, the person and the view are known."""
        host, actor = getattr(request, "host", None), getattr(request, "actor", None)
        context.learn(
            view=request.resolver_match.view_name,
            place=getattr(host, "kind", None),
            chamber=getattr(getattr(host, "chamber", None), "pk", None),
            actor=getattr(actor, "person_id", None),
        )


def _note(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    known = context.known()
    view, place = known.get("view", "none"), known.get("place", "none")
    metrics.request_seconds.labels(view, place, request.method, response.status_code).observe(seconds)
    log.info("request.answered", method=request.method, status=response.status_code, ms=round(seconds * 1000, 1))


def _id_given_by_proxy(request: HttpRequest) -> str | None:
    """Taken only when it is a UUID: it is written into logs."""
    given = request.headers.get("X-Request-ID", "")
    return given if _UUID.fullmatch(given) else None


_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
