"""Opening a link, the portal's first page, leaving it, and asking for a new link."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from huiguan import access, rates
from huiguan.access import page
from huiguan.actors import LINK, Actor, acting_as
from huiguan.deliveries.models import Channel
from huiguan.own import actions
from huiguan.own.pages import actor_of, begin_visit, end_visit, own_page, private
from huiguan.own.purposes import ASKED
from huiguan.rates import Rate
from huiguan.together import own_pages

ASKS = Rate(6, seconds=600)


class AskForm(forms.Form):
    """What is on file with the chamber: a mobile number or an e-mail address."""

    address = forms.CharField(
        label=gettext_lazy("Your mobile number or e-mail address"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "email"}),
    )


@page(access.PUBLIC, rate=Rate(40))
def enter(request: Any, token: str, to: str = "") -> HttpResponse:
    """The token leaves the address at once. A HEAD is a program that looks whether there is something."""
    link = actions.found(request.host.key, token)
    if link is None:
        return private(render(request, "own/unknown.html", {"form": AskForm()}, status=404))
    if not link.is_live:
        return private(render(request, "own/ended.html", {"token": token}, status=410))
    if request.method == "GET":
        with acting_as(actor_of(link)):
            link.open()
    known = {each.url for each in own_pages()}
    return begin_visit(request, redirect(to if to in known else "own"), link)


@own_page(methods=("GET", "HEAD"))
def start(request: Any) -> HttpResponse:
    """What waits for them, then everything that can be opened."""
    shown = [each for each in own_pages() if each.is_for(request.own)]
    waiting = {each.url: list(each.waits(request.own)) for each in shown}
    pages = [{"page": each, "count": len(waiting[each.url])} for each in shown]
    items = [item for each in shown for item in waiting[each.url]]
    return render(request, "own/start.html", {"pages": pages, "items": items})


@page(access.PUBLIC, methods=("POST",))
def leave(request: Any) -> HttpResponse:
    """On this phone; the link itself goes on working."""
    return end_visit(render(request, "own/left.html"))


@page(access.PUBLIC)
def ask(request: Any) -> HttpResponse:
    """The answer is the same whoever asks: it tells nobody who is on file."""
    form = AskForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return private(render(request, "own/unknown.html", {"form": form, "is_asking": True}))
    if not rates.is_within_for(request, "own-ask", ASKS):
        return rates.too_often(request)
    with acting_as(_asking(request)):
        actions.send_to_address_on_file(form.cleaned_data["address"], purpose=ASKED)
    return private(render(request, "own/asked.html"))


@page(access.PUBLIC, methods=("POST",))
def ask_again(request: Any, token: str) -> HttpResponse:
    """Whoever holds an ended link has a new one sent: to the contact as on file now, and it is not said where."""
    if not rates.is_within_for(request, "own-ask", ASKS):
        return rates.too_often(request)
    if link := actions.found(request.host.key, token):
        with acting_as(_asking(request)):
            channel = Channel.SMS if link.contact.phone else Channel.EMAIL
            actions.send_anew(link.contact, channel, purpose=ASKED)
    return private(render(request, "own/asked.html"))


def _asking(request: Any) -> Actor:
    return Actor(LINK, permissions=frozenset({"own.send"}), chamber_id=request.host.chamber.pk)
