"""A member's card on the phone of its holder, with all that it opens: found by words, by kind, by district.

By the card's own link, or among the pages of a member's contact.
"""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from huiguan import access
from huiguan.access import page
from huiguan.own.pages import own_page
from huiguan.screens.converters import is_uuid
from tenants.benefits import qrs
from tenants.benefits.addresses import OWN, Addresses
from tenants.benefits.counting import with_rest
from tenants.benefits.models import Card, Offer, Use
from tenants.benefits.models.merchants import Category
from tenants.benefits.of_members import cards_for
from tenants.benefits.views.scanning import LOOKS, card_in

MOST = 400


@page(access.PUBLIC, methods=("GET", "HEAD"), rate=LOOKS)
@never_cache
def own_card(request: Any, token: str) -> HttpResponse:
    card = card_in(OWN, token)
    if card is None:
        return render(request, "benefits/unknown.html", status=404)
    return render(request, "benefits/own.html", context_of(card, request.GET))


@own_page(methods=("GET", "HEAD"))
def my_card(request: Any) -> HttpResponse:
    """The contact's own card first, then the member's; another one by `?card=`."""
    cards, asked = cards_for(request.own), request.GET.get("card", "")
    chosen = next((card for card in cards if is_uuid(asked) and str(card.pk) == asked), cards[0] if cards else None)
    shown = context_of(chosen, request.GET) if chosen else {}
    return render(request, "benefits/my_card.html", {"cards": cards, "asked": asked if chosen else "", **shown})


def context_of(card: Card, asked: Any) -> dict[str, Any]:
    """All that the page of a card shows; `asked` narrows the offers."""
    words, category = asked.get("q", "").strip()[:50], asked.get("category", "")
    uses = Use.objects.counted().filter(card=card).select_related("offer__merchant")
    kinds = set(Offer.objects.open().order_by().values_list("merchant__category", flat=True))
    return {
        "card": card,
        "why_not": card.why_not(),
        "qr": qrs.as_picture(Addresses.here().of_card(card)),
        "offers": with_rest(card, _found(words, category)[:MOST]),
        "categories": [(each.value, each.label) for each in Category if each.value in kinds],
        "category": category,
        "words": words,
        "uses": uses[:10],
        "used": uses.count(),
        "saved_fen": uses.saved_fen(),
    }


def _found(words: str, category: str) -> Any:
    offers = Offer.objects.open().select_related("merchant")
    if category in Category.values:
        offers = offers.filter(merchant__category=category)
    for word in words.split():
        names = ("title", "terms", "merchant__name", "merchant__about", "merchant__region", "merchant__address")
        match = Q()
        for name in names:
            match |= Q(**{f"{name}__icontains": word})
        offers = offers.filter(match)
    return offers
