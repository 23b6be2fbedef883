"""One's own page: where one is signed in, and ending that. [ASVS 7.4.5]"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan import access
from huiguan.access import page
from huiguan.accounts import sessions as own
from huiguan.accounts.models import Session


@page(access.SIGNED_IN, on_shared_tables=True, on_the_way_in=True)
def sessions(request: Any) -> HttpResponse:
    """On every host: device, place, last use; the present one first."""
    found = list(Session.objects.of(request.user).filter(expire_date__gt=now()))
    found.sort(key=lambda each: each.session_key != request.session.session_key)
    names = _names(request.user)
    rows = [{"session": each, "place": names.get(each.host_key, ""), "is_here": n == 0} for n, each in enumerate(found)]
    return render(request, "account/sessions.html", {"rows": rows})


@page(access.SIGNED_IN, methods=("POST",), on_shared_tables=True, on_the_way_in=True)
def end_one(request: Any, name: str) -> HttpResponse:
    """The next request from there is nobody's."""
    if not own.end(request.user, name):
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("own-sessions")


@page(access.SIGNED_IN, methods=("POST",), on_shared_tables=True, on_the_way_in=True)
def end_others(request: Any) -> HttpResponse:
    """Everywhere but here."""
    n = own.end_others(request.user, request.session.session_key)
    messages.success(request, ngettext("Signed out in {n} place.", "Signed out in {n} places.", n).format(n=n))
    return redirect("own-sessions")


def _names(person: Any) -> dict[str, str]:
    """Of the places where this person has a role, by the key of their hosts."""
    held = {str(a["chamber"] or a["federation"]): a["name"] or "" for a in person.appointments}
    return {**held, "site": _("Platform operations")}
