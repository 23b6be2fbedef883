"""What a view needs that members open by their link: `@own_page()`, then `request.own.member`."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from huiguan import access, links
from huiguan.actors import LINK, Actor, acting_as
from huiguan.own.models import Link
from huiguan.parts import Own

COOKIE = "__Host-own" if settings.TLS else "own"
VISIT_SECONDS = 24 * 3600
VISIT = "own-visit"
USUAL = ("GET", "POST", "HEAD")
View = Callable[..., HttpResponse]


def own_page(*, rights: Collection[str] = (), methods: tuple[str, ...] = USUAL) -> Callable[[View], View]:
    """A page for whoever came by a member's link; `rights` are the permissions held while it runs, by them alone."""

    def declare(view: View) -> View:
        @access.page(access.OWN, methods=methods)
        @wraps(view)
        def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            own = visitor_of(request)
            if own is None:
                return private(render(request, "own/closed.html", status=403))
            before, request.own, request.actor = request.actor, own, actor_of(own.link, rights)
            with acting_as(request.actor):
                response = view(request, *args, **kwargs)
                if not getattr(response, "is_rendered", True):
                    response = response.render()  # type: ignore[attr-defined]
            request.actor = before
            return private(response)

        return answered

    return declare


def visitor_of(request: Any) -> Own | None:
    """Who opened the link in this browser; None once the visit or the link has ended."""
    try:
        bound = links.read(VISIT, request.host.key, request.COOKIES.get(COOKIE, ""), seconds=VISIT_SECONDS)
    except links.BadLink:
        return None
    link = Link.objects.select_related("member", "contact__member").filter(pk=bound["link"]).first()
    return Own(link.member, link.contact, link) if link and link.is_live else None


def begin_visit(request: Any, response: HttpResponse, link: Link) -> HttpResponse:
    """From here on the cookie stands for the link, on this host alone."""
    token = links.sign(VISIT, request.host.key, link=str(link.pk))
    secure: dict[str, Any] = {"secure": settings.TLS, "httponly": True, "samesite": "Lax", "path": "/"}
    response.set_cookie(COOKIE, token, max_age=VISIT_SECONDS, **secure)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address with the token is told to nobody
    return private(response)


def end_visit(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    return private(response)


def actor_of(link: Link, rights: Collection[str] = ()) -> Actor:
    """Bound to the member; in the trail 会员链接, with the key of the contact."""
    from huiguan.tenancy.binding import current_chamber

    chamber = current_chamber()
    return Actor(
        LINK,
        permissions=frozenset(rights),
        chamber_id=chamber.pk if chamber else None,
        member_id=link.member_id,
        contact_id=link.contact_id,
    )


def private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache; its address is told to no other site by the policy of the whole house."""
    response.headers["Cache-Control"] = "no-store, private"
    return response
