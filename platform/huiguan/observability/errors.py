"""Error reports to Sentry: where it broke, in which chamber, on which release, and nothing that anybody typed.

An event is not cleaned but built anew from a short list, so that what the SDK learns to collect tomorrow
stays here too.
"""

import logging
import re
from typing import Any

from huiguan.observability import context
from huiguan.observability.scrubbing import scrub, words_of

_TAGS = ("request_id", "place", "chamber", "view", "task")
_EVENT = ("event_id", "timestamp", "platform", "level", "release", "environment", "sdk", "logger", "type")
_HEADERS = {"accept-language", "content-type", "user-agent"}
_FRAME = ("filename", "function", "module", "lineno", "pre_context", "context_line", "post_context", "in_app")
_CRUMB = ("type", "category", "level", "timestamp")
_OURS = {"huiguan", "tenants", "federation", "billing", "api"}
_QUOTED = re.compile(r"'(?:[^']|'')*'")


def start(*, dsn: str, release: str, **options: Any) -> None:
    """Nothing is collected, nor the SDK loaded, without a DSN. Personal data is off by the SDK's default: to say so is
    deprecated."""
    if not dsn:
        return
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger
    from sentry_sdk.scrubber import EventScrubber

    ignore_logger("huiguan.jobs")  # a job's error is reported where it is raised
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        integrations=[
            DjangoIntegration(transaction_style="function_name", signals_spans=False),
            CeleryIntegration(),
            LoggingIntegration(event_level=logging.ERROR),
        ],
        include_local_variables=False,
        max_request_body_size="never",
        auto_session_tracking=False,
        enable_metrics=False,
        event_scrubber=EventScrubber(recursive=True),
        before_send=_before_send,
        before_breadcrumb=_before_breadcrumb,
        **options,
    )


def _before_send(event: Any, hint: dict[str, Any]) -> Any:
    known = context.known()
    kept = {name: event[name] for name in _EVENT if name in event}
    kept["tags"] = {name: known[name] for name in _TAGS if name in known}
    kept["transaction"] = known.get("view") or known.get("task") or ""
    kept["breadcrumbs"] = event.get("breadcrumbs", {})
    kept["request"] = _request(event.get("request", {}))
    if "exception" in event:
        kept["exception"] = {"values": _exceptions(event["exception"]["values"], hint)}
    if record := hint.get("log_record"):
        kept["logentry"] = {"message": said_by(record.name, record.msg, record.args)}
    return kept


def _before_breadcrumb(crumb: Any, _hint: dict[str, Any]) -> Any:
    kept = {name: crumb[name] for name in _CRUMB if name in crumb}
    if crumb.get("category") == "query":
        kept["message"] = scrub(_QUOTED.sub("'…'", crumb.get("message", "")))
    if crumb.get("type") == "http":
        data = crumb.get("data", {})
        kept["data"] = {name: data[name] for name in ("http.method", "status_code", "method") if name in data}
    return kept


def said_by(logger: str, message: Any, filled_in: Any) -> str:
    """The constant part of a log line. Our own lines are constant (lint sees to it), a library's may not be."""
    pattern = message.get("event", "") if isinstance(message, dict) else str(message)
    return scrub(pattern) if filled_in or logger.split(".")[0] in _OURS else ""


def _request(request: dict[str, Any]) -> dict[str, Any]:
    """The address is left out: signed links are secrets, and searches are words somebody typed."""
    headers = request.get("headers", {})
    return {
        "method": request.get("method", ""),
        "headers": {name: value for name, value in headers.items() if name.lower() in _HEADERS},
    }


def _exceptions(values: list[dict[str, Any]], hint: dict[str, Any]) -> list[dict[str, Any]]:
    said = _words_by_type(hint)
    return [
        {
            "type": value.get("type"),
            "module": value.get("module"),
            "value": said.get(str(value.get("type")), ""),
            "mechanism": {"type": (value.get("mechanism") or {}).get("type"), "handled": False},
            "stacktrace": {"frames": [_frame(frame) for frame in (value.get("stacktrace") or {}).get("frames", [])]},
        }
        for value in values
    ]


def _frame(frame: dict[str, Any]) -> dict[str, Any]:
    return {name: frame[name] for name in _FRAME if name in frame}


def _words_by_type(hint: dict[str, Any]) -> dict[str, str]:
    """Of an exception and of those that led to it."""
    error, said = (hint.get("exc_info") or (None, None, None))[1], {}
    while error is not None and type(error).__name__ not in said:
        said[type(error).__name__] = words_of(error)
        error = error.__cause__ or error.__context__
    return said
