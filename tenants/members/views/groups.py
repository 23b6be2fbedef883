"""A group with its members: who leads, who speaks for them, who left; many are taken in at once. [002 §1]"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.access import page
from huiguan.screens.converters import is_uuid
from huiguan.screens.records import RecordDetail
from tenants.members.models import Group, GroupPlace, Member, Segment

SHOWN = 100
STEPS = {
    "lead": lambda place: place.lead(),
    "represent": lambda place: place.represent(True),
    "step_back": lambda place: place.represent(False),
    "leave": lambda place: place.leave(),
}


class GroupDetail(RecordDetail):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = self.object.places.select_related("member").order_by("-is_leader", "-represents", "member__sort_key")
        here, left = places.filter(left_on=None), places.exclude(left_on=None)
        own = {"places": here, "left": left, "may_change": self.actor.can("members.change")}
        return {**super().get_context_data(**kwargs), **own}


@page("members.change", methods=("POST",))
def step(request: Any, pk: Any, name: str) -> HttpResponse:
    """One step for one place: lead, speak for the members, step back, leave."""
    place = get_object_or_404(GroupPlace.objects.select_related("group", "member"), pk=pk)
    if name not in STEPS:
        return redirect("members-group-detail", pk=place.group_id)
    try:
        STEPS[name](place)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“{record}” was saved.").format(record=place))
    return redirect("members-group-detail", pk=place.group_id)


@page("members.change")
def take_in(request: Any, pk: Any) -> HttpResponse:
    """Who could join, narrowed by a search or a segment; the chosen, or all that are found, are taken in at once."""
    group = get_object_or_404(Group, pk=pk)
    candidates = _candidates(group, request)
    if request.method == "POST":
        chosen = candidates if "all" in request.POST else candidates.filter(pk__in=_chosen(request))
        number = group.take_in(chosen)
        said = ngettext("{n} member was taken in.", "{n} members were taken in.", number).format(n=number)
        messages.success(request, said)
        return redirect("members-group-detail", pk=group.pk)
    context = {
        "group": group,
        "candidates": list(candidates.prefetch_related("positions")[:SHOWN]),
        "total": candidates.count(),
        "query": request.GET.get("q", ""),
        "segment": request.GET.get("segment", ""),
        "segments": Segment.objects.seen_by(request.actor),
        "address": urlencode({k: v for k, v in request.GET.items() if v}),
        "list_url": reverse("members-group-detail", args=[group.pk]),
    }
    return render(request, "members/group_take_in.html", context)


def _candidates(group: Group, request: Any) -> QuerySet[Member]:
    """Members who have no place in the group now."""
    found = Member.objects.active().search(request.GET.get("q", "")[:100])
    key = request.GET.get("segment", "")
    if is_uuid(key):
        segment = get_object_or_404(Segment.objects.seen_by(request.actor), pk=key)
        found = found.filter(pk__in=segment.members().order_by().values("pk"))
    there = GroupPlace.objects.filter(group=group, left_on=None).values("member")
    return found.exclude(pk__in=there)  # type: ignore[no-any-return]


def _chosen(request: Any) -> list[str]:
    return [key for key in request.POST.getlist("chosen") if is_uuid(key)]
