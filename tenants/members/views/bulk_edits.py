"""Changes one field of many members: chosen in the list or all of it; before and after are shown, then it is done."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from huiguan.access import page
from huiguan.kit.notices import tell
from huiguan.screens.base import visible
from huiguan.screens.converters import is_uuid
from huiguan.screens.narrowing import narrow
from tenants.members import bulk_editing
from tenants.members.forms.bulk_edits import ALL, BulkEditForm
from tenants.members.models import Member
from tenants.members.resources import MEMBER

SHOWN = 50
MOST = 5000


@page("members.change")
def change(request: Any) -> HttpResponse:
    """The list's address says which members `all` are; `chosen` come with the form."""
    chosen, everybody = _chosen(request), narrow(MEMBER, visible(MEMBER, request.actor), request.GET)
    said = {"data": request.POST} if "step" in request.POST else {"initial": request.POST.dict()}
    form = BulkEditForm(**said, chosen=chosen.count(), total=everybody.count())
    previewed = None
    if form.is_bound and "value" in form.fields and form.is_valid():
        members = everybody if form.cleaned_data["scope"] == ALL else chosen
        if "apply" in request.POST and (answer := _applied(request, members, form)):
            return answer
        previewed = bulk_editing.preview(members, form.cleaned_data["field"], form.new_value())
    return render(request, "members/bulk_edit.html", _context(request, form, previewed))


def _applied(request: Any, members: QuerySet[Any], form: BulkEditForm) -> HttpResponse | None:
    """None when something else would be changed than was shown: it is shown again."""
    try:
        record = bulk_editing.apply(
            members, form.cleaned_data["field"], form.new_value(), seen=request.POST.get("seen", "")
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    said = ngettext("{n} member was changed.", "{n} members were changed.", record.number).format(n=record.number)
    tell(request, said, undo_url=reverse("members-bulkedit-move", args=[record.pk, "undo"]))
    return redirect(f"{reverse('members-member-list')}?{_address(request)}")


def _context(request: Any, form: BulkEditForm, previewed: bulk_editing.Preview | None) -> dict[str, Any]:
    return {
        "form": form,
        "chosen": request.POST.getlist("chosen"),
        "address": _address(request),
        "preview": previewed,
        "shown": previewed.changes[:SHOWN] if previewed else [],
        "more": max(0, len(previewed.changes) - SHOWN) if previewed else 0,
        "list_url": f"{reverse('members-member-list')}?{_address(request)}",
    }


def _chosen(request: Any) -> QuerySet[Member]:
    keys = [key for key in request.POST.getlist("chosen")[:MOST] if is_uuid(key)]
    found: QuerySet[Member] = visible(MEMBER, request.actor).filter(pk__in=keys)
    return found


def _address(request: Any) -> str:
    return urlencode({key: value for key, value in request.GET.items() if value and key != "page"})
