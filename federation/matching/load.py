"""The load cap: an offer stands in so many lists a week only, for each time it can be given. [A.4]

A list it already stands in keeps it. The numbers are read from the evidence of what was shown.
"""

import datetime
from collections.abc import Collection

from django.db.models import Count, F
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from federation.matching.models import MatchingRules, MatchSuggestion, Profile

REASON = _("It is suggested to as many needs as this week allows")
WEEK = datetime.timedelta(days=7)


def shown_enough(need: Profile, among: Collection[str] | None = None) -> frozenset[str]:
    """Keys of offers, of these or of all, that this need is not shown this week: enough other open needs are."""
    per_slot = MatchingRules.of(need.federation_id).lists_per_slot
    if not per_slot or among == []:
        return frozenset()
    recent = MatchSuggestion.objects.filter(federation_id=need.federation_id, shown_at__gte=now() - WEEK)
    recent = recent if among is None else recent.filter(offer__in=among)
    open_lists = recent.filter(need__status=Profile.Status.PUBLISHED).exclude(need=need).order_by()
    counted = open_lists.values("offer").annotate(lists=Count("need", distinct=True))
    full = counted.filter(lists__gte=per_slot * F("offer__slots"))
    return frozenset(map(str, full.values_list("offer", flat=True)))
