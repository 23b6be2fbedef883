"""Logs: a JSON object per line, with the facts of the work in hand and no personal data; readable in development."""

import logging
import logging.config
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from huiguan.observability import context
from huiguan.observability.errors import said_by
from huiguan.observability.scrubbing import scrub, words_of

Line = MutableMapping[str, Any]
_SECRET = frozenset(
    [
        "password",
        "passwd",
        "secret",
        "token",
        "key",
        "cookie",
        "authorization",
        "session",
        "csrf",
        "body",
        "name",
        "phone",
        "mobile",
        "email",
        "address",
        "id_number",
    ]
)


def configure(options: dict[str, Any]) -> None:
    """Named by the setting `LOGGING_CONFIG`; `LOGGING` is `{"readable": bool, "level": "INFO"}`."""
    readable = options.get("readable", False)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_handlers(readable, options.get("level", "INFO")))


def _handlers(readable: bool, level: str) -> dict[str, Any]:
    last = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    processors = [
        *_SHARED,
        *([] if readable else _PRIVATE),
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        last,
    ]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": processors,
        "use_get_message": readable,
        "pass_foreign_args": not readable,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {**formatter, "foreign_pre_chain": []}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "level": level}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            name: {"handlers": [], "level": level, "propagate": True} for name in ("django", "celery", "huiguan")
        }
        | {name: {"handlers": [], "level": "ERROR", "propagate": True} for name in _TALKATIVE},
    }


def _with_facts(_logger: Any, _method: str, line: Line) -> Line:
    return {**context.known(), **line}


def _with_source(_logger: Any, _method: str, line: Line) -> Line:
    record: logging.LogRecord = line["_record"]
    return {**line, "level": record.levelname.lower(), "logger": record.name}


def _without_what_others_fill_in(_logger: Any, _method: str, line: Line) -> Line:
    """Of another library's line only the pattern: what it fills in may be anybody's."""
    filled_in = line.pop("positional_args", ())
    if line["_from_structlog"]:
        return line
    return {**line, "event": said_by(line["logger"], line["event"], filled_in) or line["logger"]}


def _with_short_error(_logger: Any, _method: str, line: Line) -> Line:
    """Where it broke, without the exception's own words: they often repeat what somebody typed."""
    given = line.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if not isinstance(error, BaseException):
        return line
    frames = [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(error.__traceback__)]
    return {**line, "error": type(error).__qualname__, "error_words": words_of(error), "frames": frames}


def _scrubbed(_logger: Any, _method: str, line: Line) -> Line:
    return {name: value if name.startswith("_") else _clean(name, value) for name, value in line.items()}


def _clean(name: str, value: Any) -> Any:
    if name in _SECRET:
        return "[left out]"
    if isinstance(value, dict):
        return {str(each): _clean(str(each), inner) for each, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean("", each) for each in value]
    return value if isinstance(value, (bool, int, float, type(None))) else scrub(str(value))


# The web server's and Django's own lines about requests: we write one line for each ourselves.
_TALKATIVE = ("django.request", "django.server", "_granian", "granian.access", "celery.app.trace", "httpx")
_SHARED = [_with_facts, _with_source]
_PRIVATE = [
    _without_what_others_fill_in,
    _with_short_error,
    _scrubbed,
    structlog.processors.TimeStamper("iso", utc=True, key="at"),
]
