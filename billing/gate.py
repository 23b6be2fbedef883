"""Holds a chamber that does not pay to reading, and later to its payment page; signing in and paying always work."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from huiguan import access
from huiguan.entitlements import Level, Standing, standing

SAFE = ("GET", "HEAD", "OPTIONS")
ALWAYS = (
    "billing.views",
    "billing.receiving_views",
    "huiguan.accounts.views",
    "huiguan.deliveries.opting_out",  # whatever the chamber owes, nobody has to be written to
    "huiguan.errors",
    *settings.SITE_VIEW_MODULES,
)


class StandingMiddleware:
    """Stands before the place is bound; the account is read as the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        chamber = getattr(getattr(request, "host", None), "chamber", None)
        if chamber is None or _module_of(view).startswith(ALWAYS):
            return None
        state = standing(chamber.pk)
        if not _is_held(state, str(request.method)):
            return None
        return _refusal(request, view, state)


def _is_held(state: Standing, method: str) -> bool:
    return state.level == Level.SUSPENDED or (state.is_read_only and method not in SAFE)


def _refusal(request: HttpRequest, view: Any, state: Standing) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": str(state.text), "status": 403, "code": state.level.value}
        return JsonResponse(body, status=403, content_type="application/problem+json")
    if access.permission_of(view) == access.OWN:
        return render(request, "own/paused.html", status=403)
    return render(request, "billing/held.html", {"standing": state}, status=403)


def _module_of(view: Any) -> str:
    return str(getattr(getattr(view, "view_class", None), "__module__", None) or getattr(view, "__module__", ""))
