"""Segments: what a list shows kept under a name, for lists, exports and whatever else is meant for some members."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.actors import Actor
from tenants.members import standings
from tenants.members.forms.segments import SegmentForm
from tenants.members.models import Member, Segment

MOST = 100


@page("members.view", methods=("GET", "HEAD"))
def segments(request: Any) -> HttpResponse:
    """Shared ones and one's own, each with how many belong to it now."""
    standings.refresh()
    found = list(Segment.objects.seen_by(request.actor)[:MOST])
    rows = [
        {"segment": segment, "size": size, "may_change": may_change(segment, request.actor)}
        for segment, size in zip(found, sizes(found), strict=True)
    ]
    return render(request, "members/segments.html", {"rows": rows, "may_send": request.actor.can("own.send")})


@page("members.view")
def keep(request: Any) -> HttpResponse:
    """The list that the address shows, under a name."""
    form = SegmentForm(request.POST or None, actor=request.actor)
    try:
        form.instance.keep(request.GET)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(_list_of(request.GET.urlencode()))
    if request.method == "POST" and form.is_valid():
        segment = form.save()
        messages.success(request, _("The segment “{name}” was kept.").format(name=segment))
        return redirect(_list_of(segment.query))
    return render(request, "members/segment_form.html", {"form": form, "segment": form.instance})


@page("members.view")
def change(request: Any, pk: Any) -> HttpResponse:
    """Another name, for all or for oneself."""
    segment = _own(request, pk)
    form = SegmentForm(request.POST or None, actor=request.actor, instance=segment)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("members-segments")
    return render(request, "members/segment_form.html", {"form": form, "segment": segment})


@page("members.view", methods=("POST",))
def remove(request: Any, pk: Any) -> HttpResponse:
    """The members stay, only the name for them goes; what is still sent to it keeps it."""
    segment = _own(request, pk)
    segment.delete()
    messages.success(request, _("The segment “{name}” was removed. Its members stay.").format(name=segment))
    return redirect("members-segments")


def chips(request: Any) -> list[dict[str, Any]]:
    """The segments above a list; the one it shows now is marked."""
    now = {key: value for key, value in request.GET.items() if key not in ("page", "sort") and value}
    found = Segment.objects.seen_by(request.actor)[:MOST]
    return [{"segment": s, "url": _list_of(s.query), "current": s.asked.dict() == now} for s in found]


def sizes(found: list[Segment]) -> list[int]:
    """How many belong to each now, in one query for all."""
    asked = {f"n{at}": Count("pk", filter=Q(pk__in=_keys(each))) for at, each in enumerate(found)}
    counted = Member.objects.order_by().aggregate(**asked) if asked else {}
    return [counted[f"n{at}"] for at in range(len(found))]


def may_change(segment: Segment, actor: Actor) -> bool:
    return segment.owner_id == actor.person_id or (segment.is_shared and actor.can("members.delete"))


def _keys(segment: Segment) -> Any:
    return segment.members().order_by().values("pk")


def _own(request: Any, pk: Any) -> Segment:
    segment: Segment = get_object_or_404(Segment.objects.seen_by(request.actor), pk=pk)
    if not may_change(segment, request.actor):
        raise PermissionDenied
    return segment


def _list_of(query: str) -> str:
    return f"{reverse('members-member-list')}?{query}"
