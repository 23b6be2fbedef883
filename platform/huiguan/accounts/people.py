"""People and roles of a chamber or a federation: invite, change, end; and who may do what, as a matrix. [T3, T4]"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.accounts.actions import change_role, end, invitation_path, invite
from huiguan.accounts.forms import InvitationForm, RoleForm, roles_of
from huiguan.accounts.models import Appointment, Invitation
from huiguan.capability import Permission, capabilities
from huiguan.shell import shell
from huiguan.tenancy.hosts import absolute_url


@page("people.view", on_shared_tables=True)
def people(request: Any) -> HttpResponse:
    """Who has which role here, and who has been invited."""
    context = {
        "appointments": _appointments(request).select_related("person").order_by("created_at"),
        "invitations": [_open(request, i) for i in _invitations(request) if i.is_open],
        "may_change": request.actor.can("people.change"),
    }
    return render(request, "people/people.html", context)


@page("people.change", on_shared_tables=True)
def invite_person(request: Any) -> HttpResponse:
    """Offer a role by e-mail."""
    form = InvitationForm(request.POST or None, place=request.host.kind)
    if request.method == "POST" and form.is_valid():
        place = shell(request)["shell"]["title"]
        host_name = request.get_host().rsplit(":", 1)[0]
        told = {"host_name": host_name, "place_name": place, "invited_by": request.actor.name, **form.cleaned_data}
        if _done(request, lambda: invite(host=request.host, **told)):
            return redirect("people")
    return render(request, "people/invite.html", {"form": form})


@page("people.change", on_shared_tables=True)
def change_person(request: Any, pk: Any) -> HttpResponse:
    """Another role for someone."""
    appointment = get_object_or_404(_appointments(request), pk=pk)
    form = RoleForm(request.POST or None, instance=appointment, place=request.host.kind)
    if request.method == "POST" and form.is_valid():
        before = Appointment.objects.get(pk=pk)
        if _done(request, lambda: change_role(before, form.cleaned_data["role"])):
            return redirect("people")
    return render(request, "people/change.html", {"form": form, "appointment": appointment})


@page("people.change", methods=("POST",), on_shared_tables=True)
def end_appointment(request: Any, pk: Any) -> HttpResponse:
    """Take a role back. The person's next request here is refused."""
    appointment = get_object_or_404(_appointments(request), pk=pk)

    _done(request, lambda: end(appointment))
    return redirect("people")


@page("people.change", methods=("POST",), on_shared_tables=True)
def withdraw_invitation(request: Any, pk: Any) -> HttpResponse:
    """The link stops working."""
    from django.utils.timezone import now

    invitation = get_object_or_404(_invitations(request), pk=pk)
    invitation.withdrawn_at = now()
    invitation.save(verb="withdrawn")
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("people")


@page("people.view", on_shared_tables=True)
def matrix(request: Any) -> HttpResponse:
    """Every permission of every capability, and the roles that hold it: drawn from the declarations."""
    roles = roles_of(request.host.kind)
    declared = [c for c in capabilities(request.host.kind) if c.permissions]
    groups = [{"label": c.label, "rows": [_row(p, roles) for p in c.permissions]} for c in declared]
    return render(
        request, "screens/permission_matrix.html", {"roles": [label for _r, label in roles], "groups": groups}
    )


def _row(permission: Permission, roles: list[tuple[str, Any]]) -> dict[str, Any]:
    cells = [role in permission.roles for role, _label in roles]
    holders = [str(label) for role, label in roles if role in permission.roles]
    return {"permission": permission.name, "label": permission.label, "cells": cells, "holders": "、".join(holders)}


def _appointments(request: Any) -> QuerySet[Appointment]:
    return Appointment.objects.filter(ended_at=None, **_here(request))


def _invitations(request: Any) -> QuerySet[Invitation]:
    return Invitation.objects.filter(**_here(request))


def _here(request: Any) -> dict[str, Any]:
    host = request.host
    return {"chamber": host.chamber} if host.chamber else {"federation_id": host.federation_id}


def _open(request: Any, invitation: Invitation) -> dict[str, Any]:
    """With its link, for handing over by chat when mail does not arrive."""
    link = absolute_url(request.get_host().rsplit(":", 1)[0], invitation_path(invitation, request.host))
    return {"invitation": invitation, "link": link}


def _done(request: Any, act: Any) -> bool:
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, _("Saved."))
    return True
