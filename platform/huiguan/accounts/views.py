"""Signing in on another host, accepting an invitation, choosing a language, one's own profile."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from huiguan import access, links
from huiguan.access import page
from huiguan.accounts.actions import accept
from huiguan.accounts.forms import AcceptForm
from huiguan.accounts.models import Invitation, Person
from huiguan.accounts.places import places_of
from huiguan.tenancy.hosts import absolute_url
from huiguan.tenancy.models import Domain

BACKEND = "huiguan.accounts.backends.PersonBackend"
SECONDS_TO_SWITCH = 60


@page(access.PUBLIC, on_shared_tables=True)
def switch(request: Any, place: str, key: str) -> HttpResponse:
    """To another place of this person, signed in there by a link that works once; also from where they have no role."""
    offered = places_of(request.user, request.host) if request.user.is_authenticated else []
    if not any(p["url"] == request.path for p in offered):
        raise Http404
    if place == "site":
        host, target = settings.BASE_DOMAIN, "site"
    else:
        filters = {"tenant_id": key} if place == "chamber" else {"federation_id": key}
        host, target = get_object_or_404(Domain, retired_at=None, is_primary=True, **filters).domain, key
    token = links.sign("enter", target, person=str(request.user.pk), once=secrets.token_urlsafe(12))
    return redirect(absolute_url(host, f"/accounts/enter/{token}/"))


@page(access.PUBLIC, on_shared_tables=True)
def enter(request: Any, token: str) -> HttpResponse:
    """The other end of a switch."""
    try:
        bound = links.read("enter", request.host.key, token, seconds=SECONDS_TO_SWITCH)
    except links.BadLink:
        return redirect("account_login")
    person = Person.objects.filter(pk=bound["person"], is_active=True).first()
    if person and caches["shared"].add(f"entered:{bound['once']}", 1, SECONDS_TO_SWITCH * 2):
        login(request, person, backend=BACKEND)
    return redirect("home")


@page(access.PUBLIC, on_shared_tables=True)
def accept_invitation(request: Any, token: str) -> HttpResponse:
    """An invited person says who they are and chooses a password; someone known signs in, as always, to accept."""
    invitation = _invited(request, token)
    if invitation is None:
        return render(request, "account/invitation_closed.html", status=410)
    known = Person.objects.filter(email__iexact=invitation.email).first()
    form = AcceptForm(request.POST or None, initial={"name": invitation.name})
    context = {"form": form, "invitation": invitation, "known": known, "is_here": known == request.user}
    if request.method == "POST" and (context["is_here"] if known else form.is_valid()):
        try:
            _welcome(request, invitation, known or _new_person(invitation, form))
        except ValidationError as error:
            return render(request, "account/accept_invitation.html", {**context, "problem": " ".join(error.messages)})
        return redirect("home")
    return render(request, "account/accept_invitation.html", context)


@page(access.PUBLIC, methods=("POST",), on_shared_tables=True)
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the language in a cookie of this host, and returns to the page."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    response = redirect(back if safe else "/")
    if request.POST.get("language") in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, request.POST["language"], max_age=365 * 86400, samesite="Lax"
        )
    return response


class ProfileForm(forms.ModelForm[Person]):
    class Meta:
        model = Person
        fields = ["name", "phone"]


@page(access.SIGNED_IN, on_shared_tables=True, on_the_way_in=True)
def second_factor(request: Any) -> HttpResponse:
    """Why nothing else opens: the person's role must have one here."""
    if request.second_factor_by is None:
        return redirect("home")
    return render(request, "account/second_factor.html", {"by": request.second_factor_by})


@page(access.SIGNED_IN, on_shared_tables=True, on_the_way_in=True)
def profile(request: Any) -> HttpResponse:
    """One's own name and number; sign-in and second factor are one click away."""
    form = ProfileForm(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("profile")
    return render(request, "account/profile.html", {"form": form})


def _new_person(invitation: Invitation, form: AcceptForm) -> Person:
    given = form.cleaned_data
    return Person.objects.create_user(invitation.email, given["password"], name=given["name"])


def _welcome(request: Any, invitation: Invitation, person: Person) -> None:
    """A session that is there already stays: it may have passed a second factor."""
    accept(invitation=invitation, person=person)
    if request.user != person:
        login(request, person, backend=BACKEND)
    messages.success(request, _("Welcome, {name}.").format(name=person.name))


def _invited(request: Any, token: str) -> Invitation | None:
    try:
        bound = links.read("invitation", request.host.key, token, seconds=int(Invitation.LIFE.total_seconds()))
    except links.BadLink:
        return None
    found: Invitation | None = Invitation.objects.select_for_update().filter(pk=bound["invitation"]).first()
    return found if found and found.is_open else None
