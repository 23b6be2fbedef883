"""Errors as problem+json (RFC 9457), in the caller's language, with a pointer to each wrong field."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from huiguan.states import WrongState


class ProblemRenderer(JSONRenderer):
    media_type = "application/problem+json"


class Problem(exceptions.APIException):
    """A refusal with a status of its own."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status_code = status


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """What DRF calls for each exception of a view. Unknown exceptions are left to the error page and to Sentry."""
    response = exception_handler(_as_api_error(error), context)
    if response is None:
        return None
    response.data = _problem(response.status_code, response.data)
    response.content_type = ProblemRenderer.media_type
    return response


def _as_api_error(error: Exception) -> Exception:
    if isinstance(error, WrongState):
        return Problem(409, str(error))
    if isinstance(error, ValidationError):
        return exceptions.ValidationError(getattr(error, "message_dict", None) or error.messages)
    if isinstance(error, PermissionDenied | Http404):
        return exceptions.PermissionDenied() if isinstance(error, PermissionDenied) else exceptions.NotFound()
    return error


def _problem(status: int, data: Any) -> dict[str, Any]:
    detail = str(data["detail"]) if isinstance(data, dict) and "detail" in data else ""
    problem = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status}
    if detail:
        return {**problem, "detail": detail}
    fields = data.items() if isinstance(data, dict) else [("", data)]
    return {
        **problem,
        "errors": [{"pointer": f"/{k}" if k else "", "detail": str(t)} for k, v in fields for t in _flat(v)],
    }


def _flat(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    415: "Unsupported media type",
    422: "Unprocessable content",
    429: "Too many requests",
    503: "Busy",
}
