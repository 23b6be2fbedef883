"""The private originals of needs and offers."""

from tenants.exchange.models.listings import Listing

__all__ = ["Listing"]
