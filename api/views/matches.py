"""Matches of a listing, explained, as the chamber itself sees them."""

import uuid
from collections.abc import Iterator
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.views.base import Endpoint
from federation.matching.queries import top_matches


class PartRecord(serializers.Serializer[Any]):
    """One of the five parts of a score: `value` of `max` points."""

    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.IntegerField()
    max = serializers.IntegerField()


class MatchRecord(serializers.Serializer[Any]):
    """One answer with its score out of a hundred, and what the score is made of."""

    id = serializers.CharField(source="profile.id")
    ref_no = serializers.CharField(source="profile.ref_no")
    title = serializers.CharField(source="profile.title")
    text = serializers.CharField(source="profile.text")
    publisher = serializers.CharField(source="profile.publisher")
    score = serializers.IntegerField()
    parts = PartRecord(many=True)
    words = serializers.ListField(child=serializers.CharField())


class MatchesRecord(serializers.Serializer[Any]):
    """The best five for a listing of the chamber's own."""

    listing = serializers.UUIDField()
    results = MatchRecord(many=True)


class Matches(Endpoint, APIView):  # type: ignore[misc]
    """GET `?listing=<id>`: the top five, and why others are missing."""

    scope_name = "matches"
    serializer_class = MatchesRecord

    def asked_for(self) -> Iterator[tuple[str, Any, str, dict[str, Any]]]:
        yield "listing", uuid.UUID, "A need or an offer of the chamber's own.", {"required": True}

    def get(self, request: Request) -> Response:
        listing = _listing(request)
        found = top_matches(chamber_id=request.auth.chamber_id, listing_id=listing)  # type: ignore[union-attr]
        answer = Response({"listing": str(listing), "results": MatchRecord(found.matches, many=True).data})
        answer.rows_shown = len(found.matches)  # type: ignore[attr-defined]
        return answer


def _listing(request: Request) -> uuid.UUID:
    """The listing asked for, if it is this chamber's own: another's is not found."""
    from django.apps import apps
    from django.http import Http404

    try:
        key = uuid.UUID(request.query_params.get("listing", ""))
    except ValueError as error:
        raise serializers.ValidationError({"listing": ["a listing's id is needed"]}) from error
    if not apps.get_model("exchange", "Listing").objects.filter(pk=key).exists():
        raise Http404
    return key
