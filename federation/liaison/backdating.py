"""For the demonstration only: moves the times of a session that was played today to where they belong in the year."""

import datetime
from typing import Any

from federation.liaison.models import ActionItem, Approval, Attendance, HostProposal, HostSwap, Minutes, Session
from huiguan.workdays import add_working_days

ASKED, NOTICE, ANSWERED, SENT, ADOPTED = -45, -15, -9, 3, 8  # days from the meeting


def move(session: Session, day: datetime.date) -> None:
    """Plain updates: a trail that says what happened is left as it is, with the time it was written."""

    def at(days: int) -> datetime.datetime:
        assert session.starts_at is not None
        return session.starts_at + datetime.timedelta(days=days)

    mine = {"session": session}
    _set(Session, {"pk": session.pk}, created_at=at(ASKED), notice_sent_at=at(NOTICE))
    _set(HostProposal, mine, created_at=at(ASKED), answered_at=at(ASKED + 2))
    _set(HostSwap, mine, created_at=at(ASKED + 5), answered_at=at(ASKED + 7))
    _set(Attendance, mine | {"answered_at__isnull": False}, answered_at=at(ANSWERED))
    _set(Attendance, mine | {"checked_in_at__isnull": False}, checked_in_at=session.starts_at)
    respond_by = add_working_days(day + datetime.timedelta(days=SENT), 5)
    _set(Minutes, mine, sent_at=at(SENT), respond_by=respond_by, adopted_at=at(ADOPTED))
    _set(Approval, mine, answered_at=at(ADOPTED))
    for action in ActionItem.objects.filter(**mine, settled_at__isnull=False):
        settled = datetime.datetime.combine(action.done_on, datetime.time(17), tzinfo=at(0).tzinfo)
        _set(ActionItem, {"pk": action.pk}, settled_at=settled + datetime.timedelta(days=2))


def _set(model: Any, which: dict[str, Any], **times: Any) -> None:
    model._base_manager.filter(**which).update(**times)
