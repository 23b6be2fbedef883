"""A merchant's own page behind its signed link: keep this phone for the shop, and what was counted. [S1]"""

from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from huiguan import access
from huiguan.access import page
from tenants.benefits import shops
from tenants.benefits.models import Merchant, Use
from tenants.benefits.views.scanning import LOOKS, take_back

NEWEST = 50


@page(access.PUBLIC, rate=LOOKS)
@never_cache
def own_page(request: Any, token: str) -> HttpResponse:
    """A phone is kept for the shop by a button, never by the mere opening of a link."""
    merchant = shops.by_link(token)
    if merchant is None:
        return render(request, "benefits/unknown.html", {"is_merchant": True}, status=404)
    if request.method != "POST":
        return render(request, "benefits/merchant.html", _context(request, merchant))
    step, answer = request.POST.get("step", ""), redirect(request.path)
    if step == "keep" and merchant.is_partner:
        return shops.keep(answer, merchant)
    if step == "forget":
        return shops.forget(answer)
    if step == "back" and shops.shop_of(request) == merchant:
        take_back(request, None)
    return answer


def _context(request: Any, merchant: Merchant) -> dict[str, Any]:
    today = localdate()
    counted = Use.objects.counted().filter(offer__merchant=merchant)
    uses = Use.objects.filter(offer__merchant=merchant).select_related("offer", "card")[:NEWEST]
    return {
        "merchant": merchant,
        "is_kept": shops.shop_of(request) == merchant,
        "offers": merchant.offers.open().select_related("merchant"),
        "month": _sums(counted.filter(at__year=today.year, at__month=today.month)),
        "year": _sums(counted.filter(at__year=today.year)),
        "uses": uses,
    }


def _sums(uses: Any) -> dict[str, int]:
    found = uses.order_by().aggregate(number=Count("pk"), saved=Sum("saved_fen"))
    return {"number": found["number"], "saved": found["saved"] or 0}
