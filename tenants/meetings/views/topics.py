"""Topics that wait for a session: read, proposed and seconded by the chamber."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from federation.liaison import queries
from huiguan.access import page
from tenants.meetings import actions
from tenants.meetings.forms import TopicForm
from tenants.meetings.models.replies import on_its_way
from tenants.meetings.views import found


@page("meetings.view", methods=("GET", "HEAD"))
def topics(request: Any) -> HttpResponse:
    """The most wanted first."""
    waiting, may_answer = queries.topics(chamber_id=request.actor.chamber_id), request.actor.can("meetings.answer")
    context = {
        "topics": waiting,
        "can_second": may_answer and any(not topic.is_backed for topic in waiting),
        "sent": {key for name, key in on_its_way() if name == "meetings.topic_seconded"},
        "may_answer": may_answer,
    }
    return render(request, "meetings/topics.html", context)


@page("meetings.answer")
def propose(request: Any) -> HttpResponse:
    known = queries.series_of(chamber_id=request.actor.chamber_id)
    form = TopicForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        found.say(request, actions.propose_topic, **form.cleaned_data)
        return redirect("meetings-topics")
    return render(request, "meetings/topic_form.html", {"form": form, "known": known})


@page("meetings.answer", methods=("POST",))
def second(request: Any, pk: Any) -> HttpResponse:
    found.say(request, actions.second_topic, topic=found.topic(request, pk))
    return redirect("meetings-topics")
