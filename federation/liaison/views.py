"""The working place of a session, its series, and the ledger of hosts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import View

from federation.liaison import ledger, queries
from federation.liaison.forms import FORMS, ConveneForm, SessionForm
from federation.liaison.models import ActionItem, Session
from federation.liaison.models.status import AT_MEETING, BEFORE_NOTICE, IN_ORDER, Status
from huiguan.screens.base import Screen
from huiguan.screens.records import RecordDetail, RecordMove
from huiguan.states import Move

# Moves that stand beside what they are done to; the others are listed as what can be done now.
BESIDE = frozenset(FORMS) - {"schedule", "rearrange", "postpone", "cancel"}
ON_THE_DAY = ("check_in", "undo_check_in", "note_statement", "record_decision", "assign_action")
INLINE = ("add_agenda_item", "note_statement", "record_decision", "assign_action")


class SessionPage(RecordDetail):
    """Everything of one session: host, agenda, attendance, record, minutes, each with what can be done to it now."""

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
            "steps": [Status(s).label for s in IN_ORDER],
            **_preparation(session),
            **_record(session),
        }


class SessionMove(RecordMove):
    """A move of a session, with a form that knows the session's chambers and agenda."""

    def form_for(self, record: Any, declared: Move, data: Any = None) -> Any:
        shape = FORMS.get(declared.name, SessionForm)
        held = {name: getattr(record, name, None) for name in shape.base_fields}
        return shape(data, session=record, initial={k: v for k, v in held.items() if v})


class MinutesPage(RecordDetail):
    """The minutes alone, as they are printed and signed."""

    screen = "minutes"

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(minutes__isnull=False).select_related("minutes", "series")


class SeriesPage(RecordDetail):
    """The sessions of a series on a line of time, the topics that wait, whose turn it is."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series = self.object
        return {
            **super().get_context_data(**kwargs),
            "sessions": series.sessions.select_related("minutes").order_by("-number"),
            "topics": series.topics.waiting().prefetch_related("seconds"),
            "open_actions": _unsettled(series),
            "queue": queries.next_queue(series)[:3],
            "can_convene": self.actor.can("liaison.convene"),
            "today": localdate(),
        }


class HostLedger(RecordDetail):
    """Whose turn it is to host, with every number, and what was asked and answered before."""

    screen = "hosts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series = self.object
        found = {"queue": queries.next_queue(series), "past": ledger.past(series.pk)}
        return {**super().get_context_data(**kwargs), **found}


class Convene(Screen, View):
    """POST opens the next session of the series."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._ask(self._series(pk), ConveneForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        series, form = self._series(pk), ConveneForm(request.POST)
        if not form.is_valid():
            return self._ask(series, form)
        session = series.convene(**form.cleaned_data)
        return redirect("liaison-session-detail", session.pk)

    def _series(self, pk: Any) -> Any:
        return get_object_or_404(self.get_queryset(), pk=pk)

    def _ask(self, series: Any, form: ConveneForm) -> HttpResponse:
        back = reverse("liaison-series-detail", args=[series.pk])
        return render(self.request, "liaison/convene.html", {"series": series, "form": form, "cancel_url": back})


def _makes_sense(name: str, session: Session) -> bool:
    """What the state allows but the day does not yet is not offered."""
    if name in ON_THE_DAY:
        return session.has_come
    if name == "adopt_minutes":
        return session.can_adopt()
    return session.has_begun if name == "hold" else True


def _inline(name: str, session: Session) -> SessionForm:
    """A form on the page itself; its fields' ids must not meet those of another."""
    return FORMS[name](session=session, auto_id=f"{name}_%s")


def _preparation(session: Session) -> dict[str, Any]:
    """Host, topics, agenda, roll."""
    is_open = session.status in BEFORE_NOTICE
    return {
        "queue": ledger.rows(session) if is_open else [],
        "proposals": list(session.proposals.all()),
        "topics": session.series.topics.waiting().prefetch_related("seconds") if is_open else [],
        "agenda": list(session.timed_agenda()),
        "follow_up": list(ActionItem.objects.before(session).select_related("session")),
        "roll": list(session.roll.all()),
    }


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


def _unsettled(series: Any) -> Any:
    return ActionItem.objects.unsettled().filter(session__series=series).select_related("session")
