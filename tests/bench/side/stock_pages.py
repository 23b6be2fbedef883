"""What the product's pages need of the stock engine: it leaves a connection where the last request was."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def begin_in_public(get_response: Answer) -> Answer:
    """Nothing is sent for it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        connection.set_schema_to_public()  # type: ignore[attr-defined]
        return get_response(request)

    return answer
