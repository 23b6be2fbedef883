"""Where a person has a role: what the switcher offers; and whether they are alone there."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.tenancy.binding import current_chamber, in_site
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


def has_colleagues() -> bool:
    """Whether somebody else works in the bound chamber, or has been asked to."""
    from huiguan.accounts.models import Appointment, Invitation

    chamber = current_chamber()
    with in_site():
        others = Appointment.objects.filter(chamber=chamber, ended_at=None).count() > 1
        return others or Invitation.objects.filter(chamber=chamber, accepted_at=None, withdrawn_at=None).exists()


def _row(place: str, key: str, label: str, here: Host) -> dict[str, Any]:
    url = reverse("switch", args=[place, key])
    return {"label": label, "url": url, "current": here.key == key, "place": place}
