"""What happens to the matching by the clock."""

from django.utils.timezone import localdate

from federation.matching.models import ExpressionOfInterest
from huiguan.tenancy.binding import in_federation


def lapse_interests() -> int:
    """End introductions that nobody answered in time. Returns how many."""
    with in_federation():
        late = list(ExpressionOfInterest.objects.late(on=localdate()))
        for interest in late:
            interest.lapse()
    return len(late)
