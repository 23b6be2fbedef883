"""What the chamber says to a liaison meeting: each is kept here and leaves as one message."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from federation.liaison.seen import SeenAction, SeenMeeting, SeenSeries, SeenSession, SeenTopic
from huiguan.actors import current_actor
from tenants.meetings.models import ActionReport, Reply

Kind = Reply.Kind


@transaction.atomic
def answer_host(*, session: SeenSession, accepts: bool, note: str = "") -> Reply:
    """Take the session on, or keep the claim for another time."""
    current_actor().require("meetings.commit")
    if not session.is_asked_to_host:
        raise ValidationError(_("The chamber is not being asked to host."))
    reply = reply_about(session, Kind.HOSTS if accepts else Kind.CANNOT_HOST, text=note)
    reply.send("meetings.host_answered", {"session_id": str(session.id), "accepts": accepts, "note": note})
    return reply


@transaction.atomic
def propose_topic(*, series: SeenSeries, title: str, detail: str = "") -> Reply:
    current_actor().require("meetings.answer")
    reply = _reply(Kind.PROPOSED, series, series.id, title, text=detail)
    reply.send("meetings.topic_proposed", {"series_id": str(series.id), "title": title, "detail": detail})
    return reply


@transaction.atomic
def second_topic(*, topic: SeenTopic) -> Reply:
    """Stand behind another chamber's topic."""
    current_actor().require("meetings.answer")
    if topic.is_backed:
        raise ValidationError(_("The chamber already stands behind this topic."))
    reply = _reply(Kind.SECONDED, topic.series, topic.id, topic.title)
    reply.send("meetings.topic_seconded", {"topic_id": str(topic.id)})
    return reply


@transaction.atomic
def answer_dates(*, session: SeenSession, words: dict[str, str]) -> Reply:
    """`words`: yes, maybe or no for the key of every date of the poll."""
    current_actor().require("meetings.answer")
    if not session.is_polling or words.keys() != {str(date.id) for date in session.dates}:
        raise ValidationError(_("The dates of the poll have changed meanwhile. Look again."))
    reply = reply_about(session, Kind.DATES)
    reply.send("meetings.dates_answered", {"session_id": str(session.id), "words": words})
    return reply


@transaction.atomic
def answer_attendance(*, session: SeenSession, coming: bool, **delegation: Any) -> Reply:
    """`delegation`: head, people, is_online, note. Nobody is named when the chamber does not come."""
    current_actor().require("meetings.answer")
    if not session.can_answer:
        raise ValidationError(_("This session cannot be answered now."))
    note = delegation.get("note", "")
    said = {"head": "", "people": 0, "is_online": False, **(delegation if coming else {}), "note": note}
    kind = Kind.COMING if coming else Kind.AWAY
    reply = reply_about(session, kind, text=note, head=said["head"], people=said["people"])
    reply.send("meetings.attendance_answered", {"session_id": str(session.id), "coming": coming, **said})
    return reply


@transaction.atomic
def approve_minutes(*, meeting: SeenMeeting) -> Reply:
    """Exactly the words that are out: their digest goes with the approval."""
    current_actor().require("meetings.commit")
    session = _approvable(meeting)
    reply = reply_about(session, Kind.APPROVED)
    said = {"session_id": str(session.id), "version": session.version, "digest": meeting.digest}
    reply.send("meetings.minutes_approved", said)
    return reply


@transaction.atomic
def ask_amendment(*, meeting: SeenMeeting, text: str) -> Reply:
    current_actor().require("meetings.commit")
    session = _approvable(meeting)
    reply = reply_about(session, Kind.AMENDMENT, text=text)
    said = {"session_id": str(session.id), "version": session.version, "text": text}
    reply.send("meetings.amendment_asked", said)
    return reply


@transaction.atomic
def start_action(*, action: SeenAction) -> ActionReport:
    report = _report(action)
    report.start()
    return report


@transaction.atomic
def finish_action(*, action: SeenAction, evidence: str, remark: str = "") -> ActionReport:
    """`evidence` leaves, `remark` stays."""
    report = _report(action)
    if remark != report.remark:
        report.remark = remark
        report.save()
    report.finish(evidence=evidence)
    return report


def reply_about(session: SeenSession, kind: str, **fields: Any) -> Reply:
    """The chamber's own copy of what it says of a session; it has not left yet."""
    return _reply(kind, session.series, session.id, str(session), **fields)


def _approvable(meeting: SeenMeeting) -> SeenSession:
    if not meeting.session.may_approve:
        raise ValidationError(_("The chamber is not asked to approve these minutes."))
    return meeting.session


def _report(action: SeenAction) -> ActionReport:
    current_actor().require("meetings.answer")
    if not action.is_to_do:
        raise ValidationError(_("This action item is no longer open."))
    report = ActionReport.objects.for_action(action)
    if report._state.adding:
        report.save()
    return report


def _reply(kind: str, series: SeenSeries, about_id: Any, about: str, **fields: Any) -> Reply:
    reply = Reply(kind=kind, federation_id=series.federation_id, federation_name=series.federation)
    reply.about_id, reply.about = about_id, about
    for name, value in fields.items():
        setattr(reply, name, value)
    reply.save(force_insert=True)
    return reply
