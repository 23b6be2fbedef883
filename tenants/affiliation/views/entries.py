"""The chamber's directory entry: write it, read word for word what would leave, publish it, take it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from federation.registry.items import Item
from huiguan.access import page
from tenants.affiliation.forms import EntryForm
from tenants.affiliation.models import Affiliation, Entry

WORDS = ("introduction", "strengths", "website", "contact_name", "contact_phone", "contact_agreed")


@page("affiliation.draft")
def edit(request: Any, pk: Any) -> HttpResponse:
    """A draft: saving it sends nothing."""
    affiliation = get_object_or_404(Affiliation.objects.current(), pk=pk)
    entry = affiliation.entries.first()
    form = EntryForm(request.POST or None, instance=entry or _begun(affiliation))
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("affiliation-entry-preview", pk=pk)
    return render(request, "affiliation/entry_form.html", {"affiliation": affiliation, "form": form, "entry": entry})


@page("affiliation.view", methods=("GET", "HEAD"))
def preview(request: Any, pk: Any) -> HttpResponse:
    """Both views of it: as the others will read it, and the message word for word."""
    entry = _entry(pk)
    context = {
        "affiliation": entry.affiliation,
        "entry": entry,
        "content": entry.content(),
        "is_shared": Item.DIRECTORY in entry.affiliation.items,
        "may_change": request.actor.can("affiliation.change"),
        "may_draft": request.actor.can("affiliation.draft"),
    }
    return render(request, "affiliation/entry_preview.html", context)


@page("affiliation.change", methods=("POST",))
def publish(request: Any, pk: Any) -> HttpResponse:
    entry = _entry(pk)
    try:
        entry.publish()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("affiliation-entry-preview", pk=pk)
    messages.success(request, _("The entry is on its way to the directory."))
    return redirect("affiliation-detail", pk=pk)


@page("affiliation.change", methods=("POST",))
def withdraw(request: Any, pk: Any) -> HttpResponse:
    _entry(pk).withdraw()
    messages.success(request, _("The entry was taken back."))
    return redirect("affiliation-detail", pk=pk)


def _entry(pk: Any) -> Entry:
    entries = Entry.objects.select_related("affiliation").filter(affiliation__status=Affiliation.Status.MEMBER)
    found: Entry = get_object_or_404(entries, affiliation_id=pk)
    return found


def _begun(affiliation: Affiliation) -> Entry:
    """What the chamber wrote for another federation, or before it left this one, is where it begins."""
    last = Entry.objects.order_by("-changed_at").values(*WORDS).first()
    return Entry(affiliation=affiliation, **(last or {}))
