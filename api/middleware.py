"""Knows a partner by its bearer token and the grant of the chamber whose host it calls; writes the grantor's log."""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.timezone import localdate, now
from oauth2_provider.models import get_access_token_model

from api.models import Call, Grant

Answer = Callable[[HttpRequest], HttpResponseBase]


class PartnerMiddleware:
    """Sets `request.partner`: a live grant, or None. Works before a chamber is bound: tokens are the site's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.partner = grant_of(request) if request.path.startswith("/api/") else None
        started = time.perf_counter()
        response = self.get_response(request)
        if request.partner is not None:
            _log(request, response, started)
        return response


def grant_of(request: Any) -> Grant | None:
    """The grant that this request works under. Checked on each call: a token outlives no grant and no partner."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or request.host.chamber is None:
        return None
    tokens = get_access_token_model().objects.select_related("application")
    found = tokens.filter(token_checksum=_checksum(token), expires__gt=now()).first()
    if found is None or found.application is None:
        return None
    grants = Grant.objects.select_related("client").live(localdate())
    grant: Grant | None = grants.filter(client=found.application, chamber=request.host.chamber).first()
    if grant is not None:
        grant.scopes = sorted(set(grant.scopes) & set(found.scope.split()))
    return grant


def _checksum(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _log(request: Any, response: Any, started: float) -> None:
    Call(
        grant=request.partner,
        method=request.method,
        path=request.path[:200],
        status=response.status_code,
        rows=getattr(response, "rows_shown", 0),
        milliseconds=int(1000 * (time.perf_counter() - started)),
    ).save()
