"""What is done to several sessions at once."""

from dataclasses import replace

from django.utils.timezone import localdate

from federation.liaison.models import Session
from federation.liaison.models.status import Status
from huiguan.actors import SYSTEM, acting_as
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_federation


def adopt_by_silence() -> int:
    """Adopt the minutes that every chamber has approved or let pass. Returns how many."""
    with in_federation():
        due = Session.objects.filter(status=Status.MINUTES_OUT, minutes__respond_by__lt=localdate())
        found = [s for s in due.select_related("minutes") if s.can_adopt()]
    return sum(map(_adopt, found))


def _adopt(session: Session) -> bool:
    """False when a chamber has asked for an amendment a moment ago."""
    with acting_as(replace(SYSTEM, federation_id=session.federation_id)), in_federation():
        try:
            session.adopt_minutes()
        except WrongState:
            return False
    return True
