"""Needs and offers as the chamber keeps them, and what it keeps looking for."""

from tenants.exchange.models.listings import Listing
from tenants.exchange.models.searches import Find, Look, SavedSearch

__all__ = ["Find", "Listing", "Look", "SavedSearch"]
