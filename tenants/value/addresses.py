"""The signed link to a report that was sent: good for this one, in this chamber."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from huiguan import links
from huiguan.about import CHAMBER_URLS
from huiguan.tenancy.binding import bound_chamber
from huiguan.tenancy.hosts import absolute_url, host_here

REPORT = "value.report"


@dataclass(frozen=True)
class Addresses:
    """Of the bound chamber, read once for many."""

    host: str

    @classmethod
    def here(cls) -> "Addresses":
        return cls(host_here())

    def of(self, report: Any) -> str:
        token = links.sign_key(REPORT, here(), report.pk)
        return absolute_url(self.host, reverse("value-shown", urlconf=CHAMBER_URLS, args=[token]))


def here() -> str:
    """The key that links of the bound chamber are bound to."""
    chamber = bound_chamber()
    return str(chamber.pk)
