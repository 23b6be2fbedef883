"""What happens to the matching by the clock, or when the coordinator asks for it."""

import logging
import uuid
from dataclasses import replace

from django.utils.timezone import localdate

from federation.matching import reviewing
from federation.matching.allocating.running import distribute
from federation.matching.models import AllocationRun, ExpressionOfInterest, ProfileReview
from huiguan.actors import SYSTEM, acting_as, current_actor
from huiguan.limits import TooMuch
from huiguan.states import WrongState
from huiguan.tenancy.binding import in_federation

log = logging.getLogger(__name__)


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


def distribute_everywhere() -> int:
    """What is scarce in each federation where an introduction waits for an answer. Returns how many were looked at."""
    with in_federation():
        waiting = ExpressionOfInterest.objects.awaiting_answer().order_by()
        federations = list(waiting.values_list("federation_id", flat=True).distinct())
    for federation_id in federations:
        _distribute_alone(federation_id)
    return len(federations)


def distribute_scarce(*, federation_id: uuid.UUID) -> AllocationRun | None:
    """Offers that more needs ask for than can have them. The newest run when nothing changed; None: never any."""
    current_actor().require("matching.distribute")
    return distribute(federation_id)


def _distribute_alone(federation_id: uuid.UUID) -> None:
    """What goes wrong in one federation does not keep the others' offers."""
    with acting_as(replace(SYSTEM, federation_id=federation_id)):
        try:
            distribute_scarce(federation_id=federation_id)
        except TooMuch:
            log.exception("scarce offers could not be distributed", extra={"federation": str(federation_id)})
