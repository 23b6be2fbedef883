"""What every page shows around its content: where one is, who one is, and where one can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from huiguan.actors import NOBODY, Actor
from huiguan.capability import Capability, capabilities
from huiguan.roles import Role
from huiguan.tenancy.hosts import SITE_HOST, Host

FEDERATION_ACCENT, SITE_ACCENT = "#1d4e89", "#475467"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing is computed until a template asks."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: Any) -> dict[str, Any]:
    host: Host = getattr(request, "host", SITE_HOST)
    actor: Actor = getattr(request, "actor", NOBODY)
    title = _title(request, host)
    return {
        "place": host.kind,
        "title": title,
        "initial": title[:1],
        "accent": _accent(host),
        "nav": _navigation(request, host, actor),
        "person": actor.name,
        "roles": "、".join(str(Role(r).label) for r in actor.roles),
        "switcher": _switcher(request, host),
        "banners": [*_asked_for(request), *_banners(host, actor)],
        "languages": _languages(request),
        "search_url": reverse("search", urlconf=getattr(request, "urlconf", None)) if host.kind != "site" else None,
    }


def _title(request: Any, host: Host) -> str:
    if host.chamber:
        return host.chamber.name
    if host.kind == "federation":
        return next((s["label"] for s in _switcher(request, host) if s["current"]), _("Federation"))
    return _("Huiguan")


def _accent(host: Host) -> str:
    if host.chamber:
        return host.chamber.accent
    return FEDERATION_ACCENT if host.kind == "federation" else SITE_ACCENT


def _navigation(request: Any, host: Host, actor: Actor) -> list[dict[str, Any]]:
    if not actor.roles or (host.kind == "site" and Role.OPERATOR not in actor.roles):
        return []
    home = {
        "label": _("Workbench"),
        "url": reverse("home"),
        "icon": "home",
        "active": request.path == "/",
        "children": [],
    }
    shown = (_nav_item(request, c, actor) for c in capabilities(host.kind) if actor.can(f"{c.name}.view"))
    return [home, *(item for item in shown if item)]


def _nav_item(request: Any, capability: Capability, actor: Actor) -> dict[str, Any] | None:
    children = [
        {"label": str(r.model._meta.verbose_name_plural).capitalize(), "url": reverse(f"{r.route}-list")}
        for r in capability.resources
        if r.in_navigation
    ]
    for page in capability.pages:
        if actor.can(page.permission or f"{capability.name}.view"):
            children.append({"label": str(page.label), "url": reverse(page.url)})
    for child in children:
        child["active"] = request.path.startswith(child["url"])
    url = _url(capability.home) or (children[0]["url"] if children else None)
    if url is None:
        return None
    active = request.path.startswith(f"/{capability.name}/")
    shown = children if len(children) > 1 else []
    return {"label": capability.label, "url": url, "icon": capability.icon, "active": active, "children": shown}


def _switcher(request: Any, host: Host) -> list[dict[str, Any]]:
    from huiguan.accounts.places import places_of

    person = getattr(request, "user", None)
    return places_of(person, host) if person is not None and person.is_authenticated else []


def _asked_for(request: Any) -> list[dict[str, Any]]:
    """While there is time, a word on each page."""
    by = getattr(request, "second_factor_by", None)
    if by is None or request.path == reverse("second-factor"):
        return []
    from huiguan.kit.formats import day

    text = _("Your role needs two-step sign-in. Set it up by {day}.").format(day=day(by))
    return [{"level": "warning", "text": text, "url": reverse("mfa_index"), "url_label": _("Set it up")}]


def _banners(host: Host, actor: Actor) -> list[dict[str, Any]]:
    if not host.chamber or not actor.roles:
        return []
    from huiguan.entitlements import standing

    state = standing(host.chamber.pk)
    if not state.text:
        return []
    level = "danger" if state.is_read_only else "warning"
    return [{"level": level, "text": state.text, "url": _url("billing-home"), "url_label": _("Plan and payments")}]


def _languages(request: Any) -> list[dict[str, Any]]:
    names = {"zh-hans": "简体中文", "zh-hant": "繁體中文", "en": "English"}
    current = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return [{"code": code, "label": names[code], "current": code == current} for code, _name in settings.LANGUAGES]


def _url(name: str) -> str | None:
    try:
        return reverse(name) if name else None
    except NoReverseMatch:
        return None
