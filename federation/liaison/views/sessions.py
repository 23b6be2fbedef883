"""The list of sessions, and the working place of one."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from federation.liaison import floor, ledger, polls
from federation.liaison.drafting import press_release
from federation.liaison.forms import FORMS, SessionForm
from federation.liaison.models import ActionItem, Session
from federation.liaison.models.status import AT_MEETING, BEFORE_NOTICE, IN_ORDER, WITH_DATES_OFFERED, Status
from federation.liaison.papers import minutes_pdf
from federation.registry.models import Federation
from huiguan.screens.lists import RecordList
from huiguan.screens.records import RecordDetail, RecordMove
from huiguan.states import Move

# Moves that stand beside what they are done to; the others are listed as what can be done now.
BESIDE = {"withdraw_proposal", "withdraw_poll", "finish_item", *FORMS} - {
    "schedule", "open_poll", "rearrange", "postpone", "cancel", "hand_over",
}  # fmt: skip
ON_THE_DAY = (
    "take_up",
    "give_floor",
    "finish_item",
    "check_in",
    "undo_check_in",
    "note_statement",
    "record_decision",
    "assign_action",
)
ROOM = "room"
IN_THE_ROOM = ("note_statement", "record_decision", "assign_action")
INLINE = ("add_agenda_item", "add_paper", "note_statement", "record_decision", "assign_action")


class SessionList(RecordList):
    """Its button for a new one leads to the series that counts it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        new_url = reverse("liaison-next") if self.actor.can("liaison.convene") else None
        return {**super().get_context_data(**kwargs), "new_url": new_url}


class InPlace(RecordDetail):
    """A page whose buttons stay on it: they get back only what they replace."""

    part = ""

    def get_template_names(self) -> list[str]:
        return ["liaison/main_only.html"] if self.request.htmx else super().get_template_names()  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "part": self.part}


class SessionPage(InPlace):
    """Everything of one session: host, agenda, attendance, record, minutes, each with what can be done to it now."""

    part = "liaison/_session.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("series", "minutes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = self.object
        context = super().get_context_data(**kwargs)
        every = {m["name"]: m for m in context["moves"] if _makes_sense(m["name"], session)}
        return {
            **context,
            "session": session,
            "moves": [m for m in every.values() if m["name"] not in BESIDE],
            "can": every,
            "forms": {name: _inline(name, session) for name in INLINE if name in every},
            "can_lead": "give_floor" in every,
            "steps": [Status(s).label for s in IN_ORDER],
            **_preparation(session),
            **_record(session),
        }


class SessionMove(RecordMove):
    """A move of a session, with a form that knows the session's chambers and agenda."""

    def form_for(self, record: Any, declared: Move, data: Any = None) -> Any:
        shape = FORMS.get(declared.name, SessionForm)
        held = {name: getattr(record, name, None) for name in shape.base_fields}
        given = self.request.GET.dict()  # what the link that led here knows already
        return shape(data, session=record, initial={**{k: v for k, v in held.items() if v}, **given})

    def url(self, screen: str, record: Any = None) -> str:
        """What is done in the meeting room leads back to it."""
        if screen == "detail" and self.request.GET.get("back") == ROOM:
            return reverse("liaison-room", args=[record.pk])
        return super().url(screen, record)


class Room(InPlace):
    """The meeting while it is on: the item under way with its clock, who speaks next, and the record. [001]"""

    screen = "room"
    part = "liaison/_room.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("series")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = self.object
        context = super().get_context_data(**kwargs)
        can = {m["name"]: _back_to_the_room(m) for m in context["moves"] if _makes_sense(m["name"], session)}
        here = floor.of(session)
        given = {"item_id": here.item and here.item.pk, "chamber_id": here.speech and here.speech.chamber_id}
        forms = {name: _inline(name, session, given) for name in IN_THE_ROOM if name in can}
        return {**context, "session": session, "can": can, "forms": forms, "floor": here, **_there(session)}


class MinutesPage(RecordDetail):
    """The minutes alone, as they are printed and signed."""

    screen = "minutes"

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(minutes__isnull=False).select_related("minutes", "series")


class PressDraft(RecordDetail):
    """Only from adopted minutes: what is told to others has been approved by those it is about."""

    screen = "press"

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(minutes__adopted_at__isnull=False).select_related("series")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "text": press_release(self.object)}


class MinutesPdf(RecordDetail):
    """Adopted minutes alone: before that they are still changed."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(minutes__adopted_at__isnull=False).select_related("minutes")

    def render_to_response(self, context: Any, **response: Any) -> HttpResponse:
        minutes = self.object.minutes
        federation = Federation.objects.get(pk=self.object.federation_id).name
        adopted_on = localdate(minutes.adopted_at)
        made = minutes_pdf(words=minutes.text, digest=minutes.digest, adopted_on=adopted_on, federation=federation)
        return HttpResponse(made, content_type="application/pdf")


def _makes_sense(name: str, session: Session) -> bool:
    """What the state allows but the day does not yet is not offered."""
    if name in ON_THE_DAY:
        return session.has_come
    if name in ("schedule", "open_poll"):
        return session.host_id is not None
    if name == "hand_over":
        return session.host_id is not None and not session.is_handed_over
    if name == "replace_host":
        return bool(session.hosts_away())
    if name == "adopt_minutes":
        return session.can_adopt()
    return session.has_begun if name == "hold" else True


def _inline(name: str, session: Session, given: dict[str, Any] | None = None) -> SessionForm:
    """A form on the page itself; its fields' ids must not meet those of another."""
    return FORMS[name](session=session, auto_id=f"{name}_%s", initial=given or {})


def _back_to_the_room(move: dict[str, Any]) -> dict[str, Any]:
    return {**move, "url": f"{move['url']}?back={ROOM}"}


def _preparation(session: Session) -> dict[str, Any]:
    """Host, topics, agenda, roll."""
    is_open = session.status in BEFORE_NOTICE
    return {
        "queue": ledger.rows(session) if is_open else [],
        "poll": polls.rows(session) if session.status in WITH_DATES_OFFERED else [],
        "silent": polls.silent(session) if session.status == Status.POLLING else [],
        "proposals": list(session.proposals.all()),
        "swaps": list(session.swaps.all()),
        "topics": session.series.topics.waiting().prefetch_related("seconds") if is_open else [],
        "agenda": list(session.timed_agenda()),
        "follow_up": list(ActionItem.objects.before(session).select_related("session")),
        "roll": list(session.roll.all()),
        "papers": list(session.papers.all()),
    }


def _there(session: Session) -> dict[str, Any]:
    """What the meeting room shows beside the floor."""
    return {"agenda": list(session.timed_agenda()), "roll": list(session.roll.all()), **_record(session)}


def _record(session: Session) -> dict[str, Any]:
    """What was said, decided, taken on, and the minutes of it."""
    minutes = getattr(session, "minutes", None)
    return {
        "is_at_meeting": session.status in AT_MEETING and session.has_come,
        "statements": list(session.statements.select_related("item")),
        "decisions": list(session.decisions.select_related("item")),
        "actions": list(session.action_items.select_related("item")),
        "minutes": minutes,
        "approvals": list(session.current_approvals()) if minutes and minutes.version else [],
    }
