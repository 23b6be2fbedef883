"""Signed links to cards and merchants. Each is good for one record of one chamber, and for one use of it."""

import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse

from huiguan import links
from huiguan.about import CHAMBER_URLS
from huiguan.tenancy.binding import bound_chamber
from huiguan.tenancy.hosts import absolute_url, host_here

CARD, OWN, MERCHANT = "benefits.card", "benefits.own", "benefits.merchant"
_path = partial(reverse, urlconf=CHAMBER_URLS)


@dataclass(frozen=True)
class Addresses:
    """Of the bound chamber, read once for many."""

    key: str
    host: str

    @classmethod
    def here(cls) -> "Addresses":
        return cls(here(), host_here())

    def of_card(self, card: Any) -> str:
        """What the QR code holds: whoever scans it sees whether the card is valid."""
        return self._full("benefits-scan", links.sign_key(CARD, self.key, card.pk))

    def of_own(self, card: Any) -> str:
        """The card itself, for the phone of its holder."""
        return self._full("benefits-own", links.sign_key(OWN, self.key, card.pk))

    def of_merchant(self, merchant: Any) -> str:
        return self._full("benefits-merchant", links.sign_key(MERCHANT, self.key, merchant.link))

    def _full(self, name: str, token: str) -> str:
        return absolute_url(self.host, _path(name, args=[token]))


def here() -> str:
    """The key that links of the bound chamber are bound to."""
    chamber = bound_chamber()
    return str(chamber.pk)


def key_in(purpose: str, token: str) -> uuid.UUID | None:
    """The record's key; None for what was not made here for this purpose."""
    try:
        return links.read_key(purpose, here(), token)
    except links.BadLink:
        return None
