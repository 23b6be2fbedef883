"""My consents: what the member agreed to, and what is sent to the person; given and withdrawn one by one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.deliveries.addresses import mail_address, masked, mobile_number
from huiguan.deliveries.models import Channel, OptOut
from huiguan.own.pages import own_page
from tenants.members import consenting
from tenants.members.models import Consent


@own_page(methods=("GET", "HEAD"))
def show(request: Any) -> HttpResponse:
    """Each purpose for itself, with who agreed and when."""
    member = request.own.member
    standing = {c.purpose: c for c in Consent.objects.filter(member=member, withdrawn_on=None)}
    purposes = [
        {"name": p, "label": p.label, "about": consenting.ABOUT[p], "consent": standing.get(p)} for p in Consent.Purpose
    ]
    return render(request, "members/own_consents.html", {"purposes": purposes, "channels": _channels(request)})


@own_page()
def decide(request: Any, purpose: str) -> HttpResponse:
    """First what it means, or what would end; then yes or no."""
    if purpose not in Consent.Purpose.values:
        raise Http404(purpose)
    member, about = request.own.member, consenting.ABOUT[Consent.Purpose(purpose)]
    consent = consenting.live(member, purpose)
    if request.method == "POST":
        return _decided(request, purpose)
    ends = consenting.what_ends(purpose, member) if consent else []
    context = {"about": about, "consent": consent, "ends": ends, "label": Consent.Purpose(purpose).label}
    return render(request, "members/own_consent.html", context)


@own_page(rights=("deliveries.change",), methods=("POST",))
def decide_messages(request: Any, channel: str) -> HttpResponse:
    """Everything that can be refused, at the address on file; or all of it again."""
    found = next((each for each in _channels(request) if each["channel"] == channel), None)
    if found is None:
        raise Http404(channel)
    with transaction.atomic():
        trail.take_turn()
        for opt_out in _against(channel, found["address"]):
            opt_out.withdraw()
        if request.POST.get("wanted") != "1":
            name = request.own.contact.name
            OptOut(channel=channel, address=found["address"], name=name, is_own_doing=True).save()
    messages.success(request, _("Noted. It holds from now on."))
    return redirect("members-own-consents")


def _decided(request: Any, purpose: str) -> HttpResponse:
    if request.POST.get("agreed") == "1":
        consenting.give(request.own, purpose)
        messages.success(request, _("Thank you. You can withdraw it here at any time."))
    else:
        consenting.withdraw(request.own, purpose)
        messages.success(request, _("It is withdrawn, as of this moment."))
    return redirect("members-own-consents")


def _channels(request: Any) -> list[dict[str, Any]]:
    contact = request.own.contact
    addresses = {Channel.SMS: mobile_number(contact.phone), Channel.EMAIL: mail_address(contact.email)}
    return [
        {
            "channel": channel.value,
            "label": channel.label,
            "address": address,
            "masked": masked(address),
            "is_refused": _against(channel, address).exists(),
        }
        for channel, address in addresses.items()
        if address
    ]


def _against(channel: str, address: str) -> Any:
    return OptOut.objects.filter(status=OptOut.Status.STANDS, channel=channel, address=address)
