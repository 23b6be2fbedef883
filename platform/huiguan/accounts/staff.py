"""The people who work in a chamber, for folders that hand them something to do or tell them something."""

import uuid
from typing import NamedTuple

from huiguan.accounts.models import Appointment
from huiguan.capability import Place, permissions_of
from huiguan.tenancy.binding import in_site
from huiguan.tenancy.models import Chamber


class Colleague(NamedTuple):
    """Someone with a role in the chamber now."""

    person_id: uuid.UUID
    name: str
    email: str
    phone: str
    role: str

    def can(self, permission: str) -> bool:
        return permission in permissions_of([self.role], Place.CHAMBER)


def colleagues(chamber: Chamber) -> list[Colleague]:
    """All of them, those who came first before the others. Their table is public: read as the site."""
    held = Appointment.objects.filter(chamber_id=chamber.pk, ended_at=None, person__is_active=True)
    with in_site():
        found = list(held.select_related("person").order_by("created_at", "pk"))
    return [Colleague(a.person.pk, str(a.person), a.person.email, a.person.phone, a.role) for a in found]


def colleague(chamber: Chamber, person_id: uuid.UUID) -> Colleague | None:
    """None when the person has no role here, or none any more."""
    return next((each for each in colleagues(chamber) if each.person_id == person_id), None)
