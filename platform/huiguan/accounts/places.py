"""Where a person has a role: what the switcher offers."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.tenancy.binding import in_site
from huiguan.tenancy.hosts import Host
from huiguan.tenancy.models import Chamber, Domain


def places_of(person: Any, here: Host) -> list[dict[str, Any]]:
    """The chambers and federations of a person, the present one marked, each with an address that signs them in there."""
    chambers = [uuid.UUID(a["chamber"]) for a in person.appointments if a["chamber"]]
    federations = [uuid.UUID(a["federation"]) for a in person.appointments if a["federation"]]
    with in_site():
        found = list(Chamber.objects.filter(pk__in=chambers, status=Chamber.Status.ACTIVE).values_list("pk", "name"))
        names = list(Domain.objects.filter(federation_id__in=federations, retired_at=None))
    rows = [_row(key, name, "chamber", here) for key, name in found]
    rows += [_row(d.federation_id, d.label, "federation", here) for d in names]
    if person.is_operator:
        rows.append(_row("site", _("Platform operations"), "site", here))
    return rows


def _row(key: Any, label: str, place: str, here: Host) -> dict[str, Any]:
    url = reverse("switch", args=[place, key])
    return {"label": label, "url": url, "current": here.key == str(key), "place": place}
