"""What the desk's pages show of a card and of a merchant's link."""

from typing import Any

from django import template

from tenants.benefits import qrs
from tenants.benefits.addresses import Addresses

register = template.Library()
NEWEST = 20


@register.simple_tag
def merchant_link(merchant: Any) -> dict[str, str]:
    url = Addresses.here().of_merchant(merchant)
    return {"url": url, "qr": qrs.as_picture(url)}


@register.simple_tag
def card_page(card: Any) -> dict[str, Any]:
    """Its QR code, its page for the phone, why it is not valid, what it was used for."""
    addresses = Addresses.here()
    uses = card.uses.select_related("offer__merchant")[:NEWEST]
    shown = {"qr": qrs.as_picture(addresses.of_card(card)), "own_url": addresses.of_own(card)}
    return {**shown, "why_not": card.why_not(), "uses": uses}
