"""What the OpenAPI document says of each operation: what it wants, what it answers, and how it refuses."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from api.problems import TITLES, ProblemRenderer

JSON, PROBLEM = "application/json", ProblemRenderer.media_type
REFUSALS = {"GET": (400, 401, 403, 404, 406, 429, 503), "POST": (400, 401, 403, 404, 406, 409, 415, 422, 429, 503)}


class FaultRecord(serializers.Serializer[Any]):
    """What is wrong with one field; an empty pointer is the whole."""

    pointer = serializers.CharField()
    detail = serializers.CharField()


class ProblemRecord(serializers.Serializer[Any]):
    """RFC 9457: a sentence in `detail`, or a list of `errors` with the field of each."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = FaultRecord(many=True, required=False)  # type: ignore[assignment]


class Described(AutoSchema):
    """A view says `asked_for` (its query), `wanted` (a serializer of the body) and `is_list`; the rest is the same."""

    def get_override_parameters(self) -> list[Any]:
        asked = [OpenApiParameter(name, kind, description=text, **more) for name, kind, text, more in self._asked()]
        if self.method == "POST":
            text = "A repeated call with the same key has its effect once, and is given the first answer for 72 hours."
            schema = {"type": "string", "maxLength": 64, "pattern": "^[A-Za-z0-9_-]*$"}
            asked.append(OpenApiParameter("Idempotency-Key", schema, OpenApiParameter.HEADER, description=text))
        return asked

    def get_request_serializer(self) -> Any:
        wanted = getattr(self.view, "wanted", None)
        return wanted() if wanted else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        done = 201 if self.method == "POST" and getattr(self.view, "is_list", False) else 200
        found: dict[Any, Any] = {(done, JSON): super().get_response_serializers()}
        for status in REFUSALS[self.method]:
            found[status, PROBLEM] = OpenApiResponse(ProblemRecord, description=TITLES[status])
        return found

    def _is_list_view(self, serializer: Any = None) -> bool:
        return bool(self.method == "GET" and getattr(self.view, "is_list", False))

    def _asked(self) -> Iterator[tuple[str, Any, str, dict[str, Any]]]:
        if self.method == "GET" or "{name}" in self.path:
            yield from getattr(self.view, "asked_for", list)()
