"""Which place a host leads to. Looked up every five seconds in a process; unknown, retired, suspended answer alike."""

import uuid
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.core.cache import caches

from huiguan.tenancy.binding import bound_chamber, current_schema, in_site
from huiguan.tenancy.models import Chamber, Domain

SECONDS = 5  # how long another process may go on with what it knew (security rule: no caching beyond 5 s)
Kind = Literal["chamber", "federation", "site", "unknown", "closed"]


@dataclass(frozen=True)
class Host:
    """`closed` is a chamber that is suspended or archived."""

    kind: Kind
    chamber: Chamber | None = None
    federation_id: uuid.UUID | None = None

    @property
    def key(self) -> str:
        """What a session is bound to."""
        return str(self.chamber.pk if self.chamber else self.federation_id or self.kind)


SITE_HOST, UNKNOWN_HOST = Host("site"), Host("unknown")


def resolve(name: str) -> Host:
    """`name` as the request says it: port, case and a trailing dot do not matter."""
    name = normalised(name)
    if name in (settings.BASE_DOMAIN, f"www.{settings.BASE_DOMAIN}", *settings.SITE_HOSTS):
        return SITE_HOST
    cached: Host | None = caches["shared"].get(_key(name))
    if cached is None:
        cached = _look_up(name)
        caches["shared"].set(_key(name), cached, SECONDS)
    return cached


def forget(name: str) -> None:
    """Call after a change of what a host leads to."""
    caches["shared"].delete(_key(normalised(name)))


def forget_chamber(chamber: Chamber) -> None:
    for domain in chamber.domains.all():
        forget(domain.domain)


def normalised(name: str) -> str:
    return name.rsplit(":", 1)[0].rstrip(".").lower() if not name.endswith("]") else name.lower()


def address(slug: str) -> str:
    return f"{slug}.{settings.BASE_DOMAIN}"


def primary_host(chamber: Chamber) -> str:
    """Where links that the worker writes lead: the chamber's own domain once it has one."""
    domain = chamber.domains.filter(retired_at=None, is_primary=True).first()
    return str(domain.domain) if domain else address(chamber.slug)


def host_here() -> str:
    """The primary host of the bound chamber, for links in what it prints and sends."""
    chamber = bound_chamber()
    with in_site():
        return primary_host(chamber)


def absolute_url(host: str, path: str = "/") -> str:
    """A link to a host of this installation, with the public scheme and port."""
    scheme, usual = ("https", "443") if settings.TLS else ("http", "80")
    port = "" if settings.PUBLIC_PORT in ("", usual) else f":{settings.PUBLIC_PORT}"
    return f"{scheme}://{host}{port}{path}"


def _look_up(name: str) -> Host:
    assert current_schema() == "public", "hosts are looked up before a chamber is bound"
    domain = Domain.objects.select_related("tenant").filter(domain=name, retired_at=None).first()
    if domain is None or (domain.tenant is None and domain.federation_id is None):
        return UNKNOWN_HOST
    if domain.tenant is None:
        return Host("federation", federation_id=domain.federation_id)
    return Host("chamber" if domain.tenant.is_open else "closed", chamber=domain.tenant)


def _key(name: str) -> str:
    return f"host:{name}"
