"""What a merchant sees after scanning a card: whose it is, whether it is valid, and its own offers to count. [S1]

No account, no script, no cookie of another host: it works in the browser of any phone.
"""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from huiguan import access, rates
from huiguan.access import page
from huiguan.actors import acting_as
from huiguan.rates import Rate
from huiguan.screens.converters import is_uuid
from tenants.benefits import shops
from tenants.benefits.addresses import CARD, key_in
from tenants.benefits.counting import CountedJustNow, count_use, take_back_at_counter, with_rest
from tenants.benefits.forms.cards import CountForm
from tenants.benefits.models import Card, Merchant, Use

LOOKS = Rate(240)  # all phones of a market may share one address
COUNTS = Rate(60)  # of one shop


@page(access.PUBLIC, rate=LOOKS)
@never_cache
def scan(request: Any, token: str) -> HttpResponse:
    """GET only shows, whoever looks; what is counted is posted."""
    card = card_in(CARD, token)
    if card is None:
        return render(request, "benefits/unknown.html", status=404)
    steps = {"shop": _know_the_shop, "count": _count, "back": take_back, "other": _forget_the_shop}
    step = steps.get(request.POST.get("step", "")) if request.method == "POST" else None
    return step(request, card) if step else _show(request, card)


def card_in(purpose: str, token: str) -> Card | None:
    key = key_in(purpose, token)
    found: Card | None = Card.objects.select_related("member", "replaced_by").filter(pk=key).first() if key else None
    return found


def _show(request: HttpRequest, card: Card, **more: Any) -> HttpResponse:
    merchant, why_not = shops.shop_of(request), card.why_not()
    offers = list(merchant.offers.open().select_related("merchant")) if merchant and not why_not else []
    context = {
        "card": card,
        "why_not": why_not,
        "merchant": merchant,
        "offers": with_rest(card, offers),
        "use": _just_counted(request, card, merchant),
        "key": uuid.uuid4(),
        **more,
    }
    return render(request, "benefits/scan.html", context)


def _just_counted(request: HttpRequest, card: Card, merchant: Merchant | None) -> Use | None:
    """Named in the address after it was counted: looking again counts nothing."""
    asked = request.GET.get("use", "")
    if merchant is None or request.method == "POST" or not is_uuid(asked):
        return None
    found: Use | None = (
        Use.objects.select_related("offer").filter(pk=asked, card=card, offer__merchant=merchant).first()
    )
    return found


def _know_the_shop(request: HttpRequest, card: Card) -> HttpResponse:
    code = request.POST.get("code", "")[:20]
    merchant = shops.by_code(request, code)
    if merchant is None:
        said = _("No partner merchant has this code. Ask the secretariat, or try again in ten minutes.")
        return _show(request, card, code=code, code_error=said)
    return shops.keep(redirect(request.path), merchant)


def _forget_the_shop(request: HttpRequest, card: Card) -> HttpResponse:
    return shops.forget(redirect(request.path))


def _count(request: HttpRequest, card: Card) -> HttpResponse:
    merchant = shops.shop_of(request)
    if merchant is None:
        return _show(request, card)
    if not rates.is_within("benefits.count", merchant.pk, **COUNTS._asdict()):
        return rates.too_often(request)
    form = CountForm(merchant.offers.all(), request.POST)
    if not form.is_valid():
        wrong = " ".join(str(error) for error in form.errors.get("bill_fen", ()))
        return _show(request, card, **_said_again(request, wrong or _unclear()))
    try:
        with acting_as(shops.at_the_counter(merchant)):
            use = count_use(card=card, **form.cleaned_data)
    except ValidationError as error:
        return _show(request, card, **_said_again(request, " ".join(error.messages)), **_asks(error))
    return redirect(f"{request.path}?use={use.pk}")


def take_back(request: HttpRequest, card: Card | None) -> HttpResponse:
    merchant, asked = shops.shop_of(request), request.POST.get("use", "")
    use = Use.objects.filter(pk=asked, offer__merchant=merchant).first() if merchant and is_uuid(asked) else None
    if merchant and use:
        with acting_as(shops.at_the_counter(merchant)):
            take_back_at_counter(use)
    return redirect(f"{request.path}?use={asked}" if use else request.path)


def _said_again(request: HttpRequest, error: str) -> dict[str, Any]:
    """What was typed stays, beside what is wrong with it."""
    said = {"failed": request.POST.get("offer", ""), "error": error, "bill": request.POST.get("bill_fen", "")[:20]}
    key = request.POST.get("key", "")
    return {**said, "key": key} if is_uuid(key) else said


def _asks(error: ValidationError) -> dict[str, Any]:
    return {"asks_again": isinstance(error, CountedJustNow)}


def _unclear() -> str:
    return _("This could not be read. Scan the card again.")
