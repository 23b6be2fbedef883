"""A person's rights: everything that is kept of them to hand out, and their erasure, shown beforehand."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.actors import Actor
from huiguan.privacy.erasing import PERMISSION, erase, read_of
from huiguan.privacy.handing_out import archive_of
from huiguan.privacy.models import Wish
from huiguan.privacy.persons import mentions_of, parts_of, person_of

MOST = 50


@page(PERMISSION, methods=("GET", "HEAD"))
def people(request: Any) -> HttpResponse:
    """Found by name, number or address."""
    words = request.GET.get("q", "").strip()[:60]
    asked = Q(name__contains=words) | Q(phone__contains=words) | Q(email__icontains=words) | Q(wechat=words)
    found = apps.get_model("members.Contact").objects.filter(asked).select_related("member")
    rows = list(found.order_by("name", "pk")[:MOST]) if words else []
    return render(request, "privacy/people.html", {"query": words, "rows": rows})


@page(PERMISSION)
def person(request: Any, pk: Any) -> HttpResponse:
    """What is kept, what an erasure would do to it and why some of it stays; POST erases."""
    whom = person_of(get_object_or_404(apps.get_model("members.Contact").objects.select_related("member"), pk=pk))
    if request.method == "POST" and (answer := _erased(request, whom)):
        return answer
    parts = parts_of(whom)
    wishes = Wish.objects.filter(contact__in=[c.pk for c in whom.contacts], status=Wish.Status.OPEN)
    said = {"reason": request.POST.get("reason", ""), "wishes": list(wishes), "pk": pk}
    kept = {"person": whom, "parts": parts, "read": read_of(parts), "mentions": mentions_of(whom)}
    return render(request, "privacy/person.html", {**said, **kept})


@page(PERMISSION, methods=("POST",))
def hand_out(request: Any, pk: Any) -> HttpResponse:
    whom = person_of(get_object_or_404(apps.get_model("members.Contact").objects.select_related("member"), pk=pk))
    for wish in Wish.objects.filter(contact__in=[c.pk for c in whom.contacts], kind="copy", status="open"):
        wish.answer()
    headers = {"Content-Disposition": 'attachment; filename="person.zip"', "Cache-Control": "no-store, private"}
    return HttpResponse(archive_of(whom), content_type="application/zip", headers=headers)


def of_contact(contact: Any, actor: Actor) -> dict[str, Any]:
    """What is added to the page of a contact."""
    return {"pk": contact.pk}


def _erased(request: Any, whom: Any) -> HttpResponse | None:
    """None when it is refused: the page then says why, and what was typed stays."""
    reason = request.POST.get("reason", "").strip()
    if not reason or request.POST.get("sure") != "1":
        messages.error(request, _("Say on whose wish it is done, and tick that you have read it."))
        return None
    try:
        done = erase(whom, reason=reason, read=request.POST.get("read", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    messages.success(request, _("The person was erased. What stays says why."))
    return redirect("privacy-erasure-detail", pk=done.pk)
