"""What persons ask for by their link, and that it waits for the administrator. [PIPL 45, 47, 50]"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan import trail
from huiguan.about import CHAMBER_URLS
from huiguan.actors import Actor
from huiguan.capability import Item
from huiguan.deliveries.actions import announce
from huiguan.own.pages import own_page
from huiguan.privacy.models import Wish


@own_page()
def rights(request: Any) -> HttpResponse:
    """Each wish with what became of it; asked for a second time, it is the same one."""
    contact = request.own.contact
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in Wish.Kind.values:
            raise Http404(kind)
        with transaction.atomic():
            trail.take_turn()
            if not Wish.objects.filter(contact=contact, kind=kind, status=Wish.Status.OPEN).exists():
                _tell_office(Wish.objects.create(contact=contact, kind=kind))
        messages.success(request, _("The chamber has your wish, and answers within fifteen days."))
        return redirect("privacy-own")
    wishes = list(Wish.objects.filter(contact=contact))
    waiting = {wish.kind for wish in wishes if wish.status == Wish.Status.OPEN}
    kinds = [{"name": kind.value, "label": kind.label, "is_open": kind.value in waiting} for kind in Wish.Kind]
    return render(request, "privacy/own_rights.html", {"kinds": kinds, "wishes": wishes})


def _tell_office(wish: Wish) -> None:
    """The law counts the days from now."""
    subject = format_lazy(gettext_lazy("A contact of {member} asks for a right"), member=wish.contact.member)
    url = reverse("privacy-person", urlconf=CHAMBER_URLS, args=[wish.contact_id])
    announce(about=wish.contact.member, permission="privacy.people", subject=subject, url=url)


def waiting(actor: Actor) -> Iterator[Item]:
    """For whoever may hand out and erase."""
    found = Wish.objects.filter(status=Wish.Status.OPEN).select_related("contact__member").order_by("due_on", "id")
    for wish in found:
        url = reverse("privacy-person", args=[wish.contact_id])
        why = wish.contact.member.name
        yield Item(f"{wish.contact.name}：{wish.get_kind_display()}", url, why, wish.due_on, "due", _("Answer"))
