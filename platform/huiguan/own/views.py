"""The secretariat's side: a link is made for a contact, all of a member's are revoked."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.access import page
from huiguan.own.actions import link_for, revoke_all


@page("own.send", methods=("POST",))
def make(request: Any, pk: Any) -> HttpResponse:
    """Its page has the address to copy, and the ways to send it."""
    contact = get_object_or_404(apps.get_model("members.Contact"), pk=pk)
    try:
        link = link_for(contact)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("members-member-detail", pk=contact.member_id)
    messages.success(request, _("The link is ready: copy it, or have it sent."))
    return redirect("own-link-detail", pk=link.pk)


@page("own.send", methods=("POST",))
def revoke_of_member(request: Any, pk: Any) -> HttpResponse:
    member = get_object_or_404(apps.get_model("members.Member"), pk=pk)
    number = revoke_all(member=member)
    messages.success(request, ngettext("{n} link was revoked.", "{n} links were revoked.", number).format(n=number))
    return redirect("members-member-detail", pk=member.pk)
