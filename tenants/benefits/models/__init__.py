"""Merchants with their offers, cards of members, uses of an offer with a card, and the making of many cards."""

from tenants.benefits.models.cards import Card
from tenants.benefits.models.merchants import Merchant
from tenants.benefits.models.offers import Offer
from tenants.benefits.models.runs import CardRun
from tenants.benefits.models.uses import Use

__all__ = ["Card", "CardRun", "Merchant", "Offer", "Use"]
