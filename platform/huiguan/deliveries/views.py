"""The settings of sending, a robot's trial, and what a colleague wants to hear."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiguan import access
from huiguan.access import page
from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.forms import SettingsForm, WishesForm
from huiguan.deliveries.models import Channel, Robot, SendingSettings
from huiguan.deliveries.purposes import TRIAL


@page("sending.change")
def change_settings(request: Any) -> HttpResponse:
    """How the chamber signs, and when it is quiet."""
    form = SettingsForm(request.POST or None, instance=SendingSettings.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("sending-settings")
    return render(request, "deliveries/settings.html", {"form": form})


@page("sending.change", methods=("POST",))
def try_robot(request: Any, pk: Any) -> HttpResponse:
    """A message of its own, so that one sees whether it arrives."""
    robot = get_object_or_404(Robot, pk=pk)
    delivery = deliver(
        about=robot,
        channel=Channel.ROBOT,
        to=Recipient.robot(robot),
        subject=_("Trial message"),
        body=_("{chamber} writes to this group from now on.").format(chamber=request.host.chamber.name),
        purpose=TRIAL,
    )
    messages.success(request, _("A trial message is on its way. Its page says how it ended."))
    return redirect("deliveries-delivery-detail", pk=delivery.pk)


@page(access.SIGNED_IN)
def change_wishes(request: Any) -> HttpResponse:
    """One's own."""
    form = WishesForm(request.POST or None, person_id=request.actor.person_id)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("deliveries-wishes")
    return render(request, "deliveries/wishes.html", {"form": form})
