"""What of the chamber's own ends with the item `liaison`: work on action items, and its delegates' appointments.

The federation's side tells how many action items and meetings.
"""

from collections.abc import Callable, Iterator

from django.utils.translation import ngettext_lazy

from federation.liaison import queries
from federation.liaison.seen import SeenMeeting
from federation.registry.items import Item
from federation.registry.taking_back import Ending, Whose, on_item_taken_back
from huiguan.capability import Place
from tenants.meetings import calendars
from tenants.meetings.models import ActionReport, Delegate

CALLED_OFF = ngettext_lazy("{n} delegate is called off", "{n} delegates are called off")


@on_item_taken_back(Item.LIAISON, Place.CHAMBER)
def end_reports(whose: Whose) -> Iterator[Ending]:
    undone = ActionReport.objects.filter(federation_id=whose.federation_id)
    yield Ending(undone.filter(status__in=["new", "in_progress"]), ActionReport.end)


@on_item_taken_back(Item.LIAISON, Place.CHAMBER)
def end_delegations(whose: Whose) -> Iterator[Ending]:
    """While the meetings can still be read: afterwards nobody could say what is called off."""
    mine = {"chamber_id": whose.chamber_id}
    for session in queries.sessions(**mine):
        if session.is_ahead and session.series.federation_id == whose.federation_id:
            meeting = queries.meeting(**mine, session_id=session.id)
            going = Delegate.objects.going_to(session.id)
            yield Ending(going, _calling_off(meeting), CALLED_OFF)


def _calling_off(meeting: SeenMeeting) -> Callable[[Delegate], None]:
    return lambda delegate: calendars.leave_out(meeting=meeting, delegate=delegate)
