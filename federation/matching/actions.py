"""What happens to the matching by the clock."""

from dataclasses import replace

from django.utils.timezone import localdate

from federation.matching.models import ExpressionOfInterest
from huiguan.actors import SYSTEM, acting_as
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_federation


def lapse_interests() -> int:
    """End introductions that nobody answered in time. Returns how many."""
    with in_federation():
        late = list(ExpressionOfInterest.objects.late(on=localdate()))
    return sum(map(_lapse, late))


def _lapse(interest: ExpressionOfInterest) -> bool:
    """False when it was answered a moment ago."""
    with acting_as(replace(SYSTEM, federation_id=interest.federation_id)), in_federation():
        try:
            interest.lapse()
        except WrongState:
            return False
    return True
