"""Refusals in Stripe's form: https://docs.stripe.com/api/errors."""

from typing import Any


class ApiError(Exception):
    """A refusal that the caller sees as `{"error": {...}}` with an HTTP status."""

    keeps_work = False

    def __init__(self, status: int, kind: str, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **facts}}


def invalid(message: str, param: str | None = None, code: str | None = None) -> ApiError:
    return ApiError(400, "invalid_request_error", message, param=param, code=code)


def missing(kind: str, ident: str) -> ApiError:
    message = f"No such {kind}: '{ident}'"
    return ApiError(404, "invalid_request_error", message, param="id", code="resource_missing")


def unauthorized() -> ApiError:
    return ApiError(
        401, "invalid_request_error", "Invalid API Key provided. The sandbox takes keys that begin with sk_test_."
    )


def declined(*, keeps_work: bool = False) -> ApiError:
    """`keeps_work`: an attempt on an open invoice counts although it failed."""
    refusal = ApiError(
        402, "card_error", "Your card was declined.", code="card_declined", decline_code="generic_decline"
    )
    refusal.keeps_work = keeps_work
    return refusal


def reused_key(key: str) -> ApiError:
    message = (
        "Keys for idempotent requests can only be used with the same parameters they were first used with. "
        f"Try using a key other than '{key}' if you meant to execute a different request."
    )
    return ApiError(400, "idempotency_error", message)


def stranger(account: str) -> ApiError:
    message = f"The provided key does not have access to account '{account}' (or that account does not exist)."
    return ApiError(403, "invalid_request_error", message, code="account_invalid")
