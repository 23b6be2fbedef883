"""Finds the place a request is for, and binds it around the view and the rendering of its template."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import now

from huiguan import access
from huiguan.actors import NoRoleHere, NotAllowed, acting_as
from huiguan.once import while_reading
from huiguan.states import WrongState
from huiguan.tenancy import hosts, migrating
from huiguan.tenancy.binding import in_chamber, in_federation, in_site
from huiguan.tenancy.models import Chamber
from huiguan.tenancy.shares import Shares, TooBusy

log = logging.getLogger(__name__)
SHARES = Shares(settings.CHAMBER_SHARE)  # of this process
READING = ("GET", "HEAD")

Answer = Callable[[HttpRequest], HttpResponseBase]


class HostMiddleware:
    """Sets `request.host` and the URL set of its place. Nothing of a chamber is touched yet."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.STATIC_URL):
            request.host = hosts.SITE_HOST  # type: ignore[attr-defined]
            return self.get_response(request)
        host = hosts.resolve(request.get_host())
        request.host = host  # type: ignore[attr-defined]
        if host.kind in ("unknown", "closed"):
            return render(request, "unknown_host.html", status=404)
        if host.chamber and host.chamber.fingerprint != migrating.fingerprint():
            return _come_back(request)
        request.urlconf = settings.URLCONFS[host.kind]
        if host.chamber is None:
            return self.get_response(request)
        return self._in_its_share(request, host.chamber)

    def _in_its_share(self, request: HttpRequest, chamber: Chamber) -> HttpResponseBase:
        """What a person sends off is never turned away: what they typed would be lost, and few type much at once."""
        may_wait = request.method in READING or request.path.startswith("/api/")
        try:
            with SHARES.taken(chamber.pk, may_wait=may_wait):
                return self.get_response(request)
        except TooBusy:
            log.warning("chamber.busy", extra={"chamber": str(chamber.pk)})
            return _wait_a_moment(request)


def _wait_a_moment(request: HttpRequest) -> HttpResponse:
    """It costs next to nothing: those who are refused must not be what keeps the others waiting."""
    answer: HttpResponse
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": "Busy", "status": 503, "detail": "Come back in a moment."}
        answer = JsonResponse(problem, status=503, content_type="application/problem+json")
    else:
        answer = render(request, "busy.html", status=503)
    answer.headers["Retry-After"] = "2"
    return answer


def _come_back(request: HttpRequest) -> HttpResponse:
    """The chamber's tables are being changed: nothing of it is read until they are at head."""
    answer = render(request, "upgrading.html", status=503)
    answer.headers["Retry-After"] = "30"
    return answer


class PlaceMiddleware:
    """Refuses a view that its actor may not see, then runs it bound to its place. The innermost middleware."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with acting_as(request.actor):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if _is_the_librarys(view):
            return None  # sign-in, tokens, documents: they work on shared tables only
        if refusal := _refuse(request, access.permission_of(view)) or _hold_up(request, view):
            return refusal
        place = in_site() if access.works_on_shared_tables(view) else _binding(request.host)  # type: ignore[attr-defined]
        try:
            with place, while_reading() if request.method in READING else nullcontext():
                return _answer(view, request, args, kwargs)
        except WrongState as error:
            return _too_late(request, error)


def _too_late(request: HttpRequest, error: WrongState) -> HttpResponse:
    """Somebody else was faster, or a button was pressed twice: nothing was done, and the page they were on says so."""
    messages.error(request, str(error))
    back = urlsplit(request.headers.get("Referer", ""))
    return redirect(back.path if back.netloc == request.get_host() and back.path != request.path else "home")


def _refuse(request: Any, permission: str | None) -> HttpResponse | None:
    if permission in access.NO_SESSION:
        return None
    if permission is None:
        raise NotAllowed("the view declares no permission")
    if request.actor.person_id is None and not request.actor.permissions:
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    if not request.actor.roles:
        raise NoRoleHere
    if permission != access.SIGNED_IN:
        request.actor.require(permission)
    return None


def _hold_up(request: Any, view: Any) -> HttpResponse | None:
    """Whoever should have set up a second factor by now does that first."""
    is_open = access.permission_of(view) in access.NO_SESSION or access.is_on_the_way_in(view)
    is_late = request.second_factor_by is not None and request.second_factor_by < now()
    return redirect("second-factor") if is_late and not is_open else None


def _binding(host: hosts.Host) -> Any:
    if host.chamber:
        return in_chamber(host.chamber)
    return in_federation() if host.kind == "federation" else in_site()


def _answer(view: Callable[..., Any], request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    response = view(request, *args, **kwargs)
    if hasattr(response, "render") and callable(response.render):
        response = response.render()
    return response  # type: ignore[no-any-return]


def _is_the_librarys(view: Any) -> bool:
    owner = getattr(view, "view_class", None) or view
    return str(owner.__module__).startswith(settings.SITE_VIEW_MODULES)
