"""Merchants with their offers, lists of them that were handed in, cards of members, uses of an offer with a card."""

from tenants.benefits.models.cards import Card
from tenants.benefits.models.lists import MerchantList
from tenants.benefits.models.merchants import Merchant
from tenants.benefits.models.offers import Offer
from tenants.benefits.models.runs import CardRun
from tenants.benefits.models.uses import Use

__all__ = ["Card", "CardRun", "Merchant", "MerchantList", "Offer", "Use"]
