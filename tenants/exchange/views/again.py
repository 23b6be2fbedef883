"""Publishing again what was withdrawn with the sharing agreement: word for word, then one click."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from huiguan.access import page
from tenants.exchange.returning import publish_again, returning


@page("exchange.publish")
def again(request: Any) -> HttpResponse:
    """All of them are chosen at first; each can be left out."""
    if request.method == "POST":
        try:
            n = publish_again(chosen=request.POST.getlist("listings"), read=request.POST.get("read", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("exchange-again")
        done = ngettext("{n} was published again.", "{n} were published again.", n).format(n=n)
        messages.success(request, done)
        return redirect("exchange-listing-list")
    return render(request, "exchange/again.html", {"found": returning()})
