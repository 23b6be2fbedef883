"""Where a person has a role: what the switcher offers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.tenancy.hosts import Host


def places_of(person: Any, here: Host) -> list[dict[str, Any]]:
    """The chambers and federations of a person, the present one marked, each with the address that signs them in."""
    rows = [_row(*_where(held), here) for held in person.appointments]
    if person.is_operator:
        rows.append(_row("site", "site", _("Platform operations"), here))
    return rows


def _where(held: dict[str, Any]) -> tuple[str, str, str]:
    place = "chamber" if held["chamber"] else "federation"
    return place, str(held[place]), held["name"] or ""


def _row(place: str, key: str, label: str, here: Host) -> dict[str, Any]:
    url = reverse("switch", args=[place, key])
    return {"label": label, "url": url, "current": here.key == key, "place": place}
