"""What every endpoint shares: who calls, what they may, how often, and how a repeated request is answered."""

import hashlib
from typing import Any

from django.core.cache import caches
from django.db import IntegrityError, transaction
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle

from api.models import Grant, KeptAnswer
from api.problems import Problem
from huiguan import access
from huiguan.tenancy.binding import in_site

LONGEST_KEY = 64


class PartnerAuthentication(BaseAuthentication):
    """The middleware has found the grant; a call without one is answered 401."""

    def authenticate(self, request: Request) -> tuple[Grant, Grant]:
        grant = getattr(request._request, "partner", None)
        if grant is None:
            raise exceptions.NotAuthenticated()
        return grant, grant

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="huiguan"'


class PartnerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the document says that a partner shows its token."""

    target_class = PartnerAuthentication
    name = "partner"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class HasScope(BasePermission):
    """The endpoint's scope: `<name>:read` for safe methods, `<name>:write` for others."""

    def has_permission(self, request: Request, view: Any) -> bool:
        wanted = ("read",) if request.method in ("GET", "HEAD", "OPTIONS") else view.writing
        return any(f"{view.scope_name}:{action}" in request.auth.scopes for action in wanted)  # type: ignore[union-attr]


class PerGrant(SimpleRateThrottle):
    """Counted per grant in the shared cache."""

    scope = "partner"
    rate = "600/min"
    cache = caches["shared"]

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return f"throttle:{request.auth.pk}" if request.auth else None


class ByCursor(CursorPagination):
    """Stable pages whatever is entered meanwhile: keys are in the order of time."""

    ordering = "id"
    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"


class Endpoint:
    """Mixed into every view of the API."""

    permission = access.PUBLIC  # signed-in people have no part in it; the grant decides below
    scope_name = ""
    writing: tuple[str, ...] = ("write",)  # scopes that open the unsafe methods
    authentication_classes = (PartnerAuthentication,)
    permission_classes = (HasScope,)
    throttle_classes = (PerGrant,)
    pagination_class = ByCursor


class Repeatable:
    """A POST with an Idempotency-Key has its effect once; the second time it is given the first answer. [A2, G8]"""

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if len(key) > LONGEST_KEY:
            raise Problem(400, f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
        if not key:
            return super().post(request, *args, **kwargs)  # type: ignore[misc, no-any-return]
        digest = _digest(request)
        kept, is_new = _reserve(request.auth, key, digest)
        if kept.digest != digest:
            raise Problem(422, "This Idempotency-Key was used for another request.")
        if not is_new:
            return Response(kept.body, status=kept.status, headers={"Idempotent-Replayed": "true"})
        response = super().post(request, *args, **kwargs)  # type: ignore[misc]
        with in_site():
            kept.status, kept.body = response.status_code, response.data
            kept.save()
        return response  # type: ignore[no-any-return]


def _reserve(grant: Any, key: str, digest: str) -> tuple[KeptAnswer, bool]:
    """The key's row, made or found. A second request at the same time waits for the first one's transaction."""
    with in_site():
        try:
            with transaction.atomic():
                made = KeptAnswer(grant=grant, key=key, digest=digest)
                made.save(force_insert=True)
                return made, True
        except IntegrityError:
            return KeptAnswer.objects.get(grant=grant, key=key), False


def _digest(request: Request) -> str:
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + request._request.body).hexdigest()
