"""The sessions addressed to the chamber, and its answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.liaison import papers, queries
from federation.liaison.models.status import BEFORE_MEETING, IN_ORDER, Status
from federation.liaison.seen import SeenMeeting, SeenSession
from huiguan.access import page
from tenants.meetings import actions
from tenants.meetings.forms import AmendmentForm, AttendanceForm, DatesForm, DelegateForm, HostingForm, SwapForm
from tenants.meetings.models import Delegate, Reply
from tenants.meetings.models.replies import on_its_way
from tenants.meetings.views import found


@page("meetings.view", methods=("GET", "HEAD"))
def home(request: Any) -> HttpResponse:
    """The meetings ahead and those behind, the chamber's action items beside them."""
    chamber_id = request.actor.chamber_id
    sessions = queries.sessions(chamber_id=chamber_id)
    mine = [a for a in queries.action_items(chamber_id=chamber_id) if a.is_to_do]
    context = {
        "ahead": [s for s in reversed(sessions) if s.status in BEFORE_MEETING],
        "past": [s for s in sessions if s.status not in BEFORE_MEETING],
        "series": queries.series_of(chamber_id=chamber_id),
        "actions": mine,
        "topics": queries.topics(chamber_id=chamber_id)[:5],
        "may_answer": request.actor.can("meetings.answer"),
        "today": localdate(),
    }
    return render(request, "meetings/home.html", context)


@page("meetings.view", methods=("GET", "HEAD"))
def session(request: HttpRequest, pk: Any) -> HttpResponse:
    return session_page(request, found.meeting(request, pk))


@page("meetings.commit", methods=("POST",))
def answer_host(request: HttpRequest, pk: Any) -> HttpResponse:
    meeting, form = found.meeting(request, pk), HostingForm(request.POST)
    if form.is_valid():
        found.say(request, actions.answer_host, session=meeting.session, **form.cleaned_data)
    return redirect("meetings-session", pk)


@page("meetings.answer", methods=("POST",))
def answer_dates(request: HttpRequest, pk: Any) -> HttpResponse:
    meeting = found.meeting(request, pk)
    form = DatesForm(request.POST, session=meeting.session)
    if not form.is_valid():
        return session_page(request, meeting, dates=form)
    found.say(request, actions.answer_dates, session=meeting.session, words=form.cleaned_data)
    return redirect("meetings-session", pk)


@page("meetings.answer", methods=("POST",))
def answer_attendance(request: HttpRequest, pk: Any) -> HttpResponse:
    meeting, form = found.meeting(request, pk), AttendanceForm(request.POST)
    if not form.is_valid():
        return session_page(request, meeting, attendance=form)
    said = {**form.cleaned_data, "people": form.cleaned_data["people"] or 0}
    found.say(request, actions.answer_attendance, session=meeting.session, **said)
    return redirect("meetings-session", pk)


@page("meetings.commit", methods=("POST",))
def approve_minutes(request: HttpRequest, pk: Any) -> HttpResponse:
    """Only the words that were on the page: others have another digest."""
    meeting = found.meeting(request, pk)
    if request.POST.get("digest") == meeting.digest:
        found.say(request, actions.approve_minutes, meeting=meeting)
    else:
        messages.error(request, _("The minutes have changed meanwhile. Read them again."))
    return redirect("meetings-session", pk)


@page("meetings.commit", methods=("POST",))
def ask_amendment(request: HttpRequest, pk: Any) -> HttpResponse:
    meeting, form = found.meeting(request, pk), AmendmentForm(request.POST)
    if not form.is_valid():
        return session_page(request, meeting, amendment=form)
    found.say(request, actions.ask_amendment, meeting=meeting, **form.cleaned_data)
    return redirect("meetings-session", pk)


@page("meetings.view", methods=("GET", "HEAD"))
def minutes_pdf(request: HttpRequest, pk: Any) -> HttpResponse:
    """As the federation's own page gives it: the same words on the same paper."""
    meeting = found.meeting(request, pk)
    if meeting.adopted_at is None:
        raise Http404(pk)
    adopted_on, federation = localdate(meeting.adopted_at), meeting.session.series.federation
    made = papers.minutes_pdf(
        words=meeting.minutes, digest=meeting.digest, adopted_on=adopted_on, federation=federation
    )
    return HttpResponse(made, content_type="application/pdf")


@page("meetings.view", methods=("GET", "HEAD"))
def hosts(request: Any, pk: Any) -> HttpResponse:
    """Whose turn it is to host, with the numbers that every chamber can check."""
    try:
        queue, past = queries.host_queue(chamber_id=request.actor.chamber_id, series_id=pk)
    except ObjectDoesNotExist as error:
        raise Http404(pk) from error
    return render(request, "meetings/hosts.html", {"queue": queue, "past": past})


def session_page(request: Any, meeting: SeenMeeting, **forms: Any) -> HttpResponse:
    """An invalid form comes back in its place with what is wrong."""
    seen, actor = meeting.session, request.actor
    context = {
        "meeting": meeting,
        "session": seen,
        "attendance": forms.get("attendance") or _attendance(seen),
        "dates": forms.get("dates") or DatesForm(session=seen),
        "swap": forms.get("swap") or SwapForm(meeting=meeting),
        "delegate": forms.get("delegate") or DelegateForm(),
        "delegates": Delegate.objects.going_to(seen.id),
        "amendment": forms.get("amendment") or AmendmentForm(),
        "is_amending": "amendment" in forms,
        "replies": Reply.objects.about(seen.id),
        "steps": [Status(s).label for s in IN_ORDER],
        "sent": {name.removeprefix("meetings.") for name, key in on_its_way() if key == str(seen.id)},
        "may_answer": actor.can("meetings.answer"),
        "may_commit": actor.can("meetings.commit"),
    }
    return render(request, "meetings/session.html", context)


def _attendance(seen: SeenSession) -> AttendanceForm:
    """As it was answered before."""
    coming = "no" if seen.answer == "away" else "yes"
    initial = {"coming": coming, "head": seen.head, "people": seen.people or None, "note": seen.note}
    return AttendanceForm(initial={**initial, "is_online": seen.is_online})
