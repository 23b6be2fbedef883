"""The page of a place on which roles must have a second factor, and who has none."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from huiguan.access import page
from huiguan.accounts.forms import SecondFactorForm
from huiguan.accounts.models import SecondFactorRule
from huiguan.accounts.second_factor import place_of, require_second_factor, without_second_factor


@page("people.change", on_shared_tables=True)
def second_factor(request: Any) -> HttpResponse:
    """Saved for the whole place; nobody is shut out before their time is over."""
    rules = list(SecondFactorRule.objects.filter(**place_of(request.host)))
    initial = {"roles": [rule.role for rule in rules], "days": min((rule.grace.days for rule in rules), default=14)}
    form = SecondFactorForm(request.POST or None, place=request.host.kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        require_second_factor(host=request.host, roles=said["roles"], grace=datetime.timedelta(days=int(said["days"])))
        messages.success(request, _("Saved."))
        return redirect("people-second-factor")
    context = {"form": form, "without": without_second_factor(request.host)}
    return render(request, "people/second_factor.html", context)
