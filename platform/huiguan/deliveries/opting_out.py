"""The page behind the link in every message that may be refused: no more of these, or none at all, or again."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from huiguan import access, links, trail
from huiguan.access import page
from huiguan.actors import Actor, acting_as
from huiguan.deliveries.models import Delivery, OptOut
from huiguan.deliveries.purposes import purpose_of

ALL = "all"  # of a POST's `of`; a mail program's one click says nothing and means this purpose


@csrf_exempt  # the link itself is the proof; a mail program has no cookie of ours [RFC 8058]
@page(access.PUBLIC)
def opt_out(request: Any, token: str) -> HttpResponse:
    """GET only shows: programs that look into links must not opt people out."""
    delivery = _delivery(request, token)
    if delivery is None:
        return render(request, "deliveries/link_unknown.html", status=404)
    if request.method == "POST":
        with acting_as(_who(delivery, request.host.chamber)):
            _follow(delivery, request.POST)
    said = {opt_out.purpose for opt_out in _said(delivery)}
    context = {"delivery": delivery, "is_out": bool(said), "is_out_of_all": "" in said}
    return render(request, "deliveries/opt_out.html", context)


def _who(delivery: Delivery, chamber: Any) -> Actor:
    """The holder of the link, who may do this one thing."""
    return Actor(delivery.recipient, permissions=frozenset({"deliveries.change"}), chamber_id=chamber.pk)


@transaction.atomic
def _follow(delivery: Delivery, wish: Any) -> None:
    trail.take_turn()  # two clicks at once are one after the other
    said = {opt_out.purpose: opt_out for opt_out in _said(delivery)}
    if wish.get("again"):
        for opt_out in said.values():
            opt_out.withdraw()
        return
    purpose = "" if wish.get("of") == ALL else delivery.purpose
    if purpose not in said and "" not in said:
        about = {"channel": delivery.channel, "address": delivery.address, "name": delivery.recipient}
        OptOut(purpose=purpose, is_own_doing=True, **about).save()


def _said(delivery: Delivery) -> Any:
    """What stands against messages like this one."""
    purpose = purpose_of(delivery.purpose)
    return OptOut.objects.against(channel=delivery.channel, address=delivery.address, purpose=purpose)


def _delivery(request: Any, token: str) -> Delivery | None:
    try:
        key = links.read_key("optout", request.host.key, token)
    except links.BadLink:
        return None
    found: Delivery | None = Delivery.objects.filter(pk=key).first()
    return found if found and purpose_of(found.purpose).may_be_refused else None
