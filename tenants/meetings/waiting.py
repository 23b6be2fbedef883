"""What liaison meetings want of this chamber: answers, approvals, reports. What is on its way is not asked again."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from federation.liaison import queries
from federation.liaison.seen import SeenAction, SeenSession
from huiguan.actors import Actor
from huiguan.capability import Item
from tenants.meetings.models import Delegate
from tenants.meetings.models.replies import on_its_way


def items(actor: Actor) -> Iterator[Item]:
    if actor.chamber_id is None:
        return
    said = on_its_way()
    for session in queries.sessions(chamber_id=actor.chamber_id):
        yield from _of_session(session, said, may_commit=actor.can("meetings.commit"))
        yield from _of_delegation(session)
    for action in queries.action_items(chamber_id=actor.chamber_id):
        if action.is_to_do and ("meetings.action_reported", str(action.id)) not in said:
            yield _of_action(action)


def _of_session(session: SeenSession, said: set[tuple[str, str]], *, may_commit: bool) -> Iterator[Item]:
    url, key = reverse("meetings-session", args=[session.id]), str(session.id)
    if may_commit and session.is_asked_to_host and ("meetings.host_answered", key) not in said:
        yield Item(str(session), url, _("The chamber is asked to host."), session.day, "waiting", _("Answer"))
    if may_commit and session.swaps_to_answer and ("meetings.swap_answered", key) not in said:
        why = _("{chamber} asks us to take its turn to host.").format(chamber=session.swaps_to_answer[0].asker)
        yield Item(str(session), url, why, session.day, "waiting", _("Answer"))
    if session.is_waiting_for_dates and ("meetings.dates_answered", key) not in said:
        yield Item(
            str(session), url, _("Say on which dates the chamber can come."), session.poll_until, "due", _("Answer")
        )
    if session.is_waiting_for_answer and ("meetings.attendance_answered", key) not in said:
        yield Item(
            str(session), url, _("Say whether the chamber comes, and with whom."), session.day, "due", _("Answer")
        )
    answered = {("meetings.minutes_approved", key), ("meetings.amendment_asked", key)} & said
    if may_commit and session.is_waiting_for_approval and not answered:
        why = _("Read the minutes and approve them; silence approves.")
        yield Item(str(session), url, why, session.respond_by, "due", _("Read"))


def _of_delegation(session: SeenSession) -> Iterator[Item]:
    """The head has said no, or would rather come at another time: somebody must step in."""
    if session.is_ahead and (head := Delegate.objects.unwilling_head(session.id)):
        url = reverse("meetings-session", args=[session.id])
        why = _("{name}, head of the delegation, cannot come: let the substitute go.").format(name=head.name)
        yield Item(str(session), url, why, session.day, "due", _("Look"))


def _of_action(action: SeenAction) -> Item:
    why = _("Action item of {session}").format(session=action.session)
    if action.answer:
        why = _("Sent back: {reason}").format(reason=action.answer)
    elif action.is_escalated:
        why = _("Action item of {session}, more than a week late").format(session=action.session)
    url = reverse("meetings-action", args=[action.id])
    return Item(action.title, url, why, action.due_on, "due", _("Report"))
