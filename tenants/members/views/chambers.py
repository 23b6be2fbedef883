"""Says which chamber of the platform a group member is, so that its directory entry stands on its page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.actors import Actor
from tenants.members.chambers import known_chambers
from tenants.members.forms.chambers import ChamberForm
from tenants.members.models import Member


@page("members.change")
def link(request: Any, pk: Any) -> HttpResponse:
    member = get_object_or_404(Member, pk=pk, kind=Member.Kind.GROUP)
    known = known_chambers(request.actor.chamber_id)
    form = ChamberForm(request.POST or None, member=member, known=known)
    if request.method == "POST" and form.is_valid():
        member.chamber_id = form.cleaned_data["chamber"]
        member.save()
        messages.success(request, _("“{record}” was saved.").format(record=member))
        return redirect("members-member-detail", pk=pk)
    return render(request, "members/chamber.html", {"form": form, "record": member, "known": known})


def chamber_of(member: Member, actor: Actor) -> dict[str, Any]:
    """For a group member: its chamber by name, as far as it is known."""
    if member.kind != Member.Kind.GROUP or actor.chamber_id is None:
        return {}
    known = {each.id: each.name for each in known_chambers(actor.chamber_id)} if member.chamber_id else {}
    return {"is_group": True, "chamber_name": known.get(member.chamber_id) if member.chamber_id else None}
