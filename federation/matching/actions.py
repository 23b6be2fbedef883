"""What happens to the matching by the clock."""

from dataclasses import replace

from django.utils.timezone import localdate

from federation.matching import reviewing
from federation.matching.models import ExpressionOfInterest, ProfileReview
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


def hand_on_reviews() -> int:
    """What its reader left for three working days goes to another. Returns how many found one."""
    with in_federation():
        late = list(ProfileReview.objects.late(on=localdate()).select_related("profile"))
    return sum(map(_hand_on, late))


def _hand_on(review: ProfileReview) -> bool:
    with acting_as(replace(SYSTEM, federation_id=review.federation_id)), in_federation():
        try:
            return reviewing.hand_on(review)
        except WrongState:
            return False
