"""What is done to several sessions at once."""

from django.utils.timezone import localdate

from federation.liaison.models import Session
from federation.liaison.models.status import Status
from huiguan.actors import SYSTEM, Actor, acting_as
from huiguan.tenancy.binding import in_federation


def adopt_by_silence() -> int:
    """Adopt the minutes that every chamber has approved or let pass. Returns how many."""
    with in_federation():
        due = Session.objects.filter(status=Status.MINUTES_OUT, minutes__respond_by__lt=localdate())
        found = [s for s in due.select_related("minutes") if s.can_adopt()]
    for session in found:
        _adopt(session)
    return len(found)


def _adopt(session: Session) -> None:
    system = Actor(SYSTEM.name, permissions=SYSTEM.permissions, federation_id=session.federation_id)
    with acting_as(system), in_federation():
        session.adopt_minutes()
