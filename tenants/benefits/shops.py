"""How a phone at a counter knows which shop it is: a cookie of our own host that holds the merchant's signed link."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiguan import links, rates
from huiguan.actors import Actor
from huiguan.tenancy.binding import current_chamber
from tenants.benefits.addresses import MERCHANT, here, key_in
from tenants.benefits.models import Merchant

COOKIE = "__Host-shop" if settings.TLS else "shop"
A_YEAR = 365 * 86400
TRIES, TRIES_SECONDS = 10, 600  # wrong codes from one address
TRIES_HERE, TRIES_HERE_SECONDS = 200, 3600  # from all addresses, in one chamber


def shop_of(request: HttpRequest) -> Merchant | None:
    """The merchant that this phone counts for; its link may have been renewed, its agreement may have ended."""
    found = by_link(request.COOKIES.get(COOKIE, ""))
    return found if found and found.is_partner else None


def by_link(token: str) -> Merchant | None:
    key = key_in(MERCHANT, token)
    found: Merchant | None = Merchant.objects.filter(link=key).first() if key else None
    return found


def by_code(request: HttpRequest, code: str) -> Merchant | None:
    """What an assistant typed. Codes are short: whoever guesses is stopped long before one is found."""
    if is_guessing(request):
        return None
    found: Merchant | None = Merchant.objects.partners().filter(code=code.strip().upper()).first()
    return found


def is_guessing(request: HttpRequest) -> bool:
    """Counts one more try."""
    from_there = not rates.is_within("benefits.code", rates.caller_of(request), most=TRIES, seconds=TRIES_SECONDS)
    in_all = not rates.is_within("benefits.codes", here(), most=TRIES_HERE, seconds=TRIES_HERE_SECONDS)
    return from_there or in_all


def keep(response: HttpResponse, merchant: Merchant) -> HttpResponse:
    """On this phone, in this browser, for this chamber's host only."""
    token = links.sign_key(MERCHANT, here(), merchant.link)
    response.set_cookie(COOKIE, token, max_age=A_YEAR, secure=settings.TLS, httponly=True, samesite="Lax")
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def at_the_counter(merchant: Merchant) -> Actor:
    """Who counts: the shop, which may do this one thing."""
    chamber: Any = current_chamber()
    return Actor(merchant.name, permissions=frozenset({"benefits.count"}), chamber_id=chamber.pk)
